"""The name of a language comes in; how its words and sentences are understood goes out. All word rules are data, in `languages/`."""

import re
from copy import copy
from functools import cache
from importlib.resources import files

from meetagain.mind.meaning import Meaning
from meetagain.mind.near import IDLE, Near
from meetagain.mind.numbers import number_reader
from meetagain.mind.pack import PATTERNED, Pack, lines, plain_parts, read_pack, ready
from meetagain.mind.stems import stemmer
from meetagain.schema.person import Person

LONGEST = 2000  # signs of one utterance that are looked at
MOST_OF_AN_ECHO = 4  # words of a question that only says something over: "The grey one? Here."
MOST_AFTER_A_QUESTION = 4  # words that may follow a question, as in "Who was it? Tell me, love."
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SENTENCE = re.compile(r"[^.!?…。？！\n]+[.!?…。？！]*")


class Language:
    """The rules of one language, ready to use. Immutable; made by `read_language` or `language`."""

    def __init__(self, text: str, pack: Pack) -> None:
        self.text, self.code, self._pack = text, pack.language, pack
        self._stems = stemmer(pack.grammar)
        self._numbers = number_reader(pack.numbers, joined=pack.joined)
        self._soft = frozenset(word for words in pack.light.values() for word in words.split())
        self.light = self._soft
        self._things = {word: frozenset(after.split()) for word, after in pack.things.items()}
        self._respelled = {word: tuple(put.split()) for word, put in pack.respelled.items()}
        self._points, self._addresses = frozenset(pack.points.split()), frozenset(pack.addresses.split())
        self._denies = frozenset(pack.denies.split())
        self._refers = frozenset(pack.refers.split())
        self._speaker = frozenset(pack.speaker.split())
        self._roles = frozenset(map(self.stem, pack.roles.split()))
        self.later = frozenset(map(self.stem, pack.later.split()))
        self._question = ready(pack.questions.those, pack), ready(pack.questions.not_those, pack)
        self._request = ready(pack.questions.requests, pack)
        self._asks = tuple((asking.name, ready(asking.said, pack)) for asking in pack.asks)
        self._past, self._about, self._never, self._narrates = (
            ready(patterns, pack) for patterns in (pack.past, pack.about, pack.never, pack.narrates)
        )
        self._matters = tuple((matter.name, *(ready(getattr(matter, field), pack) for field in PATTERNED)) for matter in pack.matters)
        self._settling = frozenset(matter.name for matter in pack.matters if matter.settles)
        self._near: Near | None = None
        self._acts = tuple((name, ready(getattr(pack.acts, name), pack)) for name in ("goodnight", "visitor_done"))
        self._declined = ready(pack.acts.declined, pack)

    def with_meaning(self, meaning: Meaning) -> "Language":
        """The same language, in which matters are understood by nearness of meaning too, not by the words alone."""
        pack, other = self._pack, copy(self)
        sayings = {matter.name: tuple(text for _, text in lines(matter.like)) for matter in pack.matters}
        sooner = frozenset(matter.name for matter in pack.matters if matter.sooner)
        other._near = Near({**sayings, IDLE: tuple(text for _, text in lines(pack.idle))}, sooner, meaning)
        return other

    @property
    def sayings(self) -> tuple[str, ...]:
        """Texts that words are held against by nearness of meaning."""
        return self._near.texts if self._near else ()

    # --- words -------------------------------------------------------------------------------------------------------

    def words(self, text: str) -> list[str]:
        """Lower-case words in order, apostrophes made plain, possessive s taken off."""
        found: list[str] = []
        for word in _WORD.findall(_plain(text)):
            if word.endswith("'s") and word not in self._soft:
                word = word[:-2]
            found += self._respelled.get(word, (word,))
        return found

    def stem(self, word: str) -> str:
        """A light stem: endings and particles off, irregular forms, family words and near words folded together."""
        return self._stems(word)

    def content(self, text: str) -> list[str]:
        """Stems of the words that carry meaning, in order. "the will" is a thing, "will" alone is not."""
        found, before = [], ""
        for word in self.words(text):
            thing = before in self._things.get(word, ())
            if thing or (word not in self._soft and (len(word) > 1 or not word.isascii())):
                bare = self.stem(word)
                if thing or bare not in self._soft:
                    found.append(bare)
            before = word
        return found

    def roles(self, text: str) -> frozenset[str]:
        """What people are to each other, as stems: brother, grandmother, friend."""
        return frozenset(map(self.stem, self.words(text))) & self._roles

    def numbers(self, text: str) -> frozenset[int]:
        """Numbers in digits and in words: "seven", "seventh", "nineteen ninety-two"."""
        return self._numbers(_plain(text))

    # --- sentences ---------------------------------------------------------------------------------------------------

    def is_question(self, text: str) -> bool:
        """Whether this asks something, in any of its sentences."""
        return any(map(self._asking, self._sentences(text)))

    def question_in(self, text: str) -> str:
        """The sentence that asks, as it was said: a request, or a question that few words follow. "" where nothing is asked."""
        pieces = [piece.strip() for piece in _SENTENCE.findall(text[:LONGEST]) if self.words(piece)]
        after = 0
        for piece in reversed(pieces):
            spoken = self._sentences(piece)[0]
            if self._request and self._request.search(spoken):
                return piece
            stated = len(pieces) > 1 and piece.endswith((".", "。"))
            echo = after and not self._worded(spoken) and len(self.words(piece)) <= MOST_OF_AN_ECHO
            if after <= MOST_AFTER_A_QUESTION and self._asking(spoken) and not stated and not echo:
                return piece
            after += len(self.words(piece))
        return ""

    def asks(self, text: str) -> str:
        """who what where when why how how_many which whether teller more story, or ''. The last question counts."""
        for sentence in reversed(self._sentences(text)):
            for name, pattern in self._asks:
                if pattern and pattern.search(sentence) and (name in ("more", "story") or self._asking(sentence)):
                    return name
        return "whether" if self.is_question(text) else ""

    def about_past(self, text: str) -> bool:
        """Whether this speaks of something that is said to have been: "do you remember", "when we went"."""
        return self._any(self._past, text)

    def about_somebody(self, text: str) -> bool:
        """Whether it turns on whoever or whatever is named in it: "tell me about your brother"."""
        return self._any(self._about, text)

    def of_visitor(self, text: str) -> bool:
        """Whether somebody speaks of themselves."""
        return any(word in self._speaker for word in self.words(text))

    def refers(self, text: str) -> bool:
        """Whether a word stands for what was spoken of before: it, that, she, there."""
        return any(word in self._refers for word in self.words(text))

    @property
    def love_tags(self) -> str:
        """Tags of memories that are words of love."""
        return self._pack.love_tags

    def points(self, text: str) -> bool:
        """Whether a word points to somebody who must have been named before."""
        return any(word in self._points for word in self.words(text))

    def addresses(self, text: str) -> bool:
        """Whether whoever listens is spoken of: "you were always quick"."""
        return any(word in self._addresses for word in self.words(text))

    def denies(self, text: str) -> bool:
        """Whether something is denied."""
        return any(word in self._denies for word in self.words(text))

    def narrates(self, text: str) -> bool:
        """Whether something that happened is told."""
        return self._any(self._narrates, text)

    def matters(self, text: str) -> tuple[tuple[str, str], ...]:
        """Every matter that is touched, what matters most first, each "strong" or "weak" (it counts only if no memory is found)."""
        sentences = self._sentences(text)
        found: dict[str, str] = {}
        for name, *rules in self._matters:  # a matter may stand in several places
            found[name] = _strength({found.get(name, ""), *self._of(sentences, rules)})
        if self._near:
            worded = {name for name, strength in found.items() if strength == "strong"}
            for name, strength in self._near.touched(text[:LONGEST]).items():
                found[name] = _strength({found[name], self._beside(name, strength, worded)})
        return tuple((name, strength) for name, strength in found.items() if strength)

    def matter(self, text: str) -> str:
        """The matter that matters most, of those that are surely meant, or ''."""
        return next((name for name, strength in self.matters(text) if strength == "strong"), "")

    def never_said(self, text: str) -> bool:
        """Whether it is what a portrait never says unless the family wrote it so (H2, H5)."""
        return self._any(self._never, text)

    # --- what is done, and what is said ----------------------------------------------------------------------------------

    def acts(self, text: str, person: Person) -> tuple[str, ...]:
        """Acts of the story that these words are."""
        plain = _plain(text)
        end = "" if self._pack.joined else r"(?!\w)"
        called = [name.replace("’", "'").lower() for name in (*person.called, person.full_name) if name]
        names = [re.compile(rf"(?<!\w){re.escape(name)}{end}") for name in called]
        named = any(name.search(plain) for name in names)
        found = ("name_called",) if named else ()
        for name in names:
            plain = name.sub(" ", plain)
        if self._declined and self._declined.fullmatch(" ".join(self.words(plain))):
            found += ("declined",)
        return (*found, *(act for act, pattern in self._acts if self._any(pattern, text)))

    def stopping(self, own: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        """How a wish to stop is said, what is none, and how it stands alone, with these stop words."""
        rules = self._pack.stopping
        named = "|".join(re.escape(word) for word in sorted(own, key=len, reverse=True))
        put = (
            plain_parts(pattern, self._pack.parts).replace("<words>", f"(?:{named})")
            for pattern in (rules.said, rules.excused, rules.alone)
        )
        said, excused, alone = (re.compile(pattern or r"(?!)") for pattern in put)
        return said, excused, alone

    @property
    def always_stops(self) -> tuple[str, ...]:
        """The words that stop everything, besides those a family chose."""
        return self._pack.stopping.always

    @property
    def longest_stop(self) -> int:
        """How many words a wish to stop has at most."""
        return self._pack.stopping.most_words

    def stock(self, child: bool, calls: str) -> dict[str, tuple[str, ...]]:
        """Small lines that claim nothing about anybody's life, by group; `calls` is what the visitor is called."""
        groups = self._pack.stock.get("child" if child else "adult", {})
        return {name: tuple(line.replace("{calls}", calls) for line in lines) for name, lines in groups.items()}

    # --- within ------------------------------------------------------------------------------------------------------

    def _sentences(self, text: str) -> list[str]:
        """Sentences as lower-case words with one space between them, and " ?" after a question mark."""
        found = []
        for piece in _SENTENCE.findall(_plain(text)):
            spoken = [part for word in _TOKEN.findall(piece) for part in self._respelled.get(word, (word,))]
            if spoken:
                found.append(" ".join(spoken) + (" ?" if "?" in piece or "？" in piece else ""))
        return found or [text.strip()[:LONGEST]]

    def _beside(self, name: str, strength: str, worded: set[str]) -> str:
        """How strong a matter found by nearness is: what was said in so many words is not outdone by what it is near to."""
        sooner = self._near is not None and name in self._near.sooner
        if sooner and self._pack.joined:
            return "weak"  # with so few sayings, longing for a father's soup lay nearest to longing for death
        if not worded:
            return strength
        return "strong" if sooner and strength == "strong" and not worded & self._settling else "weak"

    def _asking(self, sentence: str) -> bool:
        return sentence.endswith("?") or self._worded(sentence)

    def _worded(self, sentence: str) -> bool:
        """Whether the words alone make it a question."""
        those, not_those = self._question
        return bool(those and those.search(sentence)) and not (not_those and not_those.search(sentence))

    def _any(self, pattern: re.Pattern[str] | None, text: str) -> bool:
        return pattern is not None and any(map(pattern.search, self._sentences(text)))

    def _of(self, sentences: list[str], rules) -> set[str]:
        unless, said, asked, told, weak = rules
        found = set()
        for sentence in sentences:
            left = unless.sub("~", sentence) if unless else sentence
            fitting = asked if self._asking(sentence) else told
            if (said and said.search(left)) or (fitting and fitting.search(left)):
                found.add("strong")
            elif weak and weak.search(left):
                found.add("weak")
        return found


def _strength(found: set[str]) -> str:
    return max(found, key=("", "weak", "strong").index, default="")


def _plain(text: str) -> str:
    return text[:LONGEST].lower().replace("’", "'").replace("‘", "'")


def read_language(text: str) -> Language:
    """The language that a YAML text describes. Raises YamlProblem or ValueError that names the place."""
    return Language(text, read_pack(text))


@cache
def language(code: str) -> Language:
    """A language that is built in, by its code. Raises LookupError for one that is not."""
    if code not in known_languages():
        raise LookupError(code)
    return read_language((files("meetagain.mind") / "languages" / f"{code}.yaml").read_text("utf-8"))


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of the languages that are built in."""
    names = (entry.name for entry in (files("meetagain.mind") / "languages").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))
