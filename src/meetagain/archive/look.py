"""A file comes in; what it is (photo, sound, film), its size, length and date go out, or the Issue that says why it cannot be read."""

import warnings
from pathlib import Path

import av
import msgspec
import pillow_heif
from PIL import ExifTags, Image

from meetagain.errors import Issue, MeetAgainError, issue
from meetagain.schema.archive import ItemKind

pillow_heif.register_heif_opener()

LIMIT_MEGAPIXELS = 100
Image.MAX_IMAGE_PIXELS = None  # we judge by the header ourselves, before anything is decoded
PHOTO_FORMATS = frozenset({"JPEG", "MPO", "PNG", "HEIF", "WEBP", "TIFF"})
MEMORY_SUFFIXES = frozenset({".yaml", ".yml"})


class Seen(msgspec.Struct, frozen=True):
    """What a file turned out to be."""

    kind: ItemKind
    taken: str = ""
    width_px: int = 0
    height_px: int = 0
    duration_s: float = 0.0


def look_at(path: Path) -> Seen:
    """Judge one file by its contents. Raises MeetAgainError with a sentence for the family."""
    name = path.name
    try:
        size = path.stat().st_size
    except OSError as error:
        raise MeetAgainError(issue("file-unreadable", name, detail="it could not be opened")) from error
    if size == 0:
        raise MeetAgainError(issue("file-empty", name))
    head = path.open("rb").read(64)
    if _is_picture(head):
        return _photo(path)
    return _media(path)


def _is_picture(head: bytes) -> bool:
    pictures = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*")
    heif = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"heim", b"avif")
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith(pictures) or heif or webp


def _photo(path: Path) -> Seen:
    name = path.name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as picture:
                width, height = picture.size
                if width * height > LIMIT_MEGAPIXELS * 1e6:
                    millions = round(width * height / 1e6)
                    raise MeetAgainError(issue("photo-too-large", name, megapixels=millions, limit=LIMIT_MEGAPIXELS))
                taken = _exif_date(picture)
                picture.draft("RGB", (256, 256))
                picture.load()
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        cut = "truncated" in str(error).lower() or "eof" in str(error).lower()
        found = issue("file-cut-short", name) if cut else issue("file-unreadable", name, detail="it is not a picture we can open")
        raise MeetAgainError(found) from error
    return Seen(ItemKind.PHOTO, taken=taken, width_px=width, height_px=height)


def _exif_date(picture: Image.Image) -> str:
    exif = picture.getexif()
    text = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or ""
    day = str(text)[:10].replace(":", "-")
    return day if len(day) == 10 and day[:4].isdigit() else ""


def _media(path: Path) -> Seen:
    name = path.name
    try:
        with av.open(str(path)) as media:
            sounds, films = media.streams.audio, [stream for stream in media.streams.video if not _cover(stream)]
            if not sounds and not films:
                raise MeetAgainError(issue("file-kind-unknown", name))
            taken = str(media.metadata.get("creation_time", ""))[:10]
            seconds = _decoded_seconds(media, films[0] if films else sounds[0])
            promised = media.duration / av.time_base if media.duration else 0.0
            width, height = (films[0].width, films[0].height) if films else (0, 0)
    except av.error.InvalidDataError as error:
        found = issue("file-cut-short", name) if _looks_like_media(path) else issue("file-kind-unknown", name)
        raise MeetAgainError(found) from error
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MeetAgainError(issue("file-unreadable", name, detail="it is not a recording or film we can open")) from error
    if seconds <= 0 or promised - seconds > max(1.0, 0.1 * promised):
        raise MeetAgainError(issue("file-cut-short", name))
    return Seen(ItemKind.FILM if films else ItemKind.SOUND, taken, width, height, round(seconds, 3))


def _cover(stream: av.video.stream.VideoStream) -> bool:
    """Whether this is a cover picture inside a sound file."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _decoded_seconds(media: av.container.InputContainer, stream: av.stream.Stream) -> float:
    """How much is really there: the end of the last packet. Nothing is decoded but the first frame, which must be sound."""
    end, first = 0.0, True
    for packet in media.demux(stream):
        if first and packet.size:
            first = not packet.decode()
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    start = float(stream.start_time * stream.time_base) if stream.start_time and stream.time_base else 0.0
    return end - min(start, end)


def _looks_like_media(path: Path) -> bool:
    """Whether the first bytes are those of a known recording or film, of which the rest is missing or broken."""
    head = path.open("rb").read(16)
    marks = (b"RIFF", b"ID3", b"fLaC", b"OggS", b"\xff\xfb", b"\xff\xf3", b"\x1aE\xdf\xa3")
    return head[4:8] == b"ftyp" or head.startswith(marks)


def readable(path: Path) -> tuple[Seen | None, tuple[Issue, ...]]:
    """What `look_at` says, without raising."""
    try:
        return look_at(path), ()
    except MeetAgainError as error:
        return None, (error.issue,)
