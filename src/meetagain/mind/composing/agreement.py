"""A subject that has become I, you or somebody by name comes in; the verbs that must change with it go out. No other word changes."""

from collections.abc import Mapping, Sequence

from meetagain.mind.composing.grammar import Grammar, base_form
from meetagain.mind.composing.sentence import Unsure, Word

#: (how the subject stood, how it stands now) -> forms that change.
CHANGES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("third", "first"): {"is": "am", "isn't": "am not", "has": "have", "hasn't": "haven't", "does": "do", "doesn't": "don't"},
    ("many", "first"): {"are": "am", "aren't": "am not", "were": "was", "weren't": "wasn't", "'re": "'m"},
    ("third", "second"): {
        "is": "are", "isn't": "aren't", "was": "were", "wasn't": "weren't", "has": "have", "hasn't": "haven't", "does": "do", "doesn't": "don't"
    },
    ("first", "second"): {"am": "are", "'m": "'re", "was": "were", "wasn't": "weren't"},
    ("first", "third"): {"am": "is", "'m": "'s", "have": "has", "haven't": "hasn't", "'ve": "'s", "do": "does", "don't": "doesn't"},
}  # fmt: skip
_HAVE = frozenset(("got", "been", "had", "always", "never"))
_IS = frozenset(("a", "an", "the", "not", "so", "very", "in", "on", "at", "too", "my", "his", "her", "our", "still", "here", "there"))


def agreed(words: Sequence[Word], place: int, was: str, now: str, grammar: Grammar) -> dict[int, str]:
    """Changed words by their place, for the subject at `place`. Raises Unsure where it cannot be told which verbs are its own."""
    changes = CHANGES.get((was, now), {})
    if place and not words[place].first and words[place - 1].low in changes:
        raise Unsure("verb before its subject")
    verb = _verb(words, place, grammar)
    if verb is None:
        return {}
    found = _first_verb(words, verb, was, now, changes, grammar)
    return {**found, **_further_verbs(words, place, verb, was, changes, grammar)}


def _verb(words: Sequence[Word], place: int, grammar: Grammar) -> int | None:
    """The place of the first verb after the subject; None where nothing follows that could be one."""
    at = place + 1
    while at < len(words) and not words[at].first and words[at].is_word and not words[at].quoted and grammar.adverb(words[at].low):
        at += 1
    if at >= len(words) or words[at].first or words[at].text in ".;!":
        return None
    low = words[at].low
    if words[at].quoted:
        return None
    if low in ("'s", "'d", "'ll", "'m", "'ve", "'re"):
        return at
    lists = ("determiners", "possessives", "conjunctions", "subordinators", "pronouns", "numbers")
    preposition = grammar.is_a("prepositions", low) and not grammar.verbish(low)
    if not words[at].is_word or words[at].who or preposition or any(grammar.is_a(name, low) for name in lists):
        raise Unsure("no verb after its subject")
    return at


def _first_verb(words: Sequence[Word], verb: int, was: str, now: str, changes: Mapping[str, str], grammar: Grammar) -> dict[int, str]:
    low = words[verb].low
    if low == "'s":
        return {verb: _contracted(words, verb, now)}
    if low in changes:
        return {verb: changes[low]}
    if was == "third" and _is_present(low, grammar):
        return {verb: base_form(low)}
    if was == "first" and now == "third" and not (grammar.finite(low) or low in grammar.verbs["modals"]):
        raise Unsure("verb form")
    return {}


def _contracted(words: Sequence[Word], verb: int, now: str) -> str:
    """ "She's" is "she is" before what she is, "she has" before been, got, had."""
    after = words[verb + 1].low if verb + 1 < len(words) else ""
    third = words[verb + 2].low if verb + 2 < len(words) else ""
    if after in ("got", "been", "had") or (after in ("always", "never") and third in ("got", "been", "had")):
        return "'ve"
    if after in _IS or (after.endswith("ing") and len(after) > 4):
        return {"first": "'m", "second": "'re"}.get(now, "'s")
    raise Unsure("is or has")


def _is_present(low: str, grammar: Grammar) -> bool:
    past = grammar.finite(low) or low in ("is", "has", "does")
    return low.endswith("s") and not low.endswith(("ss", "us")) and not past and len(low) > 2


def _further_verbs(words: Sequence[Word], place: int, verb: int, was: str, changes: Mapping[str, str], grammar: Grammar) -> dict[int, str]:
    """Verbs that share the subject: "writes and keeps", "was tired but was glad"."""
    found: dict[int, str] = {}
    present = was == "third" and (_is_present(words[verb].low, grammar) or words[verb].low in ("is", "has", "does"))
    other_subject = False
    for at in range(verb + 1, len(words)):
        word = words[at]
        if word.first:
            break
        if word.quoted:
            continue
        if word.role == "subject" or (word.gender and grammar.verb_after(words, at) is not None):
            other_subject = True
        low, before = word.low, _before(words, at, grammar)
        mine = grammar.conjunction(before) or before == ","
        if low in changes:
            if mine and other_subject:
                raise Unsure("whose verb")
            if mine:
                found[at] = changes[low]
            elif not words[at - 1].role:
                other_subject = True
        elif present and mine and _is_present(low, grammar):
            if low not in grammar.verbs["sure"] or other_subject:
                raise Unsure("verb or thing")
            found[at] = base_form(low)
        elif was == "first" and not changes.get("was") and mine and _may_be_base(low, grammar):
            raise Unsure("verb form")  # "I knew and know"
        elif grammar.is_a("subordinators", low):
            other_subject = True
    return found


def _may_be_base(low: str, grammar: Grammar) -> bool:
    return low[0].isalpha() and not grammar.known(low) and not grammar.plural(low)


def _before(words: Sequence[Word], place: int, grammar: Grammar) -> str:
    """The word before, past adverbs."""
    at = place - 1
    while at > 0 and words[at].is_word and grammar.adverb(words[at].low) and not grammar.conjunction(words[at].low):
        at -= 1
    return words[at].low
