"""Words of the visitor that were not understood come in; she asks for them once more, gently and not too often, and the companion is told."""

from typing import TYPE_CHECKING

from meetagain.meeting.trouble import UNHEARD

if TYPE_CHECKING:
    from meetagain.meeting.live import Meeting

NOT_THERE = ("", "hidden", "sleep")  # nobody answers who is not there, or has fallen asleep
ASKED_EVERY_S = 45.0  # who is asked again and again for the same words loses heart: then she only listens
TOLD_EVERY_S = 60.0


class Missed:
    """Of one meeting. Nothing here reads a clock."""

    def __init__(self, meeting: "Meeting") -> None:
        self._meeting = meeting
        self._asked_s, self._told_s = -ASKED_EVERY_S, -TOLD_EVERY_S

    def words(self) -> None:
        """The visitor said something, and nobody knows what."""
        self.ask()
        meeting = self._meeting
        if meeting.at_s - self._told_s >= TOLD_EVERY_S:  # not for every sentence anew
            self._told_s = meeting.at_s
            meeting.notice("look", UNHEARD)

    def ask(self) -> None:
        """She shows that she did not catch it. In a place that was made calm, and where she is not, nobody says anything."""
        meeting = self._meeting
        meeting.floor.keep()
        if meeting.state is None or meeting.phase != "running" or meeting.world.latest("be") in NOT_THERE:
            return
        if meeting.scenario.beat(meeting.state.beat).talk == "none" or meeting.at_s - self._asked_s < ASKED_EVERY_S:
            return
        clause = meeting.rooms.mind.line("unheard", meeting.turn, meeting.said.hers)
        if clause is not None:
            self._asked_s = meeting.at_s
            meeting.say_clause(clause)
