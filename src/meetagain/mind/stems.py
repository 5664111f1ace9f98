"""A word comes in, its light stem goes out; the rules are the language's."""

import re
from collections.abc import Callable, Iterator

from meetagain.mind.pack import Grammar

_FIRST, _LAST, _CODAS = 0xAC00, 0xD7A3, 28  # Korean syllables: (first sound * 21 + vowel) * 28 + closing sound
_N, _L, _B, _SS = 4, 8, 17, 20
_A, _O, _EU = 0, 8, 18
#: What a stem's last vowel becomes when 아 or 어 joins it; the others stay as they are.
_JOINED = {8: 9, 13: 14, 20: 6, 11: 10}  # ㅗ ㅘ, ㅜ ㅝ, ㅣ ㅕ, ㅚ ㅙ
_MOST = 3  # small words after one noun
_BRIGHT, _DARK = frozenset("아았"), frozenset("어었")  # what joins a stem with ㅏ or ㅗ, and what joins the others


def stemmer(grammar: Grammar) -> Callable[[str], str]:
    """How words of this language are brought to their stem."""
    return _Particles(grammar) if grammar.kind == "particles" else _endings(grammar)


def _folded(grammar: Grammar) -> dict[str, str]:
    return {form: base for base, forms in grammar.folded.items() for form in forms.split()}


# --- walk, walks, walked ---------------------------------------------------------------------------------------------


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


# --- 집, 집에, 집에서는 ------------------------------------------------------------------------------------------------


class _Particles:
    """Small words off nouns, endings off verbs that are known, and off verbs that are made of a noun."""

    def __init__(self, grammar: Grammar) -> None:
        self._folded = _folded(grammar)
        self._nouns = frozenset(grammar.nouns.split())
        groups = (grammar.particles, grammar.long_particles, grammar.long_endings, grammar.closed_particles, grammar.open_particles)
        self._either, self._long, self._ends, self._closed, self._open = (frozenset(group.split()) for group in groups)
        self._small = sorted(frozenset().union(*(group.split() for group in groups)), key=len, reverse=True)
        self._verbs = dict(reversed([(form, stem) for entry in grammar.verbs.split() for form, stem in _forms(entry)]))
        self._made = {form for entry in grammar.makers.split() for form, _ in _forms(entry)}
        self._chain = re.compile(f"(?:{_any(grammar.verb_endings)}){{0,6}}(?:{_any(grammar.last_endings)})?")
        self._doubtful = frozenset(grammar.doubtful_endings.split())

    def __call__(self, word: str) -> str:
        found = self._noun(word) or self._verb(word) or self._of_noun(word) or self._without(word)
        return self._folded.get(found, found)

    def _noun(self, word: str) -> str:
        """A known noun, with small words after it or none."""
        for end in range(len(word), 0, -1):
            base = word[:end]
            if (base in self._nouns or base in self._folded) and self._all_small(base, word[end:]):
                return base
        return ""

    def _all_small(self, base: str, rest: str) -> bool:
        for _ in range(_MOST):
            if not rest:
                return True
            small = next((small for small in self._small if rest.startswith(small) and self._follows(base, small)), "")
            if not small:
                return False
            base, rest = base + small, rest[len(small) :]
        return not rest

    def _follows(self, base: str, small: str) -> bool:
        """Whether a small word may stand after `base`: some only after a closed syllable, some only after an open one."""
        if small in self._ends:
            return len(base) > 1
        if small in self._either or small in self._long:
            return True
        coda = _coda(base[-1])
        return small in (self._closed if coda > 0 and not (coda == _L and small.startswith("로")) else self._open)

    def _verb(self, word: str) -> str:
        for end in range(len(word), 0, -1):
            stem, rest = self._verbs.get(word[:end]), word[end:]
            if stem and self._chain.fullmatch(rest) and not self._doubted(stem, word[:end], rest):
                return stem
        return ""

    def _doubted(self, stem: str, form: str, rest: str) -> bool:
        """Whether it is rather a noun or a name: 피아가 is none of 피, since 아 never joins it."""
        if form != stem:
            return False
        bright = _sounds(stem[-1])[1] in (_A, _O)
        if rest[:1] in _BRIGHT | _DARK and bright != (rest[:1] in _BRIGHT):
            return True
        return len(stem) == 1 and _coda(stem) == 0 and rest in self._doubtful

    def _of_noun(self, word: str) -> str:
        """수영 of 수영했어: a noun that a verb is made of."""
        for start in range(1, len(word)):
            for end in range(len(word), start, -1):
                if word[start:end] in self._made and self._chain.fullmatch(word[end:]):
                    return self(word[:start]) if start > 1 or word[0] in self._nouns else word[:start]
        return ""

    def _without(self, word: str) -> str:
        for _ in range(_MOST):
            for small in self._small:
                base = word[: -len(small)]
                if word.endswith(small) and len(base) > (small in self._long) and self._follows(base, small):
                    word = base
                    break
            else:
                break
        return word


def _any(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True)) or "(?!)"


def _forms(entry: str) -> Iterator[tuple[str, str]]:
    """(what an eojeol may begin with, the stem) of a verb: its stem, its joined form, its past, and those that close the last syllable."""
    stem, *given = entry.split("/")
    joined = given[0] if given else _join(stem)
    open_stems = [stem] if _coda(stem[-1]) == 0 else []
    if _coda(stem[-1]) == _L:
        open_stems.append(_close(stem, 0))
        yield from ((form, stem) for form in (stem, open_stems[-1]))
    open_stems += given[1:]
    yield from ((form, stem) for form in (stem, joined, *given[1:]))
    if _coda(joined[-1]) == 0:
        yield _close(joined, _SS), stem
    for base in open_stems:
        yield from ((_close(base, coda), stem) for coda in (_N, _L, _B))


def _join(stem: str) -> str:
    """The stem with 아 or 어, by rule: 가 가, 보 봐, 마시 마셔, 먹 먹어, 부르 불러, 쓰 써, 하 해."""
    last = stem[-1]
    first, vowel, coda = _sounds(last)
    before = _sounds(stem[-2])[1] if len(stem) > 1 else 4
    if last == "하":
        return stem[:-1] + "해"
    if coda:
        return stem + ("아" if vowel in (_A, 2, _O) else "어")
    if last == "르" and len(stem) > 1 and _coda(stem[-2]) == 0:
        return stem[:-2] + _close(stem[-2], _L) + ("라" if before in (_A, _O) else "러")
    if vowel == _EU:
        return stem[:-1] + _syllable(first, _A if before in (_A, _O) else 4, 0)
    return stem[:-1] + _syllable(first, _JOINED.get(vowel, vowel), 0)


def _sounds(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - _FIRST
    return code // _CODAS // 21, code // _CODAS % 21, code % _CODAS


def _syllable(first: int, vowel: int, coda: int) -> str:
    return chr(_FIRST + (first * 21 + vowel) * _CODAS + coda)


def _coda(syllable: str) -> int:
    """The closing sound's number, 0 for an open syllable, -1 for what is no Korean syllable."""
    return (ord(syllable) - _FIRST) % _CODAS if _FIRST <= ord(syllable) <= _LAST else -1


def _close(word: str, coda: int) -> str:
    """The word with another closing sound."""
    return word[:-1] + chr(ord(word[-1]) - _coda(word[-1]) + coda)
