"""A person's folder comes in; its artefacts are made by a durable workflow that goes on where it was stopped, and a report goes out."""

import logging
import time
from pathlib import Path

import msgspec
from dbos import DBOS, DBOSConfig, SetWorkflowID

from meetagain.care.consent import may_build
from meetagain.errors import Issue, MeetAgainError, Severity
from meetagain.prepare.stages import STAGES, Progress, Work
from meetagain.schema.artefacts import Likeness, Motion, Voice
from meetagain.store.folder import digest

#: Builds under way in this process, by id. Only the id and stage names travel through the workflow and lie in its database.
_UNDER_WAY: dict[str, Work] = {}


class BuildReport(msgspec.Struct, frozen=True):
    """How a build went."""

    seconds: float
    issues: tuple[Issue, ...]


@DBOS.step()
def _stage(build_id: str, stage: str) -> str:
    _UNDER_WAY[build_id].do(stage)
    return stage


@DBOS.workflow()
def _build(build_id: str) -> int:
    for stage in STAGES:
        _stage(build_id, stage)
    return len(STAGES)


def build(root: Path, *, progress: Progress, force: bool = False) -> BuildReport:
    """Make everything that is missing or stale. Raises MeetAgainError for consent and for what must be mended first."""
    began = time.perf_counter()
    work = Work(root, progress, force)
    for stop in (*may_build(work.person), *work.problems()):
        if stop.severity is Severity.STOP:
            raise MeetAgainError(stop)
    if force or not all(work.fresh(stage) for stage in STAGES):
        _run(root, work)
    issues = [*work.archive.issues, *work.problems()]
    for name, kind in (("likeness.json", Likeness), ("motion.json", Motion), ("voice.json", Voice)):
        made = work.folder.read_json(name, kind)
        issues.extend(made.issues if made else ())
    return BuildReport(seconds=round(time.perf_counter() - began, 1), issues=tuple(issues))


def _run(root: Path, work: Work) -> None:
    build_id = digest(str(root.resolve()))[:16]
    _UNDER_WAY[build_id] = work
    work.folder.build.mkdir(parents=True, exist_ok=True)
    config: DBOSConfig = {
        "name": "meetagain",
        "system_database_url": f"sqlite:///{work.folder.build / 'workflow.sqlite'}",
        "log_level": "CRITICAL",
        "run_admin_server": False,
        "enable_otlp": False,
    }
    logging.getLogger("dbos").setLevel(logging.CRITICAL)
    DBOS(config=config)
    try:
        DBOS.launch()  # takes up a build that was killed: its finished stages are not done again
        with SetWorkflowID(f"{build_id}-{time.time_ns()}"):
            DBOS.start_workflow(_build, build_id).get_result()
    finally:
        DBOS.destroy()
        _UNDER_WAY.pop(build_id, None)
