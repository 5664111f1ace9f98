"""A recording or film comes in, its sound goes out as float32 mono at the rate asked for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np

from meetagain.errors import MeetAgainError, issue

#: Containers that families bring. Nothing else is opened: playlists and lists of other files could reach outside the file.
CONTAINERS = "wav,w64,mp3,flac,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,aac,amr,amrnb,amrwb,aiff,caf,avi,mpeg,mpegts"


@contextmanager
def open_media(path: Path) -> Iterator[av.container.InputContainer]:
    """One recording or film, read from its own bytes only. Raises av.error.FFmpegError and OSError."""
    with path.open("rb") as file, av.open(file, options={"format_whitelist": CONTAINERS}, metadata_errors="ignore") as media:
        yield media


def sound_of(path: Path, rate_hz: int) -> np.ndarray:
    """(n,) float32 in [-1, 1] at `rate_hz`. Raises MeetAgainError when there is no sound to be had."""
    chunks = list(_chunks(path, rate_hz))
    return np.concatenate(chunks) if chunks else np.zeros(0, np.float32)


def sound_in_pieces(path: Path, rate_hz: int, piece_s: float) -> Iterator[np.ndarray]:
    """The same, piece by piece, so that a long film needs little memory. Raises MeetAgainError where it breaks off; what came before is given first."""
    wanted, held, have = int(piece_s * rate_hz), [], 0
    broken: MeetAgainError | None = None
    chunks = _chunks(path, rate_hz)
    while broken is None:
        try:
            chunk = next(chunks, None)
        except MeetAgainError as error:
            broken, chunk = error, None
        if chunk is None:
            break
        held.append(chunk)
        have += len(chunk)
        while have >= wanted:
            whole = np.concatenate(held)
            yield whole[:wanted]
            held, have = [whole[wanted:]], have - wanted
    if have:
        yield np.concatenate(held)
    if broken is not None:
        raise broken


def sounds_between(path: Path, rate_hz: int, spans: Sequence[tuple[float, float]]) -> list[np.ndarray]:
    """(n,) float32 of each span in seconds, in one reading. What lies past the end is left out. Raises MeetAgainError."""
    found: list[list[np.ndarray]] = [[] for _ in spans]
    at, last = 0, max((end for _, end in spans), default=0.0)
    for chunk in _chunks(path, rate_hz):
        for held, (start, end) in zip(found, spans, strict=True):
            first, stop = max(0, round(start * rate_hz) - at), round(end * rate_hz) - at
            if first < len(chunk) and stop > 0:
                held.append(chunk[first:stop])
        at += len(chunk)
        if at > last * rate_hz:
            break
    return [np.concatenate(held) if held else np.zeros(0, np.float32) for held in found]


def _chunks(path: Path, rate_hz: int) -> Iterator[np.ndarray]:
    try:
        with open_media(path) as media:
            if not media.streams.audio or not media.streams.audio[0].codec_context:
                raise MeetAgainError(issue("file-unreadable", path.name, detail="there is no sound in it"))
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
            anything = False
            for frame in media.decode(audio=0):
                anything = True
                yield from map(_samples, resampler.resample(frame))
            if anything:
                yield from map(_samples, resampler.resample(None))
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MeetAgainError(issue("file-unreadable", path.name, detail="its sound could not be opened")) from error


def _samples(frame: av.AudioFrame) -> np.ndarray:
    return np.clip(frame.to_ndarray()[0], -1, 1).astype(np.float32)
