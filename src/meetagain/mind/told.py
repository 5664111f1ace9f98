"""A Turn comes in; Clauses made of what the family told go out. No language model: retrieval, rules and lines that were read before."""

import asyncio
from collections.abc import AsyncIterator

from meetagain.mind.backend import Turn
from meetagain.mind.lexicon import Lexicon, lexicon_text
from meetagain.mind.lines import UNSAID, Lines, clause_of
from meetagain.mind.meaning import meaning
from meetagain.mind.moment import MOST_SENTENCES, Moment, alarming, in_danger, sentences
from meetagain.mind.offering import offer_for, offered
from meetagain.mind.recall import Found, Recall
from meetagain.mind.rules import rules_of
from meetagain.mind.stopping import StopWords
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Line, Repertoire
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Utterance
from meetagain.schema.ticket import Thing

ASK_BACK_EVERY = 3
GO_ON_AFTER, GO_ON_EVERY = 5, 4  # words of a story before it is asked on; lines between two such questions
LONG_REMARK = 12  # words: somebody who tells is listened to
TOUCHED_REMARK = 20  # words: in a longer one no memory is thrown in
UNKNOWNS_BEFORE_TURNING = 2
YES_OR_NO = 8  # words; in a longer remark a yes or no is no answer
LATELY = 8  # lines; what was said among them is not said again, but for small sounds and not knowing
MAY_REPEAT = frozenset({"filler", "not_knowing", "false_premise", "closed"})
ANSWERED_STORY = 4  # utterances; a question of the story that was answered in them is not asked
QUOTED, LEAST_QUOTED = 0.6, 4  # share of the words that are the same, and how many there are, where the portrait is being quoted
#: Matters of this very moment: where they are surely meant, no memory is looked for.
HERE_AND_NOW = ("what_now", "who_am_i", "name", "look", "food_here", "weather", "how_are_you", "greeting", "play", "compliment")
#: Matters with a small answer of their own, when nothing is remembered.
SMALL_TALK = (*("love", "pride"), *HERE_AND_NOW, *("age", "laughter", "yes", "no"))
Reply = tuple[Clause, ...] | None


class ToldMind:
    """The embedded mind backend."""

    def open(self, person: Person, memory: Memory, repertoire: Repertoire, seed: int) -> "ToldOnce":
        """A mind for one meeting."""
        opened = ToldOnce(person, memory, repertoire)
        meaning().warm()
        return opened


