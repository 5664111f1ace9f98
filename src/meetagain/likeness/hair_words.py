"""The family's plain words about hair come in, a choice goes out that names every part the words fixed, and the words nobody knew."""

import re

from meetagain.likeness.hair_choice import Colour, HairChoice
from meetagain.schema.person import Look

COLOURS: tuple[
    tuple[str, Colour, float], ...
] = (  # linear, as vertex colour over a light strand picture; share of grey; longest words first
    ("salt and pepper", (0.075, 0.060, 0.052), 0.5),
    ("strawberry blond", (0.70, 0.34, 0.15), 0),
    ("light brown", (0.40, 0.215, 0.105), 0),
    ("dark brown", (0.105, 0.05, 0.028), 0),
    ("dark blond", (0.50, 0.32, 0.15), 0),
    ("light blond", (0.90, 0.70, 0.42), 0),
    ("dark red", (0.26, 0.06, 0.03), 0),
    ("dark grey", (0.20, 0.20, 0.20), 0),
    ("chestnut", (0.26, 0.10, 0.045), 0),
    ("auburn", (0.36, 0.10, 0.04), 0),
    ("mousy", (0.34, 0.22, 0.13), 0),
    ("platinum", (0.93, 0.82, 0.62), 0),
    ("blond", (0.80, 0.57, 0.29), 0),
    ("golden", (0.78, 0.50, 0.20), 0),
    ("fair", (0.80, 0.57, 0.29), 0),
    ("ginger", (0.62, 0.22, 0.07), 0),
    ("red", (0.52, 0.16, 0.06), 0),
    ("brunette", (0.16, 0.075, 0.04), 0),
    ("brown", (0.24, 0.11, 0.055), 0),
    ("black", (0.030, 0.024, 0.022), 0),
    ("dark", (0.06, 0.035, 0.025), 0),
    ("snow white", (0.95, 0.95, 0.94), 0),
    ("white", (0.92, 0.91, 0.89), 0),
    ("silver", (0.72, 0.72, 0.72), 0),
    ("grey", (0.52, 0.52, 0.52), 0),
    ("gray", (0.52, 0.52, 0.52), 0),
)
DYES: dict[str, Colour] = {  # linear, for what covers a head
    "white": (0.84, 0.83, 0.80), "cream": (0.80, 0.70, 0.52), "beige": (0.55, 0.42, 0.26), "grey": (0.26, 0.28, 0.31),
    "black": (0.022, 0.022, 0.026), "brown": (0.16, 0.075, 0.036), "red": (0.46, 0.03, 0.03), "pink": (0.70, 0.24, 0.30),
    "orange": (0.66, 0.20, 0.04), "yellow": (0.78, 0.48, 0.05), "green": (0.075, 0.19, 0.08), "blue": (0.055, 0.13, 0.34),
    "navy": (0.022, 0.035, 0.11), "purple": (0.16, 0.075, 0.26), "lilac": (0.42, 0.34, 0.60),
}  # fmt: skip
COVERINGS = (
    (r"head.?scarf|hijab|veil|kerchief|\bscarf (on|over|round|around) (her|his|the|their) (head|hair)", "headscarf"),
    (r"wool(ly|len|y)? hat|bobble hat|beanie|knitted hat|tuque", "woolly hat"),
    (r"flat cap|cloth cap|tweed cap|\bcap\b|beret", "flat cap"),
    (r"sun ?hat|straw hat|brimmed hat|panama|\bhat\b", "sun hat"),
)
STYLES = (  # the first that is found counts
    (r"fringe of hair|ring of hair|hair round (the|his|her) (sides|back|head)|bald (on top|with|but)|horseshoe|monk", "fringe of hair"),
    (r"buzz|crew.?cut|shorn|stubble|clipper|number (one|two|three)|shaved (short|close)|very short all over", "buzz"),
    (r"\bbald\b|no hair|shaved head|head shaved|hairless|lost (all )?(her|his|their) hair", "bald"),
    (r"corn ?rows?|canerows?", "cornrows"),
    (r"\bpuffs?\b|two buns|space buns", "puffs"),
    (r"afro|\b4c\b|coily|kinky|natural hair", "afro"),
    (r"pig ?tails?|bunches", "pigtails"),
    (r"\b(one|a|single|long) (plait|braid)\b|\b(plait|braid) (down|over)|^(plait|braid)\b|french (plait|braid)", "plait"),
    (r"plaits|braids|plaited|braided|plait|braid", "plaits"),
    (r"pony ?tail", "ponytail"),
    (r"\bbun\b|chignon|top ?knot|\bup ?do\b|(pinned|tied|put|worn) up|french twist", "bun"),
    (r"thin(ning)?\b(?! fringe)|reced|comb(ed)?.?over|balding|combed back|widow", "thin"),
    (r"set (curls|hair)|(curls|hair) set|perm\b|permed|rollers|salon|shampoo and set", "set curls"),
    (r"pixie|\bcrop(ped)?\b|elfin|gamine", "pixie"),
    (r"\bbob\b|chin.length|page ?boy", "bob"),
    (r"short.{0,12}(curls|curly)|(curls|curly).{0,12}short", "short curly"),
    (r"(?<!short )\bcurl(s|y)?\b|ringlets|corkscrew", "curly"),
    (r"shoulder|medium.length|mid.length", "shoulder"),
    (r"\blong\b|waist|down (her|his|the|their) back", "long"),
    (r"short|side.?part|parted|neat|cut close", "short"),
)
LENGTHS = (
    (r"waist|to (her|his|the) hips|very long", 1.0),
    (r"chest|mid.?back|down (her|his|the|their) back|(?<!chin.)\blong\b(?! plait| braid)", 0.78),
    (r"shoulder|medium.length|mid.length", 0.57),
    (r"chin|\bbob\b|jaw", 0.42),
    (r"\bear(s|lobe)?\b", 0.28),
    (r"very short|shaved|shorn|buzz|close.cropped", 0.06),
    (r"\bshort\b|crop", 0.2),
)
USUAL = {
    "bob": 0.42, "long": 0.78, "shoulder": 0.57, "ponytail": 0.68, "pigtails": 0.58, "plaits": 0.5, "plait": 0.75, "bun": 0.7, "puffs": 0.5,
    "pixie": 0.22, "short": 0.18, "short curly": 0.2, "curly": 0.5, "set curls": 0.3, "afro": 0.3, "cornrows": 0.45, "buzz": 0.05,
    "thin": 0.18, "fringe of hair": 0.15, "bald": 0.0,
}  # fmt: skip
CURLED = {"curly": 0.7, "short curly": 0.7, "set curls": 0.6, "afro": 1.0, "puffs": 1.0, "cornrows": 1.0}
_KNOWN = re.compile(r"fringe|bangs|wav[ye]|straight|curl|coil|frizz|parting|parted|thick|full|fine|flat|sleek|grey|gray|tied|loose|down")


