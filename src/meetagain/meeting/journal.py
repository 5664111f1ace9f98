"""Events come in as they happen; a journal on disk, live listeners and a Snapshot for late readers come out."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import msgspec

from meetagain.meeting.trouble import NOT_KEPT, place_of
from meetagain.schema import wire
from meetagain.schema.scenario import Cue

log = logging.getLogger(__name__)

Listener = Callable[[wire.Event | bytes], None]

#: Cue kinds that only matter at the moment they fire: a late reader does not need them to rebuild the world.
PASSING = frozenset({"say", "tell", "song", "act", "listen"})
#: Cue kinds of which only the newest counts.
LATEST_BY_KIND = frozenset({"place", "light", "ambience", "be", "look", "face", "offer", "go", "veil", "music"})


class WorldSoFar:
    """The cues that rebuild the world as it stands, oldest first."""

    def __init__(self) -> None:
        self._cues: dict[tuple[str, str], Cue] = {}

    def take(self, cue: Cue) -> None:
        """Remember a cue that lasts."""
        if cue.kind in PASSING:
            return
        key = (cue.kind, "" if cue.kind in LATEST_BY_KIND else cue.target)
        self._cues.pop(key, None)
        self._cues[key] = cue

    def latest(self, kind: str) -> str:
        """The target of the newest cue of a kind, or ""."""
        return next((cue.target for cue in reversed(self._cues.values()) if cue.kind == kind), "")

    def cues(self) -> tuple[Cue, ...]:
        """What a late reader must perform."""
        return tuple(self._cues.values())


class Journal:
    """One meeting's event log. Sound goes to listeners at once and to disk beside the journal."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._listeners: list[Listener] = []
        self._file: IO[bytes] | None = None
        self._untold = False
        if folder is not None:
            try:
                (folder / "sound").mkdir(parents=True, exist_ok=True)
                self._file = (folder / "journal.jsonl").open("ab")
            except OSError as error:
                self._give_up(error)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a live reader; call the result to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def write(self, event: wire.Event) -> None:
        """Log one event and tell everybody. A meeting's poses are told but kept only every half second (see Meeting)."""
        if self._file is not None and not isinstance(event, wire.Snapshot):
            try:
                self._file.write(msgspec.json.encode(event) + b"\n")
                self._file.flush()
            except OSError as error:
                self._give_up(error)
        self.tell(event)
        if self._untold and not isinstance(event, wire.Snapshot):
            self._untold = False
            self.tell(wire.Noticed(at_s=event.at_s, level="act", text=NOT_KEPT))

    def tell(self, message: wire.Event | bytes) -> None:
        """Tell live readers without keeping it."""
        for listener in list(self._listeners):
            listener(message)

    def keep_sound(self, name: str, wav: bytes) -> None:
        """Keep what the person said beside the journal, for the keepsake."""
        if self._folder is not None:
            try:
                (self._folder / "sound" / name).write_bytes(wav)
            except OSError as error:
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """The disk takes nothing more: the meeting goes on without being kept, and the companion is told with the next event."""
        log.error("the journal is not kept from here: %s", place_of(error))
        self._folder, self._untold = None, True
        with contextlib.suppress(OSError):
            self.close()

    def close(self) -> None:
        """No more events."""
        if self._file is not None:
            file, self._file = self._file, None
            file.close()


def read_journal(path: Path) -> Iterator[wire.Event]:
    """The events of a journal in order. A last line that was cut short by a power failure is passed over."""
    decoder = msgspec.json.Decoder(wire.Event)
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines):
        if not line:
            continue
        try:
            yield decoder.decode(line)
        except msgspec.DecodeError:
            if number < len(lines) - 1:
                raise
