"""The YAML text of a language comes in; its rules, checked and with patterns ready to use, go out."""

import re
from collections.abc import Iterator

import msgspec

from meetagain.store.yaml import YamlProblem, line_at, read_yaml

LONGEST_PATTERN = 2000  # signs; a longer one belongs on several lines
_PART = re.compile(r"<([a-z_]+)>")
#: What could take for ever on a long text: a group repeated without an end, anything without an end, a look back at a group.
_ENDLESS = re.compile(r"\)(?:[*+]|\{\d*,\})|\.(?:[*+]|\{\d*,\})|\\[1-9]|\(\?P|\(\?\(")


def _closed_by(consonant: int) -> str:
    """Every Korean syllable that ends in a consonant, by its place among the closing ones, as a class of a pattern."""
    return "[" + "".join(chr(first + consonant) for first in range(0xAC00, 0xD7A4, 28)) + "]"


#: Parts that every language has: syllables that end in n, l, b or ss, for endings that close the syllable before them.
_SYLLABLES = {"ends_n": _closed_by(4), "ends_l": _closed_by(8), "ends_b": _closed_by(17), "ends_ss": _closed_by(20)}

Patterns = str  #: one pattern a line; a line that begins with # is a note


class Matter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be touched by what is said, and how it is said."""

    name: str
    unless: Patterns = ""  # manners of speaking: taken out before anything else is looked for
    said: Patterns = ""
    asked: Patterns = ""  # counts in a question alone
    told: Patterns = ""  # counts outside questions alone
    weak: Patterns = ""  # counts only where no memory is found
    like: str = ""  # sayings of it, one a line: what is near to them in meaning counts as well
    sooner: bool = False  # less nearness is enough, since to overlook it is worse than to be mistaken
    settles: bool = False  # where it was said in so many words, nothing else is looked for by nearness


PATTERNED = ("unless", "said", "asked", "told", "weak")  #: the fields of a Matter that are patterns


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kind of thing a question wants to know."""

    name: str
    said: Patterns


class Questions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a question without a question mark, and what only looks like one."""

    those: Patterns = ""
    not_those: Patterns = ""
    requests: Patterns = ""  # what asks, whatever follows it and however it ends


class Acts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is done by saying it: `declined` is the whole of what was said, the others may stand anywhere."""

    declined: Patterns = ""
    goodnight: Patterns = ""
    visitor_done: Patterns = ""


class Stopping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a wish to stop everything sounds. `<words>` stands for the stop words themselves."""

    always: tuple[str, ...] = ()
    most_words: int = 6  # a wish to stop is short; in a longer remark only a sentence of its own counts
    said: str = ""
    excused: str = ""
    alone: str = ""


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Number words: their values, and what makes an unsure one a number."""

    ones: dict[str, int] = {}  # below ten and the teens; each may follow a ten
    tens: dict[str, int] = {}
    times: dict[str, int] = {}  # hundred, thousand: multiplies what stands before it
    places: dict[str, int] = {}  # third, seventh: values by place
    small: str = ""  # words that stand inside a number: "and"
    unsure: str = ""  # words that are numbers only beside another one or before a unit
    units: str = ""
    sure_units: str = ""  # joined: units that make a number of a single figure: 년
    not_after: dict[str, str] = {}  # a word -> the words after which it is none: "a second"


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How words change. `kind` is endings (walk, walked) or particles (words that take on small words)."""

    kind: str = "endings"
    endings: tuple[tuple[str, str], ...] = ()
    folded: dict[str, str] = {}  # a word -> the forms and near words that count as it
    nouns: str = ""  # particles: nouns that look as if they ended in one
    verbs: str = ""  # particles: stem/joined form[/third form]
    verb_endings: str = ""
    last_endings: str = ""
    doubtful_endings: str = ""
    closed_particles: str = ""  # after a closed syllable
    open_particles: str = ""  # after an open one
    particles: str = ""  # after either
    long_particles: str = ""  # after either; after a noun that is not known only where two syllables are left
    long_endings: str = ""  # after either, but only where two syllables are left
    makers: str = ""  # stems of verbs that are made of a noun


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is particular to one language."""

    language: str
    joined: bool = False  # words take on small words and spaces are free: patterns may begin and end inside a word
    respelled: dict[str, str] = {}
    light: dict[str, str] = {}  # group -> words
    things: dict[str, str] = {}  # a light word -> the words after which it is a thing
    grammar: Grammar = Grammar()
    roles: str = ""
    later: str = ""
    speaker: str = ""  # words by which somebody speaks of themselves
    refers: str = ""  # words that stand for what was spoken of before
    points: str = ""  # words that point to somebody who must have been named before
    addresses: str = ""  # words by which somebody is spoken to
    love_tags: str = ""  # tags, by commas, of memories that are words of love
    denies: str = ""  # words by which something is denied
    narrates: Patterns = ""  # how somebody tells something that happened
    parts: dict[str, str] = {}
    questions: Questions = Questions()
    asks: tuple[Asking, ...] = ()
    past: Patterns = ""
    about: Patterns = ""
    matters: tuple[Matter, ...] = ()
    idle: str = ""  # sayings that touch none of the matters, one a line
    acts: Acts = Acts()
    never: Patterns = ""
    stopping: Stopping = Stopping()
    numbers: Numbers = Numbers()
    stock: dict[str, dict[str, tuple[str, ...]]] = {}  # child, adult -> group -> lines


