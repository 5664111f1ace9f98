from pathlib import PurePosixPath

import pytest

from meetagain.prepare.recordings import meant_words, recordings
from meetagain.schema.archive import Archive, Fact, Item, ItemKind, Memory
from meetagain.schema.person import Character, Person
from meetagain.schema.recordings import Clip, Recorded
from meetagain.schema.speech import Clause, LineClass
from meetagain.voice.keys import line_key

PERSON = Person(
    id="a",
    full_name="A",
    called=("A",),
    age_shown=7,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    character=Character(lines={"signs": ("(sings)",), "touch_ask": ("Hand?", "Hug?")}, reply_unsaid={"sorry": "All right."}),
)
FACT = Fact("j28", "habit", "always", "Elin", "told", (), "Her rhyme.", said="Night night.")


def archive(*items: Item) -> Archive:
    return Archive(items=items, memory=Memory((FACT,)))


def sound(name: str, line: str, kind: ItemKind = ItemKind.SOUND) -> Item:
    return Item(name, f"items/{name}.wav", kind, "Elin", True, line=line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("j28", "Night night."),
        ("song/1", "(sings)"),
        ("touch_ask/2", "Hug?"),
        ("touch_ask", "Hand?"),
        ("touch_ask/9", ""),
        ("touch_ask/²", "Hand?"),
        ("sorry/1", "All right."),
        ("Hug?", "Hug?"),
    ],
)
def test_the_words_that_a_recording_is_meant_for(line: str, words: str):
    assert meant_words(line, PERSON, archive()) == words


def test_a_recording_is_played_in_every_manner_and_the_first_by_name_wins():
    lines = [Clause(0, "Hug?", LineClass.AUTHORED, manner) for manner in ("joy", "whisper")] + [Clause(0, "Hand?", LineClass.AUTHORED)]
    found = recordings(PERSON, archive(sound("a", "touch_ask/2"), sound("b", "Hug?"), sound("c", "j28", ItemKind.PHOTO)), lines)
    assert found == {line_key("Hug?", manner): Recorded(PurePosixPath("items/a.wav"), "a") for manner in ("joy", "whisper")}


def test_a_place_is_played_only_where_the_keeper_said_both_yes_and_what_for():
    lines = [Clause(0, text, LineClass.AUTHORED) for text in ("Hug?", "Hand?", "Night night.")]
    clips = {
        "film-0m01": Clip("film.wav", 1, 2, theirs="yes", play_for="touch_ask/2"),
        "film-0m05": Clip("film.wav", 5, 6, theirs="yes"),
        "film-0m07": Clip("film.wav", 7, 8, play_for="touch_ask/1"),
        "film-0m09": Clip("film.wav", 9, 10, theirs="no", play_for="touch_ask/1"),
        "film-0m11": Clip("film.wav", 11, 12, theirs="yes", play_for="no"),
        "gone-0m01": Clip("gone.wav", 1, 2, theirs="yes", play_for="j28"),
    }
    found = recordings(PERSON, archive(sound("film", "")), lines, clips)
    assert [(each.file.as_posix(), each.item, bool(each.cut)) for each in found.values()] == [
        ("build/recordings/film-0m01.wav", "film", True)
    ]
    assert list(found) == [line_key("Hug?", "neutral")]


def test_a_recording_that_was_named_for_a_line_comes_before_a_place():
    clips = {"film-0m01": Clip("film.wav", 1, 2, theirs="yes", play_for="touch_ask/2")}
    found = recordings(PERSON, archive(sound("film", ""), sound("z", "touch_ask/2")), [Clause(0, "Hug?", LineClass.AUTHORED)], clips)
    assert [each.item for each in found.values()] == ["z"]
