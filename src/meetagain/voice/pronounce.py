"""English text comes in, Kokoro's phonemes go out: numbers written out, words looked up, names as the family says them."""

import re
from collections.abc import Mapping

from meetagain.voice.letters import VOWELS, guessed, respelled
from meetagain.voice.lexicon import Lexicon, lexicon, restressed
from meetagain.voice.numbers import said_numbers

STOPS = ".,!?;:…—"
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?|[.,!?;:…—]")
_WRITTEN = (
    (re.compile(r"[’‘ʼ`]"), "'"),
    (re.compile(r"\.{2,}"), "…"),
    (re.compile(r"\s+[-–—]+\s+|[–—]|--+"), " — "),
    (re.compile(r"[-/_]"), " "),
    (re.compile(r"\bMr\.|\bMr\b"), "mister"),
    (re.compile(r"\bMrs\.|\bMrs\b"), "missis"),
    (re.compile(r"\bMs\.|\bMs\b"), "miz"),
    (re.compile(r"\bDr\.|\bDr\b"), "doctor"),
    (re.compile(r"\bSt\.? (?=[A-Z])"), "saint "),
    (re.compile(r"\bvs\.?(?=\s)"), "versus"),
    (re.compile(r"\betc\.?"), "et cetera"),
    (re.compile(r"\be\.g\.", re.IGNORECASE), "for example"),
    (re.compile(r"\bi\.e\.", re.IGNORECASE), "that is"),
    (re.compile(r"\b([ap])\.m\."), r"\1m"),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<=\w)\+(?=\w)|\s\+\s"), " plus "),
)
#: Sounds that people write and no lexicon lists.
_SOUNDS = {
    "hm": "hm", "hmm": "hˈmm", "mm": "mˈm", "mmm": "mˈmm", "shh": "ʃʃ", "sh": "ʃʃ", "ssh": "ʃʃ", "aww": "ˈɔ", "ugh": "ˈʌɡ",
    "brr": "bɹˈɜ", "psst": "pst", "miz": "mˈɪz", "uh": "ˈʌ", "um": "ˈʌm", "er": "ˈɜ", "erm": "ˈɜm", "am": "æm", "pm": "pˌiˈɛm",
}  # fmt: skip
_BEFORE_VERB = frozenset((
    "to", "i", "you", "we", "they", "will", "would", "can", "could", "should", "must", "might", "may", "let's", "please", "do",
    "did", "don't", "didn't", "never", "always", "i'll", "you'll", "we'll", "they'll", "who", "can't", "won't", "couldn't",
))  # fmt: skip
_BEFORE_NOUN = frozenset(("the", "a", "an", "my", "your", "his", "her", "our", "their", "this", "that", "some", "no", "any", "every"))
_BEFORE_DONE = frozenset(("have", "has", "had", "i've", "you've", "we've", "they've", "been", "was", "were", "got"))
_VERB_FIRST = frozenset(("live", "lives"))


def phonemes(text: str, names: Mapping[str, str], british: bool = False) -> str:
    """Kokoro's phoneme string of a line. `names` maps a word to a plain respelling such as JOO-nee.

    Raises MeetAgainError(weights-missing).
    """
    words = lexicon(british)
    own = {word.lower(): respelled(said, british) for word, said in names.items()}
    tokens = _TOKEN.findall(_plain(text))
    said: list[str] = []
    for place in range(len(tokens) - 1, -1, -1):  # from the end: how a word is said hangs on what follows
        token = tokens[place]
        if token in STOPS:
            said.append(token)
            continue
        following = said[-1] if said else "."
        said.append(_word(tokens, place, own, words, following))
    return _joined([*reversed(said)])


def _plain(text: str) -> str:
    for pattern, put in _WRITTEN:
        text = pattern.sub(put, text)
    return said_numbers(text).replace("-", " ")


def _joined(parts: list[str]) -> str:
    line = ""
    for part in parts:
        line += part if part in STOPS or not line else f" {part}"
    return re.sub(r"\s+", " ", line).replace("—", " —").strip()


def _word(tokens: list[str], place: int, own: Mapping[str, str], words: Lexicon, following: str) -> str:
    token = tokens[place]
    low = token.lower()
    known = own.get(low) or (low.endswith("'s") and low[:-2] in own and words.with_s(own[low[:-2]]))
    if known:
        return known
    at_stop = following in STOPS
    vowel_next = next((sound in VOWELS for sound in following if sound not in "ˈˌ"), False)
    special = _special(token, at_stop, vowel_next, words.british)
    if special:
        return special
    if len(token) > 1 and token.isupper() and not words.has(low):
        return _spelled_out(token, words)
    said = _SOUNDS.get(low) if not words.has(low) or low in ("am", "um", "uh", "er", "hm", "hmm", "mm") else ""
    is_name = token[0].isupper() and place > 0 and tokens[place - 1] not in STOPS
    said = said or words.find(token, _use(tokens, place, at_stop), compounds=not is_name) or guessed(token, words.british)
    if token.isupper() and len(token) > 1:
        said = restressed(said, primary=True)
    return said.replace("ɾ", "T").replace("ʔ", "t")


def _special(token: str, at_stop: bool, vowel_next: bool, british: bool) -> str:
    """Small words that bend to what follows."""
    long = "ː" if british else ""
    low = token.lower()
    if low == "the":
        return "ði" if vowel_next else "ðə"
    if low == "to":
        return f"tu{long}" if at_stop else "tʊ" if vowel_next else "tə"
    if low == "a":
        return "ˈA" if at_stop else "ɐ"
    if low == "an":
        return "ɐn"
    if low == "i":
        return "ˈI" if at_stop else "ˌI"
    if low == "am":
        return "ˈam" if at_stop and british else "ˈæm" if at_stop else "ɐm"
    if low == "in":
        return "ˈɪn" if at_stop else "ɪn"
    return ""


def _use(tokens: list[str], place: int, at_stop: bool) -> str:
    """How a word that is said in two ways is used here, by its neighbours."""
    low, before = tokens[place].lower(), tokens[place - 1].lower() if place else "."
    after = tokens[place + 1].lower() if place + 1 < len(tokens) else "."
    if low == "used":
        return "VBD" if after == "to" else "DEFAULT"
    if low == "that":
        return "DT" if at_stop else "DEFAULT"
    if low == "read" and (
        before in _BEFORE_DONE or before in ("he", "she") or any(token.lower() in ("yesterday", "once", "was", "were") for token in tokens)
    ):
        return "VBD"
    if low == "close" and after == "to":
        return "DEFAULT"
    if low == "use" and before in _BEFORE_NOUN:
        return "NOUN"
    if before in _BEFORE_VERB or low in _VERB_FIRST:
        return "VERB"
    if before in STOPS and not at_stop and after in (_BEFORE_NOUN | {"me", "it", "him", "us", "them", "up", "down"}):
        return "VERB"
    if before in _BEFORE_NOUN:
        return "NOUN" if low != "close" else "DEFAULT"
    return "None" if at_stop else "DEFAULT"


def _spelled_out(token: str, words: Lexicon) -> str:
    letters = [words.find(letter) or guessed(letter) for letter in token if letter.isalpha()]
    plain = [letter.replace("ˈ", "ˌ") for letter in letters[:-1]]
    return "".join([*plain, restressed(letters[-1], primary=True)]) if letters else ""
