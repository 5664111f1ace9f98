"""A text comes in; its words go out one by one, with what is quoted marked; and words are put together again as a text."""

import re
from collections.abc import Iterable, Sequence

import msgspec

_PLAIN = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "…": "...", " ": " "})
_TOKEN = re.compile(r"[^\W\d_]+(?:(?:[-'][^\W\d_]+)|(?:-\d+))*|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s)?(?:-[^\W\d_]+)*|\.\.\.|[^\w\s]")
_SIGNS = frozenset(".,;:!?'\"()-–—&%£$€°/") | {"..."}
_TAILS = ("'s", "'re", "'ve", "'m", "'d", "'ll")
_SHORT = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Sgt|Capt|Cpl|Lt|Col|Gen|Maj|Jr|Sr|Mme|Mlle|Fr|Hr|Sra?|No|Nr|Mt|Ave|Rd|Sq|Co|vs|ca|approx|[A-Z])"
)
_ADDRESS = re.compile(r"https?:|www\.|\w\.(?:jpe?g|png|mp[34]|mov|pdf)\b", re.IGNORECASE)
LONGEST = 4000  # signs of one memory that are looked at
ASIDE = 6  # words in brackets that are said between commas


class Unsure(Exception):
    """A sentence that cannot be turned with certainty; the message says why, in a word or two."""


class Word(msgspec.Struct, frozen=True):
    """A word or a sign, and what stands before it. A mention of somebody carries who that is."""

    text: str
    gap: str = " "
    quoted: bool = False
    who: str = ""  # person | visitor | other | group, for words that mean somebody
    gender: str = ""  # she | he | any | many, for the same
    shown: str = ""  # what the person called them
    role: str = ""  # subject | object | possessive | absolute | reflexive, once it is known
    first: bool = False  # opens a sentence

    @property
    def low(self) -> str:
        """Lower case."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Letters or digits, no sign."""
        return self.text[0].isalnum()

    @property
    def is_name(self) -> bool:
        """Written with a capital."""
        return self.text[0].isupper()


def words_of(text: str) -> tuple[Word, ...] | None:
    """The words of a text, or None where a sign in it cannot be spoken, a quote is left open or brackets do not close."""
    plain = " ".join(text[: LONGEST + 1].translate(_PLAIN).split())
    if len(plain) > LONGEST or _ADDRESS.search(plain):
        return None
    found: list[Word] = []
    inside, end = "", 0
    for match in _TOKEN.finditer(plain):
        token, gap = match.group(), plain[end : match.start()]
        end = match.end()
        if gap.strip() or (not token[0].isalnum() and token not in _SIGNS):
            return None
        if token in "'\"":
            before, after = plain[match.start() - 1 : match.start()], plain[match.end() : match.end() + 1]
            closes = inside == token and not (token == "'" and after.isalnum())
            opens = not inside and not before.isalnum()
            inside = "" if closes else token if opens else inside
            found.append(Word(token, gap, quoted=closes or opens or bool(inside)))
            continue
        found += _split(token, gap, bool(inside))
    spoken = _without_brackets(found) if not inside else None
    return _opened(spoken) if spoken else None


def _split(token: str, gap: str, quoted: bool) -> list[Word]:
    if not quoted:
        for tail in _TAILS:
            if token.lower().endswith(tail) and len(token) > len(tail) and not token.lower().startswith("o'"):
                return [Word(token[: -len(tail)], gap), Word(token[-len(tail) :], "")]
    return [Word(token, gap, quoted)]


def _without_brackets(found: list[Word]) -> tuple[Word, ...] | None:
    """Short asides stand between commas, one at the end of a sentence that is a sentence itself stands alone."""
    opened = [n for n, word in enumerate(found) if word.text == "(" and not word.quoted]
    closed = [n for n, word in enumerate(found) if word.text == ")" and not word.quoted]
    if len(opened) != len(closed) or any(b < a for a, b in zip(opened, closed, strict=True)):
        return None
    if any(b < a for a, b in zip(opened[1:], closed, strict=False)):
        return None
    for a, b in zip(opened, closed, strict=True):
        last = b + 1 >= len(found) or found[b + 1].text in (".", ";", "!")
        if last and found[a + 1].low in ("she", "he", "they", "it", "i", "we"):
            first = found[a + 1]
            found[a], found[a + 1] = Word(".", ""), msgspec.structs.replace(first, text=first.text.capitalize(), gap=" ")
        elif sum(word.is_word for word in found[a:b]) <= ASIDE:
            found[a], found[a + 1] = Word(",", ""), msgspec.structs.replace(found[a + 1], gap=" ")
        else:
            return None
        follows = found[b + 1].text if b + 1 < len(found) else "."
        found[b] = Word("" if follows in ".,;:!?" else ",", "")
    return tuple(word for word in found if word.text)


def _opened(found: Sequence[Word]) -> tuple[Word, ...]:
    """The words, with those marked that open a sentence."""
    opens = {0, *(end + 1 for end in sentence_ends(found))}
    return tuple(msgspec.structs.replace(word, first=True) if n in opens else word for n, word in enumerate(found))


def sentence_ends(words: Sequence[Word]) -> tuple[int, ...]:
    """The places after which a sentence ends: full stops, semicolons, and a closing quote after a stop before a capital."""
    ends = []
    for n, word in enumerate(words):
        after = words[n + 1] if n + 1 < len(words) else None
        fresh = after is None or after.is_name or not after.is_word or after.text[0].isdigit()
        if word.text in (".", "!", "?", "...") and not word.quoted:
            short = word.text == "." and n > 0 and _SHORT.fullmatch(words[n - 1].text) and after is not None
            if fresh and not short:
                ends.append(n)
        elif (word.text == ";" and not word.quoted) or (_closes(words, n) and (after is None or after.is_name)):
            ends.append(n)
    if words and (not ends or ends[-1] != len(words) - 1):
        ends.append(len(words) - 1)
    return tuple(ends)


def _closes(words: Sequence[Word], place: int) -> bool:
    """Whether a quote closes here that ends in a stop."""
    word, before = words[place], words[place - 1]
    return place > 1 and word.text in "'\"" and word.quoted and before.quoted and before.text in (".", "!", "?")


def joined(words: Iterable[Word]) -> str:
    """The words as a text."""
    return "".join(f"{word.gap}{word.text}" for word in words).strip()


def count(words: Iterable[Word]) -> int:
    """How many words are spoken; what is written together counts once."""
    return sum(word.is_word for word in words)
