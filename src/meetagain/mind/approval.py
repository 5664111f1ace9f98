"""All that may be said and what the keeper decided come in; an approval goes out, and later whether it still fits, and what changed."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from meetagain.errors import Issue, issue
from meetagain.mind.backend import Turn
from meetagain.mind.lines import decided
from meetagain.mind.review import settled
from meetagain.schema.approval import Approval, Probe
from meetagain.schema.archive import Memory
from meetagain.schema.lines import Decision, Line, Repertoire
from meetagain.schema.person import Person
from meetagain.schema.scenario import Scenario
from meetagain.schema.speech import Clause, Utterance
from meetagain.store.folder import digest
from meetagain.store.written import as_written
from meetagain.store.yaml import read_yaml

MOST_MEMORIES_ASKED = 150
NAMED_KEYS = 4
#: What the family may change without a line being said otherwise: how the portrait looks and sounds, who takes responsibility.
_UNSPOKEN = ("look", "manner", "consent", "fictional")
_SPOKEN_CHOICES = ("language", "mind")
PARTS = {"person": "person.yaml", "memories": "the memories", "story": "the story", "decisions": "what you decided about the lines"}

Answers = Callable[[Turn], Iterable[Clause]]


# --- what an approval rests on ---------------------------------------------------------------------------------------------------


def made_of(person: Person, memory: Memory, scenario: Scenario, decisions: Mapping[str, Decision]) -> dict[str, str]:
    """One hash for each part that answers rest on. Memories that wait for the keeper are no part: they are not spoken.

    What was left at its default counts as not written, so that a field which a later version adds changes no hash.
    """
    told = [fact for fact in memory.facts if fact.share != "ask"]
    parts = {"person": _spoken_of(person), "memories": [told, memory.not_true], "story": _talk(scenario), "decisions": decisions}
    return {name: digest(msgspec.json.encode(as_written(part), order="deterministic")) for name, part in parts.items()}


def _spoken_of(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {name: value for name, value in as_written(person).items() if name not in _UNSPOKEN}
    settings = {name: as_written(getattr(person.settings, name)) for name in _SPOKEN_CHOICES}
    habits = [person.manner.habits, person.manner.laugh, person.spoken_of]
    return {**found, "settings": settings, "manner": as_written(habits)}


def _talk(scenario: Scenario) -> list[Any]:
    """What of a story decides which lines are said: its parts, how much is talked there, and the lines it calls for."""
    found = []
    for beat in scenario.beats:
        cues = (*beat.enter, *(cue for timed in beat.during for cue in timed.do))
        found.append([beat.id, beat.talk, beat.tells, *(as_written(cue) for cue in cues if cue.kind in ("say", "tell", "song"))])
    return found


# --- approving, and whether it fits ------------------------------------------------------------------------------------------------


def spoken(laid_out: Repertoire, decisions: Mapping[str, Decision], *, pinned: bool = False) -> Repertoire:
    """The lines as the keeper left them."""
    lines = tuple(decided(list(laid_out.lines), settled(laid_out.lines, decisions)))
    return msgspec.structs.replace(laid_out, lines=lines, pinned=pinned)


def changed(approval: Approval, parts: Mapping[str, str]) -> tuple[str, ...]:
    """Which parts are no longer as they were approved."""
    return tuple(name for name in PARTS if approval.made_of.get(name) != parts[name])


def base(approval: Approval | None, fresh: Callable[[], Repertoire], parts: Mapping[str, str]) -> Repertoire:
    """The lines that decisions are about: those of the approval while the family's material is the same, else fresh ones, laid out now.

    An update of the software rewords its small lines only where the keeper asks for it.
    """
    same = approval is not None and not set(changed(approval, parts)) - {"decisions"}
    return approval.laid_out if approval is not None and same else fresh()


def fitting(approval: Approval, parts: Mapping[str, str]) -> Repertoire | None:
    """What was approved, where it fits in every part."""
    return None if changed(approval, parts) else spoken(approval.laid_out, approval.decisions, pinned=True)


def outdated(approval: Approval, parts: Mapping[str, str], now: Repertoire, path: str) -> Issue | None:
    """What changed since the approval, in plain words, or None where it fits. `now` is what would be said today."""
    names = changed(approval, parts)
    if not names:
        return None
    what = _joined([PARTS[name] for name in names])
    lines = differing(spoken(approval.laid_out, approval.decisions).lines, now.lines)
    return issue("approval-outdated", "approved.json", date=approval.date, what=what, lines=lines, path=path)


def differing(before: Iterable[Line], now: Iterable[Line]) -> str:
    """Which lines are new, gone, different, as a part of a sentence."""
    old, new = {line.key: line.text for line in before}, {line.key: line.text for line in now}
    parts = (
        ("new", [key for key in new if key not in old]),
        ("gone", [key for key in old if key not in new]),
        ("different", [key for key in new if key in old and old[key] != new[key]]),
    )
    told = [f"{len(keys)} {word} ({_some(keys)})" for word, keys in parts if keys]
    return f"Of the lines: {_joined(told)}" if told else "No line reads differently, but what is answered may"


def _some(keys: list[str]) -> str:
    return ", ".join(keys[:NAMED_KEYS]) + (" ..." if len(keys) > NAMED_KEYS else "")


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1] if parts else "")))


# --- probes ----------------------------------------------------------------------------------------------------------------------


def questions(memory: Memory, language: str) -> tuple[str, ...]:
    """What is asked at an approval: every memory by its tags and by its own words (of very many, some), and a fixed set for everybody."""
    told = [fact for fact in memory.facts if fact.open]
    every = max(1, -(-len(told) // MOST_MEMORIES_ASKED))
    asked = []
    for fact in told[::every]:
        asked += [f"{' '.join(fact.tags)}?" if fact.tags else "", f"{fact.fact.rstrip('.。 ')}?"]
    return tuple(dict.fromkeys(filter(None, (*asked, *_general().get(language, ())))))


@cache
def _general() -> dict[str, tuple[str, ...]]:
    return {code: tuple(asked) for code, asked in read_yaml((files("meetagain.mind") / "probes.yaml").read_text("utf-8")).items()}


def probed(asked: Iterable[str], lines: Iterable[Line], answer: Answers) -> tuple[Probe, ...]:
    """Every question put by itself, as the first of an open talk, and the keys of the lines that answered."""
    keys: dict[tuple[str, tuple[str, ...]], str] = {}
    for line in lines:
        keys.setdefault((line.text, line.cites), line.key)
    found = []
    for question in asked:
        turn = Turn(number=1, utterance=Utterance(text=question, started_s=0.0, ended_s=1.0), beat="words", talk="open")
        found.append(Probe(question, tuple(keys.get((clause.text, clause.cites), clause.text) for clause in answer(turn))))
    return tuple(found)


class Difference(msgspec.Struct, frozen=True):
    """A question that is answered otherwise than on the day of the approval."""

    ask: str
    before: tuple[str, ...]
    now: tuple[str, ...]


def differences(approved: Iterable[Probe], now: Iterable[Probe]) -> tuple[Difference, ...]:
    """Where the answers differ, in the order of the questions."""
    answers = {probe.ask: probe.keys for probe in now}
    return tuple(
        Difference(probe.ask, probe.keys, answers.get(probe.ask, ())) for probe in approved if answers.get(probe.ask, ()) != probe.keys
    )


def probe(approval: Approval, answer: Answers) -> tuple[Difference, ...]:
    """Ask again what was asked at the approval. `answer` is that of a mind opened on the approved lines."""
    lines = spoken(approval.laid_out, approval.decisions).lines
    return differences(approval.probes, probed((each.ask for each in approval.probes), lines, answer))
