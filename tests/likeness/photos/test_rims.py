"""The rims of clear glasses are found where they are, and on nobody without."""

import numpy as np

from meetagain.likeness.photos.nets import find_faces
from meetagain.likeness.photos.rims import can_tell, find_rims
from meetagain.likeness.picture import portrait_camera, take


def test_rims_are_found_and_cover_the_frame(worn, portrait, face):
    glasses = worn("glasses")
    found = find_rims(glasses, face.points)
    assert found is not None and find_rims(portrait, face.points) is None
    changed = np.abs(glasses.astype(int) - portrait).max(2) > 40
    rows, columns = np.nonzero(changed)
    frame = found.at(np.stack([columns, rows], 1) + 0.5)[0]
    assert np.mean(frame > 0.5) > 0.9
    eyes = np.stack([face.points[[33, 133], :2].mean(0), face.points[[263, 362], :2].mean(0)])
    assert found.at(eyes)[1].min() == 1 and found.at(eyes)[0].max() < 0.5 and found.at(face.points[[152, 10], :2])[1].max() == 0


def test_a_portrait_without_glasses_and_a_tiny_face_have_none(child_shown, face, portrait):
    picture = take(child_shown, portrait_camera(child_shown, 0, 1.2, (320, 400)), fine=1).picture
    (seen,) = find_faces(picture, encode=False)
    assert find_rims(picture, seen.points) is None
    assert can_tell(face.points) and not can_tell(face.points * 0.2) and find_rims(portrait, face.points * 0.2) is None
