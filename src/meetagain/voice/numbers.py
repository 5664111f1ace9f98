"""Digits come in as a person writes them, English words go out: counts, years, ordinals, times of day, decimals, money."""

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_MONEY = {"$": ("dollar", "dollars", "cents"), "£": ("pound", "pounds", "pence"), "€": ("euro", "euros", "cents")}
NUMBER = re.compile(r"([$£€])?(\d{1,3}(?:,\d{3})+|\d+)(?:([:.])(\d+))?(st|nd|rd|th|s|%)?(?![A-Za-z\d])")


def number_words(number: int) -> str:
    """A whole number from 0, below a million millions."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        return f"{_ONES[number // 100]} hundred" + (f" and {number_words(number % 100)}" if number % 100 else "")
    for size, name in _SCALES:
        if number >= size:
            rest = number % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{number_words(number // size)} {name}" + (f"{joint}{number_words(rest)}" if rest else "")
    raise AssertionError(number)


def year_words(year: int) -> str:
    """A year between 1100 and 2099 as it is said: nineteen forty-one, two thousand and six, twenty thirteen."""
    century, rest = divmod(year, 100)
    if rest == 0:
        return number_words(year) if year % 1000 == 0 else f"{number_words(century)} hundred"
    if 2000 < year < 2010:
        return number_words(year)
    return f"{number_words(century)} {'oh ' if rest < 10 else ''}{number_words(rest)}"


def ordinal_words(number: int) -> str:
    """first, twenty-third, hundred and sixth."""
    words = number_words(number)
    head, joint, last = words.rpartition("-") if "-" in words.rpartition(" ")[2] else words.rpartition(" ")
    ordinal = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head}{joint}{ordinal}"


def said_numbers(text: str) -> str:
    """The text with every number written out."""
    return NUMBER.sub(_say, text)


def _say(match: re.Match[str]) -> str:
    money, whole, mark, part, ending = match.groups()
    digits = whole.replace(",", "")
    number = int(digits)
    if len(digits) > 12 or (len(digits) > 1 and digits[0] == "0" and not mark):
        return " ".join(_ONES[int(digit)] for digit in digits) + (ending or "")
    if mark == ":" and part and len(part) == 2 and number < 25 and int(part) < 60:
        return _time(number, int(part))
    if money:
        one, many, cents = _MONEY[money]
        words = f"{number_words(number)} {one if number == 1 else many}"
        return f"{words} {number_words(int(part))} {cents}" if part and mark == "." and int(part) else words
    if mark == ".":
        words = f"{number_words(number)} point {' '.join(_ONES[int(digit)] for digit in part or '')}"
        return f"{words} percent" if ending == "%" else words
    if mark == ":":
        return f"{number_words(number)} {number_words(int(part or 0))}"
    return _plain(digits, number, ending, "," in whole)


def _plain(digits: str, number: int, ending: str | None, grouped: bool) -> str:
    if ending in ("st", "nd", "rd", "th"):
        return ordinal_words(number)
    is_year = len(digits) == 4 and not grouped and 1100 <= number <= 2099
    words = year_words(number) if is_year else number_words(number)
    if ending == "s":
        return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"
    return f"{words} percent" if ending == "%" else words


def _time(hour: int, minute: int) -> str:
    if minute == 0:
        return f"{number_words(hour)} o'clock"
    return f"{number_words(hour)} {'oh ' if minute < 10 else ''}{number_words(minute)}"
