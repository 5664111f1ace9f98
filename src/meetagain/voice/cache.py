"""A clause and a Voice come in; the sound that was made ahead for it goes out, or None."""

from pathlib import Path

from meetagain.schema.artefacts import Voice
from meetagain.schema.speech import Clause, Speech
from meetagain.voice.kept import load
from meetagain.voice.keys import line_key


def stored(clause: Clause, voice: Voice, root: Path) -> Speech | None:
    """Sound for this line in this manner; else for the same line in another manner, which is better than waiting."""
    folder = root / "build" / "voice"
    found = load(folder, line_key(clause.text, clause.expression), clause)
    if found is not None:
        return found
    other = next((clip for clip in voice.clips if clip.text == clause.text), None)
    return load(folder, other.key, clause) if other else None
