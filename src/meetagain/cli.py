"""Words on the command line come in; the rooms do the work, and what a family should know is printed."""

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from meetagain.errors import Issue, MeetAgainError, Severity

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Meet Again: a family's photographs, recordings and memories become one more meeting. It is a portrait, never the person.",
)

Folder = Annotated[Path, typer.Argument(help="The person's folder.")]


def main() -> None:
    """Run the command line. A problem that a family can mend is a sentence, not a trace."""
    from meetagain.server.serve import quiet_logs

    os.umask(0o077)  # what a family gives and a meeting leaves is for this account alone
    quiet_logs()
    try:
        app()
    except MeetAgainError as error:
        _print_issue(error.issue)
        sys.exit(1)


def _print_issue(found: Issue) -> None:
    mark = {Severity.NOTE: "·", Severity.GAP: "○", Severity.STOP: "●"}[found.severity]
    typer.echo(f"{mark} {found.sentence} {found.mend}", err=found.severity is Severity.STOP)


def _bar(label: str, share: float) -> None:
    """One line of progress; on a terminal it is drawn over itself, elsewhere only its end is printed."""
    if sys.stdout.isatty():
        filled = round(share * 24)
        sys.stdout.write(f"\r\x1b[K  [{'█' * filled}{'·' * (24 - filled)}] {share:4.0%}  {label}")
        sys.stdout.write("\n" if share >= 1 else "")
        sys.stdout.flush()
    elif share >= 1:
        typer.echo(f"  {label}")


@app.command()
def new(folder: Folder) -> None:
    """Make a folder for one person, with a person.yaml that explains itself."""
    from meetagain.archive.new import new_folder

    new_folder(folder)
    typer.echo(f"{folder} is ready. Open {folder / 'person.yaml'} and fill in what you know; everything can be changed later.")
    typer.echo(f"Then add photos, recordings and memories: meetagain add {folder} FILES")


@app.command()
def add(
    folder: Folder,
    files: Annotated[
        list[Path], typer.Argument(help="Photos, recordings, films, letters, notes, chats, memories.yaml files, or folders of them.")
    ],
    given_by: Annotated[str, typer.Option(help="Who gives these files.")] = "",
    written_by: Annotated[str, typer.Option(help="Under which name the person writes in a chat, or who wrote a letter.")] = "",
    spoken_by: Annotated[str, typer.Option(help="Who says the lines in these recordings, where it is not the person.")] = "",
) -> None:
    """Add photos, recordings, films, letters, chats and memories. The files you name are copied and never altered."""
    from meetagain.archive.add import add_files

    report = add_files(folder, files, given_by=given_by, written_by=written_by, spoken_by=spoken_by)
    for found in report.issues:
        _print_issue(found)
    typer.echo(f"{len(report.added)} added.")


@app.command()
def recordings(
    folder: Folder,
    more: Annotated[list[str] | None, typer.Argument(help="More places for the one thing that is decided.", metavar="[PLACE]...")] = None,
    yes: Annotated[list[str] | None, typer.Option("--yes", metavar="PLACE", help="This is their voice.")] = None,
    no: Annotated[list[str] | None, typer.Option("--no", metavar="PLACE", help="This is somebody else's voice.")] = None,
    use: Annotated[list[str] | None, typer.Option(metavar="PLACE", help="Play this place for its line.")] = None,
    play_for: Annotated[str, typer.Option("--for", metavar="LINE", help="The line that --use is for, as appear/1 or j08.")] = "",
    leave: Annotated[list[str] | None, typer.Option(metavar="PLACE", help="Do not play this place.")] = None,
    as_it_is: Annotated[list[str] | None, typer.Option("--as-it-is", metavar="PLACE", help="Do not clean this place.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="List every place in which somebody is heard.")] = False,
) -> None:
    """Listen to the recordings and films: find their own words, and let them be played for a line. The files themselves stay as they are."""
    from meetagain.studio.recordings import Asked, carry_out, with_more

    decided = {"yes": yes, "no": no, "use": use, "leave": leave, "as_it_is": as_it_is}
    asked = Asked(**{name: tuple(names or ()) for name, names in decided.items()}, play_for=play_for, everything=everything)
    if not carry_out(folder, with_more(asked, more or []), _bar, typer.echo, _print_issue):
        raise typer.Exit(1)


@app.command()
def photos(
    folder: Folder,
    yes: Annotated[bool, typer.Option("--yes", help="What you propose is right.")] = False,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="NAME", help="This group (a letter), face or picture is the person.")
    ] = None,
    other: Annotated[list[str] | None, typer.Option("--not", metavar="NAME", help="This group or face is somebody else.")] = None,
) -> None:
    """Look at the photographs: find faces, and say which of them is the person. The photographs themselves stay as they are."""
    from meetagain.studio.photos import Asked, carry_out

    asked = Asked(person=tuple(person or ()), other=tuple(other or ()), yes=yes)
    if not carry_out(folder, asked, _bar, typer.echo, _print_issue):
        raise typer.Exit(1)


