"""A sentence comes in; its words go out, each with what it counts as: numbers, dates and names folded to one form however they are written."""

import re
from collections.abc import Iterable, Mapping

import msgspec

from meetagain.mind.retelling.rules import Rules

_PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:st|nd|rd|th)?|[^\w\s]|_")
_STOPS = ".!?;…"
_QUOTES = "\"“”‘'"
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
Names = Mapping[tuple[str, ...], str]  # the words of a name, in lower case -> whose it is


class Word(msgspec.Struct, frozen=True):
    """One word. `gap` is the punctuation before it; `end` the punctuation after it, where it is the last."""

    form: str  # "steered", "#7", "date:2019-07", "@your mother", "@dad's"
    raw: str
    gap: str = ""
    end: str = ""
    first: bool = False  # begins a sentence
    quoted: bool = False
    who: str = ""  # whose name it is

    @property
    def named(self) -> bool:
        """Whether it is written as a name is."""
        return self.form.startswith("@") or (self.raw[:1].isupper() and not self.first)


def read(text: str, rules: Rules, names: Names) -> tuple[Word, ...]:
    """Words in order."""
    return tuple(_ended(_folded(_spelled_out(_pieces(text, rules), rules), rules, names), text))


def parts(words: Iterable[Word], rules: Rules) -> tuple[tuple[Word, ...], ...]:
    """Words by sentence: . ! ? and ; end one. "And so on" goes with the sentence before it."""
    found: list[list[Word]] = []
    for word in words:
        ends = any(sign in _STOPS for sign in word.gap)
        if found and ends and word.form in rules.leaning:
            word = msgspec.structs.replace(word, gap=",", first=False)
        elif not found or ends:
            found.append([])
        found[-1].append(word)
    return tuple(map(tuple, found))


def _pieces(text: str, rules: Rules) -> list[Word]:
    plain = text.replace("’", "'").replace("ʼ", "'")
    found: list[Word] = []
    gap, quoted, start, since = "", False, True, 0
    for match in _PIECE.finditer(plain):
        piece = match.group(0)
        if piece[0].isalnum():
            found.append(Word(piece.lower(), piece, gap, first=start, quoted=quoted))
            gap, start = "", False
            continue
        before, after = plain[match.start() - 1 : match.start()], plain[match.end() : match.end() + 1]
        if piece in _QUOTES:
            opens = not before.strip() or before in "([-–—"
            since = len(found) if opens and not quoted else since
            quoted = opens or (quoted and after.isalnum())
            gap += '"'
        elif piece in ".-,:" and before.isalnum() and after.isalnum():
            gap += ""  # "star-shaped" is two words side by side, and 3.4 two numbers
        elif piece == "." and after and found and not gap and (len(found[-1].raw) == 1 or found[-1].form in rules.abbreviations):
            gap += ""  # "at 5 a.m. every day"
        else:
            gap += piece
            start = start or piece in _STOPS or piece == ":"
    if quoted and not text.rstrip().endswith(tuple(_QUOTES)):  # a mark that nothing closes
        found[since:] = [msgspec.structs.replace(word, quoted=False) for word in found[since:]]
    return found


def _spelled_out(words: list[Word], rules: Rules) -> list[Word]:
    """Short forms in full: didn't -> did not."""
    found: list[Word] = []
    for word in words:
        full = rules.short.get(word.form) or _endings(word.form, rules)
        for number, part in enumerate(full or (word.form,)):
            raw = word.raw if not full else (part.capitalize() if not number and word.raw[:1].isupper() else part)
            found.append(Word(part, raw, word.gap if not number else "", first=word.first and not number, quoted=word.quoted))
    return found


def _endings(form: str, rules: Rules) -> tuple[str, ...]:
    for ending, full in rules.short_endings.items():
        if form.endswith(ending) and len(form) > len(ending):
            return form[: -len(ending)], full
    if form.endswith("'s") and form[:-2] in rules.is_short:
        return form[:-2], "is"
    return ()


