"""Lines with their marks come in; a listing goes out that a keeper can read on any terminal."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from unicodedata import east_asian_width

from meetagain.mind.approval import Difference
from meetagain.mind.review import Entry, Mark, Shelf
from meetagain.schema.archive import Fact
from meetagain.schema.lines import Decision, Line
from meetagain.studio.told import Told

TITLES = {
    Shelf.FAMILY: "Lines that you wrote",
    Shelf.OWN_WORDS: "Their own words, from your memories",
    Shelf.TOLD: "Told from your memories",
    Shelf.UNSAID: "Answers to what may be said at last",
    Shelf.FAREWELL: "Goodbyes",
    Shelf.SMALL: "Small lines of ours, which claim nothing",
}
WAITING = "Found in letters and chats, or told in a meeting: none of it is spoken, it waits for you"
GONE = "Decided on, and no longer said"


def counted(found: Sequence[Entry], name: str) -> str:
    """One sentence on how many lines there are and how far they were read."""
    marks = [entry.mark for entry in found]
    parts = [f"{sum(mark.unread for mark in marks)} not read yet"]
    parts += [f"{marks.count(mark)} {mark}" for mark in (Mark.APPROVED, Mark.EDITED, Mark.FORBIDDEN) if mark in marks]
    said = len(marks) - marks.count(Mark.FORBIDDEN)
    return f"{name}: {said} lines may be said. {', '.join(parts)}."


def listing(found: Iterable[Entry], width: int = 100) -> list[str]:
    """Shelf by shelf: mark, key and text, and under it the reason."""
    entries = list(found)
    aside = max((len(entry.line.key) for entry in entries), default=0)
    lines = []
    for shelf, on_it in groupby(entries, key=lambda entry: entry.shelf):
        held = list(on_it)
        shared = same_reason(held)
        lines += ["", f"{TITLES[shelf]} ({len(held)}) [{shelf}]", *([f"  · {shared}"] if shared else []), ""]
        for entry, after in zip(held, [*held[1:], None], strict=True):
            why = cited(entry.line) if shared else reason(entry.line)
            again = after is not None and after.line.source == entry.line.source and after.line.cites == entry.line.cites != ()
            lines += _entry(entry, aside, width, "" if again else why)  # lines of one memory have their reason under the last of them
    return lines


def same_reason(held: Sequence[Entry]) -> str:
    """The source that all lines of a shelf share, which is then told once; "" where each has its own."""
    reasons = {entry.line.source for entry in held}
    return reasons.pop() if len(reasons) == 1 and len(held) > 1 else ""


def _entry(entry: Entry, aside: int, width: int, why: str) -> list[str]:
    line, decision = entry.line, entry.decision
    margin = " " * (2 + 10 + aside + 2)
    head = f"  {entry.mark:<10}{line.key:<{aside}}  "
    said = _wrapped(decision.instead if entry.mark is Mark.EDITED and decision else line.text, head, margin, width)
    before = []
    if decision is not None and entry.mark in (Mark.EDITED, Mark.CHANGED):
        old = line.text if entry.mark is Mark.EDITED else decision.instead or decision.text
        before = _wrapped(f"before: {old}", margin, margin, width)
    return [*said, *before, *(_wrapped(f"· {why}", margin, margin, width) if why else [])]


def reason(line: Line) -> str:
    """Who vouches for a line."""
    return ", ".join(filter(None, (line.source, cited(line))))


def cited(line: Line) -> str:
    """The memories that a line stands for, where its name does not tell."""
    others = [cite for cite in line.cites if not line.key.startswith(f"{cite}/")]
    return f"as in {', '.join(others)}" if others else ""


def _wrapped(text: str, first: str, then: str, width: int) -> list[str]:
    """Rows of at most `width` cells, where a terminal gives Hangul and its like two each."""
    most = max(width, cells(then) + 24)
    rows, row, before = [], "", first
    for word in text.split():
        if row and cells(before) + cells(row) + 1 + cells(word) > most:
            rows.append(before + row)
            row, before = "", then
        row = f"{row} {word}" if row else word
    return [*rows, before + row]


def cells(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def waiting_listing(facts: Sequence[Fact], width: int = 100) -> list[str]:
    """What waits, with its words and its source."""
    if not facts:
        return []
    aside = max(len(fact.id) for fact in facts)
    margin = " " * (4 + aside)
    lines = ["", f"{WAITING} ({len(facts)})", ""]
    for fact in facts:
        lines += _wrapped(fact.said or fact.fact, f"  {fact.id:<{aside}}  ", margin, width)
        lines += _wrapped(f"· {origin(fact)}", margin, margin, width)
    return lines


def origin(fact: Fact) -> str:
    """Who told a memory, from what, and when."""
    told_by = f"told by {fact.told_by}" if fact.told_by else ""
    return ", ".join(filter(None, (told_by, fact.source, fact.when, f"file {fact.item}" if fact.item else "")))


def gone_listing(decisions: Mapping[str, Decision]) -> list[str]:
    """Decisions on lines that are no longer there; they are kept until the keeper takes them out."""
    if not decisions:
        return []
    return ["", f"{GONE} ({len(decisions)})", "", *(f"  {key}  {decision.verdict}: {decision.text}" for key, decision in decisions.items())]


def told_listing(heard: Sequence[Told], taken: Mapping[str, str], width: int = 100) -> list[str]:
    """What the visitor said, day by day, with the name by which it can be taken."""
    lines = []
    for day, those in groupby(heard, key=lambda each: each.date):
        lines += ["", day, ""]
        for each in those:
            head = f"  {each.key}  "
            mark = f" (taken as {taken[each.key]})" if each.key in taken else ""
            lines += _wrapped(each.text + mark, head, " " * len(head), width)
    return lines


def difference_listing(found: Sequence[Difference], texts: Mapping[str, str]) -> list[str]:
    """Questions that are answered otherwise than when they were approved."""
    lines = []
    for each in found:
        lines += [f"  Asked: {each.ask}"]
        lines += [f"    {word}: {_answer(keys, texts)}" for word, keys in (("approved", each.before), ("now", each.now))]
    return lines


def _answer(keys: Sequence[str], texts: Mapping[str, str]) -> str:
    return " ".join(f"“{texts.get(key, key)}” ({key})" for key in keys) or "silence, listening"


def foot(root: Path) -> list[str]:
    """What a keeper can do next."""
    command = f"meetagain review {shlex.quote(str(root))}"
    return [
        "",
        f"Approve:  {command} --approve all     or the names of some: --approve appear/1 care",
        f"Forbid:   {command} --forbid NAME",
        f'Edit:     {command} --edit NAME "other words"',
        f"Take back: {command} --undo NAME",
    ]
