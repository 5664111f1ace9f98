"""The visitor's voice comes in; she gives them the floor, or takes up again what only a murmur had cut off."""

from meetagain.meeting.conversation import Conversation
from meetagain.meeting.said import Said
from meetagain.meeting.speaker import Cut, Speaker
from meetagain.schema.speech import Speech


class Floor:
    """Whose turn it is to speak. Nothing here reads a clock."""

    def __init__(self, speaker: Speaker, conversation: Conversation, said: Said) -> None:
        self._speaker, self._conversation, self._said = speaker, conversation, said
        self._cut: tuple[Cut, ...] = ()  # what a voice cut off, until it is known whether it was words

    def taken(self, at_s: float) -> None:
        """A voice begins: she falls silent. Not for her goodbye: neither a sob nor a "goodnight" takes her last word away."""
        if self._speaker.farewell or self._conversation.farewell:
            return
        if self._speaker.speaking or self._conversation.busy:
            self._conversation.cancel()
            self._cut = self._speaker.hush(at_s)
            for cut in self._cut:
                if cut.barely:
                    self._said.take_back(cut.speech.clause)

    def kept(self) -> None:
        """It was words: what they cut off stays unsaid."""
        self._cut = ()

    def given_back(self) -> tuple[Speech, ...]:
        """It was no words: what is left to say."""
        rests = [cut.rest() for cut in self._cut]
        self._cut = ()
        return tuple(rest for rest in rests if rest is not None)
