"""What the visitor said comes in; what they did by saying it goes out."""

from meetagain.mind.language import known_languages, language
from meetagain.schema.person import Person


def acts_in(text: str, person: Person) -> tuple[str, ...]:
    """Acts of the story that these words are, in the person's language."""
    code = person.settings.language
    return language(code if code in known_languages() else "en").acts(text, person)
