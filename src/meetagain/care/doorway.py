"""A person or a visitor comes in; the words of the doorway, and what keeps somebody from going in, go out (H1, A1, C7)."""

from meetagain.errors import Issue, issue
from meetagain.schema.person import Person
from meetagain.schema.ticket import Visitor

_WORDS = {
    "en": {
        "title": "Before you go in",
        "notice": [
            "What you will meet is a portrait, made by a computer from what your family kept. It is not {name}.",
            "It can be wrong. It says only what the family told, and sometimes it does not know.",
            "You can stop at any moment, and nobody will mind.",
        ],
        "questions": {
            "adult": "I am eighteen or older.",
            "acknowledged_portrait": "I understand that this is a computer-made portrait and not {name}.",
            "beside_them": "Who sits beside you?",
            "wants_to_go_in": "I want to go in.",
        },
        "stop": "Say stop, hold both hands over your eyes, hold one of the buttons A, B, X or Y, or press Escape.",
    }
}


def doorway_words(person: Person) -> dict:
    """Title, notice (sentences), questions and how to stop, in the person's language or else English. Nothing of the likeness."""
    language = person.settings.language if person.settings.language in _WORDS else "en"
    found = _WORDS[language]
    return {
        "name": person.name,
        "language": language,
        "title": found["title"],
        "notice": [sentence.format(name=person.name) for sentence in found["notice"]],
        "questions": {key: text.format(name=person.name) for key, text in found["questions"].items()},
        "stop": found["stop"],
    }


def may_begin(visitor: Visitor, person: Person) -> tuple[Issue, ...]:
    """What keeps this visitor from going in now; nothing when all was said by themselves."""
    found = []
    if not visitor.adult:
        found.append(issue("visitor-not-adult"))
    if not visitor.acknowledged_portrait:
        found.append(issue("visitor-portrait", name=person.name))
    if not visitor.wants_to_go_in:
        found.append(issue("visitor-not-yet"))
    return tuple(found)
