"""What was said so far, and how finished it sounded, come in; how long a silence must be before it counts as finished goes out."""

from functools import cache
from importlib.resources import files

import msgspec

from meetagain.store.yaml import read_yaml

QUESTION_SHARE = 0.4  # of the patience: a question that sounds finished is answered like in any talk
STATEMENT_SHARE = 0.6  # somebody who tells may go on
SENTENCE_SHARE = 0.65  # whole by its words alone
SOUNDS_WHOLE, SOUNDS_OPEN = 0.5, 0.2  # how finished it sounded, 0..1
VOICE_HANGS_S = 0.15  # more, when the voice does not sound finished although the words do
TRAILING_MORE_S = 0.9  # somebody who stops at "and" or "um" is looking for a word
PATIENT_S = 1.5  # from this patience on nothing is cut short: tears and unsaid words
_MARKS = ".,!?;:…\"'。？！"
_ENDS = (".", "!", "?", "。", "？", "！")
_ASKS = ("?", "？")
_TRAILS = ("...", "…", ",", "-", "—")


class Endings(msgspec.Struct, frozen=True):
    """What one language's unfinished utterances end in, and its sounds that are no words."""

    open: frozenset[str] = frozenset()
    half: frozenset[str] = frozenset()
    tails: tuple[str, ...] = ()
    murmurs: frozenset[str] = frozenset()


def silence_needed(text: str, patience_s: float, finished: float | None = None, language: str = "en") -> float:
    """Seconds of silence after which the utterance is over. `text` may be empty when nothing is known yet.

    `finished`: how finished the voice sounded, 0..1, or None where nobody listened to that.
    """
    words = text.casefold().split()
    if not words:
        return patience_s
    text = text.rstrip()
    if trails_off(text, language):
        return patience_s + TRAILING_MORE_S
    if patience_s >= PATIENT_S or not text.endswith(_ENDS):
        return patience_s
    if finished is None:
        return patience_s * SENTENCE_SHARE
    if finished < SOUNDS_OPEN:
        return patience_s + VOICE_HANGS_S
    if finished < SOUNDS_WHOLE:
        return patience_s * SENTENCE_SHARE
    return patience_s * (QUESTION_SHARE if text.endswith(_ASKS) else STATEMENT_SHARE)


def soonest(patience_s: float) -> float:
    """The shortest silence that can end anything."""
    return patience_s if patience_s >= PATIENT_S else patience_s * QUESTION_SHARE


def trails_off(text: str, language: str = "en") -> bool:
    """Whether somebody seems to look for the next word."""
    endings = endings_of(language)
    words = text.casefold().split()
    last = words[-1].strip(_MARKS) if words else ""
    if text.endswith(_TRAILS) or (last in endings.open and not text.endswith(_ASKS)):
        return True
    return not text.endswith(_ENDS) and (last in endings.half or (bool(endings.tails) and last.endswith(endings.tails)))


def murmured(text: str, language: str = "en") -> bool:
    """Whether this is only a sound of listening, of laughter or of tears: it is no turn, and wants no answer."""
    murmurs = endings_of(language).murmurs
    words = [word.strip(_MARKS) for word in text.casefold().replace(",", " ").split()]
    return bool(words) and all(word in murmurs for word in words)


@cache
def endings_of(language: str) -> Endings:
    """Of a language with or without its country; empty where nothing is written of it."""
    rows = read_yaml((files("meetagain") / "hearing" / "ending.yaml").read_text("utf-8"))
    row = rows.get(language.split("-")[0].lower(), {})
    open_words, half, tails, murmurs = (row.get(name, "").split() for name in ("open", "half", "tails", "murmurs"))
    return Endings(frozenset(open_words), frozenset(half), tuple(tails), frozenset(murmurs))
