"""A built folder and photographs of the person come in; pictures of the portrait for its review sheet go out, named by what they show."""

import io
from collections.abc import Callable, Iterable

import msgspec
import numpy as np
from PIL import Image

from meetagain.likeness.beside import beside
from meetagain.likeness.camera import look_at
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.picture import portrait_camera, take
from meetagain.likeness.shown import Shown
from meetagain.motion.moment import clip_names, moment

PAPER = (0.93, 0.90, 0.845)
MEADOW = (0.80, 0.82, 0.70)
STEPS = 12  # pictures once round
FACES = {
    "at rest": {"mouthSmile": 0.14},
    "glad": {"mouthSmile": 0.85, "cheekSquint": 0.7, "eyeSquint": 0.3, "mouthUpperUp": 0.25, "jawOpen": 0.1, "mouthDimple": 0.3},
    "listening": {"browInnerUp": 0.35, "mouthSmile": 0.2, "eyeWide": 0.1},
}
Say = Callable[[str, float], None]


class View(msgspec.Struct, frozen=True):
    """One picture (JPEG bytes) with its words; `photo` is the family's own beside it, where there is one."""

    words: str
    picture: bytes
    width: int
    height: int
    photo: bytes = b""


class Views(msgspec.Struct, frozen=True):
    """Everything on a sheet, in its order."""

    portrait: View
    round: tuple[View, ...]
    photos: tuple[View, ...]
    faces: tuple[View, ...]
    near_far: tuple[View, ...]
    moving: tuple[View, ...]


def views_of(shown: Shown, motion: bytes | None, sights: Iterable[Sight], say: Say) -> Views:
    """All pictures. `motion` is motion.glb, or None where nothing moves. `say` hears of progress, 0 .. 1."""
    chosen = list(sights)
    glad = standing(shown.with_face(both(FACES["at rest"])), motion)
    portrait = shot(glad, portrait_camera(glad, 22, 1.2, (720, 900)), "")
    say("the portrait", 0.1)
    turned = []
    for k in range(STEPS):
        turned.append(shot(glad, _standing(glad, 360 / STEPS * k, (300, 560)), f"{round(360 / STEPS * k)}°", fine=2))
        say("once round", 0.1 + 0.35 * (k + 1) / STEPS)
    photos = []
    for sight in chosen:
        photos += _pair(shown, sight)
        say("beside the photographs", 0.45 + 0.2 * len(photos) / max(len(chosen), 1))
    faces = [shot(shown.with_face(both(face)), portrait_camera(shown, 12, 1.1, (400, 500)), words) for words, face in FACES.items()]
    say("faces", 0.75)
    near_far = [
        shot(glad, portrait_camera(glad, 0, 0.55, (560, 560)), "from half a metre, as when a hand is held"),
        shot(glad, _far(glad, 5.0, (560, 560)), "from five metres, coming across the grass", MEADOW),
        shot(glad, portrait_camera(glad, 180, 1.4, (560, 560)), "from behind"),
    ]
    say("near and far", 0.85)
    moving = _moving(shown, motion) if motion else []
    say("moving", 1.0)
    return Views(portrait, tuple(turned), tuple(photos), tuple(faces), tuple(near_far), tuple(moving))


def standing(shown: Shown, motion: bytes | None) -> Shown:
    """With arms at the sides, where there is movement; else as the body rests."""
    return in_clip(shown, motion, "idle", 0.0) if motion and "idle" in clip_names(motion) else shown


def in_clip(shown: Shown, motion: bytes, clip: str, share: float) -> Shown:
    """The portrait in one moment of a clip, with the face of the clip added."""
    now = moment(motion, clip, share)
    root = shown.heads[shown.joints.index("root")]
    return shown.with_face(now.face).with_pose(now.turns, tuple(now.root_m - root))


def both(face: dict[str, float]) -> dict[str, float]:
    """Names without a side mean both."""
    return {full: amount for name, amount in face.items() for full in (name, f"{name}Left", f"{name}Right")}


def shot(shown: Shown, camera, words: str, background=PAPER, fine: int = 2) -> View:
    """One picture of the portrait."""
    return View(words, jpeg(take(shown, camera, background=background, fine=fine).picture), camera.width, camera.height)


def jpeg(picture: np.ndarray) -> bytes:
    """(h, w, 3) uint8 as JPEG bytes."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=88)
    return out.getvalue()


def _standing(shown: Shown, turn_deg: float, size: tuple[int, int]):
    tall = float(shown.about["height_m"])
    turn = np.deg2rad(turn_deg)
    middle = np.array([0, 0.5 * tall, 0])
    return look_at(middle + np.array([np.sin(turn), 0.12, np.cos(turn)]) * 2.4 * tall, middle, 25.5, size)


def _far(shown: Shown, distance_m: float, size: tuple[int, int]):
    tall = float(shown.about["height_m"])
    return look_at((0.6, 1.45, distance_m), (0, 0.5 * tall, 0), 26, size)


def _pair(shown: Shown, sight: Sight) -> list[View]:
    pair = beside(sight, shown)
    if pair is None:
        return []
    behind = tuple(np.median(pair.picture.reshape(-1, 3), axis=0) / 255 * 0.35 + np.array(PAPER) * 0.65)
    seen = shown.with_face(pair.face)
    made = take(seen, pair.camera, background=behind).picture
    photo = Image.fromarray(pair.picture).resize((pair.camera.width, pair.camera.height), Image.Resampling.LANCZOS)
    when = f", {sight.years:.0f} years old" if sight.years is not None else ""
    return [View(f"as in {sight.item}{when}", jpeg(made), pair.camera.width, pair.camera.height, jpeg(np.asarray(photo)))]


def _moving(shown: Shown, motion: bytes) -> list[View]:
    """Running and walking, each in a moment of its clip. Nothing here lies down or has its eyes shut: that belongs into the story."""
    there, out = clip_names(motion), []
    tall = float(shown.about["height_m"])
    for clip, share, words, turn_deg in (
        ("run", 0.2, "running", 62),
        ("run", 0.7, "running", 20),
        ("walk", 0.25, "walking", 70),
    ):
        if clip not in there:
            continue
        now = moment(motion, clip, share)
        root = shown.heads[shown.joints.index("root")]
        posed = shown.with_face(now.face | both(FACES["glad" if clip == "run" else "at rest"])).with_pose(
            now.turns, tuple(now.root_m - root)
        )
        points = np.concatenate([part.points for part in posed.parts.values() if len(part.points) > 3])
        middle, wide = (points.min(0) + points.max(0)) / 2, max(float(np.ptp(points, axis=0).max()), 0.6 * tall)
        turn, rise = np.deg2rad(turn_deg), 0.10
        away = np.array([np.sin(turn), rise, np.cos(turn)]) * 2.3 * wide
        out.append(shot(posed, look_at(middle + away, middle, 28, (420, 520)), words, MEADOW))
    return out
