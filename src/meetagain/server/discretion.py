"""What goes to somebody who watches comes in; what the family told for the visitor alone goes out without its words and its sound."""

import struct

import msgspec

from meetagain.schema import wire
from meetagain.schema.sound import unpack_sound

UNHEARD = "…"


class Discretion:
    """One spectator's ear. `private`: ids of memories that are shared with the visitor only."""

    def __init__(self, private: frozenset[str]) -> None:
        self._private = private
        self._clauses: set[int] = set()

    def passes(self, message: wire.Event | bytes) -> wire.Event | bytes | None:
        """The message as a spectator gets it; None for sound that is not theirs to hear. The lips still move, in silence."""
        if isinstance(message, bytes):
            try:
                return None if unpack_sound(message)[0] in self._clauses else message
            except struct.error:
                return message
        if isinstance(message, wire.SpeechStarted) and self._private & set(message.cites):
            self._clauses.add(message.clause)
            return msgspec.structs.replace(message, text=UNHEARD, cites=(), sound="")
        return message
