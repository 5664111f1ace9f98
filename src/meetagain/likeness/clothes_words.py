"""The family's plain words about clothes come in, garments go out, inside to outside, with the words nobody knew."""

import re
from dataclasses import dataclass, field, replace

import numpy as np

from meetagain.schema.person import Look

Colour = tuple[float, float, float]

COLOURS: dict[str, Colour] = {  # sRGB, 0..255
    "white": (240, 238, 232),
    "cream": (244, 232, 208),
    "grey": (140, 144, 150),
    "black": (44, 42, 46),
    "brown": (112, 78, 54),
    "beige": (206, 184, 150),
    "red": (186, 54, 52),
    "pink": (226, 148, 162),
    "orange": (222, 130, 66),
    "yellow": (236, 190, 72),
    "green": (84, 124, 84),
    "turquoise": (72, 154, 158),
    "blue": (70, 100, 148),
    "navy": (44, 54, 86),
    "purple": (116, 84, 140),
    "lilac": (178, 160, 206),
}
COLOUR_WORDS = {
    "gray": "grey", "silver": "grey", "charcoal": "grey", "tan": "beige", "khaki": "beige", "sand": "beige", "golden": "yellow",
    "mustard": "yellow", "rose": "pink", "scarlet": "red", "wine": "red", "burgundy": "red", "crimson": "red", "teal": "turquoise",
    "violet": "purple", "lavender": "lilac", "ivory": "cream", "olive": "green", "peach": "orange", "camel": "beige", "gold": "yellow",
}  # fmt: skip
GARMENTS = {  # word -> kind and what the word itself says of it
    "raincoat": "coat hood", "mac": "coat", "coat": "coat", "overcoat": "coat", "duffel": "coat hood", "anorak": "jacket hood zip",
    "jacket": "jacket zip", "blazer": "jacket lapels", "suit": "suit", "dress": "dress", "frock": "dress", "sundress": "dress none",
    "pinafore": "dress none", "nightdress": "dress long", "nightgown": "dress long", "skirt": "skirt", "kilt": "skirt check",
    "shirt": "shirt collar", "blouse": "shirt collar", "t-shirt": "shirt short", "tshirt": "shirt short", "tee": "shirt short",
    "top": "shirt", "vest": "shirt none", "polo": "shirt short collar", "jumper": "jumper knit", "jersey": "jumper knit",
    "sweater": "jumper knit", "pullover": "jumper knit", "jumpers": "jumper knit", "sweatshirt": "jumper", "fleece": "jumper zip",
    "hoodie": "jumper hood", "hoody": "jumper hood", "cardigan": "cardigan knit", "waistcoat": "waistcoat", "gilet": "waistcoat zip",
    "trousers": "trousers", "jeans": "trousers denim", "pants": "trousers", "leggings": "trousers tight", "tights": "tights",
    "shorts": "trousers short", "dungarees": "dungarees denim", "overalls": "dungarees denim", "pyjamas": "pyjamas",
    "pajamas": "pyjamas", "apron": "apron", "tie": "tie", "wellies": "boots", "boots": "boots", "wellingtons": "boots",
    "gumboots": "boots", "shoes": "shoes", "trainers": "trainers", "sneakers": "trainers", "plimsolls": "trainers",
    "sandals": "sandals", "slippers": "slippers", "socks": "socks", "barefoot": "barefoot", "cap": "cap", "hat": "cap", "beret": "cap",
}  # fmt: skip
DRAWN_GARMENTS = {
    "coat", "jacket", "dress", "skirt", "shirt", "jumper", "cardigan", "waistcoat", "trousers", "tights", "dungarees", "apron", "tie",
    "boots", "shoes", "trainers", "sandals", "slippers", "socks", "barefoot", "cap",
}  # fmt: skip
FEET = ("boots", "shoes", "trainers", "sandals", "slippers", "barefoot")
USUAL = {
    "coat": "navy", "jacket": "navy", "dress": "yellow", "skirt": "blue", "shirt": "white", "jumper": "blue", "cardigan": "red",
    "waistcoat": "grey", "trousers": "grey", "tights": "grey", "dungarees": "blue", "apron": "cream", "tie": "navy", "boots": "green",
    "shoes": "brown", "trainers": "white", "sandals": "brown", "slippers": "red", "socks": "white", "barefoot": "white", "cap": "grey",
    "pyjamas": "blue", "suit": "grey",
}  # fmt: skip
DENIM: Colour = (72, 92, 128)
PATTERNS = (
    ("strip", "stripes"), ("flower", "flowers"), ("floral", "flowers"), ("dot", "dots"), ("spot", "dots"), ("gingham", "check"),
    ("check", "check"), ("plaid", "tartan"), ("tartan", "tartan"), ("knit", "knit"), ("wool", "knit"), ("cord", "cord"),
    ("denim", "denim"), ("jean", "denim"), ("star", "stars"), ("heart", "hearts"),
)  # fmt: skip
_PLAIN = """
a an and the over under with of in her his their she he it hers own herself himself cut on to at for very always usually often
two three pair one up down short shorts long small big little old new worn favourite best light dark pale deep bright soft
warm thin thick knitted woollen wool cotton linen leather silk velvet corduroy cord suede rubber denim flannel elbows elbow
patches patched plain patterned sleeve sleeves sleeveless buttons buttoned pockets pocket hood hooded zip zipped open closed
collar collared collarless necked neck v-neck crew-neck roll-neck round loose tight baggy knee knees ankle length mini feet
bare school party summer winter sunday church work garden evening bow white-collar print printed t self shoe laces lace-up
"""
PLAIN = set(_PLAIN.split())  # words that are neither a garment nor a colour and still belong


