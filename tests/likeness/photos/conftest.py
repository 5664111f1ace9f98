"""A real portrait (public domain, from scikit-image), and things that are drawn over it or in its place."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw
from skimage import data

from meetagain.likeness.photos.nets import find_faces
from meetagain.likeness.photos.seen import SeenFace


@pytest.fixture(scope="session")
def portrait() -> np.ndarray:
    return np.ascontiguousarray(data.astronaut())


@pytest.fixture(scope="session")
def face(portrait) -> SeenFace:
    (one,) = find_faces(portrait)
    return one


def _lenses(face: SeenFace, share: float) -> list[tuple[float, float, float, float]]:
    at = face.points[:, :2]
    wide = float(np.linalg.norm(at[263] - at[33])) * share
    return [(x - wide, y - 0.75 * wide, x + wide, y + 0.85 * wide) for x, y in ((at[33] + at[133]) / 2, (at[362] + at[263]) / 2)]


@pytest.fixture(scope="session")
def worn(portrait, face) -> Callable[[str], np.ndarray]:
    """The portrait with sunglasses, glasses or a mask."""

    def put_on(what: str) -> np.ndarray:
        image = Image.fromarray(portrait.copy())
        pen, at = ImageDraw.Draw(image), [tuple(p) for p in face.points[:, :2]]
        if what == "mask":
            pen.polygon([at[k] for k in (195, 50, 132, 172, 152, 397, 361, 280)], fill=(150, 190, 215))
        else:
            dark = what == "sunglasses"
            for lens in _lenses(face, 0.27 if dark else 0.24):
                pen.ellipse(lens, fill=(15, 15, 18) if dark else None, outline=(30, 25, 22), width=2)
            pen.line((at[133], at[362]), fill=(30, 25, 22), width=2)
        return np.asarray(image)

    return put_on


@pytest.fixture(scope="session")
def cartoon() -> np.ndarray:
    """A face as a child might draw it on a computer."""
    image = Image.new("RGB", (600, 700), (250, 246, 235))
    pen, ink = ImageDraw.Draw(image), (40, 30, 30)
    pen.ellipse((150, 120, 450, 540), fill=(240, 200, 170), outline=ink, width=5)
    pen.pieslice((140, 90, 460, 420), 180, 360, fill=(90, 60, 40), outline=ink, width=5)
    for x in (235, 365):
        pen.ellipse((x - 32, 290, x + 32, 330), fill="white", outline=ink, width=4)
        pen.ellipse((x - 14, 296, x + 14, 324), fill=(60, 40, 30))
        pen.arc((x - 42, 255, x + 42, 310), 200, 340, fill=ink, width=9)
    pen.line((300, 320, 285, 395, 310, 400), fill=(120, 80, 60), width=5)
    pen.chord((245, 430, 355, 480), 0, 180, fill=(190, 70, 70), outline=ink, width=3)
    return np.asarray(image)
