"""What a keeper asked for on the command line comes in; it is done, and the lines to print go out."""

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from meetagain.errors import Issue, MeetAgainError, Severity, issue
from meetagain.mind.review import chosen, waiting
from meetagain.store.review import reviewing, share_memory
from meetagain.studio import lines as page
from meetagain.studio.review import ALL, Review
from meetagain.studio.sheet import sheet, write_sheet
from meetagain.studio.told import take, taken, told

Say = Callable[[str], None]
Tell = Callable[[Issue], None]


class Asked(msgspec.Struct, frozen=True):
    """One call of `meetagain review`."""

    lines: bool = False
    told: bool = False
    check: bool = False
    new: bool = False
    find: str = ""
    of_class: str = ""
    sheet: Path | None = None
    approve: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    edit: tuple[str, str] = ("", "")
    as_family_wrote_it: bool = False
    opened: tuple[str, ...] = ()
    keep_closed: tuple[str, ...] = ()
    take: tuple[str, ...] = ()
    afresh: bool = False

    @property
    def lists(self) -> bool:
        """Whether something is listed, rather than decided."""
        return self.lines or self.told or self.check or self.new or bool(self.find or self.of_class or self.sheet)

    @property
    def decides(self) -> bool:
        """Whether something is written."""
        return any((self.approve, self.forbid, self.undo, self.edit[0], self.opened, self.keep_closed, self.take))


DECIDED = ("approve", "forbid", "undo", "opened", "keep_closed", "take")


def with_more(asked: Asked, more: Sequence[str]) -> Asked:
    """Names that stand after the first: `--approve appear/1 care` approves both. Raises MeetAgainError where it is not clear what for."""
    if not more:
        return asked
    named = [name for name in DECIDED if getattr(asked, name)]
    if len(named) != 1 or asked.edit[0]:
        raise MeetAgainError(issue("names-unclear", ", ".join(more)))
    return msgspec.structs.replace(asked, **{named[0]: (*getattr(asked, named[0]), *more)})


def carry_out(root: Path, asked: Asked, say: Say, tell: Tell) -> bool:
    """Do what was asked; False where some of it could not be done. Raises MeetAgainError before anything is changed."""
    fine = _memories(root, asked, say, tell)
    review = Review(root, afresh=asked.afresh)
    fine = _decisions(review, asked, say, tell) and fine
    if asked.told:
        _told(review, say, tell)
    if asked.check:
        fine = _check(review, say, tell) and fine
    if asked.sheet:
        found = chosen(review.entries, new=asked.new, find=asked.find, of_class=asked.of_class)
        write_sheet(asked.sheet, sheet(found, waiting(review.memory), review.person, date.today().isoformat()))
        say(f"{asked.sheet} is ready. Open it in a browser, and print it from there.")
    elif asked.lines or asked.new or asked.find or asked.of_class:
        _list(review, asked, say, tell)
    elif not asked.decides and not asked.lists:
        _sum_up(review, say, tell)
    return fine


# --- deciding -----------------------------------------------------------------------------------------------------------------


def _memories(root: Path, asked: Asked, say: Say, tell: Tell) -> bool:
    """Memories that are opened, kept closed, or taken from what was told. One that cannot be does not stop the others."""
    fine = True
    for share, ids in (("all", asked.opened), ("never", asked.keep_closed)):
        for memory_id in ids:
            try:
                with reviewing(root):
                    path = share_memory(root, memory_id, share)
                say(f"{memory_id} in {path.name} may {'now be spoken' if share == 'all' else 'not be spoken'}: share: {share}")
            except MeetAgainError as error:
                tell(error.issue)
                fine = False
    for key in asked.take:
        review = Review(root)
        try:
            with reviewing(root):
                memory_id = take(root, key, review.person, review.memory)
            say(
                f"It waits as {memory_id} in memories-told.yaml. Put it into a sentence as your other memories have it, then: --open {memory_id}"
            )
        except MeetAgainError as error:
            tell(error.issue)
            fine = fine and error.issue.severity is Severity.NOTE
    return fine


