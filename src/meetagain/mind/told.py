"""A Turn comes in; Clauses made of what the family told go out. No language model: retrieval, rules and the family's own lines."""

import random
from collections.abc import AsyncIterator

from meetagain.mind.backend import Turn
from meetagain.mind.lines import authored, group_lines, told
from meetagain.mind.recall import Recall
from meetagain.mind.stopping import StopWords
from meetagain.mind.topics import UNSAID, matter
from meetagain.mind.words import is_question
from meetagain.schema.archive import Memory
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Utterance

ASK_BACK_EVERY = 3


class ToldMind:
    """The embedded mind backend."""

    def open(self, person: Person, memory: Memory, seed: int) -> "ToldOnce":
        """A mind for one meeting."""
        return ToldOnce(person, memory, seed)


class ToldOnce:
    """One meeting's mind. Deterministic for the same seed and turns."""

    def __init__(self, person: Person, memory: Memory, seed: int) -> None:
        self._person = person
        self._recall = Recall(memory)
        self._chance = random.Random(seed)
        self._stop = StopWords(person.settings.stop_words)
        self._answered = 0

    async def reply(self, turn: Turn) -> AsyncIterator[Clause]:
        """At most two clauses; none where listening is the answer."""
        for clause in self.answer(turn):
            yield clause

    def answer(self, turn: Turn) -> tuple[Clause, ...]:
        """What `reply` gives, at once."""
        text, about = turn.utterance.text, matter(turn.utterance.text)
        asked = is_question(text)
        if about == "refuse_asked":
            about = "refuse" if asked else ""  # money or medicine in passing is no request for advice
        if about in ("harm", "stay"):
            return self._one("care", turn)
        if about in UNSAID:
            return self._one(about, turn)
        if about in ("honest", "refuse"):
            return self._one(about, turn)
        if turn.talk in ("listen", "approved_only"):
            return self._listening(about, turn)
        if about == "crying" or (self._recall.closed(text) and not asked):
            return self._one("care", turn)
        if about == "story":
            return self._story(turn)
        found = self._recall.find(text, frozenset(turn.cited))
        if found is not None:
            return self._from_memory(found.fact, turn)
        if about in ("love", "how_are_you", "greeting"):
            return self._one(about, turn)
        if asked:
            return self._one("not_knowing", turn)
        return self._one("filler", turn)

    def line(self, group: str, number: int, spoken: tuple[str, ...]) -> Clause | None:
        """The next line of a group that was not spoken yet; the first one again when all were."""
        lines = group_lines(self._person, group)
        if not lines:
            return None
        text = next((line for line in lines if line not in spoken), lines[0])
        return authored(self._person, group, text, number)

    def tell(self, wanted: str, number: int, cited: tuple[str, ...]) -> Clause | None:
        """A memory for a moment of the story."""
        fact = self._recall.by_tags(wanted, frozenset(cited))
        return told(fact, number) if fact else None

    def alarm(self, utterance: Utterance) -> str:
        """'harm', 'stop' or ''."""
        if self._stop.asked(utterance.text):
            return "stop"
        return "harm" if matter(utterance.text) == "harm" else ""

    def _from_memory(self, fact, turn: Turn) -> tuple[Clause, ...]:
        self._answered += 1
        clauses = [told(fact, turn.number)]
        if self._answered % ASK_BACK_EVERY == 0 and not is_question(fact.said):
            asked = [line for line in group_lines(self._person, "words") if line.endswith("?") and line not in turn.spoken]
            clauses += [authored(self._person, "words", line, turn.number) for line in asked[:1]]
        return tuple(clauses)

    def _story(self, turn: Turn) -> tuple[Clause, ...]:
        fact = self._recall.by_tags("", frozenset(turn.cited))
        return (told(fact, turn.number),) if fact else self._one("not_knowing", turn)

    def _listening(self, about: str, turn: Turn) -> tuple[Clause, ...]:
        """In the beats for listening, silence is the answer; a word of love gets one line back."""
        return self._one("love", turn) if about == "love" else ()

    def _one(self, group: str, turn: Turn) -> tuple[Clause, ...]:
        lines = group_lines(self._person, group)
        if not lines:
            return ()
        fresh = [line for line in lines if line not in turn.spoken]
        text = fresh[0] if fresh else self._chance.choice(lines)
        return (authored(self._person, group, text, turn.number),)
