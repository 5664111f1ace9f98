"""A recording or film comes in, its sound goes out as float32 mono at the rate asked for."""

from pathlib import Path

import av
import numpy as np

from meetagain.errors import MeetAgainError, issue


def sound_of(path: Path, rate_hz: int) -> np.ndarray:
    """(n,) float32 in [-1, 1] at `rate_hz`. Raises MeetAgainError when there is no sound to be had."""
    try:
        with av.open(str(path)) as media:
            if not media.streams.audio:
                raise MeetAgainError(issue("file-unreadable", path.name, detail="there is no sound in it"))
            resampler = av.AudioResampler(format="flt", layout="mono", rate=rate_hz)
            chunks = [made.to_ndarray()[0] for frame in media.decode(audio=0) for made in resampler.resample(frame)]
            chunks += [made.to_ndarray()[0] for made in resampler.resample(None)]
    except (av.error.FFmpegError, OSError) as error:
        raise MeetAgainError(issue("file-unreadable", path.name, detail="its sound could not be opened")) from error
    return np.concatenate(chunks).astype(np.float32) if chunks else np.zeros(0, np.float32)
