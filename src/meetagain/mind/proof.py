"""A question and one memory come in; how much of what the question turns on stands in that memory goes out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from meetagain.mind.asked import Anchor, Asked
from meetagain.mind.bars import (
    AT_ALL,
    BY_RELATION,
    DOUBTED,
    EVENT,
    GOES_WITH,
    HEARD,
    HINTED,
    HINTS,
    LOOSE,
    NEAR_SURE,
    NEARLY,
    STANDS,
    STRANGE,
    TOGETHER,
    TURNS_ON_ALL,
    WEIGHTS,
    WITHIN,
)
from meetagain.mind.ground import CAPITAL, Ground, says_year
from meetagain.mind.index import Index
from meetagain.mind.lexicon import KIND, MEMBER, OTHER, SAME, Lexicon
from meetagain.mind.people import People
from meetagain.mind.relations import Relating, Relations
from meetagain.mind.spelling import distance, likeness


class Proof(msgspec.Struct, frozen=True):
    """What one memory proves of a question."""

    ground: Ground
    share: float  # 0..1 of all that the question turns on, by weight
    alike: float  # cosine of the whole question and the memory
    solid: int  # words that stand in it, generic ones apart
    things: int  # of them, those that are no names of people
    firm: int  # of them, those that stand there themselves, or in another word for the same
    tagged: int = 0  # of them, those that are its tags
    sort: bool = False  # it is of a kind that the question sounds like
    missing: tuple[str, ...] = ()  # hard anchors that do not stand in it
    contrary: tuple[str, ...] = ()  # hard anchors of which it says otherwise
    apart: bool = False  # it is of just what is asked, whatever it says otherwise
    answers: bool = True  # whether the kind of thing that is asked for stands in it

    @property
    def holds(self) -> bool:
        """Nothing that the question turns on is missing, and what it asks for stands there."""
        return not self.missing and not self.contrary and self.answers

    @property
    def otherwise(self) -> bool:
        """It is of the very thing that is asked, and says otherwise."""
        return bool(self.contrary) and not self.missing and self.answers and self.apart


class Support(msgspec.Struct, frozen=True):
    """How one anchor stands in one memory."""

    anchor: Anchor
    sure: float  # 0..1
    itself: bool  # it stands there itself, or in another word for the same
    other: bool  # the memory says something contrary


class Reading(msgspec.Struct, frozen=True):
    """What the known words are to the words of a question."""

    sure: np.ndarray  # (n_anchors, n_known) float32: how surely a known word stands for an anchor, 0..1
    firm: np.ndarray  # (n_anchors, n_known) bool: not only by nearness of meaning
    other: np.ndarray  # (n_anchors, n_known) bool: it says something contrary
    alike: np.ndarray  # (n_memories,) float32: cosines of the whole question and each memory


class Prover:
    """Proves questions by memories, for one person."""

    def __init__(self, index: Index, lexicon: Lexicon, people: People) -> None:
        self._index, self._lexicon, self._people, self._wording = index, lexicon, people, people.wording
        self._needs = {name: (need, re.compile(need.words or r"(?!)")) for name, need in lexicon.world.needs.items()}
        self._negative = _any(lexicon.world.negative)
        self._relating = Relating(lexicon, people)
        self._told: dict[int, Relations] = {}
        self._titles = frozenset(lexicon.stems(lexicon.world.titles))

    def read(self, asked: Asked) -> Reading:
        """Compares a question with all known words and memories, once."""
        index = self._index
        sure = np.zeros((len(asked.anchors), len(index.words)), np.float32)
        firm, other = np.zeros(sure.shape, bool), np.zeros(sure.shape, bool)
        near, alike = index.compare(asked.text, [anchor.word for anchor in asked.anchors])
        for row, anchor in enumerate(asked.anchors):
            if anchor.kind != "name":
                sure[row] = np.interp(near[row], self._lexicon.world.nearness, NEAR_SURE)
                if anchor.kind == "thing":
                    np.minimum(sure[row], np.where(index.things, STRANGE, NEARLY), out=sure[row])
            sure[row, index.tiny] = 0.0
            self._relate(anchor, sure[row], firm[row], other[row])
            for word in dict.fromkeys((anchor.stem, anchor.word, *anchor.joined)):
                for at in index.spelled(word):
                    heard = self._heard(anchor, index.words[at])
                    sure[row, at], firm[row, at] = max(sure[row, at], heard), firm[row, at] or heard >= HEARD
            exact = (index.number[stem] for stem in (anchor.stem, *anchor.joined) if stem in index.number)
            for at in exact:
                sure[row, at], firm[row, at], other[row, at] = 1.0, True, False
        sure[other] = 0.0
        return Reading(sure, firm, other, alike)

    def _relate(self, anchor: Anchor, sure: np.ndarray, firm: np.ndarray, other: np.ndarray) -> None:
        for at in self._index.related(anchor.stem):
            relation = self._lexicon.relation(anchor.stem, self._index.words[at])
            if relation == OTHER:
                other[at] = True
            elif relation == KIND:
                sure[at] = BY_RELATION[KIND]
            elif relation:
                sure[at], firm[at] = max(sure[at], BY_RELATION[relation]), True
        for thing in self._lexicon.things_of(anchor.stem):
            for at in self._index.meaning_same(thing):
                sure[at] = max(sure[at], GOES_WITH)
        for word in self._lexicon.opposed(anchor.stem):
            if word in self._index.number:
                other[self._index.number[word]] = True

    def prove(self, asked: Asked, number: int, reading: Reading) -> Proof:
        """What memory `number` proves."""
        ground = self._index.grounds[number]
        supports = self._hinted([self._support(anchor, number, reading, row) for row, anchor in enumerate(asked.anchors)])
        weights = [self._weight(support) for support in supports]
        standing = [support for support in supports if support.sure >= STANDS and support.anchor.kind != "generic"]
        not_there, otherwise = self._times(asked, ground)
        fits = bool(asked.numbers or asked.months or asked.seasons) and not not_there and not otherwise
        missing, doubtful = self._lacking(asked, supports)
        turned_round = self._turned_round(asked, number)
        return Proof(
            ground=ground,
            share=sum(weight * support.sure for weight, support in zip(weights, supports, strict=True)) / (sum(weights) or 1.0),
            alike=float(reading.alike[number]),
            solid=len(standing) + fits,
            things=sum(support.anchor.kind in ("word", "thing") for support in standing) + fits,
            firm=sum(support.itself for support in standing) + fits,
            tagged=sum(support.anchor.stem in ground.tags for support in supports if support.anchor.kind != "generic"),
            sort=ground.fact.kind in asked.sorts,
            missing=(*missing, *(doubtful if len(doubtful) >= len(standing) + fits else ()), *not_there),
            contrary=(*(support.anchor.stem for support in supports if support.other), *otherwise, *turned_round),
            apart=self._apart(supports, frozenset(turned_round)),
            answers=self.answers(asked, ground),
        )

    def _apart(self, supports: Sequence[Support], turned_round: frozenset[str]) -> bool:
        """Whether all that is asked stands there, and a thing of it surely, beside that of which it says otherwise."""
        rest = [one for one in supports if not one.other and one.anchor.stem not in turned_round and one.anchor.kind != "generic"]
        things = [one.anchor.kind for one in rest if one.itself and one.anchor.kind in ("word", "thing")]
        return (
            ("thing" in things or len(things) > (not turned_round))
            and all(one.sure >= STANDS for one in rest)
            and sum(one.other for one in supports) <= 1
        )

    def says_otherwise(self, asked: Asked, ground: Ground) -> bool:
        """Whether one line says otherwise of something that is asked."""
        told = self._relating.told("", ground.fact.said)
        if self._relating.contrary(asked.relations, told) or any(self._times(asked, ground)[1]):
            return True
        if any(anchor.kind == "kin" and self._kin(anchor, ground)[1] and ground.roles for anchor in asked.anchors):
            return True
        return any(
            self._lexicon.relation(anchor.stem, known) == OTHER or known in self._lexicon.opposed(anchor.stem)
            for anchor in asked.anchors
            if anchor.kind in ("thing", "word") and anchor.stem not in ground.every
            for known in ground.words
        )

    def _turned_round(self, asked: Asked, number: int) -> tuple[str, ...]:
        """What somebody else did in this memory, or had done to them, or had."""
        if not asked.relations:
            return ()
        if number not in self._told:
            fact = self._index.grounds[number].fact
            self._told[number] = self._relating.told(fact.fact, fact.said)
        return self._relating.contrary(asked.relations, self._told[number])

    def _support(self, anchor: Anchor, number: int, reading: Reading, row: int) -> Support:
        ground, ids = self._index.grounds[number], self._index.ids[number]
        sure, other = self.supported(anchor, ground, ids, reading, row)
        itself = sure >= STANDS and self._firm(anchor, ground, ids, reading, row)
        strict = anchor.kind in ("turning", "must") or ((anchor.event or anchor.turns) and sure < EVENT)
        return Support(anchor, 0.0 if strict and not itself else sure, itself, other and sure < STANDS)

    def _hinted(self, supports: list[Support]) -> list[Support]:
        """Several things that all go with the same one make each other surer: wings, coins and a pillow are the tooth fairy's."""
        hints = [support for support in supports if not support.itself and abs(support.sure - GOES_WITH) < 1e-3]
        if len(hints) < HINTS:
            return supports
        return [msgspec.structs.replace(support, sure=HINTED) if support in hints else support for support in supports]

    def _weight(self, support: Support) -> float:
        loose = support.sure < STANDS and self._lexicon.loose(support.anchor.stem)
        return LOOSE if loose else WEIGHTS[support.anchor.kind]

    def _lacking(self, asked: Asked, supports: list[Support]) -> tuple[list[str], list[str]]:
        """(hard anchors that do not stand in the memory, things that hardly do)."""
        missing, doubtful = [], []
        for support in supports:
            anchor = support.anchor
            if support.sure >= STANDS or support.other:
                continue
            if self._hard(anchor, support.sure, asked.wants):
                missing.append(anchor.stem)
            elif anchor.kind == "thing" and not self._lexicon.loose(anchor.stem):
                doubtful.append(anchor.stem)
        return missing, doubtful

    def supported(self, anchor: Anchor, ground: Ground, ids: np.ndarray, reading: Reading, row: int) -> tuple[float, bool]:
        """(how surely the anchor stands in this memory, whether the memory says something contrary). ids: its words among the known ones."""
        if anchor.kind == "kin":
            return self._kin(anchor, ground)
        if anchor.stem in ground.every or (anchor.stem in self._people.names and self._people.names[anchor.stem] in ground.who):
            return 1.0, False
        if any(joined in ground.every for joined in anchor.joined):
            return 0.95, False
        if self._wording.joined and len(anchor.stem) > 1 and anchor.stem in ground.run:
            return WITHIN, False
        best = float(reading.sure[row, ids].max()) if len(ids) else 0.0
        other = len(ids) > 0 and bool(reading.other[row, ids].any())
        if other and not (reading.firm[row, ids] & (reading.sure[row, ids] >= STANDS)).any():
            return 0.0, True
        return best, False

    def _firm(self, anchor: Anchor, ground: Ground, ids: np.ndarray, reading: Reading, row: int) -> bool:
        if (
            anchor.kind in ("kin", "name", "other")
            or anchor.stem in ground.every
            or any(joined in ground.every for joined in anchor.joined)
        ):
            return True
        return bool((reading.firm[row, ids] & (reading.sure[row, ids] >= STANDS)).any())

    def _hard(self, anchor: Anchor, sure: float, wants: str) -> bool:
        """Whether nothing may be claimed without it."""
        if anchor.kind in ("name", "other", "turning", "must") or anchor.event:
            return True
        if anchor.kind == "kin":
            return not anchor.mine
        if anchor.kind == "thing":
            return sure < AT_ALL and not self._lexicon.loose(anchor.stem)
        return anchor.kind == "word" and sure < AT_ALL and (anchor.turns or wants in TURNS_ON_ALL)

    def _heard(self, anchor: Anchor, known: str) -> float:
        """How surely the known word was misheard. A word that means something else by itself is less surely another one misheard."""
        alone = max(likeness(anchor.stem, known), likeness(anchor.word, self._index.spelled_out[known]))
        near = known in self._people.names and distance(anchor.stem, known, 1) <= 1
        doubt = DOUBTED if self._lexicon.known(anchor.stem) and not near else 0.95
        together = max((likeness(joined, known) for joined in anchor.joined), default=0.0)
        return max(alone * doubt, together * 0.95 if together >= TOGETHER else 0.0)

    def _kin(self, anchor: Anchor, ground: Ground) -> tuple[float, bool]:
        wanted = frozenset().union(*(self._lexicon.kin_of.get(role, frozenset((role,))) | {role} for role in anchor.meant))
        if wanted & ground.roles or anchor.stem in ground.every:
            return 1.0, False
        return 0.0, any(self._people.of_role(role) for role in wanted)

    def _times(self, asked: Asked, ground: Ground) -> tuple[list[str], list[str]]:
        """Numbers, months and seasons that do not stand in the memory, and those of which it says otherwise."""
        missing, contrary = [], []
        for number in sorted(asked.numbers):
            if number not in ground.numbers and not says_year(ground, number):
                (contrary if ground.numbers or ground.years else missing).append(str(number))
        for name, months in (*((str(month), frozenset((month,))) for month in sorted(asked.months)), *asked.seasons):
            if not ground.months & months and name not in ground.every:
                (contrary if ground.months else missing).append(name)
        return missing, contrary

    def answers(self, asked: Asked, ground: Ground) -> bool:
        """Whether the kind of thing that is asked for stands in the memory."""
        if asked.wants == "name":
            return self._named(asked, ground)
        if asked.wants == "count":
            return self._counted(asked, ground)
        if not all(told.search(ground.text) for told in asked.demands):
            return False
        if asked.others and not self._people.besides(ground.who):
            return False
        if asked.wants == "why" and asked.negative and not self._negative.search(ground.text):
            return False
        if asked.which and not self._one_of(asked.which, ground, asked.sort_of):
            return False
        if asked.wants not in self._needs:
            return True
        need, pattern = self._needs[asked.wants]
        return (
            (need.dated and bool(ground.years or ground.months))
            or (need.numbers and bool(ground.numbers))
            or (need.people and bool(ground.who or ground.roles))
            or not ground.within.isdisjoint(need.kinds)
            or bool(pattern.search(ground.text))
        )

    def _named(self, asked: Asked, ground: Ground) -> bool:
        """A name stands beside the thing whose name is asked for, or it is told what it was called."""
        if self._calling & ground.every:
            return True
        anchor = asked.named
        if anchor is None or anchor.kind == "name":
            return anchor is not None or (not asked.solid and bool(ground.who))
        sides = ((thing, name) for one, other in ground.pairs for thing, name in ((one, other), (other, one)))
        return any(name != thing and self._is_name(name) and self._is(anchor, thing) for thing, name in sides)

    def _one_of(self, kind: str, ground: Ground, sort_of: bool) -> bool:
        """Which one of a kind it was is told: a member of it, or something that stands beside it; which sort, by no name."""
        if any(self._lexicon.relation(kind, known) == MEMBER for known in ground.words):
            return True
        same = {known for known in ground.words if self._lexicon.relation(kind, known) == SAME}
        beside = (other for one, two in ground.pairs for other, thing in ((one, two), (two, one)) if thing in same)
        if sort_of:
            return not same or any(self._sorts(one) and thing in same for one, thing in self._side_by_side(ground))
        return not same or any(other == CAPITAL or other not in self._wording.light for other in beside)

    def _side_by_side(self, ground: Ground) -> Iterator[tuple[str, str]]:
        return (pair for text in ground.text.splitlines() for pair in pairwise(self._wording.stems(text)))

    def _sorts(self, stem: str) -> bool:
        return stem not in self._people.names and stem not in self._people.itself and stem not in self._wording.light

    def _counted(self, asked: Asked, ground: Ground) -> bool:
        """A number stands beside what is counted, or it is told of none or of all."""
        wanted = {asked.counted, *(anchor.stem for anchor in asked.anchors if anchor.kind in ("thing", "word"))}
        return any(self._lexicon.relation(one, other) in (SAME, MEMBER) for one in wanted for other in ground.counts)

    def _is_name(self, stem: str) -> bool:
        """Where names have no capitals, a word that is nothing else stands for one."""
        if stem in self._people.names or stem in self._titles or stem == CAPITAL:
            return True
        strange = not self._lexicon.known(stem) and stem not in self._lexicon.generic and stem not in self._wording.light
        return self._wording.joined and strange

    def _is(self, anchor: Anchor, thing: str) -> bool:
        return self._lexicon.relation(anchor.stem, thing) in (SAME, MEMBER) or self._lexicon.kin.get(thing, "-") in anchor.meant

    @property
    def _calling(self) -> frozenset[str]:
        return self._lexicon.calling


def _any(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines.split("\n") if line.strip()) or r"(?!)")
