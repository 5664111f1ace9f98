"""A folder with its person, memory and story comes in; what may be said in a meeting goes out: as approved, or laid out afresh, and why."""

from pathlib import Path

import msgspec

from meetagain.errors import Issue, issue
from meetagain.mind.approval import base, changed, fitting, made_of, outdated, spoken
from meetagain.mind.language import read_language
from meetagain.mind.lines import repertoire, word_rules
from meetagain.mind.review import entries, settled
from meetagain.schema.approval import Approval
from meetagain.schema.archive import Memory
from meetagain.schema.lines import Decision, Repertoire
from meetagain.schema.person import Person
from meetagain.schema.scenario import Scenario
from meetagain.store.review import Altered, read_approval, read_decisions
from meetagain.store.yaml import YamlProblem


class Standing(msgspec.Struct, frozen=True):
    """How a person's lines stand. `laid_out` is every line before decisions, `spoken` what is said after them."""

    laid_out: Repertoire
    decisions: dict[str, Decision]  # by the keys that lines have now
    spoken: Repertoire
    parts: dict[str, str]
    approval: Approval | None = None
    issues: tuple[Issue, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether everything is as it was approved."""
        return self.approval is not None and not changed(self.approval, self.parts)


def standing(root: Path, person: Person, memory: Memory, scenario: Scenario, *, afresh: bool = False) -> Standing:
    """Read decisions and approval. `afresh` lays every line out by this version of the software, whatever was approved.

    Raises MeetAgainError when lines.yaml cannot be read: a line that was forbidden must not be said.
    """
    kept = read_decisions(root)
    parts = made_of(person, memory, scenario, kept)
    rules = word_rules(person)
    try:
        approval, found = read_approval(root), []
    except Altered:
        approval, found = None, [issue("approval-altered", "approved.json", path=str(root))]
    if approval is not None and not _understood(approval.laid_out.rules, rules.text if rules else ""):
        approval, found = None, [issue("approval-too-old", "approved.json", software=approval.software, path=str(root))]
    laid_out = base(None if afresh else approval, lambda: repertoire(person, memory, scenario), parts)
    now = spoken(laid_out, kept)
    decisions = settled(laid_out.lines, kept)
    if approval is not None and not afresh:
        pinned_ = fitting(approval, parts)
        old = outdated(approval, parts, now, str(root))
        now, found = pinned_ or now, [old] if old else []
    elif not found:
        unread = sum(entry.mark.unread for entry in entries(laid_out.lines, decisions, person))
        found = [issue("lines-unread", count=unread, path=str(root))] if unread or approval is None else []
    silent = _silent(laid_out, now, scenario)
    return Standing(
        laid_out, decisions, now, parts, approval, (*found, *(issue("lines-none-left", group, path=str(root)) for group in silent))
    )


def _understood(rules: str, ours: str) -> bool:
    """Whether this version of the software can follow the word rules that were approved."""
    if not rules or rules == ours:
        return True
    try:
        read_language(rules)
    except (YamlProblem, ValueError):
        return False
    return True


def _silent(laid_out: Repertoire, now: Repertoire, scenario: Scenario) -> list[str]:
    """Groups that the story needs, in which every line was forbidden. Where none was ever written, the story's own check says so."""
    said = {line.group for line in now.lines}
    there = {line.group for line in laid_out.lines}
    return [group for group in scenario.needs_lines if group in there - said]


def pinned(root: Path, person: Person, memory: Memory, scenario: Scenario) -> Repertoire | None:
    """What was approved, where it still fits; None where nothing was approved or something changed since. Raises MeetAgainError."""
    found = standing(root, person, memory, scenario)
    return found.spoken if found.approved else None