def read_pack(text: str) -> Pack:
    """The rules as values, every pattern tried. Raises YamlProblem or ValueError with the place that is wrong."""
    value = read_yaml(text)
    try:
        pack = msgspec.convert(value, Pack)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        raise YamlProblem(f"{where.strip('`$.') or 'the whole'}: {what}") from error
    for path, patterns in _written(pack):
        _check(text, path, patterns, pack)
    return pack


def plain_parts(pattern: str, parts: dict[str, str]) -> str:
    """The pattern with every `<name>` put in its place. Raises ValueError for a name that nobody explained."""
    parts = {**_SYLLABLES, **parts}
    for _ in range(4):  # a part may be made of parts
        names = set(_PART.findall(pattern))
        unknown = sorted(names - set(parts) - {"words"})
        if unknown:
            raise ValueError(f"<{unknown[0]}> is not among the parts")
        if not names - {"words"}:
            return pattern
        pattern = _PART.sub(lambda found: f"(?:{parts[found[1]]})" if found[1] in parts else found[0], pattern)
    raise ValueError("parts that are made of each other")


def ready(patterns: Patterns, pack: Pack) -> re.Pattern[str] | None:
    """One pattern for all of them, or None where there are none. Where words are whole, it begins and ends with one."""
    each = [plain_parts(pattern, pack.parts) for _, pattern in lines(patterns)]
    if not each:
        return None
    if pack.joined:
        return re.compile("|".join(f"(?:{pattern.replace(' ', ' ?')})" for pattern in each))
    return re.compile(rf"(?<![\w'])(?:{'|'.join(each)})(?![\w'])")


def lines(patterns: Patterns) -> list[tuple[int, str]]:
    """(which line, the pattern) of each that stands there."""
    stripped = ((n, line.strip()) for n, line in enumerate(patterns.splitlines()))
    return [(n, line) for n, line in stripped if line and not line.startswith("#")]


def _written(pack: Pack) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every place where patterns stand."""
    for n, matter in enumerate(pack.matters):
        yield from ((("matters", n, field), getattr(matter, field)) for field in PATTERNED)
    yield from ((("asks", n, "said"), asking.said) for n, asking in enumerate(pack.asks))
    for name, inner in (("questions", pack.questions), ("acts", pack.acts)):
        yield from (((name, field), getattr(inner, field)) for field in inner.__struct_fields__)
    yield from (((name,), getattr(pack, name)) for name in ("past", "about", "never"))
    yield from ((("stopping", field), getattr(pack.stopping, field)) for field in ("said", "excused", "alone"))


def _check(text: str, path: tuple[str | int, ...], patterns: Patterns, pack: Pack) -> None:
    for n, pattern in lines(patterns):
        wrong = _wrong(pattern, pack)
        if wrong:
            name = " > ".join(str(step) if isinstance(step, str) else f"number {step + 1}" for step in path)
            line = (line_at(text, path) or 0) + (n + 1 if "\n" in patterns else 0)
            raise ValueError(f"{name}, line {line}: {wrong}")


def _wrong(pattern: str, pack: Pack) -> str:
    try:
        plain = plain_parts(pattern, pack.parts)
        if len(pattern) > LONGEST_PATTERN:
            return f"it is longer than {LONGEST_PATTERN} signs"
        if _ENDLESS.search(plain):
            return "it repeats without an end, or looks back"
        re.compile(plain.replace("<words>", "word"))
    except (ValueError, re.error) as error:
        return str(error)
    return ""
