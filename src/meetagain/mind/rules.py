"""A Repertoire comes in; the word rules that were approved with its lines go out, read and ready."""

from functools import lru_cache

from meetagain.mind.language import Language, language, read_language
from meetagain.mind.meaning import meaning
from meetagain.schema.lines import Repertoire


def rules_of(repertoire: Repertoire) -> Language:
    """The word rules that were approved with the lines, or the English ones where a language has none of its own."""
    return _with_meaning(repertoire.rules or language("en").text)


@lru_cache(maxsize=4)
def _with_meaning(rules: str) -> Language:
    """Reading rules and learning their sayings takes seconds; it is done once a process."""
    return read_language(rules).with_meaning(meaning())
