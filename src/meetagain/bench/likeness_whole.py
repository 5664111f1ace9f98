"""Invented people are portrayed, photographed, portrayed again from those photographs, and compared: silhouette, picture and who it is."""

import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from skimage.metrics import structural_similarity

from meetagain.bench.likeness_decoys import FAR, apart, drawn_as, others, rank
from meetagain.bench.likeness_law import features, somebody
from meetagain.bench.likeness_work import product
from meetagain.likeness.body import Body
from meetagain.likeness.camera import Camera
from meetagain.likeness.colour.standing import stand
from meetagain.likeness.embedded import portray
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.photos.nets import find_faces, person_mask
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.picture import Light, Taken, portrait_camera, take
from meetagain.likeness.shown import Shown, read_shown
from meetagain.schema.person import Person

SIZE, YAWS = (360, 440), (0, 24, -26, 12, -12, 34, -36, 6)
HELD_YAW = 16.0
OTHERS = 7_000_000  # seeds of the others lie far from those of the people


class UnseenError(Exception):
    """No face was found in the photographs of an invented person."""


@dataclass(frozen=True)
class Invented:
    """A true portrait with photographs of it, one of them held out."""

    person: Person  # what a family would say: age, sex, hair; neither skin, eyes nor features
    body: Body  # the true one
    shown: Shown
    sights: tuple[Sight, ...]
    held: Sight
    camera: Camera
    light: Light
    taken: Taken


class Portrayed(msgspec.Struct, frozen=True):
    """What came of one count of photographs; 0 is words alone. Distances are of the face encoder, from the held-out photograph."""

    photos: int
    apart: float  # of one's own portrait
    rank: int  # of it among the others and itself, 1: nearest
    silhouette_iou: float
    psnr_db: float
    ssim: float
    build_s: float


class Whole(msgspec.Struct, frozen=True):
    """One invented person, measured."""

    seed: int
    age: int
    sex: str
    hair: str
    product: str  # the state of the code
    true_apart: float  # of the true body, drawn as the portraits are: nearer no portrait can be expected to come
    true_rank: int
    others_apart: tuple[float, ...]  # of the fifty others
    portraits: tuple[Portrayed, ...]


@dataclass(frozen=True)
class Compared:
    """A portrait against the held-out photograph."""

    silhouette_iou: float
    psnr_db: float
    ssim: float
    apart: float  # from who the held-out photograph shows, to who the drawing seems to be


def invent(seed: int, age: int, photos: int = max(1, len(YAWS))) -> Invented:
    """A person of an age with photographs in changing light, the first straight ahead, every second one smiling."""
    rng = np.random.default_rng(seed)
    person, true = somebody(age, ("female", "male")[seed % 2], rng)
    made = portray(true, face=features(rng))
    shown = read_shown(made.data)
    sights, held, camera, light, taken = [], None, None, None, None
    for k, yaw in enumerate((HELD_YAW, *YAWS[:photos])):
        light = Light(
            sun_from=(float(rng.uniform(-1, 1)), float(rng.uniform(0.2, 1)), float(rng.uniform(0.3, 1))),
            sun=tuple(1.45 * rng.uniform(0.8, 1.15, 3)),
        )
        smile = float(rng.uniform(0.3, 0.8)) * (k % 2)
        face = {"mouthSmileLeft": smile, "mouthSmileRight": smile, "cheekSquintLeft": smile / 2, "cheekSquintRight": smile / 2}
        here = portrait_camera(shown, yaw + float(rng.normal(0, 3)), float(rng.uniform(1.0, 2.0)), SIZE, float(rng.normal(0, 5)))
        ground = tuple(rng.uniform(0.35, 0.85, 3))
        picture = take(shown.with_face(face), here, light, ground, fine=2 if k == 0 else 1)
        sight = seen(exposed(picture.picture), f"p{k}")
        if sight is None:
            continue
        if k == 0:
            held, camera, taken, first_light = sight, here, picture, light
        else:
            sights.append(sight)
    if held is None or not sights:
        raise UnseenError(seed)
    return Invented(person, made.body, shown, tuple(sights), held, camera, first_light, taken)


