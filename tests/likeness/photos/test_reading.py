"""However a photograph lies in its file, it is seen upright and in its colours; a broken note of the camera does not hurt."""

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from meetagain.errors import MeetAgainError
from meetagain.likeness.photos.reading import read_upright


def picture() -> Image.Image:
    pixels = np.full((60, 100, 3), 40, np.uint8)
    pixels[:20, :30] = (220, 60, 40)  # red, top left
    return Image.fromarray(pixels)


@pytest.mark.parametrize("turn", range(1, 9))
def test_upright_however_the_camera_was_held(tmp_path, turn):
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that lays it as the camera wrote it
    laid = picture() if turn == 1 else picture().transpose(Image.Transpose(back[turn]))
    note = Image.Exif()
    note[ExifTags.Base.Orientation] = turn
    laid.save(tmp_path / "a.png", exif=note)
    seen = read_upright(tmp_path / "a.png")
    assert seen.pixels.shape == (60, 100, 3) and seen.pixels[5, 5, 0] > 200 and seen.pixels[50, 90, 0] < 60 and not seen.note_unclear


def test_large_pictures_are_made_smaller_and_their_size_is_known(tmp_path):
    Image.new("RGB", (3000, 1500), (9, 99, 9)).save(tmp_path / "a.jpg")
    seen = read_upright(tmp_path / "a.jpg")
    assert seen.pixels.shape == (1024, 2048, 3) and seen.scale == pytest.approx(3000 / 2048)


@pytest.mark.parametrize(
    "note", [b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01" * 40, b"Exif\0\0nothing like it"]
)
def test_a_corrupt_note_is_told_and_the_picture_is_whole(tmp_path, note):
    picture().save(tmp_path / "a.jpg", exif=note)
    seen = read_upright(tmp_path / "a.jpg")
    assert seen.note_unclear and seen.pixels.shape == (60, 100, 3)


def test_a_day_that_is_none_is_told(tmp_path):
    for day, unclear in (("2019:13:45 99:00:00", True), ("2019:07:14 10:00:00", False)):
        note = Image.Exif()
        note[ExifTags.Base.DateTime] = day
        picture().save(tmp_path / "a.jpg", exif=note)
        assert read_upright(tmp_path / "a.jpg").note_unclear is unclear


def test_deep_clear_and_profiled_pictures_become_plain_ones(tmp_path):
    Image.fromarray(np.full((20, 20), 40000, np.uint16)).save(tmp_path / "deep.png")
    assert abs(int(read_upright(tmp_path / "deep.png").pixels[5, 5, 0]) - 156) < 3
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert read_upright(tmp_path / "clear.png").pixels.min() == 255
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture().save(tmp_path / "srgb.jpg", icc_profile=profile, quality=95)
    assert read_upright(tmp_path / "srgb.jpg").pixels[5, 5, 0] > 205
    picture().save(tmp_path / "odd.png", icc_profile=b"no profile at all")
    assert read_upright(tmp_path / "odd.png").pixels[5, 5, 0] == 220


def test_what_is_no_picture_is_told(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff no picture")
    with pytest.raises(MeetAgainError) as raised:
        read_upright(tmp_path / "a.jpg")
    assert raised.value.issue.code == "file-unreadable"