FORMAL = {"collar", "school", "white", "check", "checked", "flannel", "buttoned", "button", "denim"}  # a child's shirt with a collar


@dataclass(frozen=True)
class Garment:
    """One piece of clothing: kind, sRGB colour, pattern and its second colour, and what is said of its cut."""

    kind: str
    colour: Colour
    pattern: str = "plain"  # plain stripes dots flowers check tartan knit denim cord stars hearts
    second: Colour | None = None  # colour of the pattern; None: one that suits
    sleeves: str = "long"  # long | short | none
    length: str = "usual"  # short | usual | long
    neck: str = "usual"  # usual | collar | vee | roll
    details: frozenset[str] = frozenset()  # hood zip lapels open tight patches
    colour_told: bool = False  # the keeper's words name the colour: a photo does not change it
    pattern_told: bool = False
    tile: np.ndarray | None = field(default=None, compare=False, repr=False)  # (h, w, 3) uint8: the cloth itself, seamless
    tile_m: float = 0.12  # what the width of the tile measures, metres


def read_clothes(look: Look, age: float) -> tuple[dict[str, Garment], bool, list[str]]:
    """Garments by kind, whether the elbows are patched, and the words nobody knew."""
    text = re.sub(r"\bt[ -]shirt", "t-shirt", look.clothes.lower().replace("bare feet", "barefoot"))
    out: dict[str, Garment] = {}
    unknown: list[str] = []
    known = PLAIN | set(COLOURS) | set(COLOUR_WORDS) | set(GARMENTS)
    for phrase in phrases(text):
        words = re.findall(r"[a-z][a-z\-]*", phrase)
        word = next((w for w in reversed(words) if w in GARMENTS and not (w == "shorts" and words[-1] != "shorts")), None)
        if word:
            for garment in made("top" if word == "shirt" and age < 13 and not FORMAL & set(words) else word, words, look.sex):
                out.setdefault(garment.kind, garment)
        unknown += [w for w in words if not placed(w, known)]
    return complete(out, look, age), bool(re.search(r"elbow", text)), unknown


def phrases(text: str) -> list[str]:
    """The text cut into one phrase a garment; what follows "with" or "and" without a garment of its own stays with the one before."""
    pieces = re.split(r"(,|;|\.|\bover\b|\bunder\b|\band\b|\bwith\b)", text)
    out: list[str] = []
    for joint, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        has = any(w in GARMENTS for w in re.findall(r"[a-z][a-z\-]*", piece))
        before = bool(out) and any(w in GARMENTS for w in re.findall(r"[a-z][a-z\-]*", out[-1]))
        if out and joint in ("and", "with") and not (has and before):
            out[-1] += " " + piece
        else:
            out.append(piece)
    return out


def placed(word: str, known: set[str]) -> bool:
    """Whether a word is one that clothes are told with."""
    return word in known or any(part in known for part in word.split("-")) or any(word.startswith(stem) for stem, _ in PATTERNS)


