"""A Turn comes in; what a listener would know of this moment goes out: the topic, who asked last, what was said already, the mood."""

from collections.abc import Mapping, Sequence

from meetagain.mind.backend import Turn
from meetagain.mind.language import Language
from meetagain.mind.lines import Lines, clause_of
from meetagain.schema.archive import Fact
from meetagain.schema.lines import Line
from meetagain.schema.speech import Clause, LineClass

TOPIC_LINES = 4  # a memory is what one talks about while it is among the last lines
HEAVY = frozenset({"harm", "stay", "crying", "miss", "sorry", "alone", "fault", "pain", "grief"})
LIGHT = frozenset({"joy", "mischief", "wonder", "neutral"})
MOOD_TURNS = 2
MOST_SENTENCES = 2


class Moment:
    """Everything here follows from the Turn alone: the same Turn gives the same Moment."""

    def __init__(self, turn: Turn, lines: Lines, rules: Language, facts: Mapping[str, Fact]) -> None:
        self.turn, self.text = turn, turn.utterance.text
        self._lines = lines
        self.matters = dict(rules.matters(self.text))
        self.asks = rules.asks(self.text)
        self.question = rules.is_question(self.text)
        self.about_past = rules.about_past(self.text)
        self.words = len(rules.words(self.text))
        self.used = frozenset(turn.cited)
        self.spoken = frozenset(turn.spoken)
        self.topic = self._topic(facts)
        self.heavy = any(HEAVY & dict(rules.matters(text)).keys() for text in (*turn.visitor_said[-MOOD_TURNS + 1 :], self.text))

    @property
    def last(self) -> str:
        """What the portrait said last."""
        return self.turn.spoken[-1] if self.turn.spoken else ""

    @property
    def asked_back(self) -> bool:
        """Whether the portrait asked last, so that this is the answer."""
        return self.last.rstrip().endswith(("?", "？"))

    @property
    def told(self) -> int:
        """How many memories were told so far."""
        return len(self.turn.cited)

    @property
    def unknowns(self) -> int:
        """How many of the last lines, one after the other, were ones of not knowing."""
        count = 0
        for text in reversed(self.turn.spoken):
            if not any(line.line_class is LineClass.NOT_KNOWING for line in self._lines.saying(text)):
                break
            count += 1
        return count

    def strong(self, name: str) -> bool:
        """Whether this matter is what the words are about, whatever else they hold."""
        return self.matters.get(name) == "strong"

    def fresh(self, lines: Sequence[Line]) -> list[Line]:
        """Those not said yet, in their order."""
        return [line for line in lines if line.text not in self.spoken]

    def longest_unsaid(self, lines: Sequence[Line]) -> Line | None:
        """The first one not said yet, or the one whose last time is longest ago."""
        if not lines:
            return None
        last_said = {text: place for place, text in enumerate(self.turn.spoken)}
        return min(lines, key=lambda line: last_said.get(line.text, -1))

    def clause(self, line: Line) -> Clause:
        """The line for this turn; in a heavy moment nothing is said lightly."""
        expression = "tender" if self.heavy and line.expression in LIGHT else ""
        return clause_of(line, self.turn.number, expression)

    def _topic(self, facts: Mapping[str, Fact]) -> Fact | None:
        for text in reversed(self.turn.spoken[-TOPIC_LINES:]):
            for line in self._lines.saying(text):
                fact = facts.get(line.cites[0]) if line.cites else None
                if fact is not None:
                    return fact
        return None


def sentences(text: str) -> int:
    """How many sentences a line has: what ends with a stop, a question or an exclamation mark."""
    pieces = text.replace("...", " ").replace("…", " ")
    return max(1, sum(pieces.count(mark) for mark in ".!?。！？"))
