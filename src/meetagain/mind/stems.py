"""A word comes in, its light stem goes out; the rules are the language's."""

from collections.abc import Callable

from meetagain.mind.pack import Grammar


def stemmer(grammar: Grammar) -> Callable[[str], str]:
    """How words of this language are brought to their stem."""
    return _particles(grammar) if grammar.kind == "particles" else _endings(grammar)


def _folded(grammar: Grammar) -> dict[str, str]:
    return {form: base for base, forms in grammar.folded.items() for form in forms.split()}


def _endings(grammar: Grammar) -> Callable[[str], str]:
    """Plural, past and -ing endings off, irregular and near words folded together."""
    folded = _folded(grammar)

    def stem(word: str) -> str:
        if word in folded:
            return _bare(folded[word])
        for ending, put in grammar.endings:
            base = word[: -len(ending)]
            if word.endswith(ending) and len(base) >= 3 and not word.endswith("ss"):
                word = base + put
                if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                    word = word[:-1]
                break
        return _bare(folded.get(word, word))

    return stem


def _bare(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _particles(grammar: Grammar) -> Callable[[str], str]:
    folded = _folded(grammar)
    endings = sorted((grammar.closed_particles + " " + grammar.open_particles + " " + grammar.particles).split(), key=len, reverse=True)

    def stem(word: str) -> str:
        if word in folded:
            return folded[word]
        for ending in endings:
            base = word[: -len(ending)]
            if word.endswith(ending) and len(base) >= 2:
                return folded.get(base, base)
        return word

    return stem
