"""A photograph and a person's words come in; fifty others of the same words, drawn as that photograph was taken, go out as who they seem to be.

The others share every word with the person: age, sex, origin, hair, clothes. What words leave open differs: the shape of the face, skin and eyes.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from meetagain.bench.likeness_heads import Head, ground_of, head_of
from meetagain.bench.likeness_law import features, with_open_words
from meetagain.bench.likeness_work import keep, kept
from meetagain.likeness.camera import Camera
from meetagain.likeness.colour.standing import Standing, stand
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.photos.nets import find_face
from meetagain.likeness.photos.seen import SeenFace
from meetagain.likeness.picture import Light, take
from meetagain.likeness.shown import Shown
from meetagain.schema.person import Person

COUNT = 50
FAR = 2.0  # counts as the distance where no face is found in a drawing: more than any two faces are apart
HEAD_PX, ROUND = 320, 0.85  # height of the drawing of a head; how much is drawn round the face, in heights of it
GROUND = (0.6, 0.6, 0.6)


class Others(msgspec.Struct, frozen=True):
    """Who the others seem to be, 128 numbers each."""

    who: tuple[tuple[float, ...], ...]


def drawn_as(shown: Shown, standing: Standing, face: SeenFace, light: Light | None = None) -> tuple[np.ndarray | None, np.ndarray]:
    """A portrait drawn as a face stands in a photograph: who it seems to be (128,), None where no face is found in the drawing, and the picture."""
    camera, box = cut_to_head(standing.camera, face)
    picture = take(shown.with_face(standing.face), camera, light, GROUND, fine=2).picture
    found = find_face(picture, box)
    return (None if found is None else found.embedding), picture


def cut_to_head(camera: Camera, face: SeenFace) -> tuple[Camera, tuple[float, float, float, float]]:
    """The part of a camera's view round a face, HEAD_PX high, and the face's box in it."""
    left, top, right, bottom = face.box
    tall, wide = bottom - top, right - left
    x0, y0 = left - ROUND * tall, top - ROUND * tall
    scale = HEAD_PX / ((1 + 2 * ROUND) * tall)
    middle = camera.centre or (camera.width / 2, camera.height / 2)
    width = max(2, round((wide + 2 * ROUND * tall) * scale))
    moved = ((middle[0] - x0) * scale, (middle[1] - y0) * scale)
    box = tuple((v - o) * scale for v, o in zip(face.box, (x0, y0, x0, y0), strict=True))
    return Camera(camera.turn, camera.offset, camera.focal_px * scale, width, HEAD_PX, moved), box


def other_heads(person: Person, first: int) -> Iterator[Head]:
    """Heads of others of the same words, without end, from a seed on."""
    seed, ground = first, ground_of(person)
    while True:
        rng = np.random.default_rng(seed)
        yield head_of(with_open_words(person, rng), features(rng), ground)
        seed += 1


def others(
    folder: Path, name: str, person: Person, views: list[tuple[SeenFace, tuple[int, int], Light | None]], first: int
) -> list[np.ndarray]:
    """For each view (face, size of its photograph, light) who COUNT others seem to be (COUNT, 128). What was drawn before is taken from the folder."""
    names = [f"decoys/{name}-{k}" for k in range(len(views))]
    before = [kept(folder, one, Others) for one in names]
    if any(one is None for one in before):
        rows: list[list[tuple[float, ...]]] = [[] for _ in views]
        for head in other_heads(person, first):
            seen = [drawn_as(head.shown, stand(head.body, load_places(), face, size), face, light)[0] for face, size, light in views]
            if all(one is not None for one in seen):
                for row, one in zip(rows, seen, strict=True):
                    row.append(tuple(round(float(v), 5) for v in one))
            if len(rows[0]) == COUNT:
                break
        before = [Others(tuple(row)) for row in rows]
        for one, value in zip(names, before, strict=True):
            keep(folder, one, value)
    return [np.array(one.who) for one in before if one is not None]


def rank(own: float, distances: np.ndarray) -> int:
    """1 where nothing is nearer than one's own portrait; an equal distance does not count as nearer."""
    return 1 + int((np.asarray(distances) < own).sum())


def apart(one: np.ndarray | None, other: np.ndarray) -> float:
    """Distance of who two faces seem to be; FAR where the first was not found."""
    return FAR if one is None else round(float(np.linalg.norm(np.asarray(one, float) - np.asarray(other, float))), 5)
