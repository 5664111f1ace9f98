"""Blur makes a face worth less, noise does not make it worth more; lips and lids are read from the places."""

import numpy as np
from PIL import Image, ImageFilter

from meetagain.likeness.photos.quality import eyes_open, sharpness, smile


def test_a_blurred_face_is_worth_less_and_noise_does_not_hide_that(portrait, face):
    wide = face.box[2] - face.box[0]
    soft = np.asarray(Image.fromarray(portrait).filter(ImageFilter.GaussianBlur(0.03 * wide)))
    grain = np.random.default_rng(0).normal(0, 10, portrait.shape)
    noisy, both = (np.clip(picture + grain, 0, 255).astype(np.uint8) for picture in (portrait, soft))
    assert sharpness(portrait, face.points) > 0.9 and sharpness(noisy, face.points) > 0.6
    assert sharpness(soft, face.points) < 0.15 and sharpness(both, face.points) < 0.15


def test_shut_lids_and_a_straight_mouth(face):
    shut = face.points.copy()
    for up, down in ((159, 145), (386, 374)):
        shut[up] = shut[down]
    assert eyes_open(shut) < 0.1 < eyes_open(face.points)
    straight = face.points.copy()
    straight[[61, 291], 1] = straight[[13, 14], 1].mean() + 2
    assert smile(straight) < smile(face.points)
