"""Lines with their marks come in; one page goes out that can be printed and read with a pen: no script, no outside address."""

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from meetagain.errors import MeetAgainError, issue
from meetagain.mind.review import Entry, Mark, Shelf
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person
from meetagain.store.folder import write_whole
from meetagain.studio.lines import TITLES, cited, origin, reason, same_reason

OURS = "<!doctype html>\n<!-- A sheet of lines to read, made by: meetagain review. It is made anew each time. -->\n"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
ABOUT = {
    Shelf.FAMILY: "These are said as they stand in person.yaml.",
    Shelf.OWN_WORDS: "Said word for word, as somebody remembers them.",
    Shelf.TOLD: "Put together from the words of one memory each. They can be true and still not sound right; then write beside them how it should sound.",
    Shelf.UNSAID: "One answer each, when somebody says what was never said.",
    Shelf.FAREWELL: "The last words of a meeting.",
    Shelf.SMALL: "For listening, for not knowing, for small talk. Your own lines come before these.",
}
#: When a line of the story is said.
MOMENTS = {
    "signs": "before they are seen",
    "appear": "the first words",
    "words": "the beginning of a talk",
    "touch_ask": "before a hand or a hug",
    "along": "on the way",
    "table": "at the table",
    "play": "at play",
    "care": "when tears come",
    "not_knowing": "when something was never told",
    "honest": "when somebody asks whether they are really there",
    "tired": "near the end",
    "song": "their song",
    "laugh": "their laugh",
}


def sheet(found: Sequence[Entry], waiting: Sequence[Fact], person: Person, day: str) -> str:
    """The page as HTML."""
    name = escape(person.name)
    language = escape(person.settings.language, quote=True)
    tell_new = any(not entry.mark.unread for entry in found)  # where everything is new, nothing is
    sections = [_section(shelf, list(on_it), language, tell_new) for shelf, on_it in groupby(found, key=lambda entry: entry.shelf)]
    css = (files("meetagain.studio") / "sheet.css").read_text("utf-8")
    return (
        f'{OURS}<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<title>What {name} may say</title>\n<style>\n{css}</style>\n</head>\n'
        f"<body>\n<header>\n{_over(person, day)}<h1>What {name} may say</h1>\n{_lead(found, name)}</header>\n<main>\n"
        f"{''.join(sections)}{_waiting(waiting, language)}</main>\n{_foot(name)}</body>\n</html>\n"
    )


def write_sheet(path: Path, page: str) -> None:
    """Write the page. Raises MeetAgainError where something else lies there already."""
    if path.exists():
        with path.open("rb") as file:
            if file.read(len(OURS.encode())) != OURS.encode():
                raise MeetAgainError(issue("sheet-exists", str(path)))
    write_whole(path, page.encode())


def _over(person: Person, day: str) -> str:
    return f'<p class="over">To read with a pen · {escape(day)} · a portrait of {escape(person.full_name)}</p>\n'


def _lead(found: Sequence[Entry], name: str) -> str:
    unread = sum(entry.mark.unread for entry in found)
    count = f"{len(found)} lines, {unread} of them not read yet." if unread else f"{len(found)} lines, all of them read."
    return (
        f'<p class="lead">Everything that the portrait of {name} may say stands here, and nothing else is ever said. {count}</p>\n'
        '<p class="lead">Tick yes where it sounds right. Tick no where it should never be said. '
        "Where it should be said otherwise, write it beside it. Read some, and leave the rest for another day.</p>\n"
    )


def _section(shelf: Shelf, found: Sequence[Entry], language: str, tell_new: bool) -> str:
    shared = same_reason(found)
    about = ABOUT[shelf] if not shared else f"{ABOUT[shelf]} {shared[0].upper()}{shared[1:]}."
    rows = "".join(_row(entry, language, tell_new, cited(entry.line) if shared else reason(entry.line)) for entry in found)
    return f'<section>\n<h2>{TITLES[shelf]}</h2>\n<p class="meta">{escape(about)}</p>\n<ol>\n{rows}</ol>\n</section>\n'


def _row(entry: Entry, language: str, tell_new: bool, why: str) -> str:
    line, decision, mark = entry.line, entry.decision, entry.mark
    said, before = line.text, ""
    if decision is not None and mark is Mark.EDITED:
        said, before = decision.instead, line.text
    elif decision is not None and mark is Mark.CHANGED:
        before = decision.instead or decision.text
    earlier = f'<p class="before" lang="{language}">before: {escape(before)}</p>\n' if before else ""
    told = {Mark.NEW: "new" if tell_new else "", Mark.CHANGED: "reads otherwise now", Mark.EDITED: "edited"}.get(mark, "")
    moment = "" if entry.shelf in (Shelf.OWN_WORDS, Shelf.TOLD) else MOMENTS.get(line.group, "")
    notes = (f'<span class="mark">{told}</span>' if told else "", f'<span class="key">{escape(line.key)}</span>', moment, escape(why))
    yes, no = mark in (Mark.APPROVED, Mark.EDITED), mark is Mark.FORBIDDEN
    write = "" if yes or no else '<div class="write"></div>\n'
    return (
        f'<li class="line{" no" if no else ""}">\n<div><p class="said" lang="{language}">{escape(said)}</p>\n{earlier}</div>\n'
        f'<div class="ticks">{_tick("yes", yes)}{_tick("no", no)}</div>\n<p class="meta">{" · ".join(filter(None, notes))}</p>\n{write}</li>\n'
    )


def _tick(word: str, on: bool) -> str:
    done = ' role="img" aria-label="ticked"' if on else ""
    return f'<span class="tick"><span class="box{" on" if on else ""}"{done}></span>{word}</span>'


def _waiting(facts: Iterable[Fact], language: str) -> str:
    rows = "".join(
        f'<li class="line">\n<div><p class="said" lang="{language}">{escape(fact.said or fact.fact)}</p></div>\n'
        f'<div class="ticks">{_tick("open it", False)}{_tick("keep it closed", False)}</div>\n'
        f'<p class="meta"><span class="key">{escape(fact.id)}</span> · {escape(origin(fact))}</p>\n</li>\n'
        for fact in facts
    )
    about = "Found in letters and chats, or told in a meeting. None of it is spoken unless you open it."
    return (
        f'<section class="waits">\n<h2>Waiting for you</h2>\n<p class="meta">{about}</p>\n<ol>\n{rows}</ol>\n</section>\n' if rows else ""
    )


def _foot(name: str) -> str:
    return (
        '<footer class="foot">\n<p>When you are ready, tell the computer: <code>meetagain review FOLDER --forbid NAME</code>, '
        '<code>--edit NAME "other words"</code>, and when everything was read <code>--approve all</code>. '
        "NAME is the small word under each line.</p>\n"
        f"<p>This is a portrait, made from what the family told. It is not {name}, and it can be wrong.</p>\n</footer>\n"
    )
