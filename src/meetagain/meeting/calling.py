"""What was heard of dying comes in; the companion is called, or quietly asked to look how the visitor is (A4)."""

from collections.abc import Callable

from meetagain.care.notice import look_how_they_are
from meetagain.meeting.presence import Presence

FAINT_EVERY_S = 120.0  # at most once in so long: who is asked too often looks no more
NOW = "Something was said that needs you now. The place goes calm. Stay close and speak to them yourself."


class Calling:
    """The companion's bell in one meeting. Nothing here reads a clock."""

    def __init__(self, presence: Presence, language: str, notice: Callable[[str, str], None], calm: Callable[[], None]) -> None:
        self._presence, self._language, self._notice, self._calm = presence, language, notice, calm
        self._called_s = -FAINT_EVERY_S

    def heard(self, alarm: str, text: str, at_s: float) -> None:
        """`alarm` as the mind gives it. What is heard only faintly changes nothing in the meeting, and is for a companion who is there."""
        if alarm == "harm":
            self._notice("act", NOW)
            self._calm()
        elif alarm == "faint" and self._presence.accompanied and at_s - self._called_s >= FAINT_EVERY_S:
            self._notice("look", look_how_they_are(text, self._language))
        else:
            return
        self._called_s = at_s
