"""The lines of a text come in; if it is a letter, whom it greets, how it is signed and its paragraphs go out."""

import re

import msgspec

from meetagain.archive.written.clean import paragraphs, sentences, word_count
from meetagain.archive.written.dates import day_in, rest_without_day
from meetagain.archive.written.passage import Passage, Writing

_NAME = r"(?P<name>[^\W\d_][^,.!?:;\n]{0,30}?)"
_GREETING = re.compile(
    r"^\W*(?:(?:my\s+)?(?:dear(?:est)?|darling|beloved|hello|hi|hey)\s+(?:my\s+)?" + _NAME + r"\s*(?:[,!:]\s*(?P<rest>.*)|$)"
    r"|(?:사랑하는\s+|보고\s*싶은\s+)?(?P<ko>[가-힣A-Za-z]{1,12}(?:\s[가-힣A-Za-z]{1,12})?)(?:에게|께|(?:이?야|아)(?=\s*[,!]))\s*(?:[,!:.]\s*(?P<rest_ko>.*)|$))",
    re.I,
)
_NOBODY = frozenset({"there", "all", "again", "everyone", "everybody", "from", "diary", "you", "일기장"})
_CLOSING = re.compile(
    r"^\W*(?:(?:with\s+)?(?:all\s+|much\s+|lots\s+of\s+)?(?:my\s+)?love(?:\s+(?:and\s+\w+|from|always|you))?|yours(?:\s+(?:truly|sincerely|ever|always|faithfully))?|sincerely"
    r"|(?:warm(?:est)?|best|kind)\s+(?:wishes|regards)|(?:big\s+)?hugs(?:\s+and\s+kisses)?|kisses|xx+|bye(?:\s+bye)?|take\s+care"
    r"|사랑을\s*담아|사랑해|그럼\s*이만|안녕히(?:\s*계세요)?|이만\s*줄(?:인다|일게))\s*[,.!]?\s*(?P<name>[^\W\d_][^,.!?\n]{0,40}?)?\s*[.!♥x]*$",
    re.I,
)
_SIGNED_KO = re.compile(r"^\W*(?:사랑하는\s+|너의\s+|네\s+)?(?P<name>[가-힣]{1,8}?)(?:이가|가|이|\s*올림|\s*드림|\s*씀)\s*[.!]?$")
_NAME_ALONE = re.compile(r"^\W*(?:your\s+)?" + _NAME + r"\s*[.!]?[\sx♥]*$", re.I)
_PAPER = 3  # place, day and sender's lines that may stand above a greeting


def read_letter(lines: list[str], day: str = "") -> Writing | None:
    """A letter greets somebody or is signed; None when the lines do neither."""
    full = [number for number, line in enumerate(lines) if line.strip()]
    if not full:
        return None
    start, to, first = _greeting(lines, full)
    end = _signature(lines, full, start)
    if not to and not end.name:
        return None
    above = lines[full[0] : start] if to else lines[full[0] : full[0] + 1]
    dated = next((found for line in above if (found := day_in(line))), "")
    dated = dated or next((found for line in lines[end.line :] if _only_day(line) and (found := day_in(line))), "")
    own = start + 1 if to else full[0] + (1 if _only_day(lines[full[0]]) else 0)
    body = [first, *lines[own : end.line], end.words_before, "", *lines[end.after :]]
    whole = " ".join(" ".join(line for line in lines[start if to else own :] if not _only_day(line)).split())
    passages = tuple(Passage(part, day=dated or day) for part in paragraphs("\n".join(body)) if not _only_day(part))
    return Writing("letter", passages, to=to, signed=end.name, whole=whole)


def _only_day(line: str) -> bool:
    rest = rest_without_day(line)
    return rest is not None and word_count(rest) <= 3


def _greeting(lines: list[str], full: list[int]) -> tuple[int, str, str]:
    """(line, whom, the words after it on that line) among the first lines."""
    for number in full[: _PAPER + 1]:
        found = _GREETING.match(lines[number].strip())
        name = (found["name"] or found["ko"] or "").strip() if found else ""
        if found and name and name.lower().split()[0] not in _NOBODY and len(name.split()) <= 4:
            return number, name, found["rest"] or found["rest_ko"] or ""
    return full[0], "", ""


class _End(msgspec.Struct, frozen=True):
    """The closing words: `line` to `after` are theirs; what stands before them on the same line belongs to the letter."""

    line: int
    after: int
    name: str = ""
    words_before: str = ""


def _signature(lines: list[str], full: list[int], start: int) -> _End:
    tail = full[-4:]
    for place, number in enumerate(tail):
        parts = sentences(lines[number].strip())
        for cut in range(max(0, len(parts) - 2), len(parts)):
            closing = _CLOSING.match(" ".join(parts[cut:]))
            before = " ".join(parts[:cut]) if cut else ""
            if closing and closing["name"]:
                if _is_name(closing["name"]):
                    return _End(number, number + 1, closing["name"].strip(), before)
            elif closing and place + 1 < len(tail):
                below = _NAME_ALONE.match(lines[tail[place + 1]].strip())
                if below and _is_name(below["name"]):
                    return _End(number, tail[place + 1] + 1, below["name"].strip(), before)
    last = full[-1]
    if last > start and (signed := _SIGNED_KO.match(lines[last].strip())):
        return _End(last, last + 1, signed["name"])
    alone = _NAME_ALONE.match(lines[last].strip())
    if alone and last > start + 1 and _is_name(alone["name"]) and not lines[last - 1].strip():
        return _End(last, last + 1, alone["name"].strip())
    return _End(len(lines), len(lines))


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 3 and (words[0][:1].isupper() or "가" <= words[0][0] <= "힣")
