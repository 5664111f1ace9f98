"""A written conversation comes in; the mind's part of it is played turn by turn, and what it said goes out beside what was recorded."""

from pathlib import Path
from typing import Any

import msgspec
import yaml

from meetagain.archive.read import read_archive
from meetagain.demo_people import demo_source
from meetagain.mind.backend import Turn
from meetagain.mind.guard import judge
from meetagain.mind.lines import Lines, repertoire
from meetagain.mind.told import ToldMind
from meetagain.schema.lines import Repertoire
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, Utterance
from meetagain.schema.ticket import Thing
from meetagain.store.folder import PersonFolder
from meetagain.store.yaml import read_yaml

CALLS = ("harm", "stop")  # what calls the companion; what only asks them to look is no part of a conversation


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: the visitor says something, or the story lets the portrait say or tell something. `answer` is what was recorded."""

    say: str = ""  # the visitor
    line: str = ""  # the story: a line of this group
    tell: str = ""  # the story: a memory by id or tags
    lifts: str = ""  # the visitor picks up a thing with this caption
    talk: str = "open"
    beat: str = "words"
    walking: bool = False
    answer: tuple[str, ...] = ()
    alarm: str = ""  # "harm" or "stop", where the companion is called


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A conversation as it lies in a file."""

    title: str
    person: str
    steps: tuple[Step, ...]
    language: str = "en"


class Played(msgspec.Struct, frozen=True):
    """What the portrait said in one step; `cancelled` where the guard would not have let it."""

    step: Step
    clauses: tuple[Clause, ...]
    allowed: bool
    alarm: str = ""


def read_conversation(path: Path) -> Written:
    """One file. Raises msgspec.ValidationError."""
    return msgspec.convert(read_yaml(path.read_text("utf-8")), Written)


def open_person(written: Written) -> tuple[Person, Any, Repertoire]:
    """Person, mind and repertoire of a conversation."""
    root = demo_source() if written.language == "en" else demo_source() / written.language
    person, memory = PersonFolder(root / written.person).read_person(), read_archive(root / written.person).memory
    found = repertoire(person, memory)
    return person, ToldMind().open(person, memory, found, seed=0), found


def play(written: Written) -> tuple[Played, ...]:
    """The whole conversation."""
    _, mind, found = open_person(written)
    lines = Lines(found)
    spoken: list[str] = []
    cited: list[str] = []
    said: list[str] = []
    held, number = "", 0
    played = []
    for step in written.steps:
        number += bool(step.say)
        alarm = ""
        clauses: tuple[Clause | None, ...]
        if step.say:
            utterance = Utterance(text=step.say, started_s=0.0, ended_s=1.0)
            called = mind.alarm(utterance, step.walking, tuple(said))
            alarm = called if called in CALLS else ""
            turn = Turn(number, utterance, step.beat, step.talk, tuple(spoken), tuple(cited), tuple(said), held, step.walking)
            clauses = mind.answer(turn)
            said.append(step.say)
        elif step.lifts:
            held = step.lifts
            clauses = (mind.tell_of(Thing(step.lifts), number, tuple(spoken)),)
        else:
            clauses = (
                mind.tell(step.tell, number, tuple(cited)) if step.tell else mind.line(step.line, number, tuple(spoken), tuple(said)),
            )
        there = tuple(clause for clause in clauses if clause is not None)
        spoken += [clause.text for clause in there]
        cited += [cite for clause in there for cite in clause.cites]
        played.append(Played(step, there, all(judge(clause, lines) == clause for clause in there), alarm))
    return tuple(played)


def as_text(written: Written, played: tuple[Played, ...]) -> str:
    """To be read aloud."""
    name = written.person.capitalize()
    rows = [f"# {written.title}", ""]
    for one in played:
        if one.step.say:
            rows.append(f"  visitor: {one.step.say}")
        if one.step.lifts:
            rows.append(f"  (lifts: {one.step.lifts})")
        if one.alarm:
            rows.append(f"  [the companion is called: {one.alarm}]")
        for clause in one.clauses:
            cites = f"  [{clause.line_class} {clause.expression} {','.join(clause.cites) or clause.group}]"
            rows.append(f"{name:>9}: {clause.text}{cites}")
        if not one.clauses:
            rows.append(f"{name:>9}: (listens)")
    return "\n".join(rows)


def as_page(written: Written, played: tuple[Played, ...]) -> str:
    """As Markdown for the docs: what the visitor says stands in italics."""
    name = written.person.capitalize()
    rows = [f"## {written.title}", ""]
    for one in played:
        if one.step.say:
            rows.append(f"*{one.step.say}*  ")
        if one.step.lifts:
            rows.append(f"(picks up: {one.step.lifts})  ")
        if one.alarm:
            rows.append("(the companion is called, and the place goes calm)  ")
        rows += [f"**{name}:** {clause.text}  " for clause in one.clauses]
        if one.step.say and not one.clauses:
            rows.append(f"**{name}** listens.  ")
    return "\n".join(rows)


def record(path: Path) -> None:
    """Write what is said now into the file, as what is expected from now on."""
    written = read_conversation(path)
    steps = []
    for one in play(written):
        row = {
            name: value
            for name, value in msgspec.to_builtins(one.step).items()
            if value != getattr(Step(), name) and name not in ("answer", "alarm")
        }
        alarm = {"alarm": one.alarm} if one.alarm else {}
        steps.append({**row, "answer": [clause.text for clause in one.clauses], **alarm})
    whole = {"title": written.title, "person": written.person, "language": written.language, "steps": steps}
    path.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=140), "utf-8")
