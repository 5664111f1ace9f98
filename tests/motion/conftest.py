"""A child's and an old man's body and the motion built for them, once a session, and read back from the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import yaml

from meetagain.likeness import embedded
from meetagain.likeness.embedded import EmbeddedLikeness
from meetagain.motion.body import Body
from meetagain.motion.embedded import EmbeddedMotion
from meetagain.motion.turns import unit
from meetagain.motion.vrm import array, chunks, read_rig
from meetagain.motion.write import Solved
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.artefacts import Likeness, Motion
from meetagain.schema.person import Person

DEMO = Path(__file__).parents[2] / "demo"
PEOPLE = {"child": "juni", "old": "matti"}


class Moving(msgspec.Struct, frozen=True):
    """One body with its motion."""

    person: Person
    likeness: Likeness
    vrm: Path
    file: Path
    motion: Motion
    body: Body
    document: dict[str, Any]
    clips: dict[str, Solved]


@pytest.fixture(scope="session")
def moving(tmp_path_factory) -> dict[str, Moving]:
    """Both bodies by 'child' and 'old'."""
    return {name: made(demo, tmp_path_factory.mktemp(name)) for name, demo in PEOPLE.items()}


@pytest.fixture(scope="session")
def read_back() -> Callable[[dict, bytes, dict], Solved]:
    """Reads one animation of a file as a player would show it."""
    return as_played


@pytest.fixture(params=PEOPLE)
def one(request, moving) -> Moving:
    """Each of the two in turn."""
    return moving[request.param]


def made(demo: str, place: Path) -> Moving:
    person = msgspec.convert(yaml.safe_load((DEMO / demo / "person.yaml").read_text("utf-8")), Person)
    vrm, file = place / "likeness.vrm", place / "motion.glb"
    with pytest.MonkeyPatch.context() as patch:  # movement does not look at the skin's colours
        patch.setattr(embedded, "bake", lambda *_: np.zeros((8, 8, 3), np.uint8))
        patch.setattr(embedded, "shade", lambda _: None)
        likeness = EmbeddedLikeness().build(person, Archive(items=(), memory=Memory(facts=())), place, vrm)
    motion = EmbeddedMotion().build(person, likeness, vrm, file)
    document, blob = chunks(file.read_bytes())
    clips = {animation["name"]: as_played(document, blob, animation) for animation in document["animations"]}
    return Moving(person, likeness, vrm, file, motion, Body(read_rig(vrm)), document, clips)


def as_played(document: dict, blob: bytes, animation: dict) -> Solved:
    """An animation as a player would show it: every joint at every time of the root's track, in between by straight mixing."""
    tracks = {}
    for channel in animation["channels"]:
        sampler = animation["samplers"][channel["sampler"]]
        times, values = (array(document, blob, sampler[key]).astype(float) for key in ("input", "output"))
        tracks[channel["target"]["node"], channel["target"]["path"]] = (times[:, 0], values)
    times, root = tracks.pop((0, "translation"))
    turns = np.tile([0.0, 0, 0, 1], (len(times), len(document["nodes"]), 1))
    for (node, path), (at, values) in tracks.items():
        assert path == "rotation"
        turns[:, node] = unit(np.stack([np.interp(times, at, values[:, k]) for k in range(4)], -1))
    extras = animation["extras"]
    return Solved(animation["name"], times, turns, root, extras["face"], extras)
