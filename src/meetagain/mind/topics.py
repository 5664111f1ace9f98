"""What was said comes in; the matter it touches, of those that have an approved answer, goes out. Thin call to the language."""

from meetagain.mind.language import language

UNSAID = frozenset({"sorry", "thanks", "miss", "fault", "pain", "alone"})


def matter(text: str, code: str = "en") -> str:
    """The matter that is surely meant and matters most, or ''."""
    return language(code).matter(text)