def made(word: str, words: list[str], sex: str) -> list[Garment]:
    """The garment that a word means, or the two or three that a suit or pyjamas are."""
    kind, *said = GARMENTS[word].split()
    colour, second, told = phrase_colours(words, kind)
    pattern = next((value for stem, value in PATTERNS if any(w.startswith(stem) for w in words)), "")
    if "denim" in (pattern, *said) and not told:
        colour = DENIM
    cut = Garment(
        kind,
        colour,
        pattern or next((d for d in said if d in ("knit", "denim", "check")), "plain"),
        second,
        sleeves_of(words, said),
        "short" if "short" in said or "mini" in words else "long" if {"long", "ankle"} & set(words) or "long" in said else "usual",
        neck_of(words, said),
        frozenset(d for d in ("hood", "zip", "lapels", "open", "tight") if d in said or d in words or d + "ed" in words),
        told,
        bool(pattern),
    )
    if kind == "suit":
        shirt = Garment("shirt", COLOURS["white"], neck="collar")
        trousers = replace(cut, kind="trousers", neck="usual", details=frozenset())
        jacket = replace(cut, kind="jacket", details=frozenset({"lapels"}))
        return [trousers, shirt, *([Garment("tie", COLOURS["navy"])] if sex == "male" else []), jacket]
    if kind == "pyjamas":
        return [replace(cut, kind="trousers"), replace(cut, kind="shirt", neck="collar"), Garment("barefoot", COLOURS["white"])]
    return [cut]


def sleeves_of(words: list[str], said: list[str]) -> str:
    """long, short or none, from the phrase, else from the garment's own word."""
    text = " ".join(words)
    if "sleeveless" in text or "none" in said:
        return "none"
    return "short" if re.search(r"short[- ]sleeve", text) or "short" in said else "long"


def neck_of(words: list[str], said: list[str]) -> str:
    """The shape of the neck named in a phrase."""
    text = " ".join(words)
    for pattern, neck in ((r"roll|polo[- ]neck|turtle", "roll"), (r"v-?neck", "vee"), (r"collar(?!less)", "collar")):
        if re.search(pattern, text):
            return neck
    return "collar" if "collar" in said else "usual"


def phrase_colours(words: list[str], kind: str) -> tuple[Colour, Colour | None, bool]:
    """First and second colour named in a phrase, or a quiet one for the garment, and whether it was named; light and dark shift the first."""
    parts = [p for w in words for p in w.split("-")]
    named = [COLOURS[COLOUR_WORDS.get(p, p)] for p in parts if COLOUR_WORDS.get(p, p) in COLOURS]
    colour = named[0] if named else COLOURS[USUAL[kind]]
    if any(w in words for w in ("light", "pale", "soft")):
        colour = tuple(c + (255 - c) * 0.45 for c in colour)
    elif any(w in words for w in ("dark", "deep")):
        colour = tuple(c * 0.68 for c in colour)
    return colour, named[1] if len(named) > 1 else None, bool(named)


def complete(out: dict[str, Garment], look: Look, age: float) -> dict[str, Garment]:
    """Add what everybody wears and nobody mentions: something above, something below, something on the feet."""
    if not {"shirt", "dress", "jumper"} & set(out):
        over = {"cardigan", "coat", "jacket", "waistcoat", "dungarees", "apron"} & set(out)
        collar = "collar" if {"jacket", "waistcoat", "tie"} & set(out) else "usual"
        out["shirt"] = Garment("shirt", COLOURS["white"] if over else COLOURS["blue"], neck=collar)
    if not {"trousers", "skirt", "dress", "dungarees"} & set(out):
        out["trousers"] = Garment("trousers", (74, 84, 112) if age < 20 else (96, 88, 78))
    if not set(FEET) & set(out):
        light = age < 14 and {"trousers", "dungarees"} & set(out)
        out["trainers" if light else "shoes"] = Garment("trainers", (226, 224, 218)) if light else Garment("shoes", COLOURS["brown"])
    if {"shoes", "trainers"} & set(out) and "socks" not in out and "tights" not in out:
        bare = "dress" in out or "skirt" in out or (out.get("trousers") and out["trousers"].length == "short")
        out["socks"] = Garment("socks", COLOURS["white"] if bare else (84, 84, 92))
    return out
