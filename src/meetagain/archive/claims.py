"""A memory comes in; what it is about, and what it claims in numbers, days, colours and places, goes out."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from meetagain.archive.numbers import COUNTERS, KOREAN, KOREAN_NATIVE, english, korean, korean_alone, ordinal
from meetagain.archive.words import is_done, korean_thing, short_things, word_list
from meetagain.schema.archive import Fact
from meetagain.store.yaml import read_yaml

REMEMBERED = 65536  # words whose stems are: a family's memories are told in the same ones again and again
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.,;:!?…“”\"()]")
_HANGUL = re.compile(r"[가-힣]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERIOD = re.compile(
    r"(?:19|20)\d\d\s?[-–](?!\d\d(?!\d))|\b(?:from|since|between|until) (?:19|20)\d\d|(?:19|20)\d\d년?부터|\b(?:19|20)\d0s"
)
_TOLD_OF = re.compile(r"(?:였|이다|이고|이었|색이|색)(?:다|고|지|는데|어)?$")
_UP_TO = re.compile(r"(?<![가-힣])(?P<number>[가-힣]{1,3}|\d{1,3})까지\s+(?P<done>[가-힣]+)")
_IN = frozenset(["in", "at", "on", "to", "from", "near", "behind", "under", "beside", "inside", "outside", "by"])
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "their", "our", "my", "this", "that", "its", "old", "new", "little", "small", "big"])
_OCCASIONS = frozenset(["birthday", "grade", "class", "anniversary", "christmas", "time", "day", "year", "night"])
_NO_NOUN = frozenset(["day", "time", "way", "thing", "hand", "another"])


class Count(msgspec.Struct, frozen=True):
    """How many of something, or which one in a row."""

    of: frozenset[str]
    number: int
    shown: str  # as it is written
    rough: bool = False


class Colour(msgspec.Struct, frozen=True):
    """Which colour something has."""

    of: frozenset[str]
    colour: str
    shown: str
    several: bool = False  # of one of several: a red bird


class Claims(msgspec.Struct, frozen=True):
    """What one memory is about and what it says of it."""

    about: frozenset[str]  # stems of its content words
    names: frozenset[str]  # those of them that are people's names
    doings: frozenset[str] = frozenset()  # those of them that tell what was done
    counts: tuple[Count, ...] = ()
    ordinals: tuple[Count, ...] = ()
    occasions: tuple[tuple[str, int], ...] = ()  # a birthday, a class, an age
    years: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    seasons: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    colours: tuple[Colour, ...] = ()
    places: frozenset[str] = frozenset()
    place_words: tuple[str, ...] = ()  # as they are written
    again: bool = False


@cache
def values(language: str, kind: str) -> dict[str, str]:
    """Word -> what it means, of one list of texts/values.yaml."""
    rows: Any = read_yaml((files("meetagain.archive") / "texts" / "values.yaml").read_text("utf-8"))[language][kind]
    if isinstance(rows, str):
        return {word: word for word in rows.split()}
    return {word: str(row).split()[0] for row in rows for word in str(row).split()}


@cache
def folded() -> dict[str, str]:
    """taught -> teach, as texts/values.yaml says."""
    return {form: _cut(word) for form, word in (pair.split(":") for pair in values("en", "folded"))}


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """A word as it is compared: without plural, past or -ing; a Korean one by its first two syllables."""
    if _HANGUL.search(word):
        return _korean_stem(korean_thing(word))
    word = word.removesuffix("'s")
    return folded().get(word) or _cut(word)


def _cut(word: str) -> str:
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ied", "y"), ("ed", ""), ("shes", "sh"), ("ches", "ch"), ("s", "")):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and not word.endswith("ss"):
            base += put
            return (base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base).rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def _korean_stem(word: str) -> str:
    """Two syllables, the second without what its ending did to it: 배웠다 and 배운 are both 배우."""
    if len(word) < 2 or not "가" <= word[1] <= "힣":
        return word[:2]
    if word[1] in "었았은는을고다어아":
        return f"{word[0]}~"  # what is done, in one syllable: 심었다 and 심은
    lead, rest = divmod(ord(word[1]) - 0xAC00, 588)
    vowel = rest // 28
    vowel = {14: 13, 9: 8, 6: 20}.get(vowel, vowel)  # ㅝ as ㅜ, ㅘ as ㅗ, ㅕ as ㅣ
    return word[0] + chr(0xAC00 + lead * 588 + vowel * 28)


def claims_of(fact: Fact, people: frozenset[str]) -> Claims:
    """What a memory claims. `people` are stems of people's names; sentences found in a file are judged by themselves, without their frame."""
    text = fact.said if fact.item and fact.said else fact.fact
    made = _made(text, people)
    about = {stem(tag) for tag in fact.tags if not made.is_value(tag)} | made.about | _made(fact.said, people).about
    whens = "" if fact.item else fact.when
    years = set(_YEAR.findall(text)) | (set(_YEAR.findall(whens)) if not _PERIOD.search(whens) else set())
    if _PERIOD.search(text) or _PERIOD.search(whens) or whens in ("always",):
        years = set()
    dated = _made(whens, people)
    months, seasons = made.months or dated.months, made.seasons or dated.seasons
    if (found := re.fullmatch(r"(?:19|20)\d\d-(\d\d)(?:-\d\d)?", whens)) and not months:
        months = {str(int(found[1]))}
    return Claims(
        frozenset(about), frozenset(about & people), frozenset(made.doings), tuple(made.counts), tuple(made.ordinals), tuple(made.occasions), frozenset(years),
        frozenset(months), frozenset(seasons), frozenset(made.weekdays), tuple(made.colours), frozenset(made.places), tuple(made.place_words), made.again,
    )  # fmt: skip


