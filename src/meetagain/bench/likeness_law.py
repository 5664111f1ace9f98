"""A random source comes in; an invented person's words and face go out: by which law the people vary who are portrayed as a whole."""

import msgspec
import numpy as np

from meetagain.bench.face_law import bases, plain_names
from meetagain.schema.person import Look, Person

SKINS, EYES = ("fair", "light", "olive", "brown", "dark"), ("blue", "green", "brown", "grey", "dark", "hazel")
SKINS_OF = {"europe": SKINS[:2], "asia": SKINS[1:4], "africa": SKINS[3:]}
HAIRS = {
    "female": ("bob with a fringe", "long straight", "short", "shoulder length, wavy", "ponytail", "short curly", "bun"),
    "male": ("short", "short, side parting", "short curly", "buzz cut", "thin, combed back"),
}
COLOURS = {
    7: ("blond", "light brown", "brown", "black", "red"),
    35: ("blond", "brown", "dark brown", "black", "auburn"),
    76: ("white", "grey", "silver"),
}


def somebody(age: int, sex: str, rng: np.random.Generator) -> tuple[Person, Person]:
    """What a family would say of an invented person (neither skin, eyes nor features), and the same person with skin and eyes."""
    origin = ("europe", "africa", "asia")[int(rng.integers(0, 3))]
    colour = rng.choice(COLOURS[age]) if origin == "europe" or age == 76 else "black"
    look = Look(sex=sex, origin={origin: 1.0}, hair=f"{colour}, {rng.choice(HAIRS[sex])}", clothes="blue jumper, grey trousers")
    said = Person(id="i", full_name="Invented", called=("I",), age_shown=float(age), relation_to_visitor="x", calls_visitor="y", look=look)
    return said, with_open_words(said, rng)


def with_open_words(person: Person, rng: np.random.Generator) -> Person:
    """The person with skin and eyes drawn by origin, where the words leave them open."""
    look = person.look
    origin = max(look.origin, key=lambda name: look.origin[name], default="europe")
    skin = look.skin or str(rng.choice(SKINS_OF.get(origin, SKINS[:2])))
    eyes = look.eyes or str(rng.choice(EYES if origin == "europe" else ("brown", "dark")))
    return msgspec.structs.replace(person, look=msgspec.structs.replace(look, skin=skin, eyes=eyes))


def features(rng: np.random.Generator) -> dict[str, float]:
    """Amounts of the model's changes: half of the features as usual, the others spread by 0.3, both sides alike."""
    names, out = plain_names(), {}
    for name, places in bases():
        if rng.random() < 0.5 or name.startswith(("head-age", "neck", "measure", "ear-")):
            continue
        amount = float(np.clip(rng.normal(0, 0.3), -0.75, 0.75))
        out |= {names[k]: amount for k in places}
    return out
