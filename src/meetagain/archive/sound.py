"""A recording or film comes in, its sound goes out as float32 mono at the rate asked for."""

from collections.abc import Iterator
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
    try:
        with open_media(path) as media:
            if not media.streams.audio or not media.streams.audio[0].codec_context:
                raise MeetAgainError(issue("file-unreadable", path.name, detail="there is no sound in it"))
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
            chunks = [made.to_ndarray()[0] for frame in media.decode(audio=0) for made in resampler.resample(frame)]
            chunks += [made.to_ndarray()[0] for made in resampler.resample(None)] if chunks else []
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MeetAgainError(issue("file-unreadable", path.name, detail="its sound could not be opened")) from error
    return np.clip(np.concatenate(chunks), -1, 1).astype(np.float32) if chunks else np.zeros(0, np.float32)
