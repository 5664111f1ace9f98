from pathlib import PurePosixPath

import pytest

from meetagain.prepare.recordings import meant_words, recordings
from meetagain.schema.archive import Archive, Fact, Item, ItemKind, Memory
from meetagain.schema.person import Character, Person
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
    assert found == {line_key("Hug?", manner): (PurePosixPath("items/a.wav"), "a") for manner in ("joy", "whisper")}
