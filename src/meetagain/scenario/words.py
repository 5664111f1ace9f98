"""A text of a story and the person come in; the text with their name and how they are spoken of goes out."""

import re

from meetagain.schema.person import Person, Pronouns

_IN_BRACES = re.compile(r"\{(\w+)\}")
_WORDS = {
    Pronouns.SHE: {"they": "she", "them": "her", "their": "her"},
    Pronouns.HE: {"they": "he", "them": "him", "their": "his"},
    Pronouns.THEY: {"they": "they", "them": "them", "their": "their"},
}
KNOWN = frozenset({"name", *_WORDS[Pronouns.THEY]})


def filled(text: str, person: Person) -> str:
    """`{name}` `{they}` `{them}` `{their}` as they are for this person; with a capital where it is written so."""
    words = {"name": person.name, **_WORDS[person.spoken_of]}

    def word(found: re.Match[str]) -> str:
        meant = words.get(found[1].lower(), found[0])
        return meant[0].upper() + meant[1:] if found[1][0].isupper() else meant

    return _IN_BRACES.sub(word, text)


def unknown_words(text: str) -> tuple[str, ...]:
    """What stands in braces and is none of the known words, and braces that are alone."""
    wrong = [found[0] for found in _IN_BRACES.finditer(text) if found[1].lower() not in KNOWN]
    alone = re.findall(r"[{}]", _IN_BRACES.sub("", text))
    return (*wrong, *alone)
