"""What the companion presses comes in; the meeting does it and says that it was done."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from meetagain.mind.lines import clause_of
from meetagain.schema import wire
from meetagain.schema.scenario import Cue

if TYPE_CHECKING:
    from meetagain.meeting.live import Meeting

STORY = frozenset({"next", "hold", "resume", "back", "calm", "soft_end"})
#: Controls that the visitor's page carries out when it reads ControlDone.
CLIENT = frozenset({"lower", "raise", "note", "marker", "recentre"})


class Controls:
    """The companion's hand (requirement S2)."""

    def __init__(self, meeting: "Meeting") -> None:
        self._meeting = meeting
        self._own: dict[str, Callable[[dict[str, str]], None]] = {
            "stop": lambda args: meeting.stop("companion"),
            "say": self._say,
            "answer": self._say,
            "mute": lambda args: self._mute(True),
            "unmute": lambda args: self._mute(False),
            "step_back": lambda args: self._step_back(),
            "review": self._review,
            "let_through": lambda args: meeting.review.said(True),
            "hold_back": lambda args: meeting.review.said(False),
            "slower": lambda args: self._slower(),
            "companion_close": lambda args: self._close(),
        }

    def press(self, control: str, args: dict[str, str]) -> None:
        """Carry out one control and confirm it; an unknown one is answered with a plain line."""
        meeting = self._meeting
        if control in STORY:
            meeting.press_story(control)
        elif control in self._own:
            self._own[control](args)
        elif control not in CLIENT:
            meeting.notice("note", "That button is not known here.")
            return
        meeting.journal.write(wire.ControlDone(at_s=meeting.at_s, control=control, args=args))

    def _say(self, args: dict[str, str]) -> None:
        """Only lines that the family approved are ever voiced, whoever asks."""
        wanted = " ".join(args.get("text", "").split()).casefold()
        for line in self._meeting.ticket.repertoire.lines:
            if line.text.casefold() == wanted:
                self._meeting.say_clause(clause_of(line, self._meeting.turn))
                return
        self._meeting.notice("note", "Only lines that the family approved can be said. Choose one from the list, or speak yourself.")

    def _mute(self, on: bool) -> None:
        self._meeting.speaker.muted = on
        if on:
            self._meeting.conversation.cancel()
            self._meeting.speaker.hush(self._meeting.at_s)

    def _step_back(self) -> None:
        self._meeting.journal.write(wire.CueFired(at_s=self._meeting.at_s, cue=Cue(kind="be", target="step_back")))

    def _review(self, args: dict[str, str]) -> None:
        self._meeting.review.on = args.get("on", "yes") == "yes"

    def _slower(self) -> None:
        self._meeting.slow = True
        self._meeting.press_story("slower")

    def _close(self) -> None:
        meeting = self._meeting
        if meeting.phase != "stopped" and (meeting.state is None or meeting.state.beat != "return"):
            meeting.notice("note", "The meeting closes after the return. Soft ending leads there.")
            return
        meeting.end("farewell")