class _Made:
    """Claims of one language being gathered."""

    language = ""

    def __init__(self, people: frozenset[str]) -> None:
        self.people = people
        self.about: set[str] = set()
        self.doings: set[str] = set()
        self.counts: list[Count] = []
        self.ordinals: list[Count] = []
        self.occasions: list[tuple[str, int]] = []
        self.colours: list[Colour] = []
        self.months: set[str] = set()
        self.seasons: set[str] = set()
        self.weekdays: set[str] = set()
        self.places: set[str] = set()
        self.place_words: list[str] = []
        self.again = False

    def is_value(self, word: str) -> bool:
        """Whether a word is a number, colour or time rather than a thing."""
        word = word.lower()
        timed = any(word in values(self.language, kind) for kind in ("colours", "seasons", "months", "weekdays"))
        return timed or english(word) is not None or ordinal(word) is not None

    def timed(self, word: str) -> None:
        """Note a season, weekday or sign of another time."""
        for kind, found in (("seasons", self.seasons), ("weekdays", self.weekdays)):
            if word in values(self.language, kind):
                found.add(values(self.language, kind)[word])
        self.again = self.again or word in values(self.language, "again")


def _made(text: str, people: frozenset[str]) -> _Made:
    return _Korean(text, people) if _HANGUL.search(text) else _English(_TOKEN.findall(text), people)


