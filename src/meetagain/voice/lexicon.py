"""A word comes in, its phonemes go out: misaki's lexicon (hexgrad, 2025; fetched as data), and what endings do to a known word."""

import json
import re
from functools import cache

from meetagain.models.state import where
from meetagain.voice.letters import VOWELS

Entry = str | dict[str, str | None]
_VOICELESS, _SIBILANT = "ptkfθ", "szʃʒʧʤ"
_FLAPPING = "AIOWYiuæɑəɛɪɹʊʌ"


class Lexicon:
    """American or British words."""

    def __init__(self, entries: dict[str, Entry], british: bool) -> None:
        self._entries = entries
        self.british = british

    def find(self, word: str, use: str = "DEFAULT", compounds: bool = True) -> str:
        """Phonemes of a word, of a known word with an ending, or of two words in one; '' when nothing is known.

        `use` is VERB, NOUN, VBD, ... or 'None' at a stop. Names are not taken apart: `compounds` is False.
        """
        for form in dict.fromkeys((word, word.lower(), word.capitalize())):
            if form in self._entries:
                return self._said(self._entries[form], use)
        low = word.lower()
        return (
            self._possessive(low)
            or self._plural(low)
            or self._past(low)
            or self._ongoing(low)
            or (self._compound(low) if compounds else "")
        )

    def has(self, word: str) -> bool:
        """Whether the word itself is listed."""
        return word in self._entries or word.capitalize() in self._entries

    def _said(self, entry: Entry, use: str) -> str:
        if isinstance(entry, str):
            return entry
        return entry.get(use) or entry.get("VERB" if use.startswith("VB") else "DEFAULT") or entry["DEFAULT"] or ""

    def _known(self, word: str) -> str:
        entry = self._entries.get(word) or self._entries.get(word.capitalize())
        return self._said(entry, "DEFAULT") if entry and len(word) > 1 else ""

    def _possessive(self, word: str) -> str:
        if word.endswith("'s") and (base := self.find(word[:-2])):
            return self.with_s(base)
        return self.find(word[:-1]) if word.endswith("'") and len(word) > 2 else ""

    def _plural(self, word: str) -> str:
        if not word.endswith("s") or word.endswith("ss"):
            return ""
        stems = [word[:-1], *([word[:-2]] if word.endswith("es") else []), *([f"{word[:-3]}y"] if word.endswith("ies") else [])]
        return next((self.with_s(said) for stem in reversed(stems) if (said := self._known(stem))), "")

    def _past(self, word: str) -> str:
        if not word.endswith("ed"):
            return ""
        return next((self._with_ed(said) for stem in _stems(word[:-2], word[:-1]) if (said := self._known(stem))), "")

    def _ongoing(self, word: str) -> str:
        ending = next((ending for ending in ("ing", "in'") if word.endswith(ending)), "")
        if not ending:
            return ""
        stems = _stems(word[:-3], f"{word[:-3]}e")
        nasal = "ɪŋ" if ending == "ing" else "ɪn"
        return next((self._flapped(said) + nasal for stem in stems if (said := self._known(stem))), "")

    def _compound(self, word: str) -> str:
        """Two known words written as one (pancake, birdhouse): the first carries the stress."""
        for cut in range(len(word) - 3, 2, -1):
            first, second = self._known(word[:cut]), self._known(word[cut:]) or (cut < len(word) - 3 and self._plural(word[cut:]))
            if first and second and "ˈ" in first:
                second = second.replace("ˌ", "").replace("ˈ", "ˌ")
                return first + (second[1:] if second[0] == first[-1] else second)
        return ""

    def with_s(self, base: str) -> str:
        """Plural, possessive or third person."""
        vowel = "ɪ" if self.british else "ᵻ"
        return base + ("s" if base[-1] in _VOICELESS else f"{vowel}z" if base[-1] in _SIBILANT else "z")

    def _with_ed(self, base: str) -> str:
        if base[-1] in "td":
            return self._flapped(base) + ("ɪd" if self.british else "ᵻd")
        return base + ("t" if base[-1] in "pkfθʃsʧ" else "d")

    def _flapped(self, base: str) -> str:
        flaps = not self.british and len(base) > 1 and base[-1] == "t" and base[-2] in _FLAPPING
        return f"{base[:-1]}T" if flaps else base


def _stems(short: str, with_e: str) -> list[str]:
    doubled = [short[:-1]] if re.search(r"([bdgklmnprtvz])\1$", short) else []
    changed = [f"{short[:-1]}y"] if short.endswith("i") else []
    return [short, with_e, *doubled, *changed]


def restressed(said: str, primary: bool) -> str:
    """The word with at least a secondary (or a primary) stress; a word that has one keeps it."""
    mark = "ˈ" if primary else "ˌ"
    if primary and "ˌ" in said and "ˈ" not in said:
        return said.replace("ˌ", "ˈ", 1)
    if "ˈ" in said or "ˌ" in said:
        return said
    place = next((place for place, sound in enumerate(said) if sound in VOWELS), None)
    return said if place is None else f"{said[:place]}{mark}{said[place:]}"


@cache
def lexicon(british: bool) -> Lexicon:
    """The lexicon of a variety of English. Raises MeetAgainError(weights-missing)."""
    entries: dict[str, Entry] = {}
    for kind in ("silver", "gold"):
        entries.update(json.loads(where("misaki-lexicon", f"{'gb' if british else 'us'}_{kind}.json").read_text("utf-8")))
    return Lexicon(entries, british)