@app.command()
def build(folder: Folder, force: Annotated[bool, typer.Option(help="Make everything again.")] = False) -> None:
    """Make the portrait: likeness, movement, voice and memory. It may be stopped and goes on where it was."""
    from meetagain.prepare.build import build as build_person

    report = build_person(folder, progress=_bar, force=force)
    for found in report.issues:
        _print_issue(found)
    typer.echo(f"Ready in {report.seconds:.0f} s. Meet: meetagain serve {folder}")


@app.command()
def review(
    folder: Folder,
    more: Annotated[list[str] | None, typer.Argument(help="More names for the one thing that is decided.", metavar="[NAME]...")] = None,
    lines: Annotated[bool, typer.Option("--lines", help="List every line that may be said.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Only what was not read yet.")] = False,
    find: Annotated[str, typer.Option(help="Only lines with this word.")] = "",
    of_class: Annotated[
        str, typer.Option("--class", help="Only one shelf: family, own_words, told, unsaid, farewell, small; or a group.")
    ] = "",
    sheet: Annotated[Path | None, typer.Option(help="Write the lines as a page to print and read with a pen.")] = None,
    approve: Annotated[list[str] | None, typer.Option(metavar="NAME", help="This may be said; all: everything that is listed.")] = None,
    forbid: Annotated[list[str] | None, typer.Option(metavar="NAME", help="This is never said.")] = None,
    edit: Annotated[tuple[str, str], typer.Option(metavar="NAME WORDS", help="Say this in other words.")] = ("", ""),
    as_family_wrote_it: Annotated[
        bool, typer.Option("--as-family-wrote-it", help="Words of your own that a portrait would not say.")
    ] = False,
    undo: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Take back what was decided.")] = None,
    opened: Annotated[list[str] | None, typer.Option("--open", metavar="MEMORY", help="A memory that waits may be spoken.")] = None,
    keep_closed: Annotated[list[str] | None, typer.Option(metavar="MEMORY", help="A memory is never spoken.")] = None,
    told: Annotated[bool, typer.Option("--told", help="List what the visitor told in meetings.")] = False,
    take: Annotated[list[str] | None, typer.Option(metavar="MEETING:TURN", help="Make it a memory that waits for you.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Ask again what was asked when the lines were approved.")] = False,
    afresh: Annotated[bool, typer.Option("--afresh", help="Lay the lines out as this version does, whatever was approved.")] = False,
    likeness: Annotated[
        bool, typer.Option("--likeness", help="Write a page with the portrait from every side, beside the photographs.")
    ] = False,
    note: Annotated[list[str] | None, typer.Option(metavar="'PART: WORDS'", help="What is not like them, as: nose: a little wider")] = None,
) -> None:
    """Read every line that may be said, and approve, edit or forbid it; or look at the portrait and say what is not like them."""
    if likeness or note:
        from meetagain.studio.look import confirmed_sights, show_likeness
        from meetagain.studio.look import note as write_notes

        if note:
            write_notes(folder, note, typer.echo)
        if likeness:
            show_likeness(folder, confirmed_sights(folder, _print_issue), _bar, typer.echo)
        return
    from meetagain.studio.asked import Asked, carry_out, with_more

    decided = {"approve": approve, "forbid": forbid, "undo": undo, "opened": opened, "keep_closed": keep_closed, "take": take}
    asked = Asked(
        **{"lines": lines, "new": new, "find": find, "of_class": of_class, "sheet": sheet, "edit": edit, "told": told, "check": check},
        **{name: tuple(names or ()) for name, names in decided.items()},
        as_family_wrote_it=as_family_wrote_it,
        afresh=afresh,
    )
    if not carry_out(folder, with_more(asked, more or []), typer.echo, _print_issue):
        raise typer.Exit(1)


