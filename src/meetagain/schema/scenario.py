"""The story: beats with cues and exits, as read from a pack."""

import msgspec


class Cue(msgspec.Struct, frozen=True):
    """Something the world or the person does. Kinds are listed in docs/writing-scenarios.md."""

    kind: str
    target: str = ""
    args: dict[str, str | float | int | bool] = {}


class TimedCue(msgspec.Struct, frozen=True):
    """Cues inside a beat: after some seconds, or when the visitor does something."""

    do: tuple[Cue, ...]
    after_s: float = -1.0
    on: str = ""  # an act
    times: int = 1  # how often it may happen
    unless: str = ""  # left out when the visitor has done this act in this beat


class Exit(msgspec.Struct, frozen=True):
    """A way out of a beat. `on` is an act, "next" (the companion) or "time"."""

    on: str
    to: str


class Beat(msgspec.Struct, frozen=True):
    """One part of the story. `talk` is open | short | listen | approved_only | none."""

    id: str
    aim: str  # {name} {they} {them} {their} stand for the person
    min_s: float
    target_s: float
    max_s: float
    enter: tuple[Cue, ...]
    during: tuple[TimedCue, ...]
    exits: tuple[Exit, ...]
    talk: str = "none"
    hint: str = ""  # what the companion reads: what the visitor can do now
    tells: str = ""  # tags of memories that she may bring up herself after a silence here; empty: none


class Limits(msgspec.Struct, frozen=True):
    """Seconds of the whole meeting."""

    target_s: float
    soft_end_s: float
    hard_return_s: float
    slow_factor: float = 2.0


class Scenario(msgspec.Struct, frozen=True):
    """A whole story. `from_any` maps soft_end, calm, stop, link_lost to the beat or state they lead to."""

    id: str
    version: int
    language: str
    title: str
    limits: Limits
    first: str
    beats: tuple[Beat, ...]
    reflexes: dict[str, str]
    from_any: dict[str, str]
    needs_lines: tuple[str, ...]

    def beat(self, beat_id: str) -> Beat:
        """The beat of this id. Raises KeyError."""
        for beat in self.beats:
            if beat.id == beat_id:
                return beat
        raise KeyError(beat_id)