class _English(_Made):
    language = "en"

    def __init__(self, tokens: list[str], people: frozenset[str]) -> None:
        super().__init__(people)
        self.raw = tokens
        self.low = [token.lower().replace("’", "'") for token in tokens]
        for place, word in enumerate(self.low):
            self._word(place, word)

    def _word(self, place: int, word: str) -> None:
        self.timed(word)
        if word in values("en", "months") and (word not in ("may", "march") or self.raw[place][0].isupper()):
            self.months.add(str(list(values("en", "months")).index(word) + 1))
        elif word in values("en", "colours"):
            self._colour(place, values("en", "colours")[word])
        elif (number := english(word)) is not None:
            self._number(place, number)
        elif (number := ordinal(word)) is not None:
            of = self._after(place)
            occasion = next((noun for noun in of if noun in _OCCASIONS), None)
            if occasion:
                self.occasions.append((occasion, number))
            elif of:
                self.ordinals.append(Count(frozenset(stem(noun) for noun in of), number, " ".join([self.raw[place], *of])))
        elif word[0].isalpha() and self._carries(word) and not self.is_value(word):
            self.about.add(stem(word))
            if word in folded() or re.search(r"(?:ed|ing)$", word):
                self.doings.add(stem(word))
        if word in _IN:
            self._place(place)

    def _carries(self, word: str) -> bool:
        return len(word) > 2 and word.removesuffix("'s") not in word_list("en", "light")

    def _after(self, place: int, most: int = 3) -> list[str]:
        """The words right after a place that belong to the same thing."""
        found: list[str] = []
        for word in self.low[place + 1 : place + 1 + most]:
            if not word[0].isalpha() or not self._carries(word) or english(word) is not None:
                break
            found.append(word)
        return [word for word in found if word not in values("en", "colours")]

    def _before(self, place: int) -> str:
        """The nearest word before a place that carries meaning, at most three words away."""
        for word in reversed(self.low[max(0, place - 3) : place]):
            if not word[0].isalpha():
                return ""
            if self._carries(word) and not self.is_value(word):
                return word
        return ""

    def _number(self, place: int, number: int) -> None:
        if _YEAR.fullmatch(self.low[place]):
            return
        ahead = self._after(place)
        rough = any(word in values("en", "about") for word in self.low[max(0, place - 2) : place])
        last = self.low[place - 1] if place else ""
        if ahead[:2] in (["years", "old"], ["year", "old"]) or (not ahead and last in ("was", "is", "turned", "aged", "age", "were")):
            self.occasions.append(("age", number))
        elif ahead and not (self.low[place] == "one" and ahead[0] in _NO_NOUN):
            self.counts.append(Count(frozenset(stem(word) for word in ahead), number, " ".join([self.raw[place], *ahead]), rough))
        elif not ahead and last in ("to", "till", "until") and (verb := self._before(place)):
            self.counts.append(Count(frozenset({stem(verb)}), number, f"{last} {self.raw[place]}", rough))

    def _colour(self, place: int, colour: str) -> None:
        """Of what comes right after it, and of what it was said of: the raincoat was red, the lamp was a green whale."""
        ahead = self._after(place, 3)
        joined = self.low[max(0, place - 3) : place]
        told_of = any(word in ("was", "were", "is", "are") for word in joined)
        things = {stem(word) for word in ahead}
        if told_of or not ahead:
            back = [word for word in self.low[:place] if word[0].isalpha() and self._carries(word) and not self.is_value(word)]
            things |= {stem(word) for word in back[-4:]}
        if things:
            several = not told_of and any(word in ("a", "an") for word in joined)
            self.colours.append(Colour(frozenset(things), colour, " ".join([self.raw[place], *ahead]), several))

    def _place(self, place: int) -> None:
        phrase: list[tuple[str, str]] = []
        for raw, word in zip(self.raw[place + 1 : place + 6], self.low[place + 1 : place + 6], strict=True):
            if (word in _ARTICLES and not any(w not in _ARTICLES for _, w in phrase)) or (
                word[0].isalpha() and self._carries(word) and not self.is_value(word)
            ):
                phrase.append((raw, word))
            else:
                break
        words = [(raw, word) for raw, word in phrase if word not in _ARTICLES]
        for number, (raw, word) in enumerate(words):
            named = raw[0].isupper() and stem(word) not in self.people and number < 2
            if word in values("en", "places") or named:
                self.places.add(stem(word))
                self.place_words.append(raw)


