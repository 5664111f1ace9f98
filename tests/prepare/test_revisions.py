"""An update of the software makes nobody anew; a stage whose output changed is made anew, by its own number."""

from pathlib import Path

import pytest

from meetagain.errors import MeetAgainError
from meetagain.prepare import revisions
from meetagain.prepare.build import BuildReport, build
from meetagain.prepare.stages import STAGES
from meetagain.prepare.ticket import issue_ticket
from meetagain.schema.ticket import MeetingTicket, Safeguards, Visitor
from meetagain.studio.review import Review


def built(root: Path) -> BuildReport:
    return build(root, progress=lambda label, share: None)


def ticket(root: Path) -> MeetingTicket:
    return issue_ticket(root, Visitor(adult=True), Safeguards(), "m1", 3)


def approve(root: Path) -> None:
    review = Review(root)
    review.decide("approve", ("all",))
    assert review.approve() is not None


def test_every_stage_has_a_number():
    assert set(revisions.REVISIONS) == set(STAGES)


@pytest.mark.parametrize("approved", [False, True])
def test_F4_an_update_of_the_software_rebuilds_nobody(approved: bool, juni: Path, engine, monkeypatch: pytest.MonkeyPatch):
    if approved:
        approve(juni)
    built(juni)
    before, asked = ticket(juni), engine.asked.copy()
    for module in ("meetagain", "meetagain.prepare.stages", "meetagain.studio.review"):
        monkeypatch.setattr(f"{module}.__version__", "99.0", raising=False)
    assert set(built(juni).stages.values()) == {"unchanged"}
    assert ticket(juni) == before
    assert ticket(juni).repertoire.pinned is approved
    assert engine.asked == asked


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "meaning"])
def test_a_stage_whose_number_was_raised_is_made_anew_and_no_other(stage: str, juni: Path, engine, monkeypatch: pytest.MonkeyPatch):
    built(juni)
    monkeypatch.setitem(revisions.REVISIONS, stage, 99)
    with pytest.raises(MeetAgainError):
        ticket(juni)
    assert built(juni).stages == {**dict.fromkeys(STAGES, "unchanged"), stage: "made"}


def test_F4_lines_that_were_approved_are_said_after_a_stage_was_made_anew(juni: Path, engine, monkeypatch: pytest.MonkeyPatch):
    approve(juni)
    built(juni)
    before = ticket(juni).repertoire
    for stage in STAGES:
        monkeypatch.setitem(revisions.REVISIONS, stage, 99)
    assert built(juni).stages == dict.fromkeys(STAGES, "made")
    assert ticket(juni).repertoire == before and before.pinned
