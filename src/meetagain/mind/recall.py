"""A visitor's words come in; the memory they are about goes out, or None where there is no good ground to claim one."""

import math
import re
from collections import Counter
from itertools import pairwise

import msgspec

from meetagain.mind.words import content, is_question, stem, words
from meetagain.schema.archive import Fact, Memory

#: Moments that the story keeps for their own place: they are not told in passing.
KEPT_FOR_LATER = frozenset(map(stem, ("bed", "tuck", "goodnight", "goodbye", "hug", "sorry")))
#: "Your brother" turns on nobody by name; it is enough for a memory that is tagged so.
ROLES = frozenset(
    map(
        stem,
        [
            "brother",
            "sister",
            "father",
            "mother",
            "grandfather",
            "grandmother",
            "son",
            "daughter",
            "wife",
            "husband",
            "uncle",
            "aunt",
            "cousin",
            "friend",
            "family",
        ],
    )
)
_ABOUT = re.compile(r"\b(?:tell me (?:something |a story )?about|what about|(?:do you )?remember|talk about)\s+(?:your|our|the|my)\b", re.I)
ENOUGH_SHARE = 0.66  # of what a question is about must stand in the memory


class Recalled(msgspec.Struct, frozen=True):
    """A memory, and how well it fits (0 to 1)."""

    fact: Fact
    fit: float


class Recall:
    """Lexical memory of one person. Claims a memory only where the words that a question turns on agree."""

    def __init__(self, memory: Memory) -> None:
        self._facts = tuple(fact for fact in memory.facts if fact.open and fact.said)
        self._bags = [frozenset(content(" ".join((*fact.tags, fact.fact, fact.said, fact.kind)))) for fact in self._facts]
        self._tags = [frozenset(stem(tag.lower()) for tag in fact.tags) for fact in self._facts]
        counts = Counter(word for bag in self._bags for word in bag)
        self._weight = {word: math.log(1 + len(self._facts) / count) for word, count in counts.items()}
        self._names = _names(self._facts)
        closed = (fact for fact in memory.facts if not fact.open)
        self._closed = frozenset(word for fact in closed for word in content(" ".join(fact.tags))) - frozenset(counts)

    def closed(self, text: str) -> bool:
        """Whether the words touch something that the family keeps to itself."""
        return bool(self._closed & set(content(text)))

    def answer(self, text: str, used: frozenset[str]) -> Recalled | None:
        """The memory that answers a question: everything it turns on is in that one memory."""
        asked = list(dict.fromkeys(content(text)))
        if self.closed(text):
            return None
        if not asked:
            return self._of_role(text, used)
        if any(word not in self._weight for word in asked):
            return None  # it turns on something the family never told
        best = max(enumerate(self._bags), key=lambda pair: self._score(pair[0], asked, used), default=None)
        if best is None:
            return None
        number, bag = best
        total = sum(self._weight[word] for word in asked)
        share = sum(self._weight[word] for word in asked if word in bag) / total
        return Recalled(self._facts[number], share) if share >= ENOUGH_SHARE else None

    def _of_role(self, text: str, used: frozenset[str]) -> Recalled | None:
        """A memory of somebody who is asked for by what they are: "tell me about your brother"."""
        roles = {stem(word) for word in words(text)} & ROLES if _ABOUT.search(text) else set()
        fitting = [fact for fact, its in zip(self._facts, self._tags, strict=True) if its & roles]
        fresh = [fact for fact in fitting if fact.id not in used]
        return Recalled((fresh or fitting)[0], 0.7) if fitting else None

    def named(self, text: str, used: frozenset[str]) -> Recalled | None:
        """A memory to go on with after a remark: it names somebody or something that a fresh memory is about."""
        said = set(content(text))
        fresh = [n for n, fact in enumerate(self._facts) if fact.id not in used]
        scored = [(sum(self._weight[word] for word in said & (self._tags[n] | (self._bags[n] & self._names))), -n) for n in fresh]
        if not scored or max(scored)[0] <= 0:
            return None
        number = -max(scored)[1]
        return Recalled(self._facts[number], 0.5)

    def by_tags(self, wanted: str, used: frozenset[str]) -> Fact | None:
        """A fresh memory by id, or by tags in the order given; any fresh one when nothing is asked for."""
        for fact in self._facts:
            if fact.id == wanted and fact.id not in used:
                return fact
        fresh = [(fact, its) for fact, its in zip(self._facts, self._tags, strict=True) if fact.id not in used]
        for tag in (tag.strip().lower() for tag in wanted.split(",") if tag.strip()):
            of_kind = [fact for fact in self._facts if fact.kind == tag]
            fitting = [fact for fact, its in fresh if (fact in of_kind if of_kind else stem(tag) in its)]
            if fitting:
                return fitting[0]
        if not wanted.strip():
            return next((fact for fact, its in fresh if fact.kind not in ("letter", "private") and not its & KEPT_FOR_LATER), None)
        return None

    def find(self, text: str, used: frozenset[str]) -> Recalled | None:
        """The memory for a question, or for a remark."""
        if is_question(text) or self.closed(text):
            return self.answer(text, used)
        found = self.answer(text, used)
        fresh = found is not None and found.fact.id not in used  # a question may be asked twice; a remark is not met with the same words
        return found if fresh else self.named(text, used)

    def _score(self, number: int, asked: list[str], used: frozenset[str]) -> float:
        bag, tags = self._bags[number], self._tags[number]
        score = sum(self._weight[word] * (1.5 if word in tags else 1.0) for word in asked if word in bag)
        return score - (0.01 if self._facts[number].id in used else 0.0)


def _names(facts: tuple[Fact, ...]) -> frozenset[str]:
    """Words that are written with a capital inside a sentence: people, animals, places."""
    found = set()
    for fact in facts:
        for text in (fact.fact, fact.said):
            plain = text.replace(".", " . ").replace("!", " . ").replace("?", " . ").split()
            for before, word in pairwise(plain):
                bare = word.strip(",;:'\"()")
                if before != "." and bare[:1].isupper() and len(bare) > 2:
                    found.update(stem(part) for part in words(bare))
    return frozenset(found)