def exposed(picture: np.ndarray, stops: float = 0.0, cast: np.ndarray | float = 1.0) -> np.ndarray:
    """A picture (h, w, 3) uint8 as a camera would expose it, middling bright and nothing burnt out; so many stops lighter, in light of a colour (3,)."""
    linear = (picture / 255.0) ** 2.2
    gain = min(0.24 / max(float(linear.mean()), 1e-3), 1 / max(float(np.percentile(linear, 99.5)), 1e-3)) * 2**stops
    return (np.clip(linear * gain * cast, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def seen(picture: np.ndarray, name: str) -> Sight | None:
    faces = find_faces(picture)
    if not faces:
        return None
    return Sight(name, picture, faces[0], person_mask(picture, (float(faces[0].points[1, 0]), float(faces[0].points[1, 1]))))


def compare(invented: Invented, portrait: bytes, body: Body) -> Compared:
    """The portrait, rendered as in the held-out photograph (its camera found by landmarks), against that photograph."""
    shown = read_shown(portrait)
    standing = stand(body, load_places(), invented.held.face, SIZE)
    again = take(shown.with_face(standing.face), standing.camera, invented.light, (0.6, 0.6, 0.6), fine=2)
    mine, theirs = again.person > 0.5, invented.taken.person > 0.5
    head = theirs & _above_chin(invented)
    mine_head = mine & _above_chin(invented)
    iou = (head & mine_head).sum() / max(1, (head | mine_head).sum())
    true, made = invented.held.picture.astype(float) / 255, exposed(again.picture).astype(float) / 255
    both = head & mine_head
    gain = np.median(true[both] / np.maximum(made[both], 0.02), axis=0)
    off = ((np.clip(made * gain, 0, 1) - true)[both] ** 2).mean()
    _, similar = structural_similarity(true.mean(2), np.clip(made * gain, 0, 1).mean(2), data_range=1.0, full=True)
    seems = drawn_as(shown, standing, invented.held.face, invented.light)[0]
    return Compared(
        float(iou), float(10 * np.log10(1 / max(off, 1e-9))), float(similar[both].mean()), apart(seems, invented.held.face.embedding)
    )


def _above_chin(invented: Invented) -> np.ndarray:
    rows = np.arange(SIZE[1])[:, None]
    return np.broadcast_to(rows < invented.held.face.points[152, 1], (SIZE[1], SIZE[0]))


def measure_whole(seed: int, age: int, counts: tuple[int, ...], folder: Path) -> Whole:
    """An invented person portrayed from words alone and from each count of photographs. `folder` keeps who the fifty others seem to be.

    Without portraits where no face was found in the person's photographs.
    """
    try:
        one = invent(seed, age)
    except UnseenError:
        return Whole(seed, age, "", "", product(), FAR, 0, (), ())
    held = one.held.face
    view = (held, SIZE, one.light)
    crowd = others(folder, f"{age}-{seed}", one.person, [view], OTHERS + 1000 * seed)[0]
    far = [apart(who, held.embedding) for who in crowd]
    true = apart(drawn_as(one.shown, stand(one.body, load_places(), held, SIZE), held, one.light)[0], held.embedding)
    rows = []
    for count in (0, *counts):
        began = time.perf_counter()
        made = portray(one.person, one.sights[:count])
        took = time.perf_counter() - began
        found = compare(one, made.data, made.body)
        near = rank(found.apart, far)
        rows.append(
            Portrayed(
                count, found.apart, near, round(found.silhouette_iou, 4), round(found.psnr_db, 2), round(found.ssim, 4), round(took, 1)
            )
        )
    look = one.person.look
    return Whole(seed, age, look.sex, look.hair, product(), true, rank(true, far), tuple(far), tuple(rows))
