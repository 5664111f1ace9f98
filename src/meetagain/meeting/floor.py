"""The visitor's voice comes in; she gives them the floor, or takes up again what only a murmur had cut off."""

from meetagain.meeting.conversation import Conversation
from meetagain.meeting.said import Said
from meetagain.meeting.speaker import Cut, Speaker
from meetagain.schema.speech import Speech

SHORT_S = 1.5  # a longer voice without words may be tears: nothing is said into them
LATELY_S = 4.0  # what was cut off longer ago is let go
MOSTLY = 0.6  # of a clause: after that it is not taken up again
LONGEST_S = 40.0  # of a voice; whatever became of it, the meeting goes on


class Floor:
    """Whose turn it is to speak. Nothing here reads a clock."""

    def __init__(self, speaker: Speaker, conversation: Conversation, said: Said) -> None:
        self._speaker, self._conversation, self._said = speaker, conversation, said
        self._cut: tuple[Cut, ...] = ()  # what a voice cut off, until it is known whether it was words
        self._taken_back: tuple[str, ...] = ()  # texts of them that count as not said
        self._since_s: float | None = None  # since when the visitor speaks
        self._place = ""  # in the story
        self._again: set[tuple[int, str]] = set()  # what was taken up again: each clause once

    @property
    def taken(self) -> bool:
        """Whether the visitor is speaking, so that nothing is begun."""
        return self._since_s is not None

    def take(self, at_s: float, place: str) -> None:
        """A voice begins: she falls silent. Not for her goodbye: neither a sob nor a "goodnight" takes her last word away."""
        if self._speaker.farewell or self._conversation.farewell:
            return
        self._since_s, self._place = at_s, place
        self._conversation.hold()
        self._cut = self._speaker.hush(at_s) if self._speaker.speaking else ()
        barely = [cut.speech.clause for cut in self._cut if cut.speech.part == 0 and cut.barely]
        self._taken_back = tuple(clause.text for clause in barely)
        for clause in barely:
            self._said.take_back(clause)

    def keep(self) -> None:
        """It was words: what they cut off stays unsaid, and what was being thought of before them is let go."""
        if self.taken:
            self._conversation.drop_held()
        self._cut, self._since_s = (), None

    def give_back(self, at_s: float, voiced_s: float, place: str) -> tuple[Speech, ...]:
        """It was no words: what is left to say. Nothing into tears, nothing of long ago or of another part of the story, and no clause twice."""
        fresh = voiced_s <= SHORT_S and self._since_s is not None and at_s - self._since_s <= LATELY_S and place == self._place
        cuts, self._cut, self._since_s = self._cut, (), None
        self._conversation.release()
        found: list[Speech] = []
        for cut in cuts if fresh else ():
            clause, rest = cut.speech.clause, cut.rest()
            once = (clause.turn, f"{clause.text}/{cut.speech.part}")
            if rest is None or once in self._again or cut.said > MOSTLY * cut.speech.samples:
                continue
            self._again.add(once)
            if clause.text in self._taken_back and cut.speech.part == 0:
                self._said.add(clause)
            found.append(rest)
        return tuple(found)

    def advance(self, at_s: float) -> None:
        """A voice whose end was never told takes the floor only so long."""
        if self._since_s is not None and at_s - self._since_s > LONGEST_S:
            self.keep()
