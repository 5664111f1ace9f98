"""The family's plain words about a look come in, choices the builder knows go out, with a note for every word it could not place."""

import re
from dataclasses import dataclass, field

from meetagain.errors import Issue, issue
from meetagain.likeness.clothes_words import DRAWN_GARMENTS, Colour, Garment, read_clothes
from meetagain.likeness.features import read_features
from meetagain.likeness.hair_choice import GREY, HairChoice
from meetagain.likeness.hair_words import read_hair, spoken_colour
from meetagain.schema.person import Look, Person

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

    hair: HairChoice
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

    @property
    def hair_colour(self) -> Colour:
        """The hair's colour, linear, with its share of grey."""
        return tuple(own * (1 - self.hair.grey) + grey * self.hair.grey for own, grey in zip(self.hair.colour, GREY, strict=True))


def read_look(person: Person) -> Choices:
    """The choices for a person. Never fails: what is not understood becomes a note, what is not said becomes a fitting default."""
    look, age = person.look, person.age_shown
    notes: list[Issue] = []
    hair, hair_known = read_hair(look, age)
    eyes, eyes_known = first(EYES, look.eyes.lower().strip() or "brown", (104, 80, 58))
    skin, skin_known = skin_colour(look.skin.strip() or usual_skin(look))
    for known, words in ((hair_known, look.hair), (eyes_known, look.eyes), (skin_known, look.skin)):
        if words.strip() and not known:
            notes.append(issue("look-word-unknown", about=words))
    garments, patches, unknown = read_clothes(look, age)
    notes += [issue("look-word-unknown", about=word) for word in unknown]
    marks = " ".join(look.marks).lower()
    notes += [issue("look-not-drawn", about=words) for words in not_drawn(look, garments)]
    notes += read_features(look).issues
    beard = look.beard.lower().strip()
    has_beard = bool(beard) and not re.search(r"\b(no|none|shaved|clean)\b", beard)
    return Choices(
        hair=hair,
        eyes=eyes,
        skin=skin,
        beard=has_beard,
        beard_colour=spoken_colour(beard).get("colour", hair.colour),
        glasses=bool(look.glasses or "glasses" in marks) and "no glasses" not in marks,
        glasses_shape=glasses_shape(marks),
        gap_teeth=bool(re.search(r"(gap|missing).*(teeth|tooth)|(teeth|tooth).*(gap|missing)", marks)) and "nail" not in marks,
        freckles="freckle" in marks
        or (age < 14 and (look.skin.strip() or usual_skin(look)) in ("fair", "light") and not look.origin.get("africa")),
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


def usual_skin(look: Look) -> str:
    """The skin word for somebody of whom neither words nor photographs tell: by origin."""
    most = max(look.origin, key=lambda name: look.origin[name], default="")
    return {"africa": "brown", "asia": "light"}.get(most, "fair")


def skin_colour(words: str) -> tuple[Colour, bool]:
    """A skin word or "#rrggbb" as sRGB."""
    text = words.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}", text):
        return tuple(int(text[k : k + 2], 16) for k in (1, 3, 5)), True
    for word, value in SKINS.items():
        if word in text:
            return value, True
    return SKINS["light"], False
