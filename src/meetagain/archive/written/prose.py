"""A plain text comes in; whether it is a letter, a diary, captions of photos or a note, and its paragraphs, go out."""

import re

from meetagain.archive.written.clean import paragraphs, word_count
from meetagain.archive.written.dates import day_in, rest_without_day
from meetagain.archive.written.letter import read_letter
from meetagain.archive.written.passage import Passage, Writing

_DEAR_DIARY = re.compile(r"^\W*(?:dear\s+diary|일기장에게)\b", re.I)
_PICTURE = re.compile(
    r"^\W*(?P<file>\S.{0,80}?\.(?:jpe?g|png|heic|heif|webp|tiff?|gif))[\"'`)]*\s*(?:[:,;\t|–—-]+)\s*(?P<text>\S.*)$", re.I
)
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|>\s?|[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}\.\s+)|(?<!\w)(?:\*\*|__)(?=\S)|(?<=\S)(?:\*\*|__)(?!\w)|`")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_AFTER_DAY = re.compile(r"^\s*(?:\([^)]{1,12}\)|,?\s*[^\W\d_]{2,12}(?=\s*[:–—-]))?\s*[:–—-]\s*(?P<text>\S.*)$")


def read(text: str, day: str = "", markdown: bool = False) -> Writing:
    """What kind of text it is, judged by its lines, and what it says. `day` is used where the text names none."""
    lines = [_bare(line) if markdown else line.rstrip() for line in text.split("\n")]
    return _captions(lines, day) or _diary(lines) or read_letter(lines, day) or _note(lines, day)


def _bare(line: str) -> str:
    return "" if _RULE.match(line) else _MARKDOWN.sub("", _LINK.sub(r"\1", line.strip()))


def _captions(lines: list[str], day: str) -> Writing | None:
    """Lines that name a picture and say what is on it."""
    full = [line for line in lines if line.strip()]
    found = [match for line in full if (match := _PICTURE.match(line.strip()))]
    if not found or len(found) * 2 < len(full):
        return None
    passages = [Passage(match["text"].strip().strip('"'), day=day_in(match["text"]) or day_in(match["file"]) or day) for match in found]
    return Writing("caption", tuple(passages))


def heading_day(line: str) -> str:
    """The day of a line that is nothing but a day, a weekday, a place."""
    rest = rest_without_day(line)
    return day_in(line) if rest is not None and word_count(rest) <= 3 and not re.search(r"[.!?…]\s*\w", rest.strip()) else ""


def _entry(line: str) -> tuple[str, str] | None:
    """(day, first words) of a line that begins an entry of a diary."""
    if day := heading_day(line):
        return day, ""
    if rest_without_day(line[:40]) is None:
        return None
    for cut in range(min(len(line), 30), 7, -1):  # the longest beginning that is a day
        if heading_day(line[:cut]) and (after := _AFTER_DAY.match(line[cut:])):
            return day_in(line[:cut]), after["text"]
    return None


def _diary(lines: list[str]) -> Writing | None:
    """Entries under their days. A single day at the top is a letter's, unless it greets the diary."""
    heads = [(number, *entry) for number, line in enumerate(lines) if re.search(r"\d", line[:40]) and (entry := _entry(line))]
    full = [number for number, line in enumerate(lines) if line.strip()]
    greets = any(_DEAR_DIARY.match(lines[number]) for number in full[:4])
    if not heads or (len(heads) < 2 and not greets) or full.index(heads[0][0]) > 3:
        return None
    passages: list[Passage] = []
    ends = [number for number, _, _ in heads[1:]]
    for (start, day, first), end in zip(heads, [*ends, len(lines)], strict=True):
        entry = [first, *(line for line in lines[start + 1 : end] if not _DEAR_DIARY.match(line))]
        passages += [Passage(part, day=day) for part in paragraphs("\n".join(entry))]
    return Writing("diary", tuple(passages))


def _note(lines: list[str], day: str) -> Writing:
    full = [line for line in lines if line.strip()]
    dated = next((found for line in full[:3] if (found := day_in(line))), "") or day
    return Writing("note", tuple(Passage(part, day=dated) for part in paragraphs("\n".join(lines)) if not heading_day(part)))
