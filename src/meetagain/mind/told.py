"""A Turn comes in; Clauses made of what the family told go out. No language model: retrieval, rules and lines that were read before."""

import asyncio
from collections.abc import AsyncIterator

from meetagain.mind.backend import Turn
from meetagain.mind.language import language, read_language
from meetagain.mind.lines import UNSAID, Lines, clause_of
from meetagain.mind.meaning import meaning
from meetagain.mind.moment import MOST_SENTENCES, Moment, sentences
from meetagain.mind.recall import Found, Recall
from meetagain.mind.stopping import StopWords
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Line, Repertoire
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Utterance

ASK_BACK_EVERY = 3
LONG_REMARK = 12  # words: somebody who tells is listened to
TOUCHED_REMARK = 20  # words: in a longer one no memory is thrown in
UNKNOWNS_BEFORE_TURNING = 2
#: Matters of this very moment: where they are surely meant, no memory is looked for.
HERE_AND_NOW = ("what_now", "who_am_i", "name", "look", "food_here", "weather", "how_are_you", "greeting", "play")
SAME_QUESTION = 0.6  # share of what is asked that was asked before, from which on it is the same question
JUST_SAID = 3  # lines
#: Matters with a small answer of their own, when nothing is remembered.
SMALL_TALK = (
    *("love", "pride", "how_are_you", "greeting", "compliment", "weather", "food_here", "look", "play", "what_now", "who_am_i"),
    *("name", "age", "laughter", "yes", "no"),
)
Reply = tuple[Clause, ...] | None


class ToldMind:
    """The embedded mind backend."""

    def open(self, person: Person, memory: Memory, repertoire: Repertoire, seed: int) -> "ToldOnce":
        """A mind for one meeting."""
        return ToldOnce(person, memory, repertoire)


