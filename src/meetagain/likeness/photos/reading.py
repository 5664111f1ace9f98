"""A photograph's file comes in; the picture as a person would hold it, upright and in sRGB, goes out."""

import io
import re
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import ExifTags, Image, ImageCms

from meetagain.errors import MeetAgainError, issue

pillow_heif.register_heif_opener()

LONGEST = 2048  # pixels
FORMATS = ("JPEG", "PNG", "HEIF", "WEBP", "TIFF")
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: What a broken file, or a broken note in it, makes its reader raise.
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, RuntimeError, TypeError, KeyError, IndexError),
    *(OverflowError, ZeroDivisionError, struct.error, MemoryError, ImageCms.PyCMSError),
)


@dataclass(frozen=True)
class Photograph:
    """A picture as it should be looked at."""

    pixels: np.ndarray  # (h, w, 3) uint8 sRGB, upright, longest side at most LONGEST
    scale: float  # pixels of the file for each of these
    note_unclear: bool  # what the camera wrote beside the picture (the day, which way is up) cannot be read


def read_upright(path: Path, longest: int = LONGEST) -> Photograph:
    """The picture in a file. A broken note of the camera does not hurt. Raises MeetAgainError(file-unreadable)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as image:
                whole = max(image.size)
                turn, unclear = _camera_note(image)
                image.draft("RGB", (longest, longest))
                picture = _in_srgb(image)
    except BROKEN as error:
        raise MeetAgainError(issue("file-unreadable", path.name, detail="it is not a picture we can open")) from error
    if max(picture.size) > longest:
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    if turn in TURNS:
        picture = picture.transpose(TURNS[turn])
    return Photograph(np.asarray(picture), whole / max(picture.size), unclear)


def turned(pixels: np.ndarray, quarters: int) -> np.ndarray:
    """A picture (h, w, 3) after this many quarter turns, clockwise."""
    return np.ascontiguousarray(np.rot90(pixels, -quarters))


def _camera_note(image: Image.Image) -> tuple[int, bool]:
    """Which way is up, as EXIF counts it, and whether the note is damaged."""
    try:
        exif = image.getexif()
        days = (exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal), exif.get(ExifTags.Base.DateTime))
        turn = exif.get(ExifTags.Base.Orientation, 1)
    except BROKEN:
        return 1, True
    day = next((text for text in days if text), None)
    readable = day is None or re.match(r"(19|20)\d\d[:-](0[1-9]|1[0-2])[:-](0[1-9]|[12]\d|3[01])", str(day)) is not None
    held = image.info.get("exif")
    empty = isinstance(held, bytes) and len(held) > 8 and not dict(exif)
    right = isinstance(turn, int) and 1 <= turn <= 8
    return (turn if right else 1), empty or not (readable and right)


def _in_srgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        deep = np.asarray(image, np.float32)
        top = max(float(deep.max()), 1.0)
        return Image.fromarray((deep * (255 / (65535 if top > 255 else 255))).clip(0, 255).astype(np.uint8)).convert("RGB")
    profile = image.info.get("icc_profile")
    if image.mode in ("RGBA", "LA", "PA", "P"):
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        paper.alpha_composite(clear)
        image = paper.convert("RGB")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            return ImageCms.profileToProfile(
                image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except BROKEN:
            return image.convert("RGB")
    return image.convert("RGB")
