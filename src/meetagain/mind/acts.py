"""What the visitor said comes in; what they did by saying it goes out."""

import re

from meetagain.mind.words import words
from meetagain.schema.person import Person

_NO = (
    r"(?:no|nope|nah|no (?:thank you|thanks)|not (?:right |just )?(?:now|yet)|not today|maybe not|(?:maybe |perhaps )?later(?: on)?"
    r"|i(?:'d| would) rather not|i can(?:'t|not|t)(?: do (?:it|that|this))?(?: right now| yet| now)?|please don'?t|i don'?t want (?:to|that|it))"
)
#: A refusal is short and whole: "No, not now." but not "No, I never forgot you."
_REFUSAL = re.compile(
    rf"(?:(?:oh|um|uh|er|sorry|please) )?{_NO}(?: {_NO}){{0,2}}(?: (?:please|thank you|thanks|sorry|i'm sorry|my love|darling))?"
)

_SAID = (
    ("goodnight", re.compile(r"\bgood ?night\b|\bnight,? night\b|\bsleep (?:well|tight)\b|\bsweet dreams\b|\bmind how you go\b", re.I)),
    ("visitor_done", re.compile(r"\bthat'?s (?:all|it|everything)\b|\bi'?m (?:done|finished)\b|\bnothing (?:more|else)\b", re.I)),
)


def acts_in(text: str, person: Person) -> tuple[str, ...]:
    """Acts of the story that these words are."""
    plain = text.replace("’", "'")
    names = [re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE) for name in (*person.called, person.full_name) if name]
    named = any(name.search(plain) for name in names)
    return (
        *(("name_called",) if named else ()),
        *(("declined",) if _declined(plain, names) else ()),
        *(act for act, pattern in _SAID if pattern.search(plain)),
    )


def _declined(plain: str, names: list[re.Pattern[str]]) -> bool:
    for name in names:
        plain = name.sub(" ", plain)
    return _REFUSAL.fullmatch(" ".join(words(plain))) is not None
