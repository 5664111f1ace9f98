"""What hides a face, and pictures that are no photographs, are noticed; an ordinary photograph is not accused."""

import io

import numpy as np
from PIL import Image

from meetagain.likeness.photos.nets import find_faces
from meetagain.likeness.photos.signs import covered, dark_glasses, drawn, is_grey


def test_an_open_face_is_not_covered_and_not_drawn(portrait, face):
    assert face.covered == covered(portrait, face.points) < 0.1 and drawn(portrait, face.points) < 0.1


def test_sunglasses_and_a_mask_hide_a_face_and_glasses_a_little(worn, face):
    assert dark_glasses(worn("sunglasses"), face.points) > 0.8
    assert covered(worn("mask"), face.points) > 0.8 and dark_glasses(worn("mask"), face.points) < 0.1
    assert 0.2 < covered(worn("glasses"), face.points) < 0.5


def test_sunglasses_lower_what_a_face_can_tell(worn, face):
    (hidden,) = find_faces(worn("sunglasses"), encode=False)
    assert hidden.covered > 0.8 and hidden.quality < 0.5 * face.quality


def test_a_drawn_face_is_told_from_a_photographed_one(cartoon):
    (one,) = find_faces(cartoon, encode=False)
    assert drawn(cartoon, one.points) > 0.8


def test_black_and_white_and_old_brown_prints_are_grey_and_faded_colours_are_not(portrait):
    grey = np.asarray(Image.fromarray(portrait).convert("L").convert("RGB"))
    brown = np.clip(grey * np.array([1.05, 0.9, 0.7]) + (10, 5, 0), 0, 255).astype(np.uint8)
    saved = io.BytesIO()
    Image.fromarray(brown).save(saved, "JPEG", quality=60)
    assert is_grey(grey) and is_grey(brown) and is_grey(np.asarray(Image.open(saved)))
    assert not is_grey(portrait) and not is_grey(np.clip(portrait * 0.35 + (120, 100, 85), 0, 255).astype(np.uint8))
