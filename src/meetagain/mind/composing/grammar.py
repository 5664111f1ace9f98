"""The word lists of the English rules come in; what a word can be in a sentence goes out: verb, adverb, preposition, plural."""

from collections.abc import Sequence
from functools import cache

from meetagain.mind.composing.rules import Rules, rules_for
from meetagain.mind.composing.sentence import Word

_NO_S = ("ss", "us", "is")
_ES = ("sses", "shes", "tches", "xes", "zzes")
_OES = ("goes", "does", "echoes", "undergoes", "outdoes", "redoes", "undoes")


class Grammar:
    """Closed lists, no guesses beyond endings. All words lower case."""

    def __init__(self, rules: Rules) -> None:
        self.words = {name: frozenset(text.split()) for name, text in rules.words.items()}
        self.verbs = {name: frozenset(text.split()) for name, text in rules.verbs.items()}
        self.gender_of = {word: gender for gender in ("some", "any", "he", "she") for word in rules.genders[gender].split()}
        calls = {word: name.removeprefix("call_") for name in ("call_she", "call_he") for word in rules.genders[name].split()}
        self.call_gender = {**self.gender_of, **calls}
        self.kin = {name: frozenset(text.split()) for name, text in rules.kin.items()}
        self.relations = {name: frozenset(text.split()) for name, text in rules.relations.items()}

    def is_a(self, name: str, word: str) -> bool:
        """Whether a word stands in a class."""
        return word in self.words[name]

    def finite(self, word: str) -> bool:
        """Whether it is surely a verb that has its own subject: auxiliary, or past."""
        past = word.endswith("ed") and len(word) > 3 and word not in self.verbs["not_past"] and "-" not in word
        return word in self.verbs["finite"] or word in self.verbs["past"] or past

    def verbish(self, word: str) -> bool:
        """Finite, or a verb of the present that is hardly ever a noun."""
        return self.finite(word) or word in self.verbs["present"]

    def adverb(self, word: str) -> bool:
        """Whether it may stand between a subject and its verb."""
        return word in self.words["adverbs"] or (word.endswith("ly") and len(word) > 4 and word not in self.words["not_adverbs"])

    def plural(self, word: str) -> bool:
        """Whether it may name several things or people."""
        if word in self.words["plurals"] or word in self.words["numbers"]:
            return True
        ends = word.endswith("s") and len(word) > 3 and not word.endswith(_NO_S)
        return ends and word not in self.words["not_plurals"] and word not in self.verbs["present"] and not self.adverb(word)

    def known(self, word: str) -> bool:
        """Whether it stands in any list of words that are no names and no plain nouns."""
        lists = ("determiners", "possessives", "conjunctions", "subordinators", "prepositions", "pronouns", "negations", "numbers", "says")
        return any(word in self.words[name] for name in lists) or self.verbish(word) or self.adverb(word)

    def conjunction(self, word: str) -> bool:
        """and, but, or ..."""
        return word in self.words["conjunctions"]

    def opens_clause(self, word: str) -> bool:
        """Whether a new clause, or a new part of one, may begin after it."""
        return self.conjunction(word) or self.is_a("subordinators", word)

    def between(self, word: str) -> bool:
        """Whether it may stand between a subject and the verb that tells what they do."""
        return (
            self.adverb(word) or word in self.verbs["modals"] or word in ("had", "have", "has", "was", "were", "is", "are", "been", "not")
        )

    def verb_after(self, words: Sequence[Word], place: int) -> int | None:
        """The place of what follows a subject, past adverbs, if that may be its verb."""
        at = place + 1
        while at < len(words) and words[at].is_word and not words[at].first and self.adverb(words[at].low):
            at += 1
        if at >= len(words) or words[at].first or words[at].quoted:
            return None
        low = words[at].low
        lists = ("determiners", "possessives", "conjunctions", "subordinators", "prepositions", "pronouns", "numbers")
        plain = (words[at].is_word or low in ("'s", "'d", "'ll")) and not words[at].who and not words[at].is_name
        return at if plain and (self.verbish(low) or not any(low in self.words[name] for name in lists)) else None

    def ends_noun(self, word: str) -> bool:
        """Whether a word after a noun shows that the noun was the head of its phrase. Anything but a letter does too."""
        lists = (
            "conjunctions",
            "prepositions",
            "subordinators",
            "determiners",
            "possessives",
            "pronouns",
            "negations",
            "numbers",
        )
        return (
            not word[:1].isalpha()
            or any(word in self.words[name] for name in lists)
            or self.verbish(word)
            or self.adverb(word)
            or word.endswith(("ing", "s"))
            or word == "'s"
        )


def base_form(word: str) -> str:
    """A verb of the third person without its ending: goes go, carries carry, kisses kiss, sings sing."""
    if word in ("has", "is"):
        return {"has": "have", "is": "be"}[word]
    if word.endswith("ies"):
        return word[:-1] if len(word) <= 4 else f"{word[:-3]}y"
    if word.endswith(_ES) or word in _OES or (word.endswith("ches") and word != "aches"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def grammar_for(code: str) -> Grammar:
    """The grammar of a language that has one."""
    rules = rules_for(code)
    if rules is None:
        raise LookupError(code)
    return Grammar(rules)