@app.command()
def serve(
    folders: Annotated[list[Path], typer.Argument(help="One or more built folders.")],
    lan: Annotated[bool, typer.Option("--lan", help="Let a headset on the same network in, over HTTPS with one-time codes.")] = False,
    port: Annotated[int, typer.Option(help="First port; each further person takes the next.")] = 8600,
    listen: Annotated[bool, typer.Option(help="Use the microphone; without it speech is typed.")] = True,
    clock: Annotated[str, typer.Option(help="wall, or client for tests and filming.")] = "wall",
    seed: Annotated[int, typer.Option(help="Chance of the meeting, for tests and filming.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the visitor's page on this computer.")] = False,
) -> None:
    """Hold meetings. The visitor opens the first address, the companion the second."""
    from meetagain.server.serve import Serving
    from meetagain.server.serve import serve as serve_houses

    how = Serving(port=port, lan=lan, listen=listen, client_clock=clock == "client", open_browser=browser, seed=seed)
    serve_houses(folders, how, typer.echo)


@app.command()
def rehearse(
    folder: Folder,
    visitor: Annotated[
        Path | None, typer.Option(help="A visitor's script (YAML). Without one, a willing visitor goes through every part.")
    ] = None,
    seed: Annotated[int, typer.Option()] = 0,
) -> None:
    """Play a whole meeting with a scripted visitor and no headset, faster than real time."""
    from meetagain.meeting.rehearsing import hold_rehearsal

    result, folder_of_meeting = asyncio.run(hold_rehearsal(folder, visitor, seed, typer.echo))
    for line in result:
        typer.echo(line)
    typer.echo(f"Journal: {folder_of_meeting / 'journal.jsonl'}")


@app.command()
def keep(folder: Folder) -> None:
    """List the meetings that were held; and where their journals lie."""
    from meetagain.keepsake.shelf import shelf

    found = shelf(folder)
    if not found:
        typer.echo("No meeting was held yet.")
    for kept in found:
        typer.echo(f"{kept.id}   {kept.minutes:.0f} min   {kept.ending}   {folder / 'meetings' / kept.id / 'journal.jsonl'}")


@app.command()
def doctor(
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch what is missing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell what is installed, what is missing, and whether this computer is fast enough."""
    from meetagain.doctor import examine, fetch_missing

    if fetch:
        fetch_missing(_bar)
    report = examine()
    typer.echo(report.as_json() if json else report.as_text())
    if not report.ready:
        raise typer.Exit(1)


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help="client, likeness, lips, mind, presence, rephrase, scenario, talk or voice")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="A smaller run of the same measurement.")] = False,
    people: Annotated[int | None, typer.Option(min=0, help="likeness: people of each age; 0 tells what was measured before.")] = None,
    work: Annotated[Path | None, typer.Option(help="likeness: where measured values are kept, so that a run goes on.")] = None,
    share: Annotated[str | None, typer.Option(help="likeness: 1/2 measures the first half of the people, 2/2 the other.")] = None,
    real: Annotated[Path | None, typer.Option(help="likeness: a folder with a folder of photographs for each real person.")] = None,
    sheet: Annotated[Path | None, typer.Option(help="likeness: with --real, a picture (PNG) of photographs and portraits.")] = None,
) -> None:
    """Measure one promise. See docs/benches.md for the figures."""
    from meetagain.bench.run import measure

    asked = {"people": people, "work": work, "share": share, "real": real, "sheet": sheet}
    typer.echo(measure(name, quick=quick, as_json=json, asked=asked))


@app.command()
def demo(
    port: Annotated[int, typer.Option()] = 8600,
    only_build: Annotated[bool, typer.Option("--only-build", help="Fetch and build, then stop.")] = False,
    where: Annotated[Path | None, typer.Option(help="Where the demo people are copied to and built.")] = None,
) -> None:
    """Fetch what is needed once, build the two invented demo people, and serve them."""
    from meetagain.demo_people import prepare_demo

    began = time.perf_counter()
    roots = prepare_demo(where, _bar, typer.echo)
    typer.echo(f"Both are ready ({time.perf_counter() - began:.0f} s).")
    if only_build:
        return
    from meetagain.server.serve import Serving
    from meetagain.server.serve import serve as serve_houses

    serve_houses(roots, Serving(port=port), typer.echo)