class ToldOnce:
    """One meeting's mind. It keeps nothing from turn to turn: the same Turn gives the same answer."""

    def __init__(self, person: Person, memory: Memory, repertoire: Repertoire) -> None:
        self._rules = read_language(repertoire.rules) if repertoire.rules else language("en")
        self._lines = Lines(repertoire)
        self._facts = {fact.id: fact for fact in memory.facts if fact.open}
        self._recall = Recall(memory, self._rules, meaning(), person)
        self._stop = StopWords(person.settings.stop_words, self._rules)
        self._steps = (
            *(self._urgent, self._unsaid, self._honestly, self._listening, self._grief, self._again),
            *(self._onward, self._by_request, self._here_and_now, self._you_told, self._remembered, self._small_talk, self._not_known),
        )

    async def reply(self, turn: Turn) -> AsyncIterator[Clause]:
        """At most two clauses of two sentences together; none where listening is the answer."""
        for clause in await asyncio.to_thread(self.answer, turn):
            yield clause

    def answer(self, turn: Turn) -> tuple[Clause, ...]:
        """What `reply` gives, at once. The first step that has an answer gives it; what is left is a remark."""
        moment = Moment(turn, self._lines, self._rules, self._facts)
        for step in self._steps:
            found = step(moment)
            if found is not None:
                return found
        return self._remark(moment)

    def line(self, group: str, number: int, spoken: tuple[str, ...]) -> Clause | None:
        """The next line of a group that was not spoken yet; the first one again when all were."""
        lines = self._lines.group(group)
        if not lines:
            return None
        return clause_of(next((line for line in lines if line.text not in spoken), lines[0]), number)

    def tell(self, wanted: str, number: int, cited: tuple[str, ...]) -> Clause | None:
        """A memory for a moment of the story: by id, by tags, or by the words of a thing that is held."""
        fact = self._recall.by_tags(wanted, frozenset(cited))
        lines = self._lines.of(fact.id) if fact else ()
        return clause_of(lines[0], number) if lines else None

    def tell_of(self, thing: str, number: int, cited: tuple[str, ...]) -> Clause | None:
        """The memory that a thing's caption names. None when it names none."""
        fact = self._recall.touched(thing, frozenset(cited))
        lines = self._lines.of(fact.id) if fact else ()
        return clause_of(lines[0], number) if lines else None

    def alarm(self, utterance: Utterance, walking: bool = False) -> str:
        """'harm', 'stop' or ''."""
        if self._stop.asked(utterance.text):
            return "stop"
        matters = dict(self._rules.matters(utterance.text))
        return "harm" if "harm" in matters or ("come_along" in matters and not walking) else ""

    # --- what comes before everything ----------------------------------------------------------------------------------------

    def _urgent(self, moment: Moment) -> Reply:
        matters = moment.matters
        if "harm" in matters or ("come_along" in matters and not moment.turn.walking):
            return self._one("care", moment)
        if "come_along" in matters:
            return self._one("along", moment)
        return self._one("unfit", moment) if moment.strong("unfit") else None

    def _unsaid(self, moment: Moment) -> Reply:
        return next((self._one(about, moment) for about in UNSAID if moment.strong(about)), None)

    def _honestly(self, moment: Moment) -> Reply:
        return next((self._one(about, moment) for about in ("honest", "refuse") if moment.strong(about)), None)

    def _listening(self, moment: Moment) -> Reply:
        """In the beats for listening, silence is the answer; a word of love gets one line back."""
        if moment.turn.talk not in ("listen", "approved_only"):
            return None
        return next((self._one(about, moment) for about in ("love", "pride") if moment.strong(about)), ())

    def _grief(self, moment: Moment) -> Reply:
        if moment.strong("stay") or moment.strong("crying") or (self._recall.closed(moment.text) and not moment.question):
            return self._one("care", moment)
        return None

    # --- what was said in this meeting -----------------------------------------------------------------------------------------

    def _again(self, moment: Moment) -> Reply:
        if "again" not in moment.matters or not moment.last:
            return None
        said = self._lines.saying(moment.last)
        return (moment.clause(said[0]),) if said else None

    def _onward(self, moment: Moment) -> Reply:
        """ "And then?", "tell me more", "who told you that?" go on with what is being talked about."""
        if moment.topic is None or moment.asks not in ("more", "teller"):
            return self._story(moment) if moment.asks == "more" and not moment.asked_back else None
        lines = self._lines.of(moment.topic.id)
        if moment.asks == "teller":
            return next(((moment.clause(line),) for line in lines if line.key.endswith("/teller")), None)
        more = moment.fresh([line for line in lines if _tells(line)])
        if more:
            return (moment.clause(more[0]),)
        near = self._recall.near(moment.topic, moment.used)
        return self._tell(near, moment) if near else self._one("have_no_more", moment)

    # --- what is remembered --------------------------------------------------------------------------------------------------

    def _remembered(self, moment: Moment) -> Reply:
        if not (moment.question or moment.about_past):
            return None
        found = self._look_up(moment)
        if found.why == "known" and found.fact is not None:
            return self._answered(found.fact, moment)
        return None

    def _look_up(self, moment: Moment) -> Found:
        return self._recall.look_up(moment.text, moment.topic, moment.used)

    def _answered(self, fact: Fact, moment: Moment) -> tuple[Clause, ...]:
        lines = self._lines.of(fact.id)
        if not lines:
            return self._one("not_knowing", moment)
        best = lines[0] if self._own_words_first(fact, lines, moment) else self._recall.best_line(moment.text, fact, lines)
        if best.text in moment.spoken:
            return self._told_before(fact, best, moment)
        said = (moment.clause(best),)
        return self._with_question(said, moment) if _tells(best) else said

    def _own_words_first(self, fact: Fact, lines: tuple[Line, ...], moment: Moment) -> bool:
        """Their own words come before the teller's, where they answer, or nothing particular is asked ("do you remember the lake?")."""
        own = lines[0]
        if own.level > 0 or own.text in moment.spoken:
            return False
        return (moment.asks == "whether" and moment.about_past) or self._recall.answers(moment.text, fact, (own,))

    def _told_before(self, fact: Fact, best: Line, moment: Moment) -> tuple[Clause, ...]:
        """It was said already: another line of the same memory where there is one; else the same, and where it was asked before, so is said."""
        fresh = moment.fresh([line for line in self._lines.of(fact.id) if _tells(line)])
        if fresh and (self._recall.answers(moment.text, fact, fresh) or best.text in moment.turn.spoken[-JUST_SAID:]):
            return (moment.clause(self._recall.best_line(moment.text, fact, fresh)),)
        again = moment.longest_unsaid(self._lines.group("told_before")) if self._asked_before(moment) else None
        return (*((moment.clause(again),) if again else ()), moment.clause(best))

    def _asked_before(self, moment: Moment) -> bool:
        asked = set(self._rules.content(moment.text))
        earlier = (set(self._rules.content(said)) for said in moment.turn.visitor_said if self._rules.is_question(said))
        return bool(asked) and any(len(asked & words) >= SAME_QUESTION * len(asked) for words in earlier)

    def _with_question(self, said: tuple[Clause, ...], moment: Moment) -> tuple[Clause, ...]:
        """Now and then something is asked back, where there is room for it."""
        room = sum(sentences(clause.text) for clause in said) < MOST_SENTENCES and not said[-1].text.endswith("?")
        if not room or moment.heavy or moment.turn.talk != "open" or moment.told % ASK_BACK_EVERY != ASK_BACK_EVERY - 1:
            return said
        own = [line for line in self._lines.group("words") if line.text.rstrip().endswith("?") and sentences(line.text) == 1]
        asked = moment.fresh([*own, *self._lines.group("ask_back")])
        return (*said, moment.clause(asked[0])) if asked else said

    def _story(self, moment: Moment) -> Reply:
        fact = self._recall.by_tags("", moment.used)
        return self._tell(fact, moment) if fact else self._one("have_no_more", moment)

    def _tell(self, fact: Fact, moment: Moment) -> tuple[Clause, ...]:
        lines = self._lines.of(fact.id)
        told = moment.fresh(lines) or list(lines)
        return (moment.clause(told[0]),) if told else self._one("not_knowing", moment)

    # --- small talk, not knowing, listening ----------------------------------------------------------------------------------------

    def _by_request(self, moment: Moment) -> Reply:
        """ "Tell me a story", "sing for me", "make me laugh"."""
        if "story" in moment.matters or moment.asks == "story":
            return self._story(moment)
        if "sing" in moment.matters:
            return self._one("song", moment)
        if "joke" in moment.matters:
            fact = self._recall.by_tags("saying", moment.used)
            return self._tell(fact, moment) if fact else self._one("joke", moment)
        return None

    def _here_and_now(self, moment: Moment) -> Reply:
        about = next((name for name in HERE_AND_NOW if moment.strong(name)), "")
        return self._one(about, moment) if about and self._lines.group(about) else None

    def _you_told(self, moment: Moment) -> Reply:
        """What the visitor asks about themselves and told earlier in this meeting is theirs, not a memory of the portrait's."""
        own = moment.question and self._rules.of_visitor(moment.text)
        return self._one("you_told", moment) if own and self._visitor_told(moment) else None

    def _small_talk(self, moment: Moment) -> Reply:
        about = next((name for name in SMALL_TALK if name in moment.matters), "")
        if not about or (about in ("yes", "no") and moment.question):
            return None
        return self._one(about, moment) if self._lines.group(about) else None

    def _not_known(self, moment: Moment) -> Reply:
        """What is asked and not known: never guessed, and after some of these the talk is turned to something that is known."""
        if not (moment.question or moment.about_past):
            return None
        if "refuse" in moment.matters:
            return self._one("refuse", moment)
        if self._visitor_told(moment):
            return self._one("you_told", moment)
        if moment.unknowns >= UNKNOWNS_BEFORE_TURNING and not moment.heavy:
            turned = self._turned(moment)
            if turned:
                return turned
        group = "false_premise" if self._look_up(moment).why == "false_premise" else "not_knowing"
        return self._one(group, moment) or self._one("not_knowing", moment)

    def _visitor_told(self, moment: Moment) -> bool:
        """Whether what is asked was told by the visitor earlier in this meeting."""
        asked = set(self._rules.content(moment.text))
        return len(asked) > 0 and any(asked <= set(self._rules.content(said)) for said in moment.turn.visitor_said)

    def _turned(self, moment: Moment) -> Reply:
        fact = self._recall.by_tags("", moment.used)
        turn_to = moment.longest_unsaid(self._lines.group("turn_to"))
        if fact is None or turn_to is None:
            return None
        return (moment.clause(turn_to), *self._tell(fact, moment))

    def _remark(self, moment: Moment) -> tuple[Clause, ...]:
        """Somebody who tells is listened to; a memory that was clearly named may be gone on with."""
        if moment.words <= TOUCHED_REMARK and not moment.heavy:
            fact = self._recall.touched(moment.text, moment.used)
            if fact is not None:
                return self._with_question(self._tell(fact, moment), moment)
        if moment.heavy:
            return self._one("care", moment)
        listens = moment.words >= LONG_REMARK or moment.turn.talk != "open" or moment.turn.number % 2 == 0
        return self._one("filler" if listens else "ask_more", moment) or self._one("filler", moment)

    def _one(self, group: str, moment: Moment) -> tuple[Clause, ...]:
        line = moment.longest_unsaid(self._lines.group(group))
        return (moment.clause(line),) if line else ()


def _tells(line: Line) -> bool:
    """Whether a line tells the memory itself, not only when it was or who told it."""
    return not line.key.endswith(("/when", "/teller"))