def _decisions(review: Review, asked: Asked, say: Say, tell: Tell) -> bool:
    among = chosen(review.entries, new=asked.new, find=asked.find, of_class=asked.of_class)
    done: list[str] = []
    fine = True
    for how, names in (
        *(("approve", asked.approve), ("forbid", asked.forbid), ("undo", asked.undo)),
        ("edit", (asked.edit[0],) if asked.edit[0] else ()),
    ):
        keys, issues = review.decide(how, names, among, asked.edit[1], asked.as_family_wrote_it)
        done += keys
        for found in issues:
            tell(found)
        fine = fine and not any(found.severity is Severity.STOP for found in issues)
        if keys:
            say(f"{_PAST[how]}: {_few(keys)}")
    if done:
        for found in review.standing.issues:
            if found.code == "lines-none-left":
                tell(found)
    if ALL in asked.approve or (done and not review.standing.approved):
        _approve(review, say)
    return fine


_PAST = {"approve": "Approved", "forbid": "Never said", "undo": "Taken back", "edit": "In your words"}


def _few(keys: Sequence[str]) -> str:
    return ", ".join(keys) if len(keys) <= 6 else f"{len(keys)} lines"


def _approve(review: Review, say: Say) -> None:
    unread = sum(entry.mark.unread for entry in review.entries)
    if unread:
        say(f"{unread} lines are not read yet. When all are, they are approved as a whole.")
        return
    say("Every line has been read. Now some questions are asked, and the answers kept; with very many memories this takes a minute or two.")
    approval = review.approve()
    if approval is not None:
        say(
            f"Approved. The lines are kept as they are from today, and {len(approval.probes)} questions with their answers. "
            "A later version of the software says the same."
        )


# --- listing ------------------------------------------------------------------------------------------------------------------


def _list(review: Review, asked: Asked, say: Say, tell: Tell) -> None:
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    entries = review.entries
    found = chosen(entries, new=asked.new, find=asked.find, of_class=asked.of_class)
    say(page.counted(entries, review.person.name))
    _standing(review, tell)
    whole = not (asked.new or asked.find or asked.of_class)
    rows = [*page.listing(found, width), *(page.waiting_listing(_waits(review, asked), width))]
    rows += page.gone_listing(review.gone) if whole else []
    for row in rows or ["", "Nothing fits this."]:
        say(row)
    for row in page.foot(review.root):
        say(row)


def _waits(review: Review, asked: Asked):
    wanted = asked.find.casefold()
    if asked.of_class and asked.of_class != "waiting":
        return ()
    return tuple(fact for fact in waiting(review.memory) if wanted in f"{fact.id} {fact.fact} {fact.said} {fact.source}".casefold())


def _standing(review: Review, tell: Tell) -> None:
    for found in review.standing.issues:
        if found.code != "lines-unread":  # the count above says it already
            tell(found)


def _sum_up(review: Review, say: Say, tell: Tell) -> None:
    say(page.counted(review.entries, review.person.name))
    waits = len(waiting(review.memory))
    if waits:
        say(f"{waits} memories wait for you; none of them is spoken.")
    for found in review.standing.issues:
        tell(found)
    if review.standing.approved and review.standing.approval:
        say(f"Approved on {review.standing.approval.date}, and nothing changed since.")


def _told(review: Review, say: Say, tell: Tell) -> None:
    heard, issues = told(review.root)
    for found in issues:
        tell(found)
    already = {each.key: taken(each.key, review.memory) for each in heard}
    if not heard:
        say("Nothing was told in a meeting yet.")
        return
    say("Told in meetings, as it was heard. None of it is a memory unless you take it with --take.")
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    for row in page.told_listing(heard, {key: memory_id for key, memory_id in already.items() if memory_id}, width):
        say(row)


def _check(review: Review, say: Say, tell: Tell) -> bool:
    found = review.check()
    approval = review.standing.approval
    if found is None or approval is None:
        for each in review.standing.issues:
            tell(each)
        tell(issue("approval-missing", path=str(review.root)))
        return False
    if not found:
        say(f"{len(approval.probes)} questions were asked again, and all are answered as on {approval.date}.")
        return True
    texts = {line.key: line.text for line in review.standing.spoken.lines}
    say(f"{len(found)} of {len(approval.probes)} questions are not answered as on {approval.date}:")
    for row in page.difference_listing(found, texts):
        say(row)
    say("The words themselves are still those that you approved. Read these answers; if they are right, approve again with: --approve all")
    return False
