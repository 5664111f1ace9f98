"""The family's plain words about a look come in, choices the builder knows go out, with a note for every word it could not place."""

import re
from dataclasses import dataclass, field

from meetagain.errors import Issue, issue
from meetagain.likeness.clothes_words import DRAWN_GARMENTS, Colour, Garment, read_clothes
from meetagain.schema.person import Look, Person

HAIR_COLOURS: tuple[tuple[str, Colour], ...] = (  # linear, as vertex colour over a light strand texture; longest words first
    ("salt and pepper", (0.34, 0.33, 0.33)),
    ("light brown", (0.40, 0.215, 0.105)),
    ("dark brown", (0.105, 0.05, 0.028)),
    ("dark blond", (0.50, 0.32, 0.15)),
    ("light blond", (0.90, 0.70, 0.42)),
    ("chestnut", (0.26, 0.10, 0.045)),
    ("auburn", (0.36, 0.10, 0.04)),
    ("mousy", (0.34, 0.22, 0.13)),
    ("blond", (0.74, 0.52, 0.26)),
    ("fair", (0.74, 0.52, 0.26)),
    ("ginger", (0.62, 0.22, 0.07)),
    ("red", (0.52, 0.16, 0.06)),
    ("brown", (0.24, 0.11, 0.055)),
    ("black", (0.030, 0.024, 0.022)),
    ("dark", (0.06, 0.035, 0.025)),
    ("white", (0.92, 0.91, 0.89)),
    ("silver", (0.72, 0.72, 0.72)),
    ("grey", (0.52, 0.52, 0.52)),
    ("gray", (0.52, 0.52, 0.52)),
)
EYES: tuple[tuple[str, Colour], ...] = (
    ("grey-green", (116, 132, 108)),
    ("green", (98, 128, 84)),
    ("hazel", (128, 102, 58)),
    ("grey", (124, 134, 142)),
    ("blue", (92, 128, 160)),
    ("dark", (64, 40, 28)),
    ("brown", (112, 70, 40)),
    ("black", (48, 32, 26)),
)
SKINS: dict[str, Colour] = {
    "fair": (246, 214, 196),
    "light": (236, 196, 168),
    "olive": (214, 168, 130),
    "brown": (168, 116, 82),
    "dark": (108, 70, 50),
}


@dataclass(frozen=True)
class Choices:
    """Everything the builder needs to know of a look."""

    hair_style: str  # plaits | bob | long | short | thin | bald
    hair_colour: Colour
    fringe: bool
    eyes: Colour
    skin: Colour
    beard: bool
    beard_colour: Colour
    glasses: bool
    glasses_shape: str  # round | rectangular | sun
    gap_teeth: bool
    freckles: bool
    elbow_patches: bool
    garments: dict[str, Garment] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def read_look(person: Person) -> Choices:
    """The choices for a person. Never fails: what is not understood becomes a note, what is not said becomes a fitting default."""
    look, age = person.look, person.age_shown
    notes: list[Issue] = []
    hair, hair_known = hair_colour(look, age)
    eyes, eyes_known = first(EYES, look.eyes.lower(), (104, 80, 58))
    skin, skin_known = skin_colour(look.skin)
    for known, words in ((hair_known, look.hair), (eyes_known, look.eyes), (skin_known, look.skin)):
        if words.strip() and not known:
            notes.append(issue("look-word-unknown", about=words))
    garments, patches, unknown = read_clothes(look, age)
    notes += [issue("look-word-unknown", about=word) for word in unknown]
    marks = " ".join(look.marks).lower()
    notes += [issue("look-not-drawn", about=words) for words in not_drawn(look, garments)]
    beard = look.beard.lower().strip()
    has_beard = bool(beard) and not re.search(r"\b(no|none|shaved|clean)\b", beard)
    return Choices(
        hair_style=hair_style(look, age),
        hair_colour=hair,
        fringe=bool(re.search(r"fringe|bangs", look.hair.lower())) and "no fringe" not in look.hair.lower(),
        eyes=eyes,
        skin=skin,
        beard=has_beard,
        beard_colour=first(HAIR_COLOURS, beard, hair)[0],
        glasses=(look.glasses or "glasses" in marks) and "no glasses" not in marks,
        glasses_shape=glasses_shape(marks),
        gap_teeth=bool(re.search(r"(gap|missing).*(teeth|tooth)|(teeth|tooth).*(gap|missing)", marks)) and "nail" not in marks,
        freckles="freckle" in marks or (age < 14 and look.skin in ("fair", "light")),
        elbow_patches=patches,
        garments=garments,
        issues=tuple(notes),
    )


def glasses_shape(marks: str) -> str:
    """round, rectangular or sun, from what the marks say of glasses."""
    if re.search(r"sun-? ?glasses|dark glasses|shades", marks):
        return "sun"
    return "rectangular" if re.search(r"(rectang|square|oblong|heavy|thick|horn)[- a-z]*glasses", marks) else "round"


_DRAWN = re.compile(r"freckle|glasses|(gap|missing).*(teeth|tooth)|(teeth|tooth).*(gap|missing)")


def not_drawn(look: Look, garments: dict[str, Garment]) -> list[str]:
    """Marks and garments that were understood and for which the builder has no shape."""
    out = [mark for mark in look.marks if not _DRAWN.search(mark.lower()) or "nail" in mark.lower()]
    out += ["the string of the glasses"] * bool(re.search(r"glasses.*(string|cord|chain)", " ".join(look.marks).lower()))
    return out + [kind for kind in garments if kind not in DRAWN_GARMENTS]


def first(table: tuple[tuple[str, Colour], ...], words: str, fallback: Colour) -> tuple[Colour, bool]:
    """The first entry of a table whose word stands in the text, and whether there was one."""
    return next(((value, True) for word, value in table if word in words), (fallback, False))


def hair_colour(look: Look, age: float) -> tuple[Colour, bool]:
    """Colour from the words, else one that fits the age and origin."""
    europe = look.origin.get("europe", 1.0 if look.skin in ("fair", "light") else 0.0)
    usual = (0.78, 0.77, 0.75) if age >= 68 else (0.24, 0.11, 0.055) if europe > 0.5 else (0.035, 0.026, 0.022)
    value, known = first(HAIR_COLOURS, look.hair.lower(), usual)
    return value, known or hair_style(look, age) == "bald" or not look.hair.strip() or bool(_STYLE.search(look.hair.lower()))


_STYLE = re.compile(
    r"plait|braid|pigtail|bunches|bob|long|short|cropp|thin|reced|combed back|bald|pony|bun|curl|straight|wavy|fringe|shaved"
)


def hair_style(look: Look, age: float) -> str:
    """One of the styles the builder has, from free words, else by age and sex."""
    words = look.hair.lower()
    table = (
        (r"\bbald\b|no hair|shaved head", "bald"),
        (r"plait|braid|pigtail|bunches", "plaits"),
        (r"thin|reced|combed back|balding", "thin"),
        (r"\bbob\b|chin.length", "bob"),
        (r"shoulder|\blong\b|ponytail", "long"),
        (r"short|crop|bun\b|curl|afro", "short"),
    )
    usual = "bob" if look.sex == "female" else "thin" if age > 60 else "short"
    return next((style for pattern, style in table if re.search(pattern, words)), usual)


def skin_colour(words: str) -> tuple[Colour, bool]:
    """A skin word or "#rrggbb" as sRGB."""
    text = words.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}", text):
        return tuple(int(text[k : k + 2], 16) for k in (1, 3, 5)), True
    for word, value in SKINS.items():
        if word in text:
            return value, True
    return SKINS["light"], False
