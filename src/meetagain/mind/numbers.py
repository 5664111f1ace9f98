"""The number words of a language come in; a reader of text goes out, which gives the numbers in it."""

import re
from collections.abc import Callable, Iterator

from meetagain.mind.pack import Numbers

_PIECE = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+|[^\W\d_]+(?:'[^\W\d_]+)?")
_LONGEST = 12  # digits of a number that anybody means


def number_reader(rules: Numbers, *, joined: bool) -> Callable[[str], frozenset[int]]:
    """How numbers are found in lower-case text: where number words stand apart, or where they take on units and small words."""
    reader = _Joined(rules) if joined else _Apart(rules)
    return lambda text: frozenset(reader.found(text))


# --- forty-six, nineteen ninety-two ------------------------------------------------------------------------------------


class _Apart:
    def __init__(self, rules: Numbers) -> None:
        self._ones, self._tens, self._times = rules.ones | rules.places, rules.tens, rules.times
        self._small, self._unsure, self._units = (frozenset(words.split()) for words in (rules.small, rules.unsure, rules.units))
        self._not_after = {word: frozenset(after.split()) for word, after in rules.not_after.items()}

    def found(self, text: str) -> Iterator[int]:
        pieces = [piece.replace(",", "") for piece in _PIECE.findall(text)]
        at = 0
        while at < len(pieces):
            after, value = self._run(pieces, at)
            if value is not None:
                yield value
            at = max(after, at + 1)

    def _run(self, pieces: list[str], start: int) -> tuple[int, int | None]:
        """(where it ends, its value) of the number that begins at `start`; None where none begins."""
        at, total, current = start, 0, None
        while at < len(pieces):
            piece = pieces[at]
            if piece in self._times and (current is not None or at == start or (total and self._times[piece] >= 1000)):
                total, current = _multiplied(total, current if current is not None else int(at == start), self._times[piece])
                at += 1
            elif piece in self._small and at > start and self._goes_on(pieces, at + 1, current):
                at += 1
            else:
                after, value = self._group(pieces, at)
                if value is None or not _may_follow(current, total, value, piece):
                    break
                current, at = value if current is None else current * 100 + value, after
        if at == start:
            return start, None
        alone = at - start == 1 and self._is_unsure(pieces, start)
        return at, None if alone else total + (current or 0)

    def _goes_on(self, pieces: list[str], at: int, current: int | None) -> bool:
        """Whether what stands after "and" belongs to the same number: "a hundred and five"."""
        return current is None and self._group(pieces, at)[1] is not None

    def _group(self, pieces: list[str], at: int) -> tuple[int, int | None]:
        """A ten with or without ones, ones alone, or digits."""
        piece = pieces[at] if at < len(pieces) else ""
        if piece.isdecimal():
            return at + 1, int(piece[:_LONGEST])
        if piece in self._tens:
            after = self._ones.get(pieces[at + 1], 99) if at + 1 < len(pieces) else 99
            return (at + 2, self._tens[piece] + after) if after < 10 else (at + 1, self._tens[piece])
        return (at + 1, self._ones[piece]) if piece in self._ones else (at, None)

    def _is_unsure(self, pieces: list[str], at: int) -> bool:
        """Whether this word alone is no number here: "that one", "wait a second"."""
        piece = pieces[at]
        if at and pieces[at - 1] in self._not_after.get(piece, ()):
            return True
        return piece in self._unsure and (at + 1 == len(pieces) or pieces[at + 1] not in self._units)


def _multiplied(total: int, current: int, times: int) -> tuple[int, int | None]:
    """(total, what is still open) after "hundred", "thousand", "dozen"."""
    if times >= 1000:
        return (total + current) * times, None
    return total + current * times, None


def _may_follow(current: int | None, total: int, value: int, piece: str) -> bool:
    """Whether one group goes on with another: "two thousand | seven", "nineteen | ninety-two", but not "seven | eight"."""
    if current is None:
        return not total or (value < 1000 and not piece.isdecimal())
    return 13 <= current <= 21 and 10 <= value <= 99 and not total and not piece.isdecimal()


# --- 일곱 살, 천구백구십이년 --------------------------------------------------------------------------------------------


class _Joined:
    def __init__(self, rules: Numbers) -> None:
        self._ones, self._tens, self._times, self._places = rules.ones, rules.tens, rules.times, rules.places
        self._unsure = frozenset(rules.unsure.split())
        units, sure, not_those = (_any(words) for words in (rules.units, rules.sure_units, rules.small))
        self._not = re.compile(rf"(?<!\w)(?:{not_those.replace('_', ' ?')})")
        native = rf"(?:{_any(' '.join(self._tens))})?(?:{_any(' '.join(self._ones))})?"
        self._native = re.compile(rf"(?<!\w)(?=\w)(?P<word>{native})(?P<unit> ?(?:{units}))?(?P<rest>[^\W\d]*)")
        self._signs = re.compile(rf"(?<!\w)[{''.join((*self._places, *self._times))}]+")
        self._sure, self._unit = re.compile(f" ?(?:{sure})"), re.compile(f" ?(?:{units})")
        self._ten = next((sign for sign, value in self._times.items() if value == 10), "~")

    def found(self, text: str) -> Iterator[int]:
        for before, after in re.findall(r"(\d{1,3}(?:,\d{3})+(?!\d)|\d+) ?([^\W\d])?", text):
            yield int(before.replace(",", "")[:_LONGEST]) * self._times.get(after, 1)
        plain = self._not.sub("~", text)
        for match in self._native.finditer(plain):
            if match["word"] and self._is_native(match):
                yield self._added(match["word"])
        yield from self._signed(plain)

    def _is_native(self, match: re.Match[str]) -> bool:
        if match["unit"]:
            return True
        word = match["word"]
        return word not in self._unsure and (len(word) > 1 or len(match["rest"]) <= 2)

    def _added(self, word: str) -> int:
        ten = next((ten for ten in sorted(self._tens, key=len, reverse=True) if word.startswith(ten)), "")
        return self._tens.get(ten, 0) + self._ones.get(word[len(ten) :], 0)

    def _signed(self, plain: str) -> Iterator[int]:
        """Numbers written with one syllable a figure: 이십, 천구백구십이 년, 삼월."""
        for match in self._signs.finditer(plain):
            for end in range(match.end(), match.start(), -1):
                word, rest = plain[match.start() : end], plain[end:]
                value = self._value(word)
                if value is not None and self._is_signed(word, rest):
                    yield value
                    break

    def _is_signed(self, word: str, rest: str) -> bool:
        if self._sure.match(rest):
            return len(word) > 1 or word not in self._unsure or not rest.startswith(" ")
        if len(word) < 2:
            return self._times.get(word, 0) > 10 and bool(self._unit.match(rest))
        if not any(sign in self._times for sign in word):
            return False
        return self._ten in word or len(word) > 2 or bool(self._unit.match(rest))

    def _value(self, word: str) -> int | None:
        total, section, figure = 0, 0, None
        for sign in word:
            if sign in self._places:
                if figure is not None:
                    return None
                figure = self._places[sign]
            elif self._times[sign] >= 10000:
                total, section, figure = total + (section + (figure or 0) or 1) * self._times[sign], 0, None
            else:
                section, figure = section + (1 if figure is None else figure) * self._times[sign], None
        return total + section + (figure or 0)


def _any(words: str) -> str:
    return "|".join(sorted((re.escape(word) for word in words.split()), key=len, reverse=True)) or "(?!)"
