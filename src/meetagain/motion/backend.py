"""The door of the motion room: a built likeness and a manner come in, motion.glb goes out."""

from pathlib import Path
from typing import Protocol

from meetagain.schema.artefacts import Likeness, Motion
from meetagain.schema.person import Person


class MotionBackend(Protocol):
    """Makes the clips of one body."""

    def build(self, person: Person, likeness: Likeness, vrm: Path, out: Path) -> Motion:
        """Write clips on the joints of `vrm` to `out` (binary glTF). Raises MeetAgainError."""
        ...
