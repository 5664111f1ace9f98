"""A teller's sentences about the person come in; the same sentences go out as the person would say them: I for she, you for the visitor.

By rules only, and only where the rules are certain: `Unsure` is raised for everything else. No word of content is added or lost.
"""

from collections.abc import Sequence

import msgspec

from meetagain.mind.composing.agreement import agreed
from meetagain.mind.composing.antecedents import Antecedents
from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.mentions import Mentions
from meetagain.mind.composing.roles import GENDER_OF
from meetagain.mind.composing.sentence import Unsure, Word
from meetagain.mind.composing.told_by import Teller
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

_SAID = {
    "person": {"subject": "I", "object": "me", "possessive": "my", "absolute": "mine", "reflexive": "myself"},
    "visitor": {"subject": "you", "object": "you", "possessive": "your", "absolute": "yours", "reflexive": "yourself"},
    "we": {"subject": "we", "object": "us", "possessive": "our", "absolute": "ours", "reflexive": "ourselves"},
}
SHORT = 4  # words of "Juni's happy."
NAMING_WORDS = 6  # within which "called" tells what a name does there
MOST_IN_GROUP = 5  # words of "her best friend Tove" in "she and her best friend Tove"


def turned(words: Sequence[Word], person: Person, fact: Fact, teller: Teller, grammar: Grammar) -> tuple[Word, ...]:
    """The words from the person's point of view. Raises Unsure."""
    mentions = Mentions(person, fact, teller, grammar)
    marked = _kept_names(mentions.marked(words), grammar)
    _is_about(marked, grammar, teller)
    shown = teller.names[0] if teller.names else ""
    resolved = Antecedents(mentions, teller, shown, grammar).resolved(marked)
    told = _rewritten(_swapped(_contractions(resolved, grammar), grammar), mentions.own, grammar)
    _reads_right(told, grammar)
    return told


def _is_about(words: Sequence[Word], grammar: Grammar, teller: Teller) -> None:
    """Raises where a stranger is named and the person is not: it may be one more name of theirs. And for "Loves the sea"."""
    open_words = [word for word in words if not word.quoted]
    about = any(word.who in ("person", "visitor") or word.low in GENDER_OF for word in open_words)
    strangers = any(word.who == "other" and word.shown == word.text for word in open_words)
    if strangers and not about and not teller.person:
        raise Unsure("about somebody else")
    for place, word in enumerate(words):
        if word.first and not word.who and not word.quoted:
            _has_subject(words[place : _end(words, place)], grammar)


def _has_subject(sentence: Sequence[Word], grammar: Grammar) -> None:
    """Raises for a sentence in the present without a subject; "Loved the sea." may be said of oneself as it stands."""
    at = next(
        (n for n, word in enumerate(sentence) if word.low in ("there", "here") or not (word.is_word and grammar.adverb(word.low))),
        len(sentence) - 1,
    )
    low = sentence[at].low
    then = sentence[at + 1].low if at + 1 < len(sentence) else ""
    governs = grammar.is_a("determiners", then) or grammar.is_a("possessives", then) or then == "to"
    present = low.endswith("s") and not low.endswith("ss") and not grammar.known(low) and governs
    if low in grammar.verbs["present"] or present or low in ("is", "has", "does", "isn't", "hasn't", "doesn't", "are"):
        raise Unsure("no subject")


def _kept_names(words: tuple[Word, ...], grammar: Grammar) -> tuple[Word, ...]:
    """ "We called him Tomek, never Tomasz", "he was called Wim": a name that is spoken of as a name stays one."""
    found = list(words)
    for place, word in enumerate(words):
        if not word.who or not word.is_name or (word.who == "other" and word.shown == word.text):
            continue
        if _is_spoken_of(found, place, grammar):
            found[place] = msgspec.structs.replace(word, who="", gender="", shown="", role="kept")
    return tuple(found)


def _is_spoken_of(words: Sequence[Word], place: int, grammar: Grammar) -> bool:
    """Whether it is the name that is meant, not the one who has it. Raises Unsure where it may be either."""
    before = list(words[max(_start(words, place), place - NAMING_WORDS) : place])
    lows = [word.low for word in before]
    after = words[place + 1].low if place + 1 < len(words) else ""
    sentence = words[_start(words, place) : place]
    if any(word.low in grammar.verbs["names"] for word in sentence if not word.quoted):
        raise Unsure("name")  # "her real name was Juniper"
    if after in ("means", "meant", "rhymes", "rhymed"):
        return True
    if any(word.role == "kept" for word in before[-4:]) and lows[-1] in ("never", "or", "not", "and"):
        return True
    naming = next((n for n in range(len(lows) - 1, -1, -1) if lows[n] in grammar.verbs["naming"]), None)
    if naming is None or before[naming].quoted:
        if lows and lows[-1] == "as" and words[place].who != "other":
            raise Unsure("name")
        return False
    between = before[naming + 1 :]
    if not between:
        passive = naming > 0 and lows[naming - 1] in grammar.verbs["be"]
        subject = naming > 0 and (bool(before[naming - 1].who) or lows[naming - 1] in GENDER_OF or grammar.between(lows[naming - 1]))
        if not passive and not subject:
            raise Unsure("name")  # "a boat called Elin"
        return passive
    if len(between) == 1 and between[0].low in GENDER_OF:
        return True
    if any(not word.is_word or grammar.is_a("prepositions", word.low) or grammar.opens_clause(word.low) for word in between):
        return False
    raise Unsure("name")  # "named his boat Elin"


