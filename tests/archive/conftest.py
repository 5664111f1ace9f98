"""Small real files of every kind that families bring, made on the spot."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pillow_heif
import pytest
from PIL import Image

from meetagain.archive.new import new_folder

SOUNDS = {
    "wav": ("wav", "pcm_s16le"),
    "mp3": ("mp3", "libmp3lame"),
    "m4a": ("ipod", "aac"),
    "flac": ("flac", "flac"),
    "ogg": ("ogg", "libopus"),
    "oga": ("ogg", "vorbis"),
}
FILMS = {"mp4": ("mp4", "mpeg4"), "mov": ("mov", "mpeg4"), "3gp": ("3gp", "mpeg4")}
PHOTOS = ("jpg", "png", "heic")


def picture(path: Path, kind: str, size: tuple[int, int] = (160, 120), taken: str = "2019:07:14 10:00:00") -> Path:
    pixels = np.random.default_rng(4).integers(0, 255, (size[1], size[0], 3), np.uint8)
    image = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8769)[0x9003] = taken
    if kind == "heic":
        pillow_heif.from_pillow(image).save(path, exif=exif.tobytes())
    else:
        image.save(path, {"jpg": "JPEG", "png": "PNG"}[kind], exif=exif)
    return path


def _tone(seconds: float, rate: int) -> np.ndarray:
    return (0.4 * np.sin(2 * np.pi * 220 * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def recording(path: Path, kind: str, seconds: float = 2.0) -> Path:
    container, codec = SOUNDS[kind]
    rate = 48000
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout="stereo" if codec == "vorbis" else "mono", options={"strict": "experimental"})
        _write_tone(out, stream, seconds, rate)
    return path


def _write_tone(out: av.container.OutputContainer, stream: av.audio.AudioStream, seconds: float, rate: int) -> None:
    tone = _tone(seconds, rate)
    context = stream.codec_context
    resampler = av.AudioResampler(format=context.format or "s16", layout=context.layout, rate=rate)
    for start in range(0, len(tone), 1024):
        frame = av.AudioFrame.from_ndarray(tone[None, start : start + 1024], format="flt", layout="mono")
        frame.sample_rate, frame.pts = rate, start
        for ready in resampler.resample(frame):
            out.mux(stream.encode(ready))
    out.mux(stream.encode(None))


def film(path: Path, kind: str, seconds: float = 1.0) -> Path:
    container, codec = FILMS[kind]
    with av.open(str(path), "w", format=container) as out:
        out.metadata["creation_time"] = "2018-06-22T10:00:00.000000Z"
        stream = out.add_stream(codec, rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        voice = out.add_stream("aac", rate=48000, layout="mono")
        for number in range(int(seconds * 12)):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number * 9 % 255, np.uint8), format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        _write_tone(out, voice, seconds, 48000)
    return path


@pytest.fixture
def make() -> Callable[[Path], Path]:
    """Writes the file that its ending asks for."""

    def _make(path: Path) -> Path:
        kind = path.suffix[1:]
        path.parent.mkdir(parents=True, exist_ok=True)
        maker = picture if kind in PHOTOS else recording if kind in SOUNDS else film
        return maker(path, kind)

    return _make


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A fresh person's folder."""
    folder = tmp_path / "Mum & Dad's folder"
    new_folder(folder)
    return folder
