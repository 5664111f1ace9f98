"""Who may do what: a role and a report come in, yes or no goes out."""

from enum import StrEnum

from meetagain.schema import wire


class Role(StrEnum):
    VISITOR = "visitor"
    COMPANION = "companion"
    SPECTATOR = "spectator"


_MAY: dict[Role, tuple[type, ...]] = {
    Role.VISITOR: (
        wire.Doorway,
        wire.Acted,
        wire.Moved,
        wire.Typed,
        wire.Microphone,
        wire.Played,
        wire.StopAsked,
        wire.Tick,
        wire.Health,
    ),
    Role.COMPANION: (wire.Control, wire.StopAsked),
    Role.SPECTATOR: (),
}


def may_send(role: Role, report: wire.Report) -> bool:
    """Whether this role may send this report."""
    return isinstance(report, _MAY[role])


def may_read(role: Role, event: wire.Event) -> bool:
    """Proposed lines, notices and how the headset does are for the companion; a spectator does not get the visitor's words before they are heard."""
    return role is Role.COMPANION or not isinstance(event, wire.Proposed | wire.Noticed | wire.HealthTold)
