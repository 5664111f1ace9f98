"""One memory comes in; everything that it can prove goes out: its words, people, numbers and times."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from meetagain.mind.lexicon import MOST_WORDS, Lexicon
from meetagain.mind.people import People
from meetagain.schema.archive import Fact

_WHEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
REMEMBERED = 16384  # numbers of words, and who is what
CAPITAL = "="  # stands in a pair for a name that is an everyday word: "the card game Whale"


class Ground(msgspec.Struct, frozen=True):
    """What stands in one memory."""

    fact: Fact
    words: tuple[str, ...]  # stems of the words that carry meaning, each once: tags, then what was told, then what was said
    spelled: dict[str, str]  # stem -> the word as it was written
    every: frozenset[str]  # stems of all words, small ones too
    tags: frozenset[str]
    run: str  # all stems without spaces, for words that are written together
    pairs: tuple[tuple[str, str], ...]  # neighbouring words, for names beside things
    within: frozenset[str]  # concepts, and the kinds above them
    who: frozenset[str]
    roles: frozenset[str]
    numbers: frozenset[int]  # years apart
    years: tuple[tuple[int, int], ...]
    months: frozenset[int]
    text: str  # lower case, for what a question needs an answer to
    counts: frozenset[str]  # stems beside a number, and units of one


class Grounds:
    """Makes grounds of memories, for one person."""

    def __init__(self, lexicon: Lexicon, people: People) -> None:
        self._lexicon, self._people, self._wording = lexicon, people, people.wording
        self._titles = frozenset(lexicon.stems(lexicon.world.titles))
        self._ordinal = re.compile(lexicon.world.ordinal or r"(?!)")
        self._naming = tuple(lexicon.world.naming.split())
        self._beside = frozenset(lexicon.world.beside.split())
        #: The same few words and people come again and again in a family's memories.
        self._numbers_in = lru_cache(maxsize=REMEMBERED)(self._wording.language.numbers)
        self._of_role = lru_cache(maxsize=REMEMBERED)(people.of_role)

    def of(self, fact: Fact) -> Ground:
        """What this memory can prove."""
        language, lexicon = self._wording, self._lexicon
        texts = (" . ".join(fact.tags), fact.fact, fact.said)
        tokens = [language.words(text) for text in texts]
        stems = [[language.stem(word) for word in words] for words in tokens]
        told = dict.fromkeys(stem for text in texts for stem in language.content(text))
        every = frozenset(
            stem for run, its in zip(stems, tokens, strict=True) for stem, word in zip(run, its, strict=True) if self._counts(word)
        )
        phrases = self._phrases(stems)
        named = (stem for run in stems for stem in run if stem in lexicon.kin or lexicon.is_thing(stem))
        kept = dict.fromkeys((*told, *named, *sorted(phrases)))
        things = every | {phrase for phrase in phrases if lexicon.is_thing(phrase)}
        who = self._people.who(every)
        roles = self._roles((*stems, sorted(phrases)), who)
        years, months = self._when(fact)
        return Ground(
            fact=fact,
            words=tuple(kept),
            spelled={
                stem: word for run, its in zip(reversed(stems), reversed(tokens), strict=True) for stem, word in zip(run, its, strict=True)
            },
            every=every | phrases,
            tags=frozenset(stems[0]),
            run="".join(stem for run in stems for stem in run),
            pairs=tuple(pair for text in texts[1:] for pair in self._pairs(text)),
            within=frozenset().union(*map(lexicon.within, things)),
            who=who | frozenset(one for role in roles for one in self._only(role)),
            roles=roles,
            numbers=self._numbers(fact, years),
            years=years,
            months=months | frozenset(lexicon.months[stem] for stem in every if stem in lexicon.months),
            counts=frozenset(stem for text in texts for stem in self._counts_of(text)),
            text=f"{fact.fact}\n{fact.said}".lower().replace("’", "'"),
        )

    def _phrases(self, stems: list[list[str]]) -> frozenset[str]:
        """Expressions of several words that are known."""
        known = self._lexicon.phrases
        spans = ((run, at, size) for run in stems for size in range(2, MOST_WORDS + 1) for at in range(len(run) - size + 1))
        found = ("_".join(run[at : at + size]) for run, at, size in spans)
        return frozenset(phrase for phrase in found if phrase in known)

    def _counts(self, word: str) -> bool:
        """Small words of a language that joins them look like anything."""
        return not self._wording.joined or word not in self._wording.light

    def _roles(self, stems: Sequence[Sequence[str]], who: frozenset[str]) -> frozenset[str]:
        found = {role for one in who for role in self._people.roles.get(one, ())}
        found.update(self._lexicon.kin[stem] for run in stems for stem in run if stem in self._lexicon.kin)
        return frozenset(found)

    def _only(self, role: str) -> frozenset[str]:
        """The one person who is this, where there is but one: "Dad's hat" is Davin's."""
        who = self._of_role(role)
        return who if len(who) == 1 else frozenset()

    def _numbers(self, fact: Fact, years: tuple[tuple[int, int], ...]) -> frozenset[int]:
        found = {number for text in (fact.fact, fact.said, *fact.tags) for number in self._wording.language.numbers(text)}
        return frozenset(found - {year for span in years for year in span})

    def _when(self, fact: Fact) -> tuple[tuple[tuple[int, int], ...], frozenset[int]]:
        found = [(int(year), int(month or 0)) for year, month, _ in _WHEN.findall(fact.when)]
        years = [year for year, _ in found]
        spans = [(year, year) for year in years]
        if len(years) == 2 and "-" in fact.when and not any(month for _, month in found):
            spans = [(years[0], years[1])]
        elif len(years) == 1 and fact.when.rstrip().endswith("-"):
            spans = [(years[0], 9999)]
        said = [number for number in self._wording.language.numbers(f"{fact.fact} {fact.said}") if 1000 <= number <= 2999]
        months = frozenset(month for _, month in found if 1 <= month <= 12)
        return tuple(dict.fromkeys((*spans, *((year, year) for year in said)))), months

    def _counts_of(self, text: str) -> Iterator[str]:
        """What is counted in it: stems at most two words from a number, before or after."""
        words = self._wording.words(text)
        numbers = [at for at in range(len(words)) if self._is_number(words, at)]
        for at in numbers:
            yield from (self._wording.stem(word) for word in words[max(0, at - 1) : at + 3])

    def _is_number(self, words: list[str], at: int) -> bool:
        numbers = self._numbers_in
        if any(self._ordinal.search(word) for word in words[at : at + (2 if self._wording.joined else 1)]):
            return False
        return bool(
            words[at].isdecimal()
            or numbers(words[at])
            or (at + 1 < len(words) and numbers(" ".join(words[at : at + 2])) and not numbers(words[at + 1]))
        )

    def _pairs(self, text: str) -> list[tuple[str, str]]:
        """Words side by side that may be a thing and its name: nothing but small words between them, and no particle."""
        words = [word for word in self._wording.words(text) if word not in self._beside]
        stems = [self._wording.stem(word) for word in words]
        bare = [not self._wording.joined or word == stem or word.endswith(self._naming) for word, stem in zip(words, stems, strict=True)]
        pairs = [pair for pair, stands in zip(pairwise(stems), bare, strict=False) if stands]
        capitals = self._people.capitals(text)
        named = [other for one, other in (*pairwise(stems), *pairwise(reversed(stems))) if one in capitals]
        named += [other for word, other in zip(words, stems[1:], strict=False) if self._naming and word.endswith(self._naming)]
        titled = (stem for word, stem in zip(words, stems[1:], strict=False) if stem in self._titles and word not in self._wording.light)
        return [*pairs, *((CAPITAL, thing) for thing in (*named, *(titled if self._wording.joined else ())))]


def says_year(ground: Ground, year: int) -> bool:
    """Whether a memory is of that year."""
    short = year < 100  # "in '78"
    return any(first <= year <= last or (short and first == last and first % 100 == year) for first, last in ground.years)