def _folded(words: list[Word], rules: Rules, names: Names) -> list[Word]:
    """Names, numbers and dates as one word each."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        taken, form, who = _name(words, place, rules, names) or (
            *(_date(words, place, rules) or _number(words, place, rules) or (1, words[place].form)),
            "",
        )
        part = words[place : place + taken]
        raw = " ".join(word.raw for word in part)
        found.append(Word(form, raw, part[0].gap, first=part[0].first, quoted=part[0].quoted, who=who))
        place += taken
    return found


def _joined(words: list[Word], place: int, length: int) -> bool:
    return place + length <= len(words) and not any(word.gap for word in words[place + 1 : place + length])


def _name(words: list[Word], place: int, rules: Rules, names: Names) -> tuple[int, str, str] | None:
    """Somebody's name, or "your mother", as one word; but "the Irja" is a boat. A name is not changed for another: it may be spoken of as a name."""
    if place and words[place - 1].form in rules.any_article:
        return None
    for length in (4, 3, 2, 1):
        if not _joined(words, place, length) or (length == 1 and not words[place].raw[:1].isupper()):
            continue
        forms = tuple(word.form for word in words[place : place + length])
        who = names.get((*forms[:-1], forms[-1].removesuffix("'s")))
        if who:
            return length, "@" + " ".join(forms), who
    return None


def _date(words: list[Word], place: int, rules: Rules) -> tuple[int, str] | None:
    """A day, a month of a year, or a year."""
    if (day := _day(words[place].form, rules)) and _joined(words, place, 2) and words[place + 1].form in rules.months:
        month = rules.months[words[place + 1].form]
        if _joined(words, place, 3) and (year := _year(words[place + 2].form)):
            return 3, f"date:{year}-{month:02}-{day:02}"
        return None
    if (month := rules.months.get(words[place].form)) and words[place].raw[:1].isupper():
        if place + 2 < len(words) and (day := _day(words[place + 1].form, rules)) and not words[place + 1].gap:
            year = _year(words[place + 2].form)
            return (3, f"date:{year}-{month:02}-{day:02}") if year and words[place + 2].gap in ("", ",") else None
        if _joined(words, place, 2) and (year := _year(words[place + 1].form)):
            return 2, f"date:{year}-{month:02}"
    year = _year(words[place].form)
    return (1, f"date:{year}") if year else None


def _year(form: str) -> str:
    return form if len(form) == 4 and _digits(form) and "1000" <= form <= "2100" else ""


def _digits(form: str) -> bool:
    return form.isascii() and form.isdigit()


def _day(form: str, rules: Rules) -> int:
    plain = _ORDINAL.sub(r"\1", form)
    number = int(plain) if _digits(plain) and len(plain) < 3 else 0
    return number if 1 <= number <= 31 else 0


def _number(words: list[Word], place: int, rules: Rules) -> tuple[int, str] | None:
    form = words[place].form
    if _digits(form):
        return 1, f"#{int(form)}" if len(form) < 12 else f"#{form}"
    if match := _ORDINAL.fullmatch(form):
        return 1, f"#{match.group(1)}th"
    if form in rules.counted_tens and _joined(words, place, 2):
        after = words[place + 1].form
        if 0 < rules.counted.get(after, 0) < 10:
            return 2, f"#{rules.counted[form] + rules.counted[after]}"
        if 0 < rules.ordered.get(after, 0) < 10:
            return 2, f"#{rules.counted[form] + rules.ordered[after]}th"
    if form in rules.counted:
        return 1, f"#{rules.counted[form]}"
    return (1, f"#{rules.ordered[form]}th") if form in rules.ordered and form != "second" else None


def _ended(words: list[Word], text: str) -> list[Word]:
    """The last word gets what stands after it."""
    if words:
        after = re.search(r"[^\w\s]*\s*$", text)
        words[-1] = msgspec.structs.replace(words[-1], end=after.group(0).strip() if after else "")
    return words
