"""A person, a memory, a story and the keeper's decisions come in; the Repertoire goes out: every line that may ever be said."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from meetagain.mind.compose import composed, told_with
from meetagain.mind.language import Language, known_languages, language
from meetagain.mind.lexicon import lexicon_text
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Decision, Line, Repertoire, Verdict
from meetagain.schema.person import Person
from meetagain.schema.scenario import Cue, Scenario
from meetagain.schema.speech import Clause, LineClass

UNSAID = ("sorry", "thanks", "miss", "fault", "pain", "alone")
#: Groups in which our small lines stand only where the family wrote none; in all others theirs come first and ours after them.
OWN_ONLY = frozenset({"birthday", "goodbye", *UNSAID})
CLASS_OF = {
    "care": LineClass.CARE,
    "care_quiet": LineClass.CARE,
    "harm": LineClass.CARE,
    "closed": LineClass.NOT_KNOWING,
    "not_knowing": LineClass.NOT_KNOWING,
    "false_premise": LineClass.NOT_KNOWING,
    "have_no_more": LineClass.NOT_KNOWING,
    "you_told": LineClass.NOT_KNOWING,
    "honest": LineClass.HONEST,
    "refuse": LineClass.REFUSE,
    "unfit": LineClass.REFUSE,
    "filler": LineClass.FILLER,
    "goodbye": LineClass.FAREWELL,
}
EXPRESSION_OF = {
    "care": "tender",
    "care_quiet": "tender",
    "harm": "tender",
    "closed": "tender",
    "honest": "tender",
    "love": "tender",
    "pride": "tender",
    "not_knowing": "wonder",
    "false_premise": "wonder",
    "tired": "tired",
    "goodbye": "whisper",
    "signs": "mischief",
    "told_before": "mischief",
    "otherwise": "wonder",
    "joke": "mischief",
    "laughter": "joy",
    "appear": "joy",
    "play": "joy",
    "table": "joy",
    "greeting": "joy",
    "look": "wonder",
    "unsaid": "tender",
}
LEAST_WORDS = 4  # from which on the same words are no chance


def repertoire(
    person: Person, memory: Memory, scenario: Scenario | None = None, decisions: Mapping[str, Decision] | None = None
) -> Repertoire:
    """Every line in a fixed order, each with a key that stays the same from build to build.

    A decision counts only while its text is still what would be said. A language without word rules has the family's own lines only.
    """
    code, rules = _code(person), word_rules(person)
    lines = [*_authored(person, memory, rules), *_told(person, memory)]
    return Repertoire(
        language=code, lines=tuple(decided(lines, decisions or {})), rules=rules.text if rules else "", world=lexicon_text(code)
    )


def word_rules(person: Person) -> Language | None:
    """The built-in rules of the person's language, or None where it has none."""
    return language(_code(person)) if _code(person) in known_languages() else None


def _code(person: Person) -> str:
    return person.settings.language.split("-")[0]


def decided(lines: list[Line], decisions: Mapping[str, Decision]) -> Iterator[Line]:
    """The lines with what the keeper decided: forbidden ones left out, edited ones in the keeper's words."""
    for line in lines:
        decision = decisions.get(line.key)
        if decision is None or decision.text != line.text or decision.verdict is Verdict.APPROVED:
            yield line
        elif decision.verdict is Verdict.EDITED:
            yield msgspec.structs.replace(line, text=decision.instead, level=0, source=f"{line.source}, edited by the keeper")


def _authored(person: Person, memory: Memory, rules: Language | None) -> Iterator[Line]:
    character = person.character
    stock = rules.stock(person.is_child, person.calls_visitor) if rules else {}
    own = {**character.lines, **{group: (text,) for group, text in character.reply_unsaid.items()}}
    if "song" not in own and "signs" in own:
        own["song"] = own["signs"]  # what is heard before they are seen is sung where there is no song
    for group in dict.fromkeys((*own, *stock)):
        theirs = own.get(group, ())
        ours = () if theirs and group in OWN_ONLY else tuple(text for text in stock.get(group, ()) if text not in theirs)
        for number, text in enumerate((*theirs, *ours), start=1):
            source = "written by the family" if number <= len(theirs) else "a small line that claims nothing"
            yield _line(group, number, text, source, _words_of(text, memory) if number <= len(theirs) else ())


