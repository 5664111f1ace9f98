"""What the visitor said comes in; what they did by saying it goes out."""

import re

from meetagain.schema.person import Person

_SAID = (
    ("declined", re.compile(r"^\W*(?:no\b|not (?:now|yet)|later|i can'?t|i'd rather not|please don'?t)", re.I)),
    ("goodnight", re.compile(r"\bgood ?night\b|\bnight,? night\b|\bsleep (?:well|tight)\b|\bsweet dreams\b|\bmind how you go\b", re.I)),
    ("visitor_done", re.compile(r"\bthat'?s (?:all|it|everything)\b|\bi'?m (?:done|finished)\b|\bnothing (?:more|else)\b", re.I)),
)


def acts_in(text: str, person: Person) -> tuple[str, ...]:
    """Acts of the story that these words are."""
    plain = text.replace("’", "'")
    named = any(re.search(rf"\b{re.escape(name)}\b", plain, re.IGNORECASE) for name in (*person.called, person.full_name) if name)
    return (*(("name_called",) if named else ()), *(act for act, pattern in _SAID if pattern.search(plain)))
