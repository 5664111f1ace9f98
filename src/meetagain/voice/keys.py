"""A line and its expression come in, the name under which its sound is kept goes out."""

import hashlib
import re

_STAGE = re.compile(r"\([^)]*\)")


def spoken(text: str) -> str:
    """The words that are really said: stage directions in brackets are not."""
    return " ".join(_STAGE.sub(" ", text).split())


def directed(text: str) -> str:
    """The stage directions of a line, in small letters: "hums eight notes"."""
    return " ".join(part.strip("()") for part in _STAGE.findall(text)).casefold()


def is_silent(text: str) -> bool:
    """Whether a line is only something done, such as "(hand on shoulder, silent)": nothing of it is to be heard."""
    return not spoken(text) and "hum" not in directed(text)


def line_key(text: str, expression: str) -> str:
    """20 hex digits; the same line said in another manner has another key."""
    return hashlib.sha256(f"{text}\0{expression}".encode()).hexdigest()[:20]
