"""A person's folder comes in, the meetings that can be watched again go out."""

from pathlib import Path

import msgspec

from meetagain.schema import wire

_ENDINGS = {"farewell": "ended with the goodbye", "stop": "was stopped", "link_lost": "the link was lost", "closed": "was closed early"}


class Kept(msgspec.Struct, frozen=True):
    """One meeting on the shelf."""

    id: str
    minutes: float
    ending: str


def shelf(root: Path) -> tuple[Kept, ...]:
    """Meetings in the order they were held."""
    return tuple(_kept(path) for path in sorted((root / "meetings").glob("*/journal.jsonl")))


def _kept(path: Path) -> Kept:
    at_s, how = 0.0, ""
    decoder = msgspec.json.Decoder(wire.Event)
    for line in path.read_bytes().splitlines():
        try:
            event = decoder.decode(line)
        except msgspec.DecodeError:
            continue  # a line cut short when the power went
        at_s = event.at_s
        if isinstance(event, wire.MeetingEnded):
            how = event.how
    return Kept(id=path.parent.name, minutes=at_s / 60, ending=_ENDINGS.get(how, "has no ending written"))
