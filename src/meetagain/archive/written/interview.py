"""A text with a name and a colon before each turn comes in (an interview, a dictated memory), its turns go out."""

import re
from collections.abc import Callable

from meetagain.archive.written.dates import day_in
from meetagain.archive.written.passage import Passage, Writing

_LABEL = re.compile(
    r"^(?:[-–—>*]\s*)?(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?\s*)?\**(?P<by>[^\W\d_][^:：.?!\n\"“”*]{0,39}?)\**\s?[:：]\**(?:\s+(?P<text>\S.*)|\s*)$"
)
#: What stands before a colon and is nobody's name.
_NO_NAME = re.compile(
    r"^(?:p\.?\s?p?\.?\s?s|note|notes|nb|re|to|from|date|subject|title|ingredients?|example|address|tel|phone|e-?mail|web|time|place|where|when|what|who"
    r"|추신|날짜|제목|장소|시간|받는 사람|보낸 사람|참고|재료|주소)$",
    re.I,
)
_MOST_WORDS = 4


def read(text: str, known: Callable[[str], bool], day: str = "") -> Writing | None:
    """Turns with their speakers; None when the text is not written so.

    It is, where the labels carry the text: several speakers or the same one again and again, on most of its paragraphs; one label
    is enough when it is a name that is `known`.
    """
    turns: list[tuple[str, list[str]]] = []
    before: list[str] = []
    for line in text.split("\n"):
        label = _LABEL.match(line.strip())
        by = " ".join(label["by"].split()) if label else ""
        if label and len(by.split()) <= _MOST_WORDS and not _NO_NAME.match(by):
            turns.append((by, [label["text"] or ""]))
        elif turns:
            turns[-1][1].append(line)
        else:
            before.append(line)
    if not _carried(turns, before, known):
        return None
    day = next((found for line in before[:8] if (found := day_in(line))), "") or day
    passages = tuple(Passage("\n".join(lines).strip(), by, day) for by, lines in turns if "".join(lines).strip())
    return Writing("interview", passages, named=True)


def _carried(turns: list[tuple[str, list[str]]], before: list[str], known: Callable[[str], bool]) -> bool:
    names = [by for by, _ in turns]
    if not names:
        return False
    loose = sum(1 for _, lines in turns for line in lines[1:] if line.strip()) + sum(1 for line in before if line.strip())
    if any(known(name) for name in names):
        return loose <= 6 * len(names)
    again = len(set(names)) < len(names)
    return len(names) >= 3 and again and len(set(names)) <= max(6, len(names) // 2) and loose <= 3 * len(names)
