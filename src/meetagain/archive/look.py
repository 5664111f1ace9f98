"""A file comes in; what it is (photo, sound, film, text, body), its size, length and date go out, or the Issue that says why it cannot be read."""

import re
import struct
import warnings
from datetime import date
from pathlib import Path

import av
import msgspec
import pillow_heif
from PIL import ExifTags, Image, UnidentifiedImageError

from meetagain.archive.sound import open_media
from meetagain.archive.written.read import is_writing
from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.schema.archive import ItemKind

Image.init()
pillow_heif.register_heif_opener()

LIMIT_MEGAPIXELS = 100
Image.MAX_IMAGE_PIXELS = None  # we judge by the header ourselves, before anything is decoded
PHOTO_FORMATS = ("JPEG", "PNG", "HEIF", "WEBP", "TIFF")
MEMORY_SUFFIXES = frozenset({".yaml", ".yml"})
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
MEDIA_MARKS = (b"RIFF", b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\x1aE\xdf\xa3", b"#!AMR")
#: What a broken picture makes its reader raise.
PICTURE_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    RuntimeError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
    MemoryError,
)


class Seen(msgspec.Struct, frozen=True):
    """What a file turned out to be."""

    kind: ItemKind
    taken: str = ""
    width_px: int = 0
    height_px: int = 0
    duration_s: float = 0.0


def look_at(path: Path) -> Seen:
    """Judge one file by its contents, not by its name. Raises MeetAgainError with a sentence for the family."""
    name = path.name
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise MeetAgainError(issue("file-unreadable", name, detail="it could not be opened")) from error
    if not head:
        raise MeetAgainError(issue("file-empty", name))
    if _is_picture(head):
        return _photo(path)
    if head.startswith(b"glTF"):
        return Seen(ItemKind.BODY)
    if not _is_media(head) and is_writing(path, head):
        return Seen(ItemKind.TEXT)
    return _media(path, head)


def readable(path: Path) -> tuple[Seen | None, tuple[Issue, ...]]:
    """What `look_at` says, without raising."""
    try:
        return look_at(path), ()
    except MeetAgainError as error:
        return None, (error.issue,)


def _is_picture(head: bytes) -> bool:
    pictures = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*")
    heif = head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith(pictures) or heif or webp


def _photo(path: Path) -> Seen:
    """Size and date from the header; the picture itself is opened only when it is not too large."""
    name = path.name
    opened = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=PHOTO_FORMATS) as picture:
                opened = True
                width, height = picture.size
                if width * height > LIMIT_MEGAPIXELS * 1e6:
                    millions = round(width * height / 1e6)
                    raise MeetAgainError(issue("photo-too-large", name, megapixels=millions, limit=LIMIT_MEGAPIXELS))
                taken = _exif_date(picture)
                picture.draft("RGB", (256, 256))
                picture.load()
    except PICTURE_BROKEN as error:
        cut = opened or re.search(r"trunc|eof|end of file|too small|incomplete", str(error), re.IGNORECASE)
        if isinstance(error, UnidentifiedImageError) and path.stat().st_size < 4096:
            cut = True
        if path.stat().st_size < _promised_bytes(path):
            cut = True
        found = issue("file-cut-short", name) if cut else issue("file-unreadable", name, detail="it is not a picture we can open")
        raise MeetAgainError(found) from error
    return Seen(ItemKind.PHOTO, taken=taken, width_px=width, height_px=height)


def _exif_date(picture: Image.Image) -> str:
    """The day the camera wrote down, as 2020-02-14, or nothing."""
    try:
        exif = picture.getexif()
        text = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or ""
    except PICTURE_BROKEN:
        return ""
    return _day(str(text)[:10].replace(":", "-"))


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return ""
    return day.isoformat() if day.year > 1904 else ""  # cameras whose clock was never set write 1904 or less


def _is_media(head: bytes) -> bool:
    box = head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"wide") and any(byte < 32 for byte in head[:4])  # not "The wide lake"
    return box or head.startswith(MEDIA_MARKS)


def _media(path: Path, head: bytes) -> Seen:
    name = path.name
    known = _is_media(head)
    try:
        with open_media(path) as media:
            sounds = [stream for stream in media.streams.audio if stream.codec_context]
            films = [stream for stream in media.streams.video if stream.codec_context and not _cover(stream)]
            if not sounds and not films:
                raise MeetAgainError(issue("file-kind-unknown", name))
            taken = _day(str(media.metadata.get("creation_time", "")))
            seconds = _seconds_there(media, films[0] if films else sounds[0])
            promised = media.duration / av.time_base if media.duration else 0.0
            width, height = (films[0].width, films[0].height) if films else (0, 0)
    except (av.error.InvalidDataError, EOFError) as error:
        raise MeetAgainError(issue("file-cut-short" if known else "file-kind-unknown", name)) from error
    except (av.error.FFmpegError, OSError, ValueError, RuntimeError, OverflowError) as error:
        raise MeetAgainError(issue("file-unreadable", name, detail="it is not a recording or film we can open")) from error
    if seconds <= 0 or promised - seconds > max(1.0, 0.1 * promised) or path.stat().st_size < _promised_bytes(path):
        raise MeetAgainError(issue("file-cut-short", name))
    return Seen(ItemKind.FILM if films else ItemKind.SOUND, taken, width, height, round(seconds, 3))


def _cover(stream: av.video.stream.VideoStream) -> bool:
    """Whether this is a cover picture inside a sound file."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _seconds_there(media: av.container.InputContainer, stream: av.stream.Stream) -> float:
    """How much is really there: the end of the last packet. Nothing is decoded but the first frame, which must be sound."""
    end, first = 0.0, True
    for packet in media.demux(stream):
        if first and packet.size:
            first = not packet.decode()
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    start = float(stream.start_time * stream.time_base) if stream.start_time and stream.time_base else 0.0
    return end - min(start, end)


def _promised_bytes(path: Path) -> int:
    """How long the file itself says it is. WAV, HEIC and the MP4 family say so; 0 for the others."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] == b"RIFF":
        size = int.from_bytes(head[4:8], "little")
        return size + 8 if 0 < size < 0xFFFFFF00 else 0  # a recorder that was never stopped properly leaves 0 or all ones
    if head[4:8] == b"ftyp":
        return _boxes_end(path)
    return 0


def _boxes_end(path: Path) -> int:
    """Where the last whole box of an MP4, MOV, M4A or 3GP file says that it ends."""
    at, size = 0, path.stat().st_size
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length < 8:  # 0: to the end of the file
                return at
            at += length
    return at