def _contractions(words: tuple[Word, ...], grammar: Grammar) -> tuple[Word, ...]:
    """Raises where "Juni's" or "Elin's" might be "is": "Juni's late", "Juni's singing"."""
    for place, word in enumerate(words[:-1]):
        if word.who not in ("person", "visitor") or words[place + 1].low != "'s" or word.low in GENDER_OF:
            continue
        after = words[place + 2] if place + 2 < len(words) else None
        low = after.low if after is not None else ""
        if after is not None and after.is_name and not after.quoted and after.text not in grammar.words["calendar"]:
            raise Unsure("a name of something")  # "Elin's Corner"
        governed = place > 0 and not word.first and grammar.is_a("prepositions", words[place - 1].low)
        if governed and after is not None and (after.is_word or after.quoted) and not grammar.known(low):
            continue
        odd = (
            after is None
            or not (after.is_word or after.quoted)
            or grammar.known(low)
            or low.endswith(("ing", "ed"))
            or low in ("been", "gone", "done")
        )
        clause = words[_start(words, place) : _end(words, place)]
        finite = any(grammar.finite(other.low) for other in clause if other.is_word and not other.quoted)
        whole = finite or len(clause) > SHORT
        if odd and not (
            after is not None and (grammar.is_a("numbers", low) or low in ("own", "first", "last", "only", "best", "very", "left"))
        ):
            raise Unsure("is or of")
        if not whole:
            raise Unsure("is or of")
    return words


def _start(words: Sequence[Word], place: int) -> int:
    return next(n for n in range(place, -1, -1) if words[n].first or n == 0)


def _end(words: Sequence[Word], place: int) -> int:
    return next((n for n in range(place + 1, len(words)) if words[n].first), len(words))


# --- she and Sami -> Sami and I ----------------------------------------------------------------------------------------


def _swapped(words: tuple[Word, ...], grammar: Grammar) -> tuple[Word, ...]:
    """Others are named first, as one is taught to say it."""
    found = list(words)
    for place, word in enumerate(words):
        if word.who != "person" or word.role not in ("subject", "object") or place + 2 >= len(words) or words[place + 1].low != "and":
            continue
        end = _group_end(words, place + 2, word.role, grammar)
        if end is None:
            continue
        first, others = word.first, list(words[place + 2 : end])
        moved = [msgspec.structs.replace(others[0], first=first, gap=word.gap), *others[1:]]
        found[place:end] = [*moved, words[place + 1], msgspec.structs.replace(word, first=False, gap=" ")]
    return tuple(found)


def _group_end(words: Sequence[Word], start: int, role: str, grammar: Grammar) -> int | None:
    """The place after "her best friend Tove" in "she and her best friend Tove held". None where a new clause begins instead."""
    for end in range(start + 1, min(start + MOST_IN_GROUP + 1, len(words))):
        after = words[end]
        last = words[end - 1]
        if not last.is_word or last.quoted or grammar.finite(last.low):
            break
        verb = (
            not after.first
            and after.is_word
            and (grammar.finite(after.low) or (grammar.adverb(after.low) and end + 1 < len(words) and grammar.finite(words[end + 1].low)))
        )
        if role == "subject" and verb:
            if after.low in ("was", "is", "has", "does"):
                raise Unsure("one or two")
            return end
        closed = after.first or not after.is_word or grammar.is_a("prepositions", after.low) or grammar.opens_clause(after.low)
        if role == "object" and (last.who or last.gender) and closed:
            return end
        if role == "object" and verb:
            return None
        if after.low in ("and", "or") or (not after.is_word and after.low != "'s"):
            break
    if role == "object" and len(words) == start + 1:
        return start + 1
    raise Unsure("who belongs together")


# --- words -------------------------------------------------------------------------------------------------------------


def _rewritten(words: Sequence[Word], own: str, grammar: Grammar) -> tuple[Word, ...]:
    changed: dict[int, str] = {}
    for place in range(len(words)):
        changed.update(_agreement(words, place, own, grammar))
    found: list[Word] = []
    skip = False
    for place, word in enumerate(words):
        if skip:
            skip = False
            continue
        after = words[place + 1] if place + 1 < len(words) else None
        owns = after is not None and after.low == "'s" and not after.quoted and place + 1 not in changed
        text = changed.get(place) or _said(word, bool(owns))
        if word.who in ("person", "visitor") and owns and word.low not in GENDER_OF:
            skip = True
        if text.startswith("'") or text == word.text:
            found.append(msgspec.structs.replace(word, text=text))
            continue
        found.append(msgspec.structs.replace(word, text=_capital(text) if word.first else text))
    return tuple(found)


