"""Who was found in the family's photographs, and what the keeper decided about each face."""

import msgspec

from meetagain.errors import Issue


class Found(msgspec.Struct, frozen=True):
    """One face of one picture, as it was found. Places are shares of the upright picture's width and height."""

    at: tuple[float, float, float, float]  # left, top, right, bottom
    who: tuple[float, ...]  # 128 numbers that stand for whose face it is
    side_px: int  # of the face, in the file itself
    quality: float  # 0 .. 1, how much it can tell
    yaw_deg: float
    pitch_deg: float = 0.0
    sharpness: float = 1.0
    dark_glasses: float = 0.0
    drawn: float = 0.0
    shown: bytes = b""  # a small JPEG of the head, for the page


class Pictured(msgspec.Struct, frozen=True):
    """One photograph after it was looked at. `made_by` is raised when the way of looking changes."""

    item: str
    faces: tuple[Found, ...]
    turn: int = 0  # quarter turns, clockwise, after which it stands upright; for a scan that lies on its side
    grey: bool = False
    shown: bytes = b""  # a small JPEG of the whole, where no face was found
    issues: tuple[Issue, ...] = ()
    made_by: str = ""


OLDEST = 130  # years


class Face(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One face as the keeper reads and decides it in photos.yaml. A picture in which the person has no face to be seen has no `at`."""

    file: str  # below items/
    at: tuple[float, ...] = ()  # left, top, right, bottom, as shares of the upright picture; empty: the picture as a whole
    group: str = ""  # A, B, C: faces that look like one person; "" where it could not be told
    theirs: str = ""  # yes | no | ""
    age: float | None = None  # years, in this picture; the keeper's word
    kind: str = "photo"  # photo | drawing
    turn: int = 0  # quarter turns, clockwise, after which the picture of the file stands upright; `at` is a place in it then