def read_hair(look: Look, age: float) -> tuple[HairChoice, bool]:
    """The choice for a look at an age, and whether something of the words was understood (true as well where none were given)."""
    words = look.hair.lower().replace("greying", "going grey").replace("blonde", "blond")
    said: set[str] = set()
    found = next((name for pattern, name in STYLES if re.search(pattern, words)), "")
    if found == "curly" and look.origin.get("africa", 0) > 0.5:
        found = "afro"
    style = found or usual_style(look, age, words)
    said |= {"style"} if found else set()
    choice = HairChoice(
        style=style,
        colour=usual_colour(look, age),
        grey=float(min(0.6, max(0.0, (age - 52) / 40))) if age < 68 else 0.0,
        length=USUAL[style],
        volume=0.75 if style in ("afro", "curly") and "short" not in words else 0.45,
        curl=CURLED.get(style, 0.0),
        parting=0.55 if style in ("short", "thin") and look.sex == "male" else 0.0,
        fringe=0.45 if style == "pixie" else 0.0,
    )
    parts = {**spoken_colour(words), **spoken_shape(words, style), **spoken_cover(words + " " + look.clothes.lower())}
    said |= set(parts) - {"cover_colour"}
    value = HairChoice(**{**_fields(choice), **parts, "said": frozenset(said)})
    return value, bool(said) or not look.hair.strip() or bool(_KNOWN.search(words))


def _fields(choice: HairChoice) -> dict:
    return {name: getattr(choice, name) for name in choice.__dataclass_fields__}


