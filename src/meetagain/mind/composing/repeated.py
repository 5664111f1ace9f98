"""Two texts come in; whether the one only says again what the other says goes out."""

from meetagain.mind.language import language


def repeats(text: str, said: str, code: str) -> bool:
    """Whether every word of `text` that carries meaning stands in `said`, in the language `code`."""
    rules = language(code)
    return bool(said) and set(rules.content(text)) <= set(rules.content(said))