def _agreement(words: Sequence[Word], place: int, own: str, grammar: Grammar) -> dict[int, str]:
    """The verbs that change with the subject at `place`, if it is one that has changed."""
    word = words[place]
    pronoun = GENDER_OF.get(word.low, "")
    pairs_with = place + 1 < len(words) and words[place + 1].low == "and" and not words[place + 1].quoted
    after_and = place > 0 and words[place - 1].low == "and" and not word.first
    if word.who == "person" and word.role == "subject":
        if pairs_with:
            raise Unsure("who belongs together")
        if after_and and _joined_subject(words, place, grammar):
            return {}
        return agreed(words, place, "many" if pronoun == "they" else "third", "first", grammar)
    if word.who == "visitor" and pronoun and word.role == "subject" and not pairs_with:
        if after_and and _joined_subject(words, place, grammar):
            return {}
        was = "first" if pronoun == "i" else "third"
        return agreed(words, place, was, "second", grammar) if pronoun in ("i", "she", "he") else {}
    if word.who == "visitor" and not pronoun and not pairs_with:
        return _visitor_by_name(words, place, grammar)
    if word.who == "other" and pronoun == "i" and word.role == "subject":
        if pairs_with or (after_and and _joined_subject(words, place, grammar)):
            return {}
        return agreed(words, place, "first", "third", grammar)
    return {}


def _joined_subject(words: Sequence[Word], place: int, grammar: Grammar) -> bool:
    """Whether "X and she" is one subject of two, not a new clause after "and"."""
    head = place - 2
    if head < 0 or not (words[head].gender or words[head].who):
        return False
    start = head
    while start > 0 and not words[start].first and words[start - 1].is_word and not grammar.opens_clause(words[start - 1].low):
        start -= 1
    return not any(grammar.finite(word.low) or grammar.is_a("prepositions", word.low) for word in words[start:head] if word.is_word)


def _visitor_by_name(words: Sequence[Word], place: int, grammar: Grammar) -> dict[int, str]:
    """ "Elin was" becomes "you were"; in "the road to Elin was" nothing does."""
    before = words[place - 1] if place and not words[place].first else None
    verb = grammar.verb_after(words, place)
    if verb is None:
        return {}
    low = before.low if before is not None else ""
    if grammar.is_a("prepositions", low) and not grammar.is_a("either_way", low):
        return {}
    opens = before is None or not before.is_word or grammar.opens_clause(low)
    if low == "and" and _joined_subject(words, place, grammar):
        return {}
    sure = grammar.verbish(words[verb].low)
    if not opens and not sure:
        if words[verb].low.endswith("s") and not (grammar.verbish(low) or low in grammar.verbs["double"]):
            raise Unsure("verb or thing")
        return {}
    if not opens and (grammar.verbish(low) or low in grammar.verbs["double"]):
        if words[verb].low in ("was", "is", "has", "does"):
            raise Unsure("whose verb")
        return {}
    return agreed(words, place, "third", "second", grammar)


def _said(word: Word, owns: bool) -> str:
    pronoun = word.low in GENDER_OF
    if word.who == "other":
        return _teller_said(word) if pronoun else word.shown
    if word.who in _SAID and not word.quoted:
        role = "possessive" if owns and not pronoun else word.role or "subject"
        return _SAID[word.who][role]
    return word.text


def _teller_said(word: Word) -> str:
    if word.role == "reflexive":
        raise Unsure("first person")
    return f"{word.shown}'s" if word.role in ("possessive", "absolute") else word.shown


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- after turning -----------------------------------------------------------------------------------------------------


def _reads_right(words: Sequence[Word], grammar: Grammar) -> None:
    """Raises where what came out is no English, or where two of the same stand side by side."""
    bare = [word for word in words if not word.quoted]
    for place, word in enumerate(bare):
        after = bare[place + 1].low if place + 1 < len(bare) else ""
        before = bare[place - 1].low if place else ""
        low = word.low
        if low in ("i", "me", "my", "you", "your", "we", "us", "our") and after in ("i", "me", "my", "you", "your", "we", "'s"):
            exempt = after != "'s" and (low in ("me", "you", "us") and after in ("i", "you", "we", "my", "your"))
            if not exempt:
                raise Unsure("reads wrong")
        wrong_i = after in ("is", "are", "has", "does", "isn't", "aren't", "hasn't", "doesn't") or (
            after == "were" and before not in ("if", "though", "wish", "wished")
        )
        if low == "i" and before != "and" and wrong_i:
            raise Unsure("reads wrong")
        if low == "you" and after in ("is", "was", "has", "does", "am") and grammar.opens_clause(before):
            raise Unsure("reads wrong")
        if low == "me" and after in ("am", "was", "have"):
            raise Unsure("reads wrong")
        if low == "and" and {before, after} == {"i", "me"}:
            raise Unsure("reads wrong")
