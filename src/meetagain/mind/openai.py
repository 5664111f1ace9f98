"""A Turn comes in; what the embedded mind answers goes out, its memories rephrased by a language model where all of it was proved, in time."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping

import msgspec

from meetagain import backends
from meetagain.errors import MeetAgainError
from meetagain.mind.backend import Mind, MindBackend, Turn
from meetagain.mind.language import read_language
from meetagain.mind.lines import repertoire as fresh
from meetagain.mind.rephrase import LARGEST_ANSWER, Said, UnclearAnswer, answered, request, tidy
from meetagain.mind.retelling.rules import rules
from meetagain.mind.retelling.slots import own_lines
from meetagain.mind.verify import MOST_SENTENCES, MOST_WORDS, Reason, proved, sentences
from meetagain.remote import Hold, Remote
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Repertoire
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, LineClass

log = logging.getLogger(__name__)

BUDGET_S = 0.7  # from the turn's start; then the embedded reply is used
SLOW_IN_A_ROW = 3
REST_S = 60.0
MOST_MEMORIES = 2
TALKS = ("open", "short")
Clock = Callable[[], float]
Judged = Callable[[Said, str], None]


class OpenAiMind:
    """`chat/completions` of any such server. Settings: url, model, key_env (the name of an environment variable), budget_s.

    The embedded mind decides everything. For benchmarks: `tally` counts what became of the requests, and `judged` is told of every
    clause why it was held back ('' when it was not).
    """

    def __init__(
        self,
        url: str = "",
        model: str = "",
        key_env: str = "",
        remote_allowed: bool = False,
        budget_s: float | str = BUDGET_S,
        embedded: MindBackend | None = None,
        clock: Clock = time.monotonic,
        judged: Judged = lambda said, reason: None,
    ) -> None:
        self._remote = Remote("mind", url, key_env, remote_allowed)
        self._model, self._budget_s, self._clock = model, float(budget_s), clock
        self._embedded, self._judged = embedded, judged
        self.tally: Counter[str] = Counter()

    def open(self, person: Person, memory: Memory, repertoire: Repertoire, seed: int) -> "OpenAiOnce":
        """A mind for one meeting."""
        embedded = self._embedded or backends.load("mind", "embedded")
        asked = _Asked(self._remote, self._model, self._budget_s, self._clock, self.tally, self._judged)
        return OpenAiOnce(
            embedded.open(person, memory, repertoire, seed), asked, Retellable(person, memory, repertoire), person, repertoire
        )


class Retellable:
    """Which memories may be rephrased, and the sentences to choose from."""

    def __init__(self, person: Person, memory: Memory, repertoire: Repertoire) -> None:
        self._person, self._rules = person, rules(repertoire.language)
        self._facts = {fact.id: fact for fact in memory.facts if fact.share == "all" and not fact.tender}
        self._lines: dict[str, set[str]] = {}
        for line in repertoire.lines:
            for cite in line.cites:
                self._lines.setdefault(cite, set()).add(line.text)
        self._found: dict[str, tuple[str, ...]] = {}

    def fact(self, key: str) -> Fact | None:
        """The memory, if it may be rephrased: open to all, not tender, and told in the repertoire just as it was written.

        Where the keeper edited or forbade a line of a memory, that memory is told only as the keeper left it.
        """
        return self._facts[key] if self.sentences(key) else None

    def sentences(self, key: str) -> tuple[str, ...]:
        """In the person's own mouth; none where it may not be rephrased."""
        if key not in self._found:
            self._found[key] = self._sentences(key)
        return self._found[key]

    def _sentences(self, key: str) -> tuple[str, ...]:
        fact = self._facts.get(key)
        if fact is None or self._rules is None:
            return ()
        written = {line.text for line in fresh(self._person, Memory(facts=(fact,))).lines if line.cites}
        if not written or written != self._lines.get(key):
            return ()
        return tuple(line for line in (*own_lines(self._person, fact), fact.said) if line.strip())


