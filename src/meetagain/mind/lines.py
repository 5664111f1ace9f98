"""A person, a memory and a scenario come in; every clause that may ever be said goes out, so that all can be made ahead."""

from collections.abc import Iterator

from meetagain.mind.stock import stock
from meetagain.schema.archive import Memory
from meetagain.schema.person import Person
from meetagain.schema.scenario import Cue, Scenario
from meetagain.schema.speech import Clause, LineClass

CLASS_OF = {
    "care": LineClass.CARE,
    "not_knowing": LineClass.NOT_KNOWING,
    "honest": LineClass.HONEST,
    "refuse": LineClass.REFUSE,
    "filler": LineClass.FILLER,
    "goodbye": LineClass.FAREWELL,
}
EXPRESSION_OF = {
    "care": "tender",
    "honest": "tender",
    "not_knowing": "mischief",
    "refuse": "neutral",
    "filler": "neutral",
    "love": "tender",
    "tired": "tired",
    "goodbye": "whisper",
    "signs": "mischief",
    "appear": "joy",
    "play": "joy",
    "table": "joy",
    "unsaid": "tender",
}


def group_lines(person: Person, group: str) -> tuple[str, ...]:
    """The family's own lines of a group, or the stock ones where they wrote none."""
    if group in person.character.reply_unsaid:
        return (person.character.reply_unsaid[group],)
    if group == "song":
        return person.character.lines.get("song") or person.character.lines.get("signs", ())
    return person.character.lines.get(group) or stock(person).get(group, ())


def authored(person: Person, group: str, text: str, turn: int = 0) -> Clause:
    """One approved line as a clause."""
    unsaid = group in person.character.reply_unsaid or group in ("sorry", "thanks", "miss", "fault", "pain", "alone")
    line_class = LineClass.REPLY_UNSAID if unsaid else CLASS_OF.get(group, LineClass.AUTHORED)
    expression = "tender" if unsaid else EXPRESSION_OF.get(group, "neutral")
    return Clause(turn=turn, text=text, line_class=line_class, expression=expression, group=group)


def speakable(person: Person, memory: Memory, scenario: Scenario | None = None) -> tuple[Clause, ...]:
    """Every clause, unique by text and expression, in a fixed order."""
    found: dict[tuple[str, str], Clause] = {}
    for clause in (*_authored(person), *_told(memory), *(_cued(person, memory, scenario) if scenario else ())):
        found.setdefault((clause.text, clause.expression), clause)
    return tuple(found.values())


def _authored(person: Person) -> Iterator[Clause]:
    groups = dict.fromkeys((*person.character.lines, *person.character.reply_unsaid, *stock(person)))
    for group in groups:
        for text in group_lines(person, group):
            yield authored(person, group, text)


def told(fact, turn: int = 0, expression: str = "joy") -> Clause:
    """A memory in the person's own words."""
    return Clause(turn=turn, text=fact.said, line_class=LineClass.GROUNDED, expression=expression, cites=(fact.id,), group=fact.kind)


def _told(memory: Memory) -> Iterator[Clause]:
    for fact in memory.facts:
        if fact.said and fact.open:
            yield told(fact)


def _cued(person: Person, memory: Memory, scenario: Scenario) -> Iterator[Clause]:
    """Lines as the story's cues colour them."""
    for beat in scenario.beats:
        for cue in (*beat.enter, *(cue for timed in beat.during for cue in timed.do)):
            expression = str(cue.args.get("expression", ""))
            if cue.kind in ("say", "song") and expression:
                yield from _coloured(person, cue, expression)
            elif cue.kind == "tell" and expression:
                yield from _tellable(memory, cue, expression)


def _coloured(person: Person, cue: Cue, expression: str) -> Iterator[Clause]:
    group = "song" if cue.kind == "song" and cue.target == "own" else cue.target
    for text in group_lines(person, group):
        line = authored(person, group, text)
        yield Clause(turn=0, text=text, line_class=line.line_class, expression=expression, group=group)


def _tellable(memory: Memory, cue: Cue, expression: str) -> Iterator[Clause]:
    wanted = {tag.strip().lower() for tag in cue.target.split(",") if tag.strip()}
    for fact in memory.facts:
        if fact.said and fact.open and (not wanted or wanted & {*(tag.lower() for tag in fact.tags), fact.kind, fact.id}):
            yield told(fact, expression=expression)