def _line(group: str, number: int, text: str, source: str, cites: tuple[str, ...]) -> Line:
    line_class = LineClass.REPLY_UNSAID if group in UNSAID else CLASS_OF.get(group, LineClass.AUTHORED)
    expression = "tender" if group in UNSAID else EXPRESSION_OF.get(group, "neutral")
    return Line(key=f"{group}/{number}", text=text, line_class=line_class, expression=expression, group=group, cites=cites, source=source)


def _words_of(text: str, memory: Memory) -> tuple[str, ...]:
    """The memory whose own words a line of the family repeats: a song that is sung, a rhyme that is said."""
    plain = _bare(text)
    if plain.count(" ") + 1 < LEAST_WORDS:
        return ()
    return next(((fact.id,) for fact in memory.facts if fact.open and f" {plain} " in f" {_bare(fact.said)} "), ())


def _bare(text: str) -> str:
    """The words alone: no directions in brackets, no marks."""
    return " ".join(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", re.sub(r"\([^)]*\)", " ", text).lower()))


def _told(person: Person, memory: Memory) -> Iterator[Line]:
    """The person's own words first, then what can be put together from the memory's own fields."""
    for fact in memory.facts:
        if not fact.open:
            continue
        if fact.said:
            yield Line(
                key=f"{fact.id}/said",
                text=fact.said,
                line_class=LineClass.GROUNDED,
                expression=told_with(person, fact),
                group=fact.kind,
                cites=(fact.id,),
                source=f"their own words, told by {fact.told_by or 'the family'} ({fact.source})",
            )
        yield from (line for line in composed(person, fact) if _stands(line, fact))


def _stands(line: Line, fact: Fact) -> bool:
    """Of what was found in a letter or chat, the day is that of the writing, and beside own words there is only a frame."""
    if not fact.item:
        return True
    return not line.key.endswith("/when") and not (fact.said and "/told/" in line.key)


class Lines:
    """A Repertoire made ready for looking up."""

    def __init__(self, found: Repertoire) -> None:
        self.repertoire = found
        self._groups: dict[str, list[Line]] = {}
        self._facts: dict[str, list[Line]] = {}
        self._texts: dict[str, list[Line]] = {}
        for line in found.lines:
            self._texts.setdefault(line.text, []).append(line)
            if line.line_class is LineClass.GROUNDED:
                self._facts.setdefault(line.cites[0], []).append(line)
            else:
                self._groups.setdefault(line.group, []).append(line)

    def group(self, name: str) -> tuple[Line, ...]:
        """Lines that claim nothing, of one group."""
        return tuple(self._groups.get(name, ()))

    def of(self, fact_id: str) -> tuple[Line, ...]:
        """Lines that tell one memory, its own words first."""
        return tuple(self._facts.get(fact_id, ()))

    def saying(self, text: str) -> tuple[Line, ...]:
        """Lines with exactly these words."""
        return tuple(self._texts.get(text, ()))


def clause_of(line: Line, turn: int = 0, expression: str = "") -> Clause:
    """A line about to be said."""
    return Clause(
        turn=turn,
        text=line.text,
        line_class=line.line_class,
        expression=expression or line.expression,
        cites=line.cites,
        group=line.group,
    )


def voiced(found: Repertoire, memory: Memory, scenario: Scenario | None = None) -> tuple[Clause, ...]:
    """What is made into sound ahead: every line, and those that the story's cues colour, unique by text and expression."""
    clauses: dict[tuple[str, str], Clause] = {}
    for clause in (*map(clause_of, found.lines), *(_cued(Lines(found), memory, scenario) if scenario else ())):
        clauses.setdefault((clause.text, clause.expression), clause)
    return tuple(clauses.values())


def _cued(lines: Lines, memory: Memory, scenario: Scenario) -> Iterator[Clause]:
    for beat in scenario.beats:
        for cue in (*beat.enter, *(cue for timed in beat.during for cue in timed.do)):
            expression = str(cue.args.get("expression", ""))
            if expression and cue.kind in ("say", "song"):
                group = "song" if cue.kind == "song" and cue.target == "own" else cue.target
                yield from (clause_of(line, expression=expression) for line in lines.group(group))
            elif expression and cue.kind == "tell":
                yield from _tellable(lines, memory, cue, expression)


def _tellable(lines: Lines, memory: Memory, cue: Cue, expression: str) -> Iterator[Clause]:
    wanted = {tag.strip().lower() for tag in cue.target.split(",") if tag.strip()}
    for fact in memory.facts:
        if not wanted or wanted & {*(tag.lower() for tag in fact.tags), fact.kind, fact.id}:
            yield from (clause_of(line, expression=expression) for line in lines.of(fact.id)[:1])
