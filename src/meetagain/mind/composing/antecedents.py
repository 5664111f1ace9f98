"""A sentence with everybody marked comes in; whom each pronoun means goes out, or that it cannot be told for certain."""

from collections.abc import Sequence

import msgspec

from meetagain.mind.composing.grammar import Grammar
from meetagain.mind.composing.mentions import Mentions
from meetagain.mind.composing.roles import FORMS, GENDER_OF, Roles
from meetagain.mind.composing.sentence import Unsure, Word
from meetagain.mind.composing.told_by import Teller

YOU = frozenset(("you", "your", "yours", "yourself", "yourselves"))
MOST_TIMES = 2  # that the teller is named in one memory
_TOWARDS = frozenset(("to", "for", "at"))


class Antecedents:
    """Who is meant by the pronouns of one memory."""

    def __init__(self, mentions: Mentions, teller: Teller, teller_shown: str, grammar: Grammar) -> None:
        self._mentions, self._teller, self._shown, self._grammar = mentions, teller, teller_shown, grammar
        self._own = mentions.own
        self._roles = Roles(mentions.own, grammar)

    def resolved(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """The words, each pronoun of a person marked with who it means and its role. Raises Unsure."""
        found = list(words)
        for place, word in enumerate(words):
            if word.quoted or word.who:
                continue
            if word.low in YOU:
                self._second(words)
            gender = GENDER_OF.get(word.low, "")
            who = self._who(gender, found, place) if gender else ""
            if who:
                role = FORMS[gender][word.low] or self._roles.of_pronoun(found, place)
                if who == "person" and role == "object" and self._acts_on_itself(found, place):
                    raise Unsure("pronoun")
                shown = self._shown if who == "other" else ""
                found[place] = msgspec.structs.replace(word, who=who, role=role, shown=shown)
        return self._roles.named(found)

    # --- who --------------------------------------------------------------------------------------------------------

    def _who(self, gender: str, words: Sequence[Word], place: int) -> str:
        if gender == "i":
            return self._first(words, place)
        if gender == "we":
            return self._we(words, place)
        if gender == self._own:
            return self._person(words, place)
        return self._they(words, place) if gender == "they" else self._other(gender, words, place)

    def _person(self, words: Sequence[Word], place: int) -> str:
        """The person, if nobody else stands before it whom it could mean."""
        exempt = self._acting(words, place)
        rivals = [n for n in range(place) if n != exempt and self._rival(words[n])]
        if rivals or self._looks_ahead(words, place):
            raise Unsure("pronoun")
        if self._own == "they":
            sentence = _sentence(words, place)
            many = any(self._grammar.plural(word.low) for word in words[:place] if word.is_word and not word.quoted and not word.who)
            if many or any(self._grammar.is_a("together", word.low) for word in sentence if not word.quoted):
                raise Unsure("pronoun")
        return "person"

    def _rival(self, word: Word) -> bool:
        if word.quoted or not word.gender or word.who == "person" or word.low in GENDER_OF:
            return False
        return self._own == "they" or word.gender in (self._own, "any")

    def _other(self, gender: str, words: Sequence[Word], place: int) -> str:
        """Somebody else; the visitor, where nobody else stands before it whom it could mean."""
        before = [
            word
            for word in words[:place]
            if not word.quoted and word.gender in (gender, "any") and word.who != "person" and word.low not in GENDER_OF
        ]
        visitors = [word for word in before if word.who == "visitor"]
        if not before or (visitors and len(visitors) < len(before)):
            raise Unsure("pronoun")
        return "visitor" if visitors else ""

    def _they(self, words: Sequence[Word], place: int) -> str:
        """Several others, or the person with somebody: then it is "we"."""
        group = self._together(words, place)
        since = 0 if group is None else group
        many = [n for n in range(since, place) if self._many(words, n)]
        pair = any(
            word.low == "and" and words[n - 1].gender and words[n + 1].gender for n, word in enumerate(words[:place]) if 0 < n < place - 1
        )
        if group is not None and not many and words[place].low != "them":
            return "we"
        people = [n for n in many if words[n].gender == "many" or self._grammar.is_a("people", words[n].low)]
        joined = any("with" in (word.low for word in words[max(0, n - 3) : n]) for n in people)
        apart = words[place].low in ("them", "themselves") and self._are_others(words, place)
        meant = many if apart else [] if joined else people
        if group is not None or not meant or pair:
            raise Unsure("pronoun")
        return ""

    def _are_others(self, words: Sequence[Word], place: int) -> bool:
        """Whether "them" cannot have the person in it: nobody else was mentioned, or it is the person who does it to them."""
        alone = not any(word.gender and word.gender != "some" and word.who != "person" for word in words[:place] if not word.quoted)
        counted = place > 1 and words[place - 1].low == "of" and not alone
        return not counted and (alone or words[place].low == "themselves" or self._roles.subject_before(words, place - 1) == "person")

    def _many(self, words: Sequence[Word], place: int) -> bool:
        word = words[place]
        plural = self._grammar.plural(word.low) and not self._grammar.is_a("numbers", word.low)
        return not word.quoted and not word.who and word.is_word and (word.gender == "many" or plural)

    def _together(self, words: Sequence[Word], place: int) -> int | None:
        """The place of the last "she and X" or "she fished with X" before this."""
        found = None
        for n in range(place):
            if words[n].who != "person" or words[n].role == "possessive":
                continue
            end = _sentence_end(words, n)
            before = n > 1 and words[n - 1].low == "and" and bool(words[n - 2].gender)
            if before or (n + 2 < place and words[n + 1].low == "and" and n + 1 < end):
                found = n
            else:
                verb = self._grammar.verb_after(words, n)
                joint = verb is not None and self._grammar.is_a("joint", words[verb].low)
                met = [m for m in range(n, min(end, place - 1)) if words[m].low == "with" and words[m + 1].who in ("other", "visitor")]
                found = n if joint and met else found
        return found

    def _first(self, words: Sequence[Word], place: int) -> str:
        """The one who told it."""
        teller = self._teller
        if teller.visitor and not teller.names:
            return "visitor"
        again = sum(GENDER_OF.get(word.low) == "i" for word in words[: place + 1] if not word.quoted)
        if len(teller.names) != 1 or teller.visitor or words[place].low == "myself" or again > MOST_TIMES:
            raise Unsure("first person")
        return "other"

    def _we(self, words: Sequence[Word], place: int) -> str:
        """Those who told it, where the person is plainly not among them; or the person and the teller together."""
        pairs = (
            ("she", "i"),
            ("he", "i"),
            ("they", "i"),
            ("i", "she"),
            ("i", "he"),
            ("her", "me"),
            ("him", "me"),
            ("me", "her"),
            ("me", "him"),
        )
        lows = [word.low for word in words[:place]]
        if any(lows[n + 1] == "and" and (lows[n], lows[n + 2]) in pairs for n in range(len(lows) - 2)):
            return "we"
        if not self._teller.visitor or self._teller.names:
            raise Unsure("first person")
        earlier = [word for word in words[:place] if GENDER_OF.get(word.low) == "we" and word.who == "visitor"]
        apart = words[place].low == "we" and self._apart(words, place)
        if earlier or apart:
            return "visitor"
        raise Unsure("first person")

    def _apart(self, words: Sequence[Word], place: int) -> bool:
        """ "We called her", "we took him": the person is not one of "we"."""
        verb = self._grammar.verb_after(words, place)
        if verb is None or verb + 1 >= len(words):
            return False
        after = words[verb + 1]
        named = after.who == "person" and not (verb + 2 < len(words) and words[verb + 2].low == "'s")
        object_form = {"she": "her", "he": "him", "they": "them"}[self._own]
        return named or (after.low == object_form and (after.low != "her" or self._roles.of_pronoun(words, verb + 1) == "object"))

    def _second(self, words: Sequence[Word]) -> None:
        """ "You" in general, as the visitor told it; in a letter to the person it would be the person."""
        open_words = [word for word in words if not word.quoted]
        third = any(GENDER_OF.get(word.low) == self._own or word.who == "person" for word in open_words)
        first = any(GENDER_OF.get(word.low) in ("i", "we") for word in open_words)
        if first or not third or not self._teller.visitor or self._teller.names:
            raise Unsure("you")

    # --- where it cannot be another ---------------------------------------------------------------------------------

    def _acting(self, words: Sequence[Word], place: int) -> int | None:
        """The place of the one who does it: "Otto taught him" is done to somebody else than Otto."""
        word = words[place]
        if word.low not in ("him", "her", "them") or (word.low == "her" and self._roles.of_pronoun(words, place) != "object"):
            return None
        verb = place - 2 if place > 1 and words[place - 1].low in _TOWARDS else place - 1
        subject = verb - 1
        while subject > 0 and words[subject].is_word and not words[subject].gender and self._grammar.between(words[subject].low):
            subject -= 1
        acts = verb > 0 and self._grammar.verbish(words[verb].low) and words[subject].gender and not words[subject].quoted
        return subject if acts and self._opens_clause(words, subject) else None

    def _opens_clause(self, words: Sequence[Word], place: int) -> bool:
        start = place
        while start > 0 and not words[start].first and words[start - 1].is_word and not self._grammar.opens_clause(words[start - 1].low):
            start -= 1
            if self._grammar.is_a("prepositions", words[start].low) or self._grammar.verbish(words[start].low):
                return False
        return True

    def _acts_on_itself(self, words: Sequence[Word], place: int) -> bool:
        """ "She made her a hat": then "her" is somebody else."""
        return self._roles.subject_before(words, place - 1) == "person"

    def _looks_ahead(self, words: Sequence[Word], place: int) -> bool:
        """ "When she was ill, Irja sang": a pronoun before the first subject may mean that one."""
        start = place - next(n for n in range(place + 1) if words[place - n].first)
        opening = words[start].low
        fronted = self._grammar.is_a("prepositions", opening) or self._grammar.is_a("subordinators", opening) or opening.endswith("ing")
        if not fronted or any(word.who == "person" and word.role == "subject" for word in words[start:place]):
            return False
        end = _sentence_end(words, place)
        subject_form = {"she": "she", "he": "he", "they": "they"}[self._own]
        if words[place].low == subject_form and words[place - 1].low != opening and not self._grammar.opens_clause(words[place - 1].low):
            return False
        for n in range(place + 1, end):
            low = words[n].low
            if low == subject_form and words[n - 1].low not in ("and", "while", "when", "that"):
                return False
            if self._rival(words[n]) and n + 1 < len(words) and (self._grammar.verb_after(words, n) is not None):
                return True
        return False


def _sentence_end(words: Sequence[Word], place: int) -> int:
    return next((n for n in range(place + 1, len(words)) if words[n].first), len(words))


def _sentence(words: Sequence[Word], place: int) -> Sequence[Word]:
    start = next(n for n in range(place, -1, -1) if words[n].first or n == 0)
    return words[start : _sentence_end(words, place)]