class OpenAiOnce:
    """One meeting's mind. The story's own lines and memories, and what alarms, are the embedded mind's: they are never rephrased."""

    def __init__(self, mind: Mind, asked: "_Asked", retellable: Retellable, person: Person, repertoire: Repertoire) -> None:
        self._mind, self._asked, self._retellable, self._person = mind, asked, retellable, person
        self.line, self.tell, self.tell_of, self.alarm = mind.line, mind.tell, mind.tell_of, mind.alarm
        self._language = repertoire.language
        self._words = read_language(repertoire.rules).content if repertoire.rules else str.split
        self._tells = {line.text for line in repertoire.lines if line.cites and (line.key.endswith("/said") or "/told/" in line.key)}

    async def reply(self, turn: Turn) -> AsyncIterator[Clause]:
        """The embedded reply, or its memories in other words. Never later than the budget, and never raises for what a server does."""
        began = self._asked.clock()
        clauses = tuple([clause async for clause in self._mind.reply(turn)])
        for clause in await self._rephrased(turn, clauses, began):
            yield clause

    async def ahead(self, turn: Turn) -> AsyncIterator[Clause]:
        """The embedded reply where it is not to be rephrased: a model is not asked for words that may never be said."""
        clauses = tuple([clause async for clause in self._mind.reply(turn)])
        for clause in () if self._chosen(turn, clauses) else clauses:
            yield clause

    def proof(self, clause: Clause) -> str:
        """For the guard: why a rephrased clause may not be said, or ''."""
        given = [fact for cite in clause.cites if (fact := self._retellable.fact(cite))]
        return proved(clause.text, clause.cites, given, self._person, self._language)

    # --- other words ---------------------------------------------------------------------------------------------------

    async def _rephrased(self, turn: Turn, clauses: tuple[Clause, ...], began: float) -> tuple[Clause, ...]:
        memories = self._chosen(turn, clauses)
        if not memories:
            return clauses
        body = (self._person, memories, turn.utterance.text, MOST_WORDS[self._person.is_child])
        said = await self._asked.answer(body, began)
        proved_ones = self._proved(said, memories, turn, clauses)
        if not proved_ones or not self._serves(proved_ones, clauses, turn):
            return clauses
        rest = tuple(clause for clause in clauses if clause.line_class is not LineClass.GROUNDED)
        whole = (*proved_ones, *rest)
        return whole if sum(len(sentences(clause.text)) for clause in whole) <= MOST_SENTENCES else proved_ones

    def _chosen(self, turn: Turn, clauses: tuple[Clause, ...]) -> dict[str, tuple[str, ...]]:
        """The one or two memories of a reply that may be rephrased, or nothing."""
        grounded = [clause for clause in clauses if clause.line_class is LineClass.GROUNDED]
        if any(clause.text not in self._tells for clause in grounded):
            return {}  # when it was, who told it: these are said as they are
        others = {clause.line_class for clause in clauses} - {LineClass.GROUNDED, LineClass.AUTHORED}
        ids = tuple(dict.fromkeys(cite for clause in grounded for cite in clause.cites))
        fitting = turn.talk in TALKS and not others and 1 <= len(ids) <= MOST_MEMORIES
        found = {key: self._retellable.sentences(key) for key in ids} if fitting else {}
        return found if all(found.values()) else {}

    def _proved(
        self, said: tuple[Said, ...], memories: Mapping[str, object], turn: Turn, clauses: tuple[Clause, ...]
    ) -> tuple[Clause, ...]:
        """Clauses that may be said, up to the first that may not."""
        first = next((clause for clause in clauses if clause.line_class is LineClass.GROUNDED), None)
        given = [fact for key in memories if (fact := self._retellable.fact(key))]
        visitor = (*turn.visitor_said, turn.utterance.text)
        found: list[Clause] = []
        self._asked.tally["clauses"] += len(said)
        for number, one in enumerate(map(tidy, said)):
            spoken = (*turn.spoken, *(clause.text for clause in found))
            reason = proved(one.text, one.cites, given, self._person, self._language, visitor, spoken)
            if not reason and sum(len(sentences(text)) for text in (one.text, *(clause.text for clause in found))) > MOST_SENTENCES:
                reason = Reason.LONG
            self._asked.judged(one, reason)
            if reason:
                self._asked.tally[f"rejected:{reason}"] += 1
                log.info("mind: a rephrased clause was held back (%s)", reason)
                self._asked.tally["not_reached"] += len(said) - number - 1
                break
            found.append(msgspec.structs.replace(first, text=one.text, cites=tuple(one.cites)))
        self._asked.tally["passed"] += len(found)
        return tuple(found)

    def _serves(self, proved_ones: tuple[Clause, ...], clauses: tuple[Clause, ...], turn: Turn) -> bool:
        """Whether the other words say at least as much of what the visitor asked about as the embedded ones."""
        asked = set(self._words(turn.utterance.text))
        new, old = ({word for clause in some if clause.cites for word in self._words(clause.text)} for some in (proved_ones, clauses))
        serves = len(asked & new) >= len(asked & old)
        self._asked.tally["used" if serves else "beside_the_point"] += 1
        return serves


class _Asked:
    """One server: asked within the budget, and left alone for a while when it is slow again and again."""

    def __init__(self, remote: Remote, model: str, budget_s: float, clock: Clock, tally: Counter[str], judged: Judged) -> None:
        self._remote, self._model, self._budget_s = remote, model, budget_s
        self.clock, self.tally, self.judged = clock, tally, judged
        self._slow = 0
        self._rests_until = float("-inf")

    async def answer(self, of: tuple[Person, Mapping[str, tuple[str, ...]], str, int], began: float) -> tuple[Said, ...]:
        """What the model said, or nothing: too late, silent, unclear, or left alone."""
        left_s = self._budget_s - (self.clock() - began)
        if left_s <= 0 or self.clock() < self._rests_until:
            self.tally["not_asked"] += 1
            return ()
        self.tally["asked"] += 1
        hold = Hold()
        post = asyncio.to_thread(self._remote.post_json, "chat/completions", request(self._model, *of), left_s, hold, LARGEST_ANSWER)
        try:
            said = answered(await asyncio.wait_for(post, left_s))
        except (TimeoutError, MeetAgainError) as error:
            self._was_slow("late" if isinstance(error, TimeoutError) else "silent")
            return ()
        except UnclearAnswer:
            self._slow = 0
            self.tally["unclear"] += 1
            return ()
        finally:
            hold.drop()  # whoever no longer waits does not keep a line open
        self._slow = 0
        self.tally["in_budget"] += 1
        return said

    def _was_slow(self, how: str) -> None:
        self.tally[how] += 1
        self._slow += 1
        log.info("mind: the language model was %s", how)
        if self._slow >= SLOW_IN_A_ROW:
            self._slow = 0
            self._rests_until = self.clock() + REST_S
            log.warning("mind: the language model is left alone for %d s", REST_S)
