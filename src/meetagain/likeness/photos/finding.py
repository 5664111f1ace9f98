"""A photograph's file comes in; every face in it, with who it may be and how well it is seen, goes out as a value that can be kept."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from meetagain.errors import issue
from meetagain.likeness.photos.nets import find_faces, turn_to_upright
from meetagain.likeness.photos.pixels import Crop, cut_out
from meetagain.likeness.photos.reading import read_upright, turned
from meetagain.likeness.photos.seen import SeenFace
from meetagain.likeness.photos.signs import dark_glasses, drawn, is_grey
from meetagain.schema.photos import Found, Pictured

MADE_BY = "2"  # raised when the way of looking changes, so that pictures are looked at again
HEAD, HEAD_SIDE = 1.9, 176  # how much larger than the face, and how many pixels, the little picture of a head is
WHOLE_SIDE = 240
STANDS, LEANS_DEG = 0.97, 40.0  # where a face is surely upright, so is the picture


def look_at_photograph(path: Path, item: str) -> Pictured:
    """One picture's faces, from left to right; a picture that lies on its side, as scans do, is turned first.

    Raises MeetAgainError: file-unreadable, weights-missing.
    """
    photograph = read_upright(path)
    picture, faces, turn = photograph.pixels, find_faces(photograph.pixels), 0
    if not any(face.score > STANDS and abs(face.roll_deg) < LEANS_DEG for face in faces):
        turn = turn_to_upright(picture)
    if turn:
        picture = turned(picture, turn)
        faces = find_faces(picture)
    faces = sorted(faces, key=lambda face: face.box[0] + face.box[2])
    return Pictured(
        item=item,
        faces=tuple(_found(picture, face, photograph.scale) for face in faces),
        turn=turn,
        grey=is_grey(picture),
        shown=b"" if faces else _small(picture),
        issues=(issue("photo-note-unclear", path.name),) if photograph.note_unclear else (),
        made_by=MADE_BY,
    )


def _found(picture: np.ndarray, face: SeenFace, scale: float) -> Found:
    tall, wide = picture.shape[:2]
    left, top, right, bottom = face.box
    return Found(
        at=tuple(round(float(v), 4) for v in (left / wide, top / tall, right / wide, bottom / tall)),
        who=tuple(round(float(v), 5) for v in face.embedding),
        side_px=round((bottom - top) * scale),
        quality=round(face.quality, 4),
        yaw_deg=round(face.yaw_deg, 1),
        pitch_deg=round(face.pitch_deg, 1),
        sharpness=round(face.sharpness, 3),
        dark_glasses=round(dark_glasses(picture, face.points), 3),
        drawn=round(drawn(picture, face.points), 3),
        shown=_head(picture, face),
    )


def _head(picture: np.ndarray, face: SeenFace) -> bytes:
    left, top, right, bottom = face.box
    side = max(right - left, bottom - top) * HEAD
    crop = Crop((left + right) / 2, (top + bottom) / 2 - 0.06 * side, side)
    return _jpeg(Image.fromarray(cut_out(picture, crop, HEAD_SIDE)))


def _small(picture: np.ndarray) -> bytes:
    image = Image.fromarray(picture)
    image.thumbnail((WHOLE_SIDE, WHOLE_SIDE), Image.Resampling.LANCZOS)
    return _jpeg(image)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()