class _Korean(_Made):
    language = "ko"

    def __init__(self, text: str, people: frozenset[str]) -> None:
        super().__init__(people)
        self.words = re.findall(r"[가-힣A-Za-z]+|\d+|[.,!?]", text)
        for found in KOREAN.finditer(text):
            self._number(found, text)
        for at, number in korean_alone(text):
            if things := self._things_before(text[:at]):
                self.counts.append(Count(things, number, text[at : at + 2].strip()))
        for found in _UP_TO.finditer(text):
            number = int(found["number"]) if found["number"].isdecimal() else KOREAN_NATIVE.get(found["number"])
            if number:
                self.counts.append(Count(frozenset({stem(found["done"])}), number, f"{found['number']}까지"))
        counted = {word for found in (*KOREAN.finditer(text), *_UP_TO.finditer(text)) for word in re.findall(r"[가-힣]+", found.group())}
        for place, word in enumerate(self.words):
            self._word(place, word, counted)

    def _word(self, place: int, word: str, counted: set[str]) -> None:
        bare = korean_thing(word)
        for kind, found in (("seasons", self.seasons), ("weekdays", self.weekdays)):
            meant = next((value for known, value in values("ko", kind).items() if word.startswith(known)), None)
            if meant:
                found.add(meant)
                return
        self.again = self.again or word in values("ko", "again")
        colour = next(
            (value for known, value in values("ko", "colours").items() if bare == known or (len(known) > 1 and word.startswith(known))),
            None,
        )
        if colour:
            self._colour(place, colour)
            return
        if re.search(r"(?:에서|에서는|에서도|에서였다|에)$", word) or (word.endswith("였다") and "에서" in word):
            base = re.sub(r"(?:에서(?:는|도|였다)?|에)$", "", word)
            if base in values("ko", "places"):
                named = [self.words[place - 1]] if place and self._names_place(place - 1) else []
                self.places |= {stem(part) for part in (*named, base)}
                self.place_words += [*named, base]
        if (
            _HANGUL.search(word)
            and word not in counted
            and word[0] not in "있없"
            and bare not in word_list("ko", "light")
            and (len(bare) > 1 or bare in short_things())
        ):
            self.about.add(stem(word))
            if is_done(word):
                self.doings.add(stem(word))

    def _names_place(self, place: int) -> bool:
        word = self.words[place]
        return bool(_HANGUL.search(word)) and len(word) <= 4 and korean_thing(word) == word and word not in word_list("ko", "light")

    def _number(self, found: re.Match[str], text: str) -> None:
        number, counter = korean(found), found["counter"]
        if number is None or (counter in ("년", "시") and number > 24) or counter == "월":
            if counter == "월" and number:
                self.months.add(str(number))
            return
        means = COUNTERS[counter]
        if means in ("age", "grade"):
            self.occasions.append((means, number))
            return
        if means == "clock":
            return
        rough = bool(re.search(r"(?:약|거의)\s*$", text[: found.start()])) or found["rest"].startswith(("쯤", "정도"))
        things = {means} if means else self._things_before(text[: found.start()]) | self._things_after(text[found.end() :], found["rest"])
        if things:
            self.counts.append(Count(frozenset(things), number, found.group().removesuffix(found["rest"]), rough))

    def _things_before(self, text: str) -> frozenset[str]:
        words = re.findall(r"[가-힣]+|[.,!?]", text)
        for word in reversed(words[-2:]):
            if not _HANGUL.search(word):
                break
            if korean_thing(word) not in word_list("ko", "light"):
                return frozenset({stem(word)})
        return frozenset()

    @staticmethod
    def _things_after(text: str, rest: str) -> frozenset[str]:
        """일곱 개의 초: the thing comes after."""
        found = re.match(r"\s*([가-힣]+)", text) if rest == "의" else None
        return frozenset({stem(found[1])}) if found else frozenset()

    def _colour(self, place: int, colour: str) -> None:
        """Of what comes right after it, and of what it was said of: 배는 초록색이었다, 이르야호는 파란 배였다."""
        ahead = self.words[place + 1] if place + 1 < len(self.words) else ""
        things: set[str] = set()
        told_of = bool(_TOLD_OF.search(self.words[place]))
        if _HANGUL.search(ahead) and not told_of:
            things.add(stem(ahead))
            told_of = bool(_TOLD_OF.search(ahead))
        if told_of:
            things |= {stem(word) for word in self.words[:place][-3:] if _HANGUL.search(word)}
        if things:
            self.colours.append(Colour(frozenset(things), colour, self.words[place]))