class ToldOnce:
    """One meeting's mind. It keeps nothing from turn to turn: the same Turn gives the same answer."""

    def __init__(self, person: Person, memory: Memory, repertoire: Repertoire) -> None:
        self._rules = rules_of(repertoire)
        self._lines = Lines(repertoire)
        self._facts = {fact.id: fact for fact in memory.facts if fact.open}
        lexicon = Lexicon(repertoire.world or lexicon_text(self._rules.code), self._rules)
        self._recall = Recall(memory, self._rules, meaning(), person, lexicon=lexicon)
        firsts = (line for fact in self._facts for line in self._lines.of(fact)[:1] if line.level == 0)
        self._own_words = [frozenset(self._rules.words(line.text)) for line in firsts]
        self._stop = StopWords(person.settings.stop_words, self._rules)
        self._steps = (
            *(self._urgent, self._unsaid, self._honestly, self._loved, self._listening, self._grief, self._again),
            *(
                self._offered,
                self._onward,
                self._by_request,
                self._here_and_now,
                self._you_told,
                self._remembered,
                self._small_talk,
                self._not_known,
            ),
        )

    async def reply(self, turn: Turn) -> AsyncIterator[Clause]:
        """At most two clauses of two sentences together; none where listening is the answer."""
        for clause in await asyncio.to_thread(self.answer, turn):
            yield clause

    ahead = reply

    def answer(self, turn: Turn) -> tuple[Clause, ...]:
        """What `reply` gives, at once. The first step that has an answer gives it; what is left is a remark."""
        moment = Moment(turn, self._lines, self._rules, self._facts)
        for step in self._steps:
            found = step(moment)
            if found is not None:
                return found
        return self._remark(moment)

    def line(self, group: str, number: int, spoken: tuple[str, ...], said: tuple[str, ...] = ()) -> Clause | None:
        """The next line of a group that was not spoken yet; the first one again when all were. A question that the visitor just answered is passed over."""
        lines = self._lines.group(group)
        if not lines:
            return None
        heard = {word for text in said[-ANSWERED_STORY:] for word in self._rules.content(text)}
        fresh = [line for line in lines if line.text not in spoken]
        unasked = [line for line in fresh if not line.text.rstrip().endswith("?") or not heard & set(self._rules.content(line.text))]
        return clause_of((unasked or fresh or lines)[0], number)

    def tell(self, wanted: str, number: int, cited: tuple[str, ...]) -> Clause | None:
        """A memory for a moment of the story: by id, or by tags."""
        fact = self._recall.by_tags(wanted, frozenset(cited))
        lines = self._lines.of(fact.id) if fact else ()
        return clause_of(lines[0], number) if lines else None

    def tell_of(self, thing: Thing, number: int, spoken: tuple[str, ...]) -> Clause | None:
        """What a thing in the visitor's hand is about: its own memory, or the one that its caption names. None when it names none, or all was told."""
        fact = self._facts.get(thing.memory) or self._recall.look_up(thing.caption).fact or self._recall.touched(thing.caption, frozenset())
        lines = [line for line in self._lines.of(fact.id) if _tells(line)] if fact else []
        fresh = [line for line in lines if line.text not in spoken]
        return clause_of(fresh[0], number) if fresh else None

    def alarm(self, utterance: Utterance, walking: bool = False, before: tuple[str, ...] = ()) -> str:
        """'harm', 'faint', 'stop' or ''."""
        if self._stop.asked(utterance.text):
            return "stop"
        return alarming(utterance.text, before, self._rules, walking)

    # --- what comes before everything ----------------------------------------------------------------------------------------

    def _urgent(self, moment: Moment) -> Reply:
        turn = moment.turn
        if in_danger(moment.text, turn.visitor_said, self._rules, turn.walking):
            return self._one("harm", moment) or self._one("care", moment)
        if "come_along" in moment.matters:
            return self._one("way", moment)
        return self._one("unfit", moment) if moment.strong("unfit") else None

    def _unsaid(self, moment: Moment) -> Reply:
        if moment.strong("crying"):
            return None  # "I'm sorry, I can't talk" asks for no forgiveness
        return next((self._one(about, moment) or self._care(moment) for about in UNSAID if moment.strong(about)), None)

    def _honestly(self, moment: Moment) -> Reply:
        return next((self._one(about, moment) or self._care(moment) for about in ("honest", "refuse") if moment.strong(about)), None)

    def _loved(self, moment: Moment) -> Reply:
        """ "Do you love me?" is answered by the person's own words of love, where there are any."""
        if not moment.strong("love_me"):
            return None
        fact = self._recall.by_tags(self._rules.love_tags, moment.used)
        return self._tell(fact, moment) if fact else self._care(moment)

    def _listening(self, moment: Moment) -> Reply:
        """In the beats for listening, silence is the answer; a word of love, or a plea to say something, gets one line back."""
        if moment.turn.talk not in ("listen", "approved_only"):
            return None
        if moment.strong("speak") and moment.turn.talk == "listen":
            return self._care(moment)
        return next((self._one(about, moment) for about in ("love", "pride") if moment.strong(about)), ())

    def _grief(self, moment: Moment) -> Reply:
        sad = moment.strong("stay") or moment.strong("crying") or moment.strong("grief")
        closed = self._recall.closed(moment.text) and not moment.question
        return self._care(moment) if sad or closed or moment.strong("speak") else None

    # --- what was said in this meeting -----------------------------------------------------------------------------------------

    def _again(self, moment: Moment) -> Reply:
        if "again" not in moment.matters or not moment.last:
            return None
        said = self._lines.saying(moment.last)
        return (moment.clause(said[0]),) if said else None

    def _offered(self, moment: Moment) -> Reply:
        """Yes or no to "Do you mean the lemon cake?": yes gets the memory, told as the question before it asked."""
        fact = offered(moment, self._lines, self._facts)
        if fact is None or moment.words > YES_OR_NO:
            return None
        if "yes" in moment.matters:
            lines = moment.fresh(self._lines.of(fact.id)) or self._lines.of(fact.id)
            return (moment.clause(self._recall.best_line(moment.said_before, fact, lines)),) if lines else None
        return self._one("not_knowing", moment) if "no" in moment.matters else None

    def _onward(self, moment: Moment) -> Reply:
        """ "And then?", "tell me more", "who told you that?" go on with what is being talked about."""
        if moment.topic is None or moment.asks not in ("more", "teller"):
            return self._story(moment) if moment.asks == "more" and not moment.asked_back and moment.question else None
        lines = self._lines.of(moment.topic.id)
        if moment.asks == "teller":
            return next(((moment.clause(line),) for line in lines if line.key.endswith("/teller")), None)
        more = moment.fresh([line for line in lines if _tells(line)])
        if more:
            return (moment.clause(more[0]),)
        near = self._recall.near(moment.topic, moment.used)
        return self._tell(near, moment) if near else self._one("have_no_more", moment)

    def _you_told(self, moment: Moment) -> Reply:
        """What the visitor asks about themselves and told earlier in this meeting is theirs, not a memory of the portrait's."""
        if not moment.question or not self._rules.of_visitor(moment.asked):
            return None
        shared = self._visitor_told(moment)
        known = shared == 1 and self._look_up(moment).why == "known"
        return self._one("you_told", moment) if shared and not known else None

    def _visitor_told(self, moment: Moment) -> int:
        """How many words of what is asked the visitor told earlier, where that is all of them."""
        asked = {word for word in self._rules.content(moment.question) if not word.isdecimal()}
        told = (said for said in moment.turn.visitor_said if not self._rules.question_in(said))
        return len(asked) if any(asked <= set(self._rules.content(said)) for said in told) else 0

    # --- what is remembered --------------------------------------------------------------------------------------------------

    def _remembered(self, moment: Moment) -> Reply:
        if not (moment.question or (moment.about_past and moment.unmarked)):
            return None
        if moment.echoes:
            return self._nod(moment)
        found = self._look_up(moment)
        if found.why != "known" or found.fact is None or (not moment.question and found.fact.id in moment.used):
            return None
        return self._answered(found.fact, moment)

    def _kept_for_later(self, fact: Fact) -> bool:
        return any(self._rules.stem(tag.lower()) in self._rules.later for tag in fact.tags)

    def _look_up(self, moment: Moment) -> Found:
        """All that was said first; where that finds nothing, the question by itself, since what was said before it may be of something else."""
        whole = self._recall.look_up(moment.text, moment.follows, moment.used)
        if whole.why == "known" or moment.asked == moment.text or self._goes_on(moment):
            return whole
        alone = self._recall.look_up(moment.asked, moment.follows, moment.used)
        return alone if alone.why == "known" else whole

    def _goes_on(self, moment: Moment) -> bool:
        """Whether the question speaks of what was said right before it, so that it must not be asked without that."""
        before = moment.text.replace(moment.question, " ")
        if not 0 < len(self._rules.words(before)) < LONG_REMARK:
            return False
        shared = set(self._rules.content(moment.question)) & set(self._rules.content(before))
        return bool(shared) or (moment.topic is None and self._rules.refers(moment.question))

    def _answered(self, fact: Fact, moment: Moment) -> tuple[Clause, ...]:
        lines = self._lines.of(fact.id)
        if not lines:
            return self._one("not_knowing", moment)
        best = lines[0] if self._own_words_first(fact, lines, moment) else self._recall.best_line(moment.asked, fact, lines)
        if best.text in moment.spoken:
            return self._told_before(fact, best, moment)
        said = (moment.clause(best),)
        return self._with_question(said, moment) if _tells(best) else said

    def _own_words_first(self, fact: Fact, lines: tuple[Line, ...], moment: Moment) -> bool:
        """Their own words come before the teller's, where they answer, or nothing particular is asked ("do you remember the lake?")."""
        own = lines[0]
        if own.level > 0 or own.text in moment.spoken:
            return False
        return (moment.asks == "whether" and moment.about_past) or self._recall.answers(moment.asked, fact, (own,))

    def _told_before(self, fact: Fact, best: Line, moment: Moment) -> tuple[Clause, ...]:
        """It was said already: another line of the same memory that answers; else the same, and where it was asked before, so is said."""
        fresh = moment.fresh([line for line in self._lines.of(fact.id) if _tells(line)])
        if fresh and self._recall.answers(moment.asked, fact, fresh):
            return (moment.clause(self._recall.best_line(moment.asked, fact, fresh)),)
        again = moment.longest_unsaid(self._lines.group("told_before")) if moment.asked_before else None
        if again is None and moment.turn.spoken[-LATELY:].count(best.text) > 1:
            return self._one("have_no_more", moment)
        return (*((moment.clause(again),) if again else ()), moment.clause(best))

    def _with_question(self, said: tuple[Clause, ...], moment: Moment) -> tuple[Clause, ...]:
        """Now and then something is asked back, where there is room for it."""
        room = sum(sentences(clause.text) for clause in said) < MOST_SENTENCES and not said[-1].text.endswith("?")
        if not room or moment.heavy or moment.turn.talk != "open" or moment.told % ASK_BACK_EVERY != ASK_BACK_EVERY - 1:
            return said
        asked = moment.fresh(self._lines.group("ask_back"))
        return (*said, moment.clause(asked[0])) if asked else said

    def _story(self, moment: Moment) -> Reply:
        fact = self._recall.by_tags("", moment.used)
        return self._tell(fact, moment) if fact else self._one("have_no_more", moment)

    def _tell(self, fact: Fact, moment: Moment) -> tuple[Clause, ...]:
        """A memory that was not asked for: in their own words, unless these point to something that was not named."""
        lines = [line for line in self._lines.of(fact.id) if _tells(line)]
        told = moment.fresh(lines) or lines
        if len(told) > 1 and told[0].level == 0 and self._rules.points(told[0].text):
            told = told[1:]
        return (moment.clause(told[0]),) if told else self._one("not_knowing", moment)

    # --- small talk, not knowing, listening ----------------------------------------------------------------------------------------

    def _by_request(self, moment: Moment) -> Reply:
        """ "Tell me a story", "sing for me", "make me laugh"."""
        if ("story" in moment.matters or moment.asks == "story") and not self._goes_on(moment):
            return self._story(moment)
        if moment.strong("sing") and not moment.lately("song", 1):
            return self._one("song", moment) or self._one("sing", moment)
        if moment.strong("joke"):
            fact = self._recall.by_tags("saying", moment.used)
            return self._tell(fact, moment) if fact else self._one("joke", moment)
        return None

    def _here_and_now(self, moment: Moment) -> Reply:
        about = next((name for name in HERE_AND_NOW if moment.strong(name)), "")
        if about == "what_now" and moment.follows is not None and self._rules.refers(moment.asked):
            return None
        near = moment.turn.talk == "short"  # side by side, hand in hand, at the bed
        if about == "what_now" and moment.turn.walking:
            return self._one("way", moment)
        if near and about in ("how_are_you", "weather"):
            return self._one("yes", moment) if about == "how_are_you" else self._nod(moment)
        return (self._one(about, moment) or self._nod(moment)) if about and self._lines.group(about) else None

    def _small_talk(self, moment: Moment) -> Reply:
        about = next((name for name in SMALL_TALK if moment.strong(name) or (name in moment.matters and moment.question)), "")
        if about in ("yes", "no") and (moment.question or moment.words > YES_OR_NO):
            return None
        return self._one(about, moment) or self._nod(moment) if about and self._lines.group(about) else None

    def _not_known(self, moment: Moment) -> Reply:
        """What is asked and not known: never guessed, and after some of these the talk is turned to something that is known."""
        if not moment.question:
            return None
        found = self._look_up(moment)
        bare = not self._rules.content(moment.asked)
        if moment.sad or (moment.heavy and (bare or moment.consoled)) or (bare and self._closed_before(moment)):
            return self._care(moment)
        if moment.strong("may_i"):
            return self._one("yes", moment) or self._nod(moment)
        if found.why == "closed":
            return self._one("closed", moment) or self._one("not_knowing", moment)
        if "refuse" in moment.matters:
            return self._one("refuse", moment)
        if self._visitor_told(moment) > 1:
            return self._one("you_told", moment)
        corrected = self._corrected(found.otherwise, moment)
        if corrected:
            return corrected
        if moment.unknowns >= UNKNOWNS_BEFORE_TURNING and not moment.heavy:
            return self._turned(moment) or self._one("not_knowing", moment)
        offer = offer_for(moment, self._lines, self._recall)
        if offer is not None:
            return (moment.clause(offer),)
        group = "false_premise" if found.why == "false_premise" else "not_knowing"
        return self._one(group, moment) or self._one("not_knowing", moment)

    def _corrected(self, fact: Fact | None, moment: Moment) -> tuple[Clause, ...]:
        """A half-truth is not gone along with: that it is known otherwise, and how."""
        if fact is None or moment.heavy or fact.tender or self._kept_for_later(fact):
            return ()
        line = self._recall.says_otherwise(moment.text, fact, self._lines.of(fact.id))
        opening = moment.longest_unsaid(self._lines.group("otherwise"))
        if line is None or opening is None or line.text in moment.spoken:
            return ()
        return (moment.clause(opening), moment.clause(line))

    def _closed_before(self, moment: Moment) -> bool:
        return any(self._recall.closed(said) for said in moment.turn.visitor_said[-2:])

    def _turned(self, moment: Moment) -> Reply:
        fact = self._recall.by_tags("", moment.used)
        turn_to = moment.longest_unsaid(self._lines.group("turn_to"))
        if fact is None or turn_to is None:
            return None
        return (moment.clause(turn_to), *self._tell(fact, moment))

    def _remark(self, moment: Moment) -> tuple[Clause, ...]:
        """Somebody who tells is listened to; a memory that was clearly named may be gone on with."""
        if moment.sad:
            return self._care(moment)
        if self._quoted(moment):
            return self._one("quoted", moment) or self._nod(moment)
        if moment.words <= TOUCHED_REMARK and not moment.heavy and not self._rules.is_question(moment.text):
            fact = self._recall.touched(moment.text, moment.used)
            if fact is not None and not self._kept_for_later(fact):
                return self._with_question(self._tell(fact, moment), moment)
        quiet = moment.heavy or moment.after_danger or self._rules.addresses(moment.text) or self._rules.denies(moment.text)
        tells = moment.words >= GO_ON_AFTER and self._rules.narrates(moment.text) and not quiet
        if tells and moment.turn.talk == "open" and not moment.turn.walking and not moment.lately("ask_more", GO_ON_EVERY):
            return self._one("ask_more", moment) or self._nod(moment)
        return self._nod(moment)

    def _quoted(self, moment: Moment) -> bool:
        """Whether the visitor says the portrait's own words: told ones, or such as are kept for telling."""
        said = frozenset(self._rules.words(moment.text))
        return len(said) >= LEAST_QUOTED and any(len(said & own) >= QUOTED * len(said | own) for own in self._own_words)

    def _nod(self, moment: Moment) -> tuple[Clause, ...]:
        """A small sound that she listens; at every second of them only her eyes and her nod."""
        return () if moment.turn.number % 2 == 0 and not moment.question else self._one("filler", moment)

    def _care(self, moment: Moment) -> tuple[Clause, ...]:
        """One short line, or, where all of them were just said, only being there. To tears, one that asks for nothing."""
        quiet = self._lines.group("care_quiet") if moment.strong("crying") else ()
        line = moment.longest_unsaid((*self._lines.group("care"), *quiet))
        return () if line is None or line.text in moment.turn.spoken[-LATELY:] else (moment.clause(line),)

    def _one(self, group: str, moment: Moment) -> tuple[Clause, ...]:
        line = moment.longest_unsaid(self._lines.group(group))
        if line is None or (group not in MAY_REPEAT and line.text in moment.turn.spoken[-LATELY:]):
            return ()
        return (moment.clause(line),)


def _tells(line: Line) -> bool:
    """Whether a line tells the memory itself, not only when it was or who told it."""
    return not line.key.endswith(("/when", "/teller"))
