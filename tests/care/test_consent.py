from pathlib import Path

import msgspec
import pytest

from meetagain.care.consent import may_build
from meetagain.care.doorway import doorway_words, may_begin
from meetagain.schema.person import Consent, Wish
from meetagain.schema.ticket import Visitor
from meetagain.store.folder import PersonFolder

JUNI = PersonFolder(Path(__file__).parents[2] / "demo" / "juni").read_person()


def with_consent(**changes: object):
    return msgspec.structs.replace(JUNI, consent=msgspec.structs.replace(JUNI.consent, **changes))


def test_C1_a_complete_record_is_enough_and_every_gap_is_named():
    assert may_build(JUNI) == ()
    for gap in ({"keeper": " "}, {"relation": ""}, {"keeper_is_adult": False}, {"wish": None}, {"close_family": ()}):
        assert [found.code for found in may_build(with_consent(**gap))] == ["consent-missing"], gap
    assert may_build(msgspec.structs.replace(JUNI, consent=Consent()))[0].sentence.count(",") >= 4


def test_C1_who_said_no_is_not_portrayed():
    assert [found.code for found in may_build(with_consent(wish=Wish.NO))] == ["consent-refused"]


@pytest.mark.parametrize("missing", ["adult", "acknowledged_portrait", "wants_to_go_in"])
def test_A1_and_C7_each_yes_is_needed(missing: str):
    said = {"adult": True, "acknowledged_portrait": True, "wants_to_go_in": True}
    assert may_begin(Visitor(**said), JUNI) == ()
    assert len(may_begin(Visitor(**{**said, missing: False}), JUNI)) == 1


def test_H1_the_notice_names_the_portrait_in_every_language_it_falls_back_to():
    korean = msgspec.structs.replace(JUNI, settings=msgspec.structs.replace(JUNI.settings, language="ko"))
    for person in (JUNI, korean):
        found = doorway_words(person)
        assert "portrait" in found["notice"][0]
        assert "Juni" in found["questions"]["acknowledged_portrait"]
