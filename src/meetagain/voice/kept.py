"""Speech comes in and a WAV with its description lies in a folder, or the other way round."""

import wave
from io import BytesIO
from pathlib import Path

import msgspec

from meetagain.schema.speech import Clause, Speech, VisemeAt
from meetagain.store.folder import write_whole


class Described(msgspec.Struct, frozen=True):
    """What lies beside a WAV. `made_of` is a hash of voice, line and engine version, so that a changed voice is made again."""

    text: str
    expression: str
    visemes: tuple[VisemeAt, ...]
    real: bool
    item: str
    made_of: str


def keep(folder: Path, key: str, speech: Speech, item: str, made_of: str) -> None:
    """Write both files, the sound first: a description without sound never exists."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(speech.rate_hz)
        file.writeframes(speech.pcm)
    write_whole(folder / f"{key}.wav", out.getvalue())
    described = Described(speech.clause.text, speech.clause.expression, speech.visemes, speech.real, item, made_of)
    write_whole(folder / f"{key}.json", msgspec.json.encode(described))


def described(folder: Path, key: str) -> Described | None:
    """The description under this key, when sound and description are both there and whole."""
    try:
        found = msgspec.json.decode((folder / f"{key}.json").read_bytes(), type=Described)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    return found if (folder / f"{key}.wav").is_file() else None


def load(folder: Path, key: str, clause: Clause) -> Speech | None:
    """The kept sound for a clause, or None."""
    found = described(folder, key)
    if found is None:
        return None
    try:
        with wave.open(str(folder / f"{key}.wav"), "rb") as file:
            pcm, rate_hz = file.readframes(file.getnframes()), file.getframerate()
    except (wave.Error, EOFError):
        return None
    return Speech(clause=clause, rate_hz=rate_hz, pcm=pcm, visemes=found.visemes, real=found.real)
