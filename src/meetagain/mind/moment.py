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
#: After lines of these classes one no longer talks about the memory before them.
ENDS_TOPIC = frozenset({LineClass.CARE, LineClass.REPLY_UNSAID, LineClass.HONEST, LineClass.REFUSE})
CONSOLING = frozenset({LineClass.CARE, LineClass.REPLY_UNSAID})
AFTER_DANGER = 5  # utterances in which nothing is asked on
MOOD_TURNS = 3  # how long a heavy word weighs
DANGER_TURNS = 3  # how long words of harm are heard in what follows
SHORT = 6  # words in which they are affirmed
ELLIPTIC = 4  # words; a question this short may leave out what it is about
MOST_SENTENCES = 2
SAME_QUESTION = 0.6  # share of what is asked that was asked before, from which on it is the same question
WONDER = 6  # words


class Moment:
    """Everything here follows from the Turn alone: the same Turn gives the same Moment."""

    def __init__(self, turn: Turn, lines: Lines, rules: Language, facts: Mapping[str, Fact]) -> None:
        self.turn, self.text = turn, turn.utterance.text
        self._lines, self._rules = lines, rules
        self.question = rules.question_in(self.text)
        self.matters = dict(rules.matters(self.text))
        self.about_past = rules.about_past(self.text)
        self.words = len(rules.words(self.text))
        self.used = frozenset(turn.cited)
        self.spoken = frozenset(turn.spoken)
        self.topic = self._topic(facts)
        self.asked = self._asked()
        self.asks = rules.asks(self.asked)
        self.sad = any(self.strong(name) for name in HEAVY)
        before = [dict(rules.matters(text)) for text in turn.visitor_said[-MOOD_TURNS + 1 :]]
        self.heavy = self.sad or any(found.get(name) == "strong" for found in before for name in HEAVY)

    @property
    def last(self) -> str:
        """What the portrait said last."""
        return self.turn.spoken[-1] if self.turn.spoken else ""

    @property
    def said_before(self) -> str:
        """What the visitor said before this; this, where it is the first."""
        return self.turn.visitor_said[-1] if self.turn.visitor_said else self.text

    @property
    def asked_back(self) -> bool:
        """Whether the portrait asked last, so that this is the answer."""
        return self.last.rstrip().endswith(("?", "？"))

    @property
    def consoled(self) -> bool:
        """Whether the portrait's last line was one of care, or an answer to what is said at last."""
        return any(line.line_class in CONSOLING for line in self._lines.saying(self.last))

    @property
    def after_danger(self) -> bool:
        """Whether words of harm fell a short while ago."""
        return any("harm" in dict(self._rules.matters(said)) for said in self.turn.visitor_said[-AFTER_DANGER:])

    @property
    def follows(self) -> Fact | None:
        """The memory that the question may be about without naming it: it is short, or a word in it stands for what was spoken of."""
        short = len(self._rules.words(self.asked)) <= ELLIPTIC and not self._rules.of_visitor(self.asked)
        return self.topic if short or self._rules.refers(self.asked) else None

    @property
    def unmarked(self) -> bool:
        """Whether no mark ends a sentence, as where hearing wrote it down in haste: a question may not look like one."""
        return not any(mark in self.text for mark in ".?!…。？！")

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

    @property
    def echoes(self) -> bool:
        """ "Really?", or the portrait's last words said over in wonder."""
        content = set(self._rules.content(self.question))
        wonders = self.asks in ("", "whether") and self.words <= WONDER and not self._rules.refers(self.question)
        return bool(self.question) and wonders and bool(self.last) and content <= set(self._rules.content(self.last))

    @property
    def asked_before(self) -> bool:
        """Whether the same was asked earlier in this meeting."""
        asked = set(self._rules.content(self.asked))
        earlier = (set(self._rules.content(said)) for said in self.turn.visitor_said if self._rules.question_in(said))
        return bool(asked) and any(len(asked & words) >= SAME_QUESTION * len(asked) for words in earlier)

    def strong(self, name: str) -> bool:
        """Whether this matter is what the words are about, whatever else they hold."""
        return self.matters.get(name) == "strong"

    def lately(self, group: str, lines: int) -> bool:
        """Whether something of this group is among the last lines."""
        texts = {line.text for line in self._lines.group(group)}
        return any(text in texts for text in self.turn.spoken[-lines:])

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

    def _asked(self) -> str:
        """The words that a memory is looked for with: the question alone, where it stands for itself; else all that was said."""
        alone = self._rules.content(self.question) and (self.topic is not None or not self._rules.refers(self.question))
        return self.question if alone else self.text

    def _topic(self, facts: Mapping[str, Fact]) -> Fact | None:
        for text in reversed(self.turn.spoken[-TOPIC_LINES:]):
            for line in self._lines.saying(text):
                fact = facts.get(line.cites[0]) if line.cites else None
                if fact is not None:
                    return fact
                if line.line_class in ENDS_TOPIC:
                    return None
        return None


def alarming(text: str, before: Sequence[str], rules: Language, walking: bool) -> str:
    """'harm' where somebody must be called, 'faint' where words only may be about not wanting to live, else ''."""
    if in_danger(text, before, rules, walking):
        return "harm"
    matters = dict(rules.matters(text))
    return "faint" if "harm" in matters and "come_along" not in matters else ""


def in_danger(text: str, before: Sequence[str], rules: Language, walking: bool) -> bool:
    """Whether this speaks of dying, or affirms what was said of it a moment ago ("I mean it", "I'm so tired")."""
    matters = dict(rules.matters(text))
    if matters.get("harm") == "strong" or ("come_along" in matters and not walking):
        return True
    lately = before[-DANGER_TURNS:]
    spoken = [place for place, said in enumerate(lately) if dict(rules.matters(said)).get("harm") == "strong"]
    if not spoken or any(rules.denies(said) for said in (*lately[spoken[-1] + 1 :], text)):
        return False
    short = len(rules.words(text)) <= SHORT and not rules.question_in(text) and not {"thanks", "love", "miss", "sorry"} & matters.keys()
    return "yes" in matters or short


def sentences(text: str) -> int:
    """How many sentences a line has: what ends with a stop, a question or an exclamation mark."""
    pieces = text.replace("...", " ").replace("…", " ")
    return max(1, sum(pieces.count(mark) for mark in ".!?。！？"))
