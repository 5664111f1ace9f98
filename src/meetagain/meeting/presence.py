"""Where the visitor is, whether their page is there and how their headset does come in; events, and when to wait no longer, go out."""

from meetagain.meeting.journal import Journal
from meetagain.meeting.trouble import MICROPHONE_BACK, MICROPHONE_GONE
from meetagain.schema import wire

POSE_KEPT_EVERY_S = 0.5
LINK_PATIENCE_S = 20.0
STOPPED_PATIENCE_S = 600.0  # after a stop, for the companion to close the meeting themselves


class Presence:
    """The visitor's page, as the meeting knows it. Nothing here reads a clock."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._pose_kept_s = -1.0
        self._left_s: float | None = None
        self._companion_s = 0.0
        self._consoles = 0  # companion's pages that are open
        self._heard = True  # the visitor's microphone, where there is one
        self.health: wire.HealthTold | None = None  # the latest; for the companion only, and never kept

    def moved(self, report: wire.Moved, at_s: float) -> None:
        """Poses are told to everybody and kept twice a second."""
        event = wire.VisitorMoved(at_s=at_s, head=report.head, left=report.left, right=report.right, distance_m=report.distance_m)
        if at_s - self._pose_kept_s >= POSE_KEPT_EVERY_S:
            self._pose_kept_s = at_s
            self._journal.write(event)
        else:
            self._journal.tell(event)

    def does(self, report: wire.Health, at_s: float) -> None:
        """How the headset does just now."""
        self.health = wire.HealthTold(
            at_s=at_s,
            fps=report.fps,
            battery=report.battery,
            mic_level=report.mic_level,
            microphone=report.microphone,
            immersive=report.immersive,
        )
        self._journal.tell(self.health)

    def microphone(self, on: bool, at_s: float) -> None:
        """The visitor's microphone goes away, or is back. The companion reads it once, quietly."""
        if on != self._heard:
            self._heard = on
            level, text = ("note", MICROPHONE_BACK) if on else ("look", MICROPHONE_GONE)
            self._journal.write(wire.Noticed(at_s=at_s, level=level, text=text))

    def came(self) -> None:
        """The visitor's page is connected."""
        self._left_s = None

    def left(self, at_s: float) -> None:
        """The visitor's page is gone."""
        self._left_s = at_s
        self.health = None

    def companion_acted(self, at_s: float) -> None:
        """The companion is there and does something."""
        self._companion_s = at_s

    def console(self, there: bool) -> None:
        """A companion's page was opened, or closed."""
        self._consoles = max(0, self._consoles + (1 if there else -1))

    @property
    def accompanied(self) -> bool:
        """Whether a companion looks at this meeting."""
        return self._consoles > 0

    def waited_for(self, phase: str, at_s: float) -> str:
        """How the meeting ends because nobody came back, or "" while there is still time."""
        if self._left_s is None:
            return ""
        if phase == "stopped":
            return "stop" if at_s - max(self._left_s, self._companion_s) > STOPPED_PATIENCE_S else ""
        return "link_lost" if at_s - self._left_s > LINK_PATIENCE_S else ""
