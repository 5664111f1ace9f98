"""A visitor's words come in; the memory they are about goes out, or why none may be claimed."""

from collections.abc import Sequence

import msgspec
import numpy as np

from meetagain.mind.answer import Answering
from meetagain.mind.asked import Anchor, Asked, Asking
from meetagain.mind.bars import ALIKE_COUNTS, BAR, FIRM, SORT, TAGGED, USED, WEIGHTS
from meetagain.mind.ground import Grounds
from meetagain.mind.index import Index
from meetagain.mind.language import Language
from meetagain.mind.lexicon import SAME, Lexicon, lexicon_text
from meetagain.mind.meaning import Meaning
from meetagain.mind.people import People
from meetagain.mind.proof import Proof, Prover, Reading
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Line
from meetagain.schema.person import Person

NOT_IN_PASSING = ("letter", "private")


class Found(msgspec.Struct, frozen=True):
    """What a question found."""

    fact: Fact | None  # None: nothing may be claimed
    fit: float  # 0..1
    why: str  # "known" | "unknown" | "false_premise" | "closed" | "nothing_asked"
    asks: str = ""  # what kind of thing is asked
    otherwise: Fact | None = None  # of a false premise: the memory that tells the very thing, but differently


class Recall:
    """The memories of one person. Claims one only where everything that a question turns on stands in it."""

    def __init__(
        self,
        memory: Memory,
        language: Language,
        meaning: Meaning | None,
        person: Person,
        vectors: np.ndarray | None = None,
        lexicon: Lexicon | None = None,
    ) -> None:
        """`vectors`: `index.vectors` of an earlier opening of the same memories."""
        self._language = language
        self._facts = tuple(fact for fact in memory.facts if fact.open)
        self._lexicon = lexicon or Lexicon(lexicon_text(language.code), language)
        self._people = People(self._facts, person, self._lexicon)
        grounds = Grounds(self._lexicon, self._people)
        self.index = Index([grounds.of(fact) for fact in self._facts], meaning, self._lexicon, vectors)
        self._number = {fact.id: number for number, fact in enumerate(self._facts)}
        self._asking = Asking(self._lexicon, self._people, self.index.heard, self.index.number.__contains__)
        self._prover = Prover(self.index, self._lexicon, self._people)
        self._answering = Answering(self.index, grounds, self._prover)
        told = frozenset(word for ground in self.index.grounds for word in ground.every)
        closed = (fact for fact in memory.facts if not fact.open and fact.share == "never")
        self._closed = frozenset(word for fact in closed for word in self._people.wording.content(" ".join(fact.tags))) - told
        self._untrue = tuple(self._solid(self._asking.read(text)) for text in memory.not_true)

    # --- questions ---------------------------------------------------------------------------------------------------

    def look_up(self, text: str, topic: Fact | None = None, used: frozenset[str] = frozenset()) -> Found:
        """The memory that answers a question. `topic`: the memory that is being talked about; `used`: those told already."""
        asked = self._asking.read(text)
        asks = self._language.asks(text)
        if self.closed(text):
            return Found(None, 0.0, "closed", asks)
        if self._denied(asked):
            return Found(None, 0.0, "false_premise", asks)
        reading = self._prover.read(asked)
        followed = self._follow(asked, topic, reading)
        meant = self._somebody_meant(asked, topic)
        best = self._best(meant, reading if meant is asked else self._prover.read(meant), used) if meant.anchors or meant.numbers else None
        if followed is not None and (
            best is None or best.ground.fact.id == followed.ground.fact.id or followed.share >= best.share - BAR.followed
        ):
            return Found(followed.ground.fact, min(1.0, followed.share), "known", asks)
        if best is not None:
            return Found(best.ground.fact, min(1.0, best.share), "known", asks)
        why = self._why_not(text, asked, reading)
        return Found(None, 0.0, why, asks, self._otherwise(asked, reading) if why == "false_premise" else None)

    def _somebody_meant(self, asked: Asked, topic: Fact | None) -> Asked:
        """With the one person whom "she" stands for, where the memory that is talked about names only one who may be meant."""
        number = self._number.get(topic.id) if topic else None
        if number is None:
            return asked
        people, words = self._people, frozenset(self._language.words(asked.text))
        named = people.who(anchor.stem for anchor in asked.anchors)
        for pronoun, its in self._lexicon.world.pronouns.items():
            if words.isdisjoint(its.split()) or named:
                continue
            who = [one for one in people.besides(self.index.grounds[number].who) if people.may_be(one, pronoun)]
            if len(who) == 1:
                return msgspec.structs.replace(asked, anchors=(*asked.anchors, Anchor(who[0], who[0], "name")))
        return asked

    def _best(self, asked: Asked, reading: Reading, used: frozenset[str]) -> Proof | None:
        proofs = [self._prover.prove(asked, number, reading) for number in self._candidates(asked, reading)]
        fitting = [proof for proof in proofs if proof.holds and proof.solid]
        fitting.sort(key=lambda proof: (proof.ground.fact.id in used) * USED - score(proof))
        if not fitting or not self._enough(asked, fitting[0]):
            return None
        ahead = score(fitting[0]) - score(fitting[1]) if len(fitting) > 1 else 1.0
        return fitting[0] if score(fitting[0]) >= BAR.sure or ahead >= BAR.ahead else None

    def _otherwise(self, asked: Asked, reading: Reading) -> Fact | None:
        """The one memory in which all that is asked stands, but for one thing of which it says otherwise."""
        if asked.of_now or asked.beyond or not asked.anchors:
            return None
        proofs = (self._prover.prove(asked, number, reading) for number in self._candidates(asked, reading))
        fitting = [proof for proof in proofs if proof.otherwise and proof.alike >= BAR.otherwise]
        return fitting[0].ground.fact if len(fitting) == 1 else None

    def says_otherwise(self, text: str, fact: Fact, lines: Sequence[Line]) -> Line | None:
        """The line of this memory in which that stands of which it says otherwise than was asked."""
        return self._answering.otherwise(self._asking.read(text), fact, lines)

    def _enough(self, asked: Asked, proof: Proof) -> bool:
        if asked.of_now or proof.share < BAR.least_share:
            return False
        if not proof.things:
            only_named = all(anchor.kind in ("name", "kin") for anchor in asked.solid)
            return only_named and (proof.alike >= BAR.named or self._language.about_somebody(asked.text))
        if not proof.firm and proof.alike < BAR.near_only:
            return False
        if asked.wants == "whether" and proof.solid < len(asked.solid) and proof.alike < BAR.whether:
            return False
        if proof.solid < len(asked.solid):
            much = proof.solid >= BAR.much
            return 2 * proof.solid >= len(asked.solid) and score(proof) >= (BAR.claimed if much else BAR.in_part)
        return score(proof) >= BAR.claimed

    def _follow(self, asked: Asked, topic: Fact | None, reading: Reading) -> Proof | None:
        """The memory that is being talked about, where the question goes on with it."""
        number = self._number.get(topic.id) if topic else None
        if number is None:
            return None
        proof = self._prover.prove(asked, number, reading)
        if asked.of_now or (asked.beyond and not asked.solid) or not proof.holds or (asked.solid and proof.share < BAR.follows):
            return None
        return proof if asked.solid else msgspec.structs.replace(proof, share=1.0)

    def _candidates(self, asked: Asked, reading: Reading) -> list[int]:
        weights = np.array([[WEIGHTS[anchor.kind]] for anchor in asked.anchors], np.float32)
        sure = (reading.sure * weights).max(axis=0) if len(weights) else np.zeros(len(self.index.words), np.float32)
        words = self.index.by_words(sure)
        who = self._people.who(anchor.stem for anchor in asked.anchors)
        roles = frozenset(role for anchor in asked.anchors for role in anchor.meant)
        if who or roles:
            for number, ground in enumerate(self.index.grounds):
                words[number] += 0.5 * self.index.most_rare * (len(who & ground.who) + len(roles & ground.roles))
        return self.index.fused(words, reading.alike)

    def _why_not(self, text: str, asked: Asked, reading: Reading) -> str:
        if not self._language.is_question(text) and not self._language.about_past(text):
            return "nothing_asked"
        if not self._language.about_past(text) and asked.wants != "why":
            return "unknown"
        proofs = (self._prover.prove(asked, number, reading) for number in self._candidates(asked, reading))
        half_true = any(proof.solid and proof.share >= BAR.presumed and (proof.missing or proof.contrary) for proof in proofs)
        return "false_premise" if half_true else "unknown"

    def _denied(self, asked: Asked) -> bool:
        """Whether it presupposes what is known to be untrue."""
        said = self._solid(asked)
        return any(self._denies(untrue, said) for untrue in self._untrue)

    def _denies(self, untrue: dict[str, float], said: dict[str, float]) -> bool:
        """Whether most of what is known to be untrue is said."""
        met = sum(weight for one, weight in untrue.items() if any(self._lexicon.relation(one, other) == SAME for other in said))
        return met > BAR.denied * sum(untrue.values())

    def _solid(self, asked: Asked) -> dict[str, float]:
        """What it turns on, by weight; numbers as digits."""
        found = {anchor.stem: WEIGHTS[anchor.kind] for anchor in asked.solid}
        return found | {str(number): 1.0 for number in sorted(asked.numbers)}

    # --- what is not a question -----------------------------------------------------------------------------------------

    def touched(self, text: str, used: frozenset[str]) -> Fact | None:
        """A fresh memory that a remark clearly names."""
        if self.closed(text):
            return None
        asked = self._asking.read(text)
        if not asked.anchors:
            return None
        reading = self._prover.read(asked)
        bar = BAR.named_alone if len(self._language.words(text)) <= BAR.few else BAR.in_passing
        best: tuple[float, Fact] | None = None
        for number in self._candidates(asked, reading):
            ground = self.index.grounds[number]
            fact = ground.fact
            if fact.id in used or fact.tender or fact.kind in NOT_IN_PASSING or ground.tags & self._language.later:
                continue
            named = [anchor for anchor in asked.anchors if self._names(anchor, ground.tags, ground.who)]
            if named and reading.alike[number] >= bar and (best is None or reading.alike[number] + len(named) > best[0]):
                best = float(reading.alike[number]) + len(named), fact
        return best[1] if best else None

    def _names(self, anchor: Anchor, tags: frozenset[str], who: frozenset[str]) -> bool:
        if anchor.kind == "name":
            return self._people.names.get(anchor.stem, "") in who
        return anchor.kind in ("thing", "word") and anchor.stem in tags

    def by_tags(self, wanted: str, used: frozenset[str]) -> Fact | None:
        """A fresh memory by id, or by tags in the order given; any fresh one when nothing is asked for."""
        fresh = [ground for ground in self.index.grounds if ground.fact.id not in used]
        for ground in fresh:
            if ground.fact.id == wanted:
                return ground.fact
        for tag in (tag.strip().lower() for tag in wanted.split(",") if tag.strip()):
            of_kind = any(ground.fact.kind == tag for ground in self.index.grounds)
            stems = frozenset(self._people.wording.stem(word) for word in self._people.wording.words(tag))
            fitting = [ground.fact for ground in fresh if (ground.fact.kind == tag if of_kind else stems and stems <= ground.tags)]
            if fitting:
                return fitting[0]
        if wanted.strip():
            return None
        return next((ground.fact for ground in fresh if self._in_passing(ground.fact, ground.tags)), None)

    def near(self, fact: Fact, used: frozenset[str]) -> Fact | None:
        """A fresh memory that is close to this one, to go on with."""
        number = self._number.get(fact.id)
        if number is None:
            return None
        here = self.index.grounds[number]
        alike = self.index.compare(f"{fact.fact} {fact.said}", ())[1]
        best: tuple[float, Fact] | None = None
        for at, ground in enumerate(self.index.grounds):
            if at == number or ground.fact.id in used or not self._in_passing(ground.fact, ground.tags):
                continue
            close = float(alike[at]) + 0.15 * len(here.tags & ground.tags) + 0.05 * len(here.who & ground.who)
            if best is None or close > best[0]:
                best = close, ground.fact
        return best[1] if best else None

    def meant(self, text: str, used: frozenset[str]) -> Fact | None:
        """The one memory that may be meant by a question which nothing proves: the nearest in meaning, well before the others. It is only asked about."""
        if len(self.index.grounds) < 2:
            return None
        alike = self.index.compare(text, ())[1]
        best, second = (int(at) for at in np.argsort(-alike, kind="stable")[:2])
        ground = self.index.grounds[best]
        if alike[best] < BAR.offered or alike[best] - alike[second] < BAR.offered_ahead or ground.fact.id in used:
            return None
        return ground.fact if self._in_passing(ground.fact, ground.tags) else None

    def adds(self, offer: str, asked: str) -> bool:
        """Whether an offer names a thing that was not asked with: "Do you mean the lake?" is no help to who spoke of the lake, nor is a name."""
        thing = set(self._language.content(offer)) - set(self._language.content(asked))
        return bool(thing) and not any(word in self._people.names for word in thing)

    def closed(self, text: str) -> bool:
        """Whether the words touch something that the family keeps to itself."""
        return any(stem in self._closed for stem in self._people.wording.content(text))

    def best_line(self, text: str, fact: Fact, lines: Sequence[Line]) -> Line:
        """Of the lines of this memory, the one in which the answer stands; the person's own words where they answer as well."""
        return self._answering.best(self._asking.read(text), self._language.asks(text), fact, lines)

    def answers(self, text: str, fact: Fact, lines: Sequence[Line]) -> bool:
        """Whether what is asked for stands in one of these lines of this memory."""
        return self._answering.answers(self._asking.read(text), self._language.asks(text), fact, lines)

    def _in_passing(self, fact: Fact, tags: frozenset[str]) -> bool:
        return not fact.tender and fact.kind not in NOT_IN_PASSING and not tags & self._language.later


def score(proof: Proof) -> float:
    """How well a memory that holds fits a question."""
    return (
        proof.share
        + ALIKE_COUNTS * max(0.0, proof.alike)
        + TAGGED * proof.tagged
        + FIRM * (2 * proof.firm - proof.solid)
        + SORT * proof.sort
    )


__all__ = ["Found", "Recall"]
