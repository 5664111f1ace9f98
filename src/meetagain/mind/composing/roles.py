"""A sentence with everybody marked comes in; whether a word does something, is done to, or owns goes out."""

from collections.abc import Sequence

import msgspec

from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.sentence import Unsure, Word

FORMS = {
    "she": {"she": "subject", "her": "", "hers": "absolute", "herself": "reflexive"},
    "he": {"he": "subject", "him": "object", "his": "", "himself": "reflexive"},
    "they": {
        "they": "subject",
        "them": "object",
        "their": "possessive",
        "theirs": "absolute",
        "themself": "reflexive",
        "themselves": "reflexive",
    },
    "i": {"i": "subject", "me": "object", "my": "possessive", "mine": "absolute", "myself": "reflexive"},
    "we": {"we": "subject", "us": "object", "our": "possessive", "ours": "absolute", "ourselves": "reflexive"},
}
GENDER_OF = {form: gender for gender, forms in FORMS.items() for form in forms}


class Roles:
    """What the words for a person do in a sentence. Raises Unsure wherever two readings are possible."""

    def __init__(self, own: str, grammar: Grammar) -> None:
        self._own, self._grammar = own, grammar

    def subject_before(self, words: Sequence[Word], place: int) -> str:
        """Who does what the verb at `place` says: person, or anybody else; empty where it is no verb or not plain."""
        grammar = self._grammar
        if place < 1 or not words[place].is_word or not (grammar.verbish(words[place].low) or grammar.between(words[place - 1].low)):
            return ""
        at = place - 1
        while at > 0 and grammar.between(words[at].low) and not words[at].who:
            at -= 1
        word = words[at]
        if word.who:
            return word.who
        if word.low == "and" or word.text == ",":
            earlier = next((n for n in range(at - 1, -1, -1) if grammar.verbish(words[n].low) and not words[n].quoted), None)
            return self.subject_before(words, earlier) if earlier is not None else ""
        own = {"she": "she", "he": "he", "they": "they"}[self._own]
        return "person" if word.low == own else "other"

    def of_pronoun(self, words: Sequence[Word], place: int) -> str:
        """Whether "her" or "his" owns what follows. Raises Unsure where both would read well."""
        after = words[place + 1] if place + 1 < len(words) else None
        if words[place].low == "his":
            return self._his(words, place, after)
        grammar = self._grammar
        before = words[place - 1].low if place and not words[place].first else ""
        doubtful = before in grammar.verbs["double"] and self.subject_before(words, place - 1) != "person"
        if after is None or (not after.is_word and not after.quoted):
            return "object"
        if after.quoted:
            if before in grammar.verbs["naming"] or grammar.is_a("says", before):
                return "object"
            if doubtful:
                raise Unsure("her")
            return "possessive"
        then = words[place + 2] if place + 2 < len(words) else None
        return self._her(before, after, then, doubtful, grammar)

    def _her(self, before: str, after: Word, then: Word | None, doubtful: bool, grammar: Grammar) -> str:
        low = after.low
        verb_before = grammar.verbish(before) or before.endswith("ing") or before in grammar.verbs["double"]
        starts = not before or grammar.opens_clause(before) or before in grammar.verbs["be"]
        if low in grammar.words["before_noun_always"]:
            return "possessive"
        plain = then is not None and then.is_word and not then.who and not grammar.known(then.low) and not then.first
        if grammar.is_a("before_noun_never", low) or grammar.is_a("before_noun_order", low) or grammar.is_a("before_noun_place", low):
            return self._her_then(low, plain, verb_before, starts, then, grammar)
        if grammar.is_a("complements", low) or after.text in grammar.words["calendar"]:
            if plain and not verb_before:
                return "possessive"
            raise Unsure("her")
        if low.endswith("ing") and verb_before and not plain:
            raise Unsure("her")
        if low.endswith("ing") and before in ("with", "without", "and", "saw", "heard", "watched", "kept", "left", "found", "caught"):
            raise Unsure("her")
        if grammar.is_a("numbers", low) and low != "both":
            if doubtful:
                raise Unsure("her")
            return "possessive"
        if after.who or grammar.known(low) or grammar.is_a("says", low):
            past = grammar.finite(low) and low not in grammar.verbs["finite"]
            if past or grammar.is_a("says", low):
                raise Unsure("her")  # "her lost hat", "beside her sat Otto"
            return "object"
        if doubtful or (before in grammar.verbs["states"] and not plain and not grammar.plural(low)):
            raise Unsure("her")
        return "possessive"

    def _her_then(self, low: str, plain: bool, verb_before: bool, starts: bool, then: Word | None, grammar: Grammar) -> str:
        """Words that may begin a thing of hers or tell when and how: "her back hurt", "sang to her once"."""
        if grammar.is_a("before_noun_place", low):
            if (starts or not verb_before) and not (then is not None and grammar.adverb(then.low)):
                return "possessive"
        elif plain and not verb_before and (starts or grammar.is_a("before_noun_order", low)):
            return "possessive"
        elif not plain and not starts and grammar.is_a("before_noun_never", low):
            return "object"
        raise Unsure("her")

    def _his(self, words: Sequence[Word], place: int, after: Word | None) -> str:
        grammar = self._grammar
        if after is not None and after.quoted:
            return "possessive"
        if after is None or not after.is_word:
            return "absolute"
        low = after.low
        if low in ("and", "or"):
            raise Unsure("his")
        before = words[place - 1].low if place else ""
        if before == "of" and (grammar.is_a("prepositions", low) or grammar.opens_clause(low)):
            return "absolute"
        if grammar.is_a("prepositions", low) or grammar.is_a("subordinators", low) or low in grammar.verbs["finite"]:
            return "absolute"
        return "possessive"

    def named(self, words: list[Word]) -> tuple[Word, ...]:
        """Names of the person get their role: I or me, my or mine."""
        found = list(words)
        for place, word in enumerate(words):
            if word.who == "person" and not word.role:
                role = self._role_of_name(words, place)
                found[place] = msgspec.structs.replace(word, role=role)
        return tuple(found)

    def _role_of_name(self, words: Sequence[Word], place: int) -> str:
        grammar = self._grammar
        after = words[place + 1] if place + 1 < len(words) else None
        before = words[place - 1] if place and not words[place].first else None
        if after is not None and after.low == "'s":
            return "possessive"
        verb = grammar.verb_after(words, place)
        acts = verb is not None and grammar.verbish(words[verb].low)
        low = before.low if before is not None else ""
        coordinate = after is not None and after.low == "and" and (before is None or grammar.opens_clause(low))
        if before is None or not before.is_word or grammar.opens_clause(low):
            if low == "and":
                return self._role_after_and(words, place, acts)
            if acts or coordinate:
                return "subject"
            if low in grammar.words["either_way"]:
                return "object"
            raise Unsure("name")
        if grammar.is_a("prepositions", low) and not (acts and grammar.is_a("either_way", low)):
            return "object"
        if low in grammar.verbs["be"] and not acts:
            return "object"
        if grammar.verbish(low) or low in grammar.verbs["double"]:
            if acts:
                raise Unsure("name")
            return "object"
        if acts and grammar.finite(words[verb].low if verb is not None else ""):
            return "subject"
        raise Unsure("name")

    def _role_after_and(self, words: Sequence[Word], place: int, acts: bool) -> str:
        """ "Sami and Juni built" and "Davin sang and Juni danced", but "Davin took Sami and Juni"."""
        grammar = self._grammar
        head = place - 2
        governed = (
            head > 0
            and not words[head].first
            and words[head - 1].is_word
            and (grammar.is_a("prepositions", words[head - 1].low) or grammar.verbish(words[head - 1].low))
        )
        if governed and acts:
            raise Unsure("name")
        if governed:
            return "object"
        if acts:
            return "subject"
        raise Unsure("name")
