"""The family's plain words about a look come in, choices the builder knows go out, with a note for every word it could not place."""

import re
from dataclasses import dataclass, field

from meetagain.errors import Issue, issue
from meetagain.likeness.features import read_features
from meetagain.schema.person import Look, Person

Colour = tuple[float, float, float]

COLOURS: dict[str, Colour] = {  # sRGB, 0..255
    "white": (240, 238, 232),
    "cream": (244, 232, 208),
    "grey": (140, 144, 150),
    "black": (44, 42, 46),
    "brown": (112, 78, 54),
    "beige": (206, 184, 150),
    "red": (190, 52, 50),
    "pink": (228, 142, 156),
    "orange": (226, 128, 58),
    "yellow": (240, 190, 58),
    "green": (84, 124, 84),
    "turquoise": (72, 154, 158),
    "blue": (66, 96, 146),
    "navy": (44, 56, 92),
    "purple": (116, 84, 140),
    "lilac": (178, 160, 206),
}
COLOUR_WORDS = {
    "gray": "grey", "silver": "grey", "charcoal": "grey", "tan": "beige", "khaki": "beige", "sand": "beige", "golden": "yellow",
    "mustard": "yellow", "rose": "pink", "scarlet": "red", "wine": "red", "burgundy": "red", "crimson": "red", "teal": "turquoise",
    "denim": "blue", "violet": "purple", "lavender": "lilac", "ivory": "cream", "olive": "green", "peach": "orange", "jeans": "blue",
}  # fmt: skip
GARMENTS = {
    "raincoat": "coat", "coat": "coat", "jacket": "coat", "anorak": "coat", "mac": "coat", "dress": "dress", "frock": "dress",
    "pinafore": "dress", "skirt": "skirt", "shirt": "shirt", "blouse": "shirt", "t-shirt": "shirt", "tshirt": "shirt", "top": "shirt",
    "polo": "shirt", "jumper": "jumper", "jersey": "jumper", "sweater": "jumper", "pullover": "jumper", "jumpers": "jumper",
    "hoodie": "jumper", "fleece": "jumper", "cardigan": "cardigan", "waistcoat": "cardigan", "trousers": "trousers",
    "jeans": "trousers", "pants": "trousers", "leggings": "trousers", "dungarees": "trousers", "overalls": "trousers",
    "wellies": "boots", "boots": "boots", "wellingtons": "boots", "gumboots": "boots", "shoes": "shoes", "trainers": "shoes",
    "sandals": "shoes", "slippers": "shoes", "sneakers": "shoes", "cap": "cap", "hat": "cap", "beret": "cap",
}  # fmt: skip
DRAWN_GARMENTS = {"coat", "dress", "skirt", "shirt", "jumper", "cardigan", "trousers", "boots", "shoes"}
PLAIN = set(
    [
        "a",
        "an",
        "and",
        "the",
        "over",
        "with",
        "of",
        "in",
        "her",
        "his",
        "their",
        "she",
        "he",
        "it",
        "hers",
        "self",
        "own",
        "herself",
        "himself",
        "cut",
        "on",
        "to",
        "very",
        "always",
        "usually",
        "often",
        "two",
        "short",
        "long",
        "small",
        "big",
        "old",
        "new",
        "favourite",
        "light",
        "dark",
        "pale",
        "deep",
        "bright",
        "knitted",
        "woollen",
        "wool",
        "cotton",
        "linen",
        "leather",
        "elbows",
        "elbow",
        "patches",
        "striped",
        "stripes",
        "stripe",
        "spotted",
        "dotted",
        "checked",
        "flowered",
        "flowery",
        "floral",
        "plain",
        "soft",
        "warm",
        "thin",
        "thick",
        "combed",
        "back",
        "curly",
        "straight",
        "wavy",
        "hair",
        "fringe",
        "bangs",
        "plait",
        "plaits",
        "braid",
        "braids",
        "pigtail",
        "pigtails",
        "bunches",
        "bob",
        "ponytail",
        "bun",
        "bald",
        "balding",
        "receding",
        "cropped",
        "shoulder",
        "length",
        "parted",
        "side",
        "middle",
        "blond",
        "blonde",
        "fair",
        "ginger",
        "auburn",
        "red",
        "chestnut",
        "mousy",
        "salt",
        "pepper",
        "string",
        "sleeves",
        "sleeve",
        "buttons",
        "pockets",
        "hood",
    ]
)
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
class Garment:
    """One piece of clothing: kind (coat dress skirt shirt jumper cardigan trousers boots shoes cap), sRGB colour, pattern."""

    kind: str
    colour: Colour
    pattern: str = "plain"  # plain | stripes | flowers | dots | knit


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
    notes += read_features(look).issues
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
        gap_teeth=bool(re.search(r"(gap|missing).*(teeth|tooth)|(teeth|tooth).*(gap|missing)", marks)) and "nail" not in marks,
        freckles="freckle" in marks or (age < 14 and look.skin in ("fair", "light")),
        elbow_patches=patches,
        garments=garments,
        issues=tuple(notes),
    )


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


