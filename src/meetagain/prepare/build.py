"""A person's folder comes in; its artefacts are made by a durable workflow that goes on where it was stopped, and a report goes out."""

import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from urllib.parse import quote

import msgspec
from dbos import DBOS, DBOSConfig, SetWorkflowID

from meetagain.care.consent import may_build
from meetagain.errors import Issue, MeetAgainError, Severity, issue
from meetagain.hearing.words import QUICK
from meetagain.likeness.photos.sights import WAITING
from meetagain.models.fetch import fetch
from meetagain.models.state import present
from meetagain.prepare.photographs import forget, take_back
from meetagain.prepare.stages import STAGES, Progress, Work
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.schema.person import Settings
from meetagain.store.folder import PersonFolder
from meetagain.store.lock import Held, held

#: The build under way in this process. Only names of stages travel through the workflow and lie in its database.
_UNDER_WAY: list[Work] = []
_ONE_AT_A_TIME = Lock()
DATABASE = "workflow.sqlite"


class BuildReport(msgspec.Struct, frozen=True):
    """How a build went: every stage is "made" or "unchanged"."""

    stages: dict[str, str]
    issues: tuple[Issue, ...]
    seconds: float


@DBOS.step()
def _stage(stage: str, force: bool) -> bool:
    return _UNDER_WAY[-1].do(stage, force)


@DBOS.workflow()
def _build(force: bool) -> bool:
    return all(_stage(stage, force) for stage in STAGES)  # ends with the first that cannot be made


def build(root: Path, *, progress: Progress, force: bool = False) -> BuildReport:
    """Make everything that is missing or stale. Raises MeetAgainError for consent and for what must be mended first.

    A build that was stopped, by hand or by a power cut, goes on with the stage it was in; lines already spoken are kept.
    """
    began = time.perf_counter()
    for stop in may_build(PersonFolder(root).read_person()):
        if stop.severity is Severity.STOP:
            raise MeetAgainError(stop)
    work = Work(root, progress)
    for stop in work.stops():
        raise MeetAgainError(stop)
    forget(work.folder, work.archive)
    take_back(work.folder, work.person, work.archive, work.faces)
    if force or not all(work.fresh(stage) for stage in STAGES):
        _run(work, force)
    for stage in STAGES:
        work.states.setdefault(stage, "unchanged")
    if work.stopped:
        raise MeetAgainError(work.stopped)
    issues = (*work.issues(), *_of_artefacts(work.folder), *_quick_hearing(work.person.settings, progress))
    return BuildReport(stages=dict(work.states), issues=tuple(dict.fromkeys(issues)), seconds=round(time.perf_counter() - began, 1))


def _quick_hearing(chosen: Settings, progress: Progress) -> tuple[Issue, ...]:
    """Fetch the quicker network where it was chosen: nobody else needs it. Without it the usual one understands."""
    if chosen.hearing_speed != "quick" or chosen.hearing != "embedded" or present(QUICK):
        return ()
    if chosen.language.split("-")[0].lower() != "en":
        return (issue("hearing-quick-english"),)
    try:
        fetch([QUICK], progress)
    except MeetAgainError:
        return (issue("hearing-quick-missing"),)
    return ()


def _of_artefacts(folder: PersonFolder) -> Iterator[Issue]:
    """What was found while each was made; whether photographs wait is told as it is now, not as it was then."""
    for name, kind in (("likeness.json", Likeness), ("motion.json", Motion), ("voice.json", Voice)):
        made = folder.read_json(name, kind)
        yield from (found for found in made.issues if found.code not in WAITING) if made else ()


def _run(work: Work, force: bool) -> None:
    """Take up what was interrupted, then make what is still not fresh."""
    with _ONE_AT_A_TIME, _alone(work), _workflows(work.folder.build / DATABASE):
        _UNDER_WAY.append(work)
        try:
            DBOS.launch()  # takes up a build that was killed
            for found in DBOS.list_workflows(status=["PENDING", "ENQUEUED"]):
                DBOS.retrieve_workflow(found.workflow_id).get_result()
            if not work.stopped and (force or not all(work.fresh(stage) for stage in STAGES)):
                with SetWorkflowID(uuid.uuid4().hex):
                    _build(force)
        finally:
            DBOS.destroy()
            _UNDER_WAY.remove(work)
        for left in work.folder.build.glob(f"{DATABASE}*"):
            left.unlink()  # the build came to its end; nothing is left to take up


@contextmanager
def _alone(work: Work) -> Iterator[None]:
    """No other program builds this person meanwhile. Raises MeetAgainError(build-under-way)."""
    try:
        with held(work.folder.build_lock):
            yield
    except Held as error:
        raise MeetAgainError(issue("build-under-way", name=work.person.name)) from error


@contextmanager
def _workflows(database: Path) -> Iterator[None]:
    """An embedded workflow engine on one file: no server, no telemetry, no network, no lines in the log."""
    logger = logging.getLogger("dbos")
    level = logger.level
    config: DBOSConfig = {
        "name": "meetagain",
        "system_database_url": f"sqlite:///{quote(str(database.resolve()))}",
        "application_version": "1",  # a build begun before an update is taken up after it: stages look for themselves what is fresh
        "executor_id": "local",
        "log_level": "CRITICAL",
        "enable_otlp": False,
        "notification_listener_polling_interval_sec": 0.1,
    }
    try:
        DBOS(config=config)
        logger.setLevel(logging.CRITICAL)
        yield
    finally:
        logger.setLevel(level)
