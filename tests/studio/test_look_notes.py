"""What is not like the person, in plain words, becomes a setting; everything else in person.yaml stays as it was written."""

import importlib.util

import pytest

from meetagain.errors import MeetAgainError
from meetagain.store.folder import PersonFolder
from meetagain.studio.look_notes import SLIDERS, take_notes, words_for

TEXT = """# Ours. Do not touch.
id: a
full_name: Anna Test
called: [Anna]      # never Annie
age_shown: 40
relation_to_visitor: mother
calls_visitor: dear
look:
  hair: brown   # in summer lighter
  build: average
  skin: light
  # height from the door frame
  height_cm: 168
manner:
  pace: middle
"""


@pytest.fixture
def anna(tmp_path):
    (tmp_path / "person.yaml").write_text(TEXT, "utf-8")
    return tmp_path


def look(root):
    return PersonFolder(root).read_person().look


def test_a_note_moves_a_slider_and_two_add_up(anna):
    take_notes(anna, ("nose: a little wider",))
    assert look(anna).features == {"nose width": 0.25}
    take_notes(anna, ("Nose:  a little wider.", "eyes: clearly closer together"))
    assert look(anna).features == {"nose width": 0.5, "eye distance": -0.6}
    take_notes(anna, ("nose: much wider", "nose: a little narrower"))
    assert look(anna).features["nose width"] == 0.75


def test_every_other_sign_stays(anna):
    take_notes(anna, ("nose: a little wider", "walk: slower", "skin: darker", "height: a little smaller"))
    text = (anna / "person.yaml").read_text("utf-8")
    kept = TEXT.replace("pace: middle", "pace: slow").replace("skin: light", "skin: olive").replace("height_cm: 168", "height_cm: 167")
    assert text.replace("  features: {nose width: 0.25}\n", "") == kept and "features: {nose width: 0.25}" in text


@pytest.mark.parametrize(
    "note,code",
    [
        ("nose: flumph", "note-unclear"),
        ("soul: brighter", "note-unclear"),
        ("wider", "note-unclear"),
        ("", "note-unclear"),
        ("build: broader; rm", "note-unclear"),
    ],
)
def test_what_is_not_understood_writes_nothing(anna, note, code):
    with pytest.raises(MeetAgainError) as caught:
        take_notes(anna, ("nose: a little wider", note))
    assert caught.value.issue.code == code and (anna / "person.yaml").read_text("utf-8") == TEXT


def test_the_end_of_a_row_is_told(anna):
    take_notes(anna, ("build: broader",))
    with pytest.raises(MeetAgainError) as caught:
        take_notes(anna, ("build: broader",))
    assert caught.value.issue.code == "note-at-the-end"
    take_notes(anna, ("nose: far wider", "nose: far wider"))
    assert look(anna).features["nose width"] == 1.0
    with pytest.raises(MeetAgainError):
        take_notes(anna, ("nose: a little wider",))


def test_every_word_on_the_sheet_is_understood(anna):
    for part, words in words_for().items():
        for word in words:
            (anna / "person.yaml").write_text(TEXT.replace("light", "olive"), "utf-8")
            assert take_notes(anna, (f"{part}: a little {word}",))


def test_every_slider_is_one_that_the_body_knows():
    if importlib.util.find_spec("meetagain.likeness.features") is None:
        pytest.skip("the sliders come with the fit")
    from meetagain.likeness import features

    known = set(features.FEATURES)
    assert {slider for words in SLIDERS.values() for slider, _ in words.values()} <= known
