"""A person comes in; the small approved lines for their age and language go out, by group."""

from meetagain.mind.language import known_languages, language
from meetagain.schema.person import Person


def stock(person: Person) -> dict[str, tuple[str, ...]]:
    """Lines by group. A language without stock lines has none: only the family's own are spoken then."""
    code = person.settings.language
    return language(code).stock(person.is_child, person.calls_visitor) if code in known_languages() else {}
