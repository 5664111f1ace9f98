"""Invented people are portrayed, photographed, portrayed again from those photographs, and compared: silhouette, picture and who it is."""

from dataclasses import dataclass

import msgspec
import numpy as np
from skimage.metrics import structural_similarity

from meetagain.bench.face_law import bases, plain_names
from meetagain.likeness.body import Body
from meetagain.likeness.camera import Camera
from meetagain.likeness.colour.standing import stand
from meetagain.likeness.embedded import portray
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.photos.nets import find_faces, person_mask
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.picture import Light, Taken, portrait_camera, take
from meetagain.likeness.shown import Shown, read_shown
from meetagain.schema.person import Look, Person

SKINS, EYES = ("fair", "light", "olive", "brown", "dark"), ("blue", "green", "brown", "grey", "dark", "hazel")
HAIRS = {
    "female": ("bob with a fringe", "long straight", "short", "shoulder length, wavy", "ponytail", "short curly", "bun"),
    "male": ("short", "short, side parting", "short curly", "buzz cut", "thin, combed back"),
}
COLOURS = {
    7: ("blond", "light brown", "brown", "black", "red"),
    35: ("blond", "brown", "dark brown", "black", "auburn"),
    76: ("white", "grey", "silver"),
}
SIZE, YAWS = (360, 440), (0, 24, -26, 12, -12, 34, -36, 6)
HELD_YAW = 16.0


@dataclass(frozen=True)
class Invented:
    """A true portrait with photographs of it, one of them held out."""

    person: Person  # what a family would say: age, sex, hair; neither skin, eyes nor features
    shown: Shown
    sights: tuple[Sight, ...]
    held: Sight
    camera: Camera
    light: Light
    taken: Taken


@dataclass(frozen=True)
class Compared:
    """A portrait against the held-out photograph."""

    silhouette_iou: float
    psnr_db: float
    ssim: float
    embedding: np.ndarray  # (128,)


def invent(seed: int, age: int, photos: int = max(1, len(YAWS))) -> Invented:
    """A person of an age with photographs in changing light, the first straight ahead, every second one smiling."""
    rng = np.random.default_rng(seed)
    sex = ("female", "male")[seed % 2]
    origin = (("europe", 1.0), ("africa", 1.0), ("asia", 1.0))[int(rng.integers(0, 3))]
    skin = {"europe": SKINS[:2], "asia": SKINS[1:4], "africa": SKINS[3:]}[origin[0]]
    hair = (
        f"{rng.choice(COLOURS[age])}, {rng.choice(HAIRS[sex])}"
        if origin[0] == "europe" or age == 76
        else f"black, {rng.choice(HAIRS[sex])}"
    )
    said = Look(sex=sex, origin=dict([origin]), hair=hair, clothes="blue jumper, grey trousers")
    true = msgspec.structs.replace(
        said, skin=str(rng.choice(skin)), eyes=str(rng.choice(EYES if origin[0] == "europe" else ("brown", "dark")))
    )
    person = Person(
        id="i", full_name="Invented", called=("I",), age_shown=float(age), relation_to_visitor="x", calls_visitor="y", look=said
    )
    shown = read_shown(portray(msgspec.structs.replace(person, look=true), face=features(rng)).data)
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
        raise ValueError(f"no face was found in the photographs of invented person {seed}")
    return Invented(person, shown, tuple(sights), held, camera, first_light, taken)


def features(rng: np.random.Generator) -> dict[str, float]:
    """Amounts of the model's changes: half of the features as usual, the others spread by 0.3, both sides alike."""
    names, out = plain_names(), {}
    for name, places in bases():
        if rng.random() < 0.5 or name.startswith(("head-age", "neck", "measure", "ear-")):
            continue
        amount = float(np.clip(rng.normal(0, 0.3), -0.75, 0.75))
        out |= {names[k]: amount for k in places}
    return out


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
    faces = find_faces(again.picture)
    embedding = faces[0].embedding if faces else np.full(128, 9.0, np.float32)
    return Compared(float(iou), float(10 * np.log10(1 / max(off, 1e-9))), float(similar[both].mean()), embedding)


def _above_chin(invented: Invented) -> np.ndarray:
    rows = np.arange(SIZE[1])[:, None]
    return np.broadcast_to(rows < invented.held.face.points[152, 1], (SIZE[1], SIZE[0]))


def ranks(held: list[np.ndarray], made: list[np.ndarray]) -> list[int]:
    """For each held-out photograph the rank (1: nearest) of its own portrait among all portraits, by distance of embeddings."""
    far = np.linalg.norm(np.array(held)[:, None] - np.array(made)[None], axis=2)
    return [int((row < row[k]).sum()) + 1 for k, row in enumerate(far)]