def read_clothes(look: Look, age: float) -> tuple[dict[str, Garment], bool, list[str]]:
    """Garments by kind, whether the elbows are patched, and the words nobody knew."""
    text = look.clothes.lower()
    out: dict[str, Garment] = {}
    unknown: list[str] = []
    for phrase in re.split(r",|;|\bover\b|\bunder\b|\band\b|\bwith\b", text):
        words = re.findall(r"[a-z][a-z\-]*", phrase)
        kind = next((GARMENTS[w] for w in reversed(words) if w in GARMENTS), None)
        if kind and kind not in out:
            out[kind] = Garment(kind, phrase_colour(words, kind, look.sex), phrase_pattern(words, kind))
        known = PLAIN | set(COLOURS) | set(COLOUR_WORDS) | set(GARMENTS)
        unknown += [w for w in words if w not in known and not any(part in known for part in w.split("-"))]
    return complete(out, look, age), bool(re.search(r"elbow", text)), unknown


def phrase_colour(words: list[str], kind: str, sex: str) -> Colour:
    """The colour named in a phrase, else a quiet one for the garment; light and dark shift it."""
    usual = {"coat": "navy", "dress": "yellow", "skirt": "blue", "shirt": "white", "jumper": "blue", "cardigan": "red", "trousers": "grey"}
    usual |= {"boots": "green", "shoes": "brown", "cap": "grey"}
    name = next((COLOUR_WORDS.get(w, w) for w in words if COLOUR_WORDS.get(w, w) in COLOURS), usual[kind])
    colour = COLOURS[name]
    if any(w in words for w in ("light", "pale", "soft")):
        return tuple(c + (255 - c) * 0.45 for c in colour)
    return tuple(c * 0.68 for c in colour) if any(w in words for w in ("dark", "deep")) else colour


def phrase_pattern(words: list[str], kind: str) -> str:
    """The pattern named in a phrase."""
    table = (("strip", "stripes"), ("flower", "flowers"), ("floral", "flowers"), ("dot", "dots"), ("spot", "dots"))
    named = next((value for word, value in table if any(word in w for w in words)), "")
    return named or ("knit" if kind in ("jumper", "cardigan") else "plain")


def complete(out: dict[str, Garment], look: Look, age: float) -> dict[str, Garment]:
    """Add what everybody wears and nobody mentions: something above, something below, something on the feet."""
    if not {"shirt", "dress", "jumper"} & set(out):
        out["shirt"] = Garment("shirt", COLOURS["white"] if "cardigan" in out or "coat" in out else COLOURS["blue"])
    if not {"trousers", "skirt", "dress"} & set(out):
        colour = (74, 84, 112) if age < 20 else (96, 88, 78)
        out["trousers"] = Garment("trousers", colour)
    if not {"boots", "shoes"} & set(out):
        out["shoes"] = Garment("shoes", COLOURS["brown"])
    return out
