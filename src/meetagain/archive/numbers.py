"""A sentence comes in; the numbers, ordinals and years that are said in it go out, in English and in Korean."""

import re
from functools import lru_cache

REMEMBERED = 16384  # words
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {word: 10 * place for place, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
ENGLISH = {word: number for number, word in enumerate(_ONES)} | _TENS | {"dozen": 12, "hundred": 100, "thousand": 1000}
ENGLISH |= {f"{tens}-{one}": value + number for tens, value in _TENS.items() for number, one in enumerate(_ONES[1:10], 1)}
_ORDINAL = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
]
ORDINALS = {word: number for number, word in enumerate(_ORDINAL, 1)}

_KO_ONES = {
    "한": 1,
    "하나": 1,
    "두": 2,
    "둘": 2,
    "세": 3,
    "셋": 3,
    "석": 3,
    "네": 4,
    "넷": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
}
_KO_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
KOREAN_NATIVE = dict(_KO_ONES) | dict(_KO_TENS) | {t + o: tv + ov for t, tv in _KO_TENS.items() for o, ov in _KO_ONES.items()}
_KO_DIGITS = {sign: number for number, sign in enumerate("일이삼사오육칠팔구", 1)}
#: What Korean counts with, and the English word for the same, so that a number is told of the same thing.
COUNTERS = {
    "개월": "month", "시간": "hour", "학년": "grade", "년": "year", "월": "month-of-year", "일": "day", "살": "age", "세": "age", "개": "", "명": "", "마리": "",
    "권": "", "장": "", "대": "", "척": "", "그루": "", "송이": "", "자루": "", "켤레": "", "잔": "", "병": "", "달": "month", "해": "year",
    "주": "week", "층": "floor", "분": "minute", "시": "clock", "곡": "", "조각": "", "줄": "", "가지": "", "그릇": "", "알": "", "동": "", "벌": "", "통": "", "쪽": "",
}  # fmt: skip
_COUNTED = "|".join(sorted(COUNTERS, key=len, reverse=True))
_KO_NUMBER = "|".join(sorted(KOREAN_NATIVE, key=len, reverse=True))
KOREAN = re.compile(
    rf"(?<![가-힣\d])(?:(?P<digits>\d{{1,4}})|(?P<native>{_KO_NUMBER})|(?P<sino>[일이삼사오육칠팔구십백천]{{1,6}}))\s?(?P<counter>{_COUNTED})(?P<rest>[가-힣]*)"
)
_KO_ALONE = re.compile(
    r"(?<![가-힣])(?P<native>둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)(?=(?:이|을|은|도|만|과|뿐)?(?:[\s,.!?]|$|이었|이서|이다))"
)


@lru_cache(maxsize=REMEMBERED)
def english(word: str) -> int | None:
    """7 of "seven" and of "7"."""
    return int(word) if word.isdecimal() and len(word) < 7 else ENGLISH.get(word)


@lru_cache(maxsize=REMEMBERED)
def ordinal(word: str) -> int | None:
    """7 of "seventh" and of "7th"."""
    found = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
    return int(found[1]) if found else ORDINALS.get(word)


def korean(found: re.Match[str]) -> int | None:
    """The number of a match of KOREAN."""
    parts = found.groupdict()
    if parts.get("digits"):
        return int(parts["digits"])
    if parts.get("native"):
        return KOREAN_NATIVE[parts["native"]]
    return _sino(parts["sino"])


def korean_alone(line: str) -> list[tuple[int, int]]:
    """(place, number) of Korean numbers that count people or things without a counting word: 형제가 셋이다."""
    return [(found.start(), KOREAN_NATIVE[found["native"]]) for found in _KO_ALONE.finditer(line)]


def _sino(text: str) -> int | None:
    """칠십이 as 72. None for what is no number (일일, 이일)."""
    total, digit = 0, 0
    for sign in text:
        if sign in _KO_DIGITS:
            if digit:
                return None
            digit = _KO_DIGITS[sign]
        else:
            total += (digit or 1) * {"십": 10, "백": 100, "천": 1000}[sign]
            digit = 0
    return total + digit
