"""The demo people and a woman of 35 come in, built here; a sheet of every clip for each of them goes out: four moments, from the side that tells most.

.venv/bin/python tools/clip_sheet.py          three sheets, some minutes of one core
.venv/bin/python tools/clip_sheet.py 35       one of them
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from meetagain.archive.read import read_archive
from meetagain.demo_people import demo_source
from meetagain.likeness.camera import look_at
from meetagain.likeness.embedded import EmbeddedLikeness
from meetagain.likeness.picture import take
from meetagain.likeness.shown import Shown, read_shown
from meetagain.motion.embedded import EmbeddedMotion
from meetagain.motion.moment import clip_names
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.person import Look, Person
from meetagain.store.folder import PersonFolder
from meetagain.studio.look_views import in_clip

OUT = Path(__file__).parents[1] / "docs" / "pictures"
CELL, HEAD, ACROSS = (118, 148), 16, 3  # pixels of a moment, of a clip's name; clips in a row
MOMENTS = (0.08, 0.36, 0.64, 0.92)
PAPER, INK, GROUND = (246, 238, 226), (90, 78, 66), (0.86, 0.87, 0.80)
WOMAN = Person(
    id="woman",
    full_name="Invented",
    called=("Invented",),
    age_shown=35.0,
    relation_to_visitor="sister",
    calls_visitor="you",
    look=Look(sex="female", hair="dark brown, shoulder length", clothes="green jumper, blue jeans, brown shoes"),
)


def main(ages: tuple[str, ...]) -> None:
    """A sheet for each age."""
    with tempfile.TemporaryDirectory() as scratch:
        for age in ages:
            shown, motion = built(age, Path(scratch))
            sheet(shown, motion).save(OUT / f"clips-{age}.jpg", "JPEG", quality=82, optimize=True, progressive=True)


def built(age: str, scratch: Path) -> tuple[Shown, bytes]:
    """The likeness, read back from its file, and the bytes of the movements."""
    vrm, glb = scratch / f"{age}.vrm", scratch / f"{age}.glb"
    if age == "35":
        person, archive, root = WOMAN, Archive(items=(), memory=Memory(facts=())), scratch
    else:
        root = demo_source() / {"7": "juni", "76": "matti"}[age]
        person, archive = PersonFolder(root).read_person(), read_archive(root)
    likeness = EmbeddedLikeness().build(person, archive, root, vrm)
    EmbeddedMotion().build(person, likeness, vrm, glb)
    return read_shown(vrm.read_bytes()), glb.read_bytes()


def sheet(shown: Shown, motion: bytes) -> Image.Image:
    """All clips in their order."""
    names = clip_names(motion)
    width, height = len(MOMENTS) * CELL[0] + 6, CELL[1] + HEAD
    rows = -(-len(names) // ACROSS)
    page = Image.new("RGB", (ACROSS * width, rows * height), PAPER)
    words = ImageDraw.Draw(page)
    for n, name in enumerate(names):
        x, y = (n % ACROSS) * width, (n // ACROSS) * height
        words.text((x + 3, y + 2), name.replace("_", " "), fill=INK)
        for k, share in enumerate(MOMENTS):
            page.paste(moment_of(shown, motion, name, share), (x + k * CELL[0], y + HEAD))
    return page


def moment_of(shown: Shown, motion: bytes, clip: str, share: float) -> Image.Image:
    """One moment, the body in the middle of the picture."""
    now = in_clip(shown, motion, clip, share)
    points = np.concatenate([part.points for part in now.parts.values() if len(part.points)])
    low, high = points.min(0), points.max(0)
    middle = (low + high) / 2
    tall = float(shown.about["height_m"])
    far = 2.6 * max(tall, 0.9 * float(high[2] - low[2]), float(high[0] - low[0]))
    camera = look_at(middle + np.array([0.62, 0.16, 0.77]) * far, middle, 27, CELL)
    return Image.fromarray(take(now, camera, background=GROUND, fine=2).picture)


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or ("7", "35", "76"))
