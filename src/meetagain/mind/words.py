"""English text comes in, the words that carry its meaning go out. Thin calls to the language; new code asks the language itself."""

from meetagain.mind.language import language

_ENGLISH = language("en")
SOFT = _ENGLISH.light


def words(text: str) -> list[str]:
    """Lower-case words in order, apostrophes made plain, possessive s taken off."""
    return _ENGLISH.words(text)


def stem(word: str) -> str:
    """A light stem."""
    return _ENGLISH.stem(word)


def content(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order."""
    return _ENGLISH.content(text)


def is_question(text: str) -> bool:
    """Whether this asks something."""
    return _ENGLISH.is_question(text)
