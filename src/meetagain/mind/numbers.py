"""Text and the number words of a language come in; the numbers in it go out."""

import re
from collections.abc import Iterator

from meetagain.mind.pack import Numbers

_PIECE = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+|[^\W\d_]+(?:'[^\W\d_]+)?")
_LONGEST = 12  # digits of a number that anybody means


def spelled(text: str, rules: Numbers) -> Iterator[int]:
    """Numbers of a language that writes number words apart: "46", "seven", "forty-six", "nineteen ninety-two"."""
    pieces = [piece.replace(",", "") for piece in _PIECE.findall(text)]
    at = 0
    while at < len(pieces):
        after, value = _run(pieces, at, rules)
        if value is not None:
            yield value
        at = max(after, at + 1)


def _run(pieces: list[str], start: int, rules: Numbers) -> tuple[int, int | None]:
    """(where it ends, its value) of the number that begins at `start`; None where none begins."""
    at, total, current, groups = start, 0, None, 0
    while at < len(pieces):
        piece = pieces[at]
        if piece in rules.times and (current is not None or groups == 0):
            value = (current if current is not None else 1) * rules.times[piece]
            total, current = (total + value, None) if value >= 100 else (total, value)
            at, groups = at + 1, groups + 1
            continue
        if (
            piece in rules.small.split()
            and groups
            and current is None
            and at + 1 < len(pieces)
            and _group(pieces, at + 1, rules)[1] is not None
        ):
            at += 1
            continue
        after, value = _group(pieces, at, rules)
        if value is None or not _may_follow(current, total, value, pieces[at]):
            break
        current = current * 100 + value if current is not None else value
        at, groups = after, groups + 1
        if piece.isdigit() and (at == len(pieces) or pieces[at] not in rules.times):
            break
    if not groups:
        return start, None
    return at, None if at - start == 1 and _unsure(pieces, start, rules) else total + (current or 0)


def _may_follow(current: int | None, total: int, value: int, piece: str) -> bool:
    """Whether one group goes on with another: "two thousand | seven", "nineteen | ninety-two", but not "seven | eight"."""
    if current is None:
        return not total or (value < 100 and not piece.isdigit())
    return 13 <= current <= 21 and 10 <= value <= 99 and not total and not piece.isdigit()


def _group(pieces: list[str], at: int, rules: Numbers) -> tuple[int, int | None]:
    """A ten with or without ones, ones alone, or digits."""
    piece = pieces[at]
    ones = rules.ones | rules.places
    if piece.isdecimal():
        return at + 1, int(piece[:_LONGEST])
    if piece in rules.tens:
        after = ones.get(pieces[at + 1], 99) if at + 1 < len(pieces) else 99
        return (at + 2, rules.tens[piece] + after) if after < 10 else (at + 1, rules.tens[piece])
    return (at + 1, ones[piece]) if piece in ones else (at, None)


def _unsure(pieces: list[str], at: int, rules: Numbers) -> bool:
    """Whether this word alone is no number here: "that one", "wait a second"."""
    piece = pieces[at]
    if piece in rules.not_after and at and pieces[at - 1] in rules.not_after[piece].split():
        return True
    return piece in rules.unsure.split() and (at + 1 == len(pieces) or pieces[at + 1] not in rules.units.split())


def counted(text: str, rules: Numbers) -> Iterator[int]:
    """Numbers of a language whose number words take on units and particles."""
    for digits in re.findall(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+", text):
        yield int(digits.replace(",", "")[:_LONGEST])
