"""Invented people are photographed too dark, too light, burnt out and by a warm lamp; how far the tone found for their skin is from the truth goes out."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from meetagain.bench.likeness_law import COLOURS, HAIRS, features
from meetagain.bench.likeness_whole import SIZE, YAWS, exposed, seen
from meetagain.likeness.body import make_body
from meetagain.likeness.colour.reading import read_colours
from meetagain.likeness.colour.shading import to_srgb
from meetagain.likeness.colour.tones import TONES, Reading, joined
from meetagain.likeness.embedded import portray
from meetagain.likeness.fit.face import fit_face
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.lab import lab_of
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.picture import Light, portrait_camera, take
from meetagain.likeness.shown import read_shown
from meetagain.schema.person import Look, Person

COUNTS, FIRST, PEOPLE = (1, 3, 8), 70_000, 24
GROUPS = {"fair": (0.0, 1.5), "brown": (1.6, 3.1), "dark": (3.2, 4.0)}  # places along the tones from fair to dark
AGES = (35, 7, 76)
STOPS = (-1.0, 0.7)  # how much too dark and too light, in stops
BURNT, LAMP = 0.25, 0.2  # chance of burnt highlights, and of a lamp's warm cast


@dataclass(frozen=True)
class Tanned:
    """An invented person, the true tone of the skin, and the photographs that were taken."""

    group: str
    person: Person  # what a family would say; not the skin
    skin: tuple[float, float, float]  # sRGB 0 .. 255
    sights: tuple[Sight, ...]


def invent(number: int) -> Tanned:
    """A person by number, the groups in turn, with a skin anywhere between the tones that words name."""
    rng = np.random.default_rng(FIRST + number)
    group = tuple(GROUPS)[number % len(GROUPS)]
    at = rng.uniform(*GROUPS[group])
    linear = np.exp([np.interp(at, np.arange(5), np.log(TONES[:, k])) for k in range(3)] + rng.normal(0, 0.03, 3))
    skin = tuple(float(v) for v in np.round(to_srgb(linear) * 255))
    age, sex = AGES[number // len(GROUPS) % len(AGES)], ("female", "male")[number // 2 % 2]
    origin = {"fair": "europe", "brown": ("africa", "asia")[int(at < 2.5)], "dark": "africa"}[group]
    colour = str(rng.choice(COLOURS[age])) if group == "fair" or age == 76 else "black"
    said = Look(sex=sex, origin={origin: 1.0}, hair=f"{colour}, {rng.choice(HAIRS[sex])}", clothes="blue jumper, grey trousers")
    word = "#" + "".join(f"{int(v):02x}" for v in skin)
    person = Person("i", "Invented", ("I",), float(age), "x", "y", look=said)
    look = msgspec.structs.replace(said, skin=word, eyes=str(rng.choice(("brown", "blue", "grey"))))
    true = Person("i", "Invented", ("I",), float(age), "x", "y", look=look)
    shown = read_shown(portray(true, face=features(rng)).data)
    sights = []
    for k, yaw in enumerate(YAWS):
        light = Light(
            sun_from=(float(rng.uniform(-1, 1)), float(rng.uniform(0.2, 1)), float(rng.uniform(0.3, 1))),
            sun=tuple(1.45 * rng.uniform(0.8, 1.15, 3)),
        )
        smile = float(rng.uniform(0.3, 0.8)) * (k % 2)
        face = {"mouthSmileLeft": smile, "mouthSmileRight": smile, "cheekSquintLeft": smile / 2, "cheekSquintRight": smile / 2}
        if k % 4 == 1:  # with teeth
            face |= {"mouthUpperUpLeft": smile / 2, "mouthUpperUpRight": smile / 2, "jawOpen": 0.15}
        here = portrait_camera(shown, yaw + float(rng.normal(0, 3)), float(rng.uniform(1.0, 2.0)), SIZE, float(rng.normal(0, 5)))
        picture = take(shown.with_face(face), here, light, tuple(rng.uniform(0.35, 0.85, 3)), fine=1).picture
        sight = seen(mistaken(picture, rng), f"p{k}")
        if sight is not None:
            sights.append(sight)
    return Tanned(group, person, skin, tuple(sights))


def mistaken(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A picture (h, w, 3) uint8 as families' cameras take it: up to a stop too dark or 0.7 too light, at times burnt, at times by a lamp."""
    stops, burnt, lamp = float(rng.uniform(*STOPS)), rng.random() < BURNT, rng.random() < LAMP
    cast = np.array((1.0, rng.uniform(0.82, 0.93), rng.uniform(0.55, 0.8))) if lamp else np.ones(3)
    return exposed(picture, stops + (0.8 if burnt else 0.0), cast / cast.mean())


def readings(one: Tanned) -> tuple[Reading, ...]:
    """What each photograph tells of the tones, on the body that the photographs shape."""
    body = make_body(one.person, fit_face(one.sights, one.person).changes)
    return read_colours(body, one.sights, load_places(), one.person.look.origin).readings


def off(found: Sequence[float], true: Sequence[float]) -> tuple[float, float]:
    """How far one sRGB colour (0 .. 255) is from another in CIE Lab, and how much lighter it is."""
    apart = lab_of(np.array(found) / 255) - lab_of(np.array(true) / 255)
    return float(np.linalg.norm(apart)), float(apart[0])


def measure(people: int) -> dict[str, Any]:
    """Error of the skin's tone in Lab by number of photographs, and how much too light it comes out (L) for fair, brown and dark skin."""
    rows: dict[int, list[tuple[str, float, float]]] = {count: [] for count in COUNTS}
    for number in range(people):
        one = invent(number)
        told = readings(one)
        for count in COUNTS:
            tones = joined(told[:count], one.person.look.origin)
            if tones.skin is not None:
                rows[count].append((one.group, *off(tones.skin, one.skin)))
    return {f"{count}": figures(found) for count, found in rows.items()}


def figures(found: Sequence[tuple[str, float, float]]) -> dict[str, Any]:
    """Medians over rows of (group, distance, lighter by)."""
    out: dict[str, Any] = {"skin_lab_error_median": round(float(np.median([row[1] for row in found])), 2), "people": len(found)}
    for group in GROUPS:
        mine = [row[2] for row in found if row[0] == group]
        if mine:
            out[f"{group}_lighter_by"] = round(float(np.mean(mine)), 2)
    return out


def main(people: int) -> None:
    """Print the figures as JSON."""
    print(msgspec.json.format(msgspec.json.encode(measure(people)), indent=1).decode())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