def usual_colour(look: Look, age: float) -> Colour:
    """A hair colour that fits age and origin."""
    europe = look.origin.get("europe", 1.0 if look.skin in ("", "fair", "light") else 0.0)
    return (0.78, 0.77, 0.75) if age >= 68 else (0.24, 0.11, 0.055) if europe > 0.5 else (0.035, 0.026, 0.022)


def usual_style(look: Look, age: float, words: str = "") -> str:
    """A style that fits age, sex and origin where the words name none."""
    if re.search(r"curl|coil|frizz", words):
        return "afro" if look.origin.get("africa", 0) > 0.5 else "short curly" if look.sex == "male" else "curly"
    if look.sex == "female":
        africa = look.origin.get("africa", 0) > 0.5
        return "set curls" if age >= 68 else "puffs" if africa and age < 14 else "afro" if africa else "bob" if age < 14 else "shoulder"
    return "thin" if age > 60 else "buzz" if look.origin.get("africa", 0) > 0.5 else "short"


def spoken_colour(words: str) -> dict:
    """Colour and share of grey as the words fix them."""
    out: dict = {}
    hair = re.sub("|".join(pattern for pattern, _ in COVERINGS), " ", words)
    going = bool(
        re.search(
            r"(going|a little|some|streaks of|touch of|flecked with|partly|half) (grey|gray|white|silver)|(grey|gray|silver) (streaks|temples|strands)",
            hair,
        )
    )
    plain = re.sub(
        r"(going|a little|some|streaks of|touch of|flecked with|partly|half) (grey|gray|white|silver)|(grey|gray|silver) (streaks|temples|strands)",
        " ",
        hair,
    )
    named = next(((colour, grey) for word, colour, grey in COLOURS if re.search(rf"\b{word}", plain)), None)
    if named:
        out["colour"], out["grey"] = named[0], 0.35 if going else float(named[1])
    elif going:
        out["grey"] = 0.35
    return out


def spoken_shape(words: str, style: str) -> dict:
    """Length, volume, curl, fringe and parting as the words fix them."""
    out: dict = {}
    length = next((value for pattern, value in LENGTHS if re.search(pattern, words)), None)
    if length is not None and style not in ("bald", "fringe of hair", "afro", "set curls"):
        low, high = {"bob": (0.36, 0.5), "short": (0.08, 0.3), "pixie": (0.12, 0.3), "long": (0.65, 1.0)}.get(style, (0.0, 1.0))
        out["length"] = min(max(length, low), high)
    for pattern, part, value in (
        (r"\bthick|\bfull\b|big hair|bushy|volume", "volume", 0.8),
        (r"\bfine hair|\bflat\b|sleek|lank|thin hair", "volume", 0.15),
        (r"straight|sleek", "curl", 0.0),
        (r"\bwav(y|es|ed)\b", "curl", 0.4),
        (r"curl|ringlet|corkscrew", "curl", 0.7),
        (r"coil|kinky|frizz", "curl", 1.0),
        (r"no (fringe|bangs)|without a (fringe|bangs)", "fringe", 0.0),
        (r"short fringe|micro", "fringe", 0.6),
        (r"fringe(?! of hair)|bangs", "fringe", 1.0),
        (r"(middle|centre|center).?part|part(ed|ing)? (in|down) the (middle|centre|center)", "parting", 0.0),
        (r"part(ed|ing)? on (her|his|the|their) right|right.?part", "parting", -0.6),
        (r"side.?part|part(ed|ing)? (at|on|to) (one|the|her|his|their) (left|side)|left.?part|parted", "parting", 0.6),
    ):
        if part not in out and re.search(pattern, words):
            out[part] = value
    if style in CURLED and out.get("curl", 1.0) < 0.3:
        out.pop("curl", None)
    return out


def spoken_cover(words: str) -> dict:
    """What covers the head, with its colour where one is named just before it."""
    for pattern, name in COVERINGS:
        found = re.search(pattern, words)
        if found and not re.search(r"(no|without|never wore) (a |any )?(\w+ )?$", words[: found.start()]):
            before = re.findall(r"[a-z]+", words[max(0, found.start() - 24) : found.end()])
            colour = next((DYES[w] for w in reversed(before) if w in DYES), None)
            return {"cover": name, **({"cover_colour": colour} if colour else {})}
    return {}
