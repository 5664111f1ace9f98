"""What a place in a recording might be played for."""

import msgspec
import pytest

from meetagain.prepare.clips import Proposal, proposal, spots
from meetagain.schema.archive import Archive, Item, ItemKind, Memory
from meetagain.schema.lines import Line
from meetagain.schema.person import Character, Person
from meetagain.schema.recordings import Clip, Heard, Kind, Place, Whose
from meetagain.schema.speech import LineClass

PERSON = Person(
    id="a",
    full_name="A",
    called=("Anna",),
    age_shown=7,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    visitor_name="Elin",
    character=Character(
        lines={"signs": ("(sings) Duck",), "appear": ("Mum! You found me!",), "goodbye": ("Night night, see you in the pancake light.",)},
        reply_unsaid={"sorry": "It's only spilt, it's not broken."},
    ),
)


def line(key: str, text: str) -> Line:
    return Line(key, text, LineClass.AUTHORED, group=key.partition("/")[0])


LINES = (
    line("signs/1", "(sings) Duck"),
    line("appear/1", "Mum! You found me!"),
    line("goodbye/1", "Night night, see you in the pancake light."),
    line("sorry/1", "It's only spilt, it's not broken."),
    line("j02/said", "Pancakes have to have holes, or they're not pancakes."),
    line("filler/3", "Mm, I'm listening to you."),
)


def place(text: str, kind: Kind = Kind.SPEECH, start_s: float = 12.4, seconds: float = 2.0) -> Place:
    return Place(start_s, start_s + seconds, text, kind, tuple(1.0 if at == 0 else 0.0 for at in range(256)), 20.0)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("mum you found me", Kind.SPEECH, Proposal("appear/1", "the same words")),
        ("Its only spilled, its not broken!", Kind.SPEECH, Proposal("sorry/1", "the same words")),
        ("Pancakes have to have holes or they are not pancakes.", Kind.SPEECH, Proposal("j02", "the same words")),
        ("Mm. I'm listening to you.", Kind.SPEECH, Proposal("Mm, I'm listening to you.", "the same words")),
        ("Good night, Mummy, sleep tight.", Kind.SPEECH, Proposal("goodbye/1", "a goodnight")),
        ("Mum! Mum!", Kind.SPEECH, Proposal("", "a call")),
        ("Elin?", Kind.SPEECH, Proposal("", "a call")),
        ("", Kind.SONG, Proposal("song/1", "a song")),
        ("Ha ha ha", Kind.LAUGH, Proposal("", "a laugh")),
        ("Pass me the towel.", Kind.SPEECH, None),
        ("", Kind.SPEECH, None),
    ],
)
def test_a_place_is_proposed_for_a_line(text: str, kind: Kind, wanted: Proposal | None):
    assert proposal(place(text, kind), LINES, PERSON) == wanted


def test_a_laugh_is_for_the_laugh_where_there_is_one():
    found = proposal(place("Ha ha ha", Kind.LAUGH), (*LINES, line("laugh/1", "(laughs)")), PERSON)
    assert found == Proposal("laugh/1", "a laugh")


def item(name: str, identity: str) -> Item:
    return Item(identity, f"items/{name}", ItemKind.FILM, "Elin", True)


def test_places_are_named_by_recording_and_time_and_no_name_stands_twice():
    archive = Archive((item("Beach (2).mp4", "aa11ffff"), item("sub/beach-2.mov", "bb22ffff"), item("여름.m4a", "cc33")), Memory(()))
    heard = {
        "aa11ffff": Heard("aa11ffff", 99, (place("one"), place("two", start_s=12.9), place("three", start_s=75.2))),
        "bb22ffff": Heard("bb22ffff", 99, (place("four"),)),
        "cc33": Heard("cc33", 99, (place("five"),)),
        "gone": Heard("gone", 99, (place("six"),)),
    }
    found = spots(PERSON, archive, heard, {}, LINES)
    assert [spot.name for spot in found] == [
        "beach-2-aa11-0m12",
        "beach-2-aa11-0m12b",
        "beach-2-aa11-1m15",
        "beach-2-bb22-0m12",
        "여름-0m12",
    ]
    assert {spot.whose for spot in found} == {Whose.UNKNOWN} and not any(spot.proposal for spot in found)


def test_a_decision_stays_with_its_place_when_names_or_ends_move():
    archive = Archive((item("a.mp4", "a"),), Memory(()))
    heard = {"a": Heard("a", 99, (place("Mum, you found me!"), place("other", start_s=30)))}
    clips = {"older-name": Clip("a.mp4", 12.0, 15.0, theirs="yes"), "far": Clip("b.mp4", 30.0, 32.0, theirs="no")}
    first, second = spots(PERSON, archive, heard, clips, LINES)
    assert first.clip is clips["older-name"] and second.clip is None
    assert first.whose is Whose.THEIRS and first.proposal == Proposal("appear/1", "the same words")
    assert msgspec.structs.replace(first, clip=None).file == "a.mp4"
