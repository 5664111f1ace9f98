"""A line that has to be made into sound now comes in; it goes out in parts, so that the first can be heard while the next is made."""

import re

FEWEST, MOST = 2, 6  # words of the first part
SHORT = 5  # a line of so many words is made whole
_MARKED = re.compile(r"[,;:.!?…—]$")
#: A new phrase begins at these, so a breath before them sounds like speech.
_BEGINS = frozenset(
    ("and", "but", "because", "when", "while", "with", "where", "who", "until", "on", "in", "at", "i", "we", "you", "he", "she", "they")
)


def phrases(text: str) -> tuple[str, ...]:
    """One or two parts that give the text again, joined by a space. What has stage directions in it stays whole."""
    words = text.split()
    if len(words) <= SHORT or "(" in text:
        return (" ".join(words),)
    places = range(FEWEST, min(MOST, len(words) - FEWEST) + 1)
    marked = next((at for at in places if _MARKED.search(words[at - 1])), 0)
    at = marked or next((at for at in places if words[at].casefold() in _BEGINS and words[at - 1].casefold() not in _BEGINS), 0)
    return (" ".join(words[:at]), " ".join(words[at:])) if at else (" ".join(words),)


def as_said(part: str) -> str:
    """The part as the voice should read it: what goes on does not fall at its end."""
    return part if _MARKED.search(part) else f"{part},"
