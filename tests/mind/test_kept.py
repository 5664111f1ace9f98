"""Vectors that were made before are used as they are; what is not there, altered, or of another encoder is made anew."""

import hashlib
import io
from pathlib import Path

import msgspec
import numpy as np
import pytest

from meetagain.archive.read import read_archive
from meetagain.mind import comparing, rules, told
from meetagain.mind import kept as module
from meetagain.mind.backend import Turn
from meetagain.mind.comparing import compared
from meetagain.mind.kept import DESCRIPTION, FILE, read_kept, write_kept
from meetagain.mind.lines import repertoire
from meetagain.mind.meaning import WIDTH, Meaning
from meetagain.mind.told import ToldMind
from meetagain.schema.artefacts import Meanings
from meetagain.schema.speech import Utterance
from meetagain.store.folder import PersonFolder

DEMO = Path(__file__).parents[2] / "demo" / "juni"
TEXTS = ("the yellow raincoat", "강아지", "")


def _mean(monkeypatch: pytest.MonkeyPatch, meaning: Meaning) -> None:
    for place in (told, rules, comparing):
        monkeypatch.setattr(place, "meaning", lambda: meaning)


@pytest.fixture
def folder(tmp_path: Path) -> PersonFolder:
    """One with vectors of three texts, each all ones, twos, threes."""
    found = PersonFolder(tmp_path)
    write_kept(found, {text: np.full(WIDTH, number, np.float32) for number, text in enumerate(TEXTS, start=1)})
    return found


def unable(texts: list[str]) -> np.ndarray:
    raise AssertionError(f"{len(texts)} texts were made anew")


def test_what_was_written_is_read_to_the_last_bit(tmp_path: Path):
    made = {text: vector for text, vector in zip(TEXTS, Meaning().vectors(TEXTS), strict=True)}
    write_kept(PersonFolder(tmp_path), made)
    found = read_kept(PersonFolder(tmp_path))
    assert len(found) == 3
    assert all(np.array_equal(found.of(text), vector) for text, vector in made.items())
    assert found.of("the yellow raincoat ") is None


def test_P6_no_word_of_the_family_stands_in_the_file(folder: PersonFolder):
    data = (folder.build / FILE).read_bytes() + (folder.build / DESCRIPTION).read_bytes()
    assert b"raincoat" not in data and "강아지".encode() not in data


def test_without_a_file_nothing_is_kept(tmp_path: Path, folder: PersonFolder):
    assert read_kept(PersonFolder(tmp_path / "other")) is None
    (folder.build / FILE).unlink()
    assert read_kept(folder) is None


@pytest.mark.parametrize("cut", [slice(0, 100), slice(0, 0), slice(10, None)])
def test_a_file_that_was_altered_is_not_read(folder: PersonFolder, cut: slice):
    path = folder.build / FILE
    path.write_bytes(path.read_bytes()[cut])
    assert read_kept(folder) is None


def test_one_changed_bit_is_seen(folder: PersonFolder):
    path = folder.build / FILE
    data = bytearray(path.read_bytes())
    data[-400] ^= 1
    path.write_bytes(bytes(data))
    assert read_kept(folder) is None


def test_vectors_of_another_encoder_are_not_read(folder: PersonFolder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "encoder_name", lambda: "another 9.9")
    assert read_kept(folder) is None


def test_a_file_of_another_shape_is_not_read(folder: PersonFolder):
    out = io.BytesIO()
    np.savez(out, texts=np.zeros((2, 32), np.uint8), vectors=np.zeros((3, WIDTH), np.float32))
    (folder.build / FILE).write_bytes(out.getvalue())
    made = folder.read_json(DESCRIPTION, Meanings)
    folder.write_json(DESCRIPTION, msgspec.structs.replace(made, sha256=hashlib.sha256(out.getvalue()).hexdigest()))
    assert read_kept(folder) is None


def test_what_is_known_is_not_made_anew_and_what_is_not_is(folder: PersonFolder):
    some = Meaning(read_kept(folder))
    some._encode = unable
    assert some.vectors([TEXTS[1], TEXTS[0]])[:, 0].tolist() == [2.0, 1.0]
    some._encode = lambda texts: np.full((len(texts), WIDTH), 9.0, np.float32)
    assert some.vectors(["a boat", TEXTS[2], "a boat"])[:, 0].tolist() == [9.0, 3.0, 9.0]
    some.know(None)
    assert some.vectors([TEXTS[0]])[0, 0] == 9.0


def test_an_opening_with_kept_vectors_makes_none_and_answers_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    person, memory = PersonFolder(DEMO).read_person(), read_archive(DEMO).memory
    lines = repertoire(person, memory)

    def opened(meaning: Meaning):
        _mean(monkeypatch, meaning)
        rules._with_meaning.cache_clear()
        return ToldMind().open(person, memory, lines, 0)

    plain = opened(Meaning())
    making = Meaning()
    _mean(monkeypatch, making)
    rules._with_meaning.cache_clear()
    write_kept(PersonFolder(tmp_path), compared(person, memory, lines))
    quick = Meaning(read_kept(PersonFolder(tmp_path)))
    quick._encode, encode = (lambda texts: np.zeros((0, WIDTH), np.float32) if texts == ["."] else unable(texts)), quick._encode
    same = opened(quick)
    quick._encode = encode
    rules._with_meaning.cache_clear()
    assert np.array_equal(plain._recall.index.vectors, same._recall.index.vectors)
    assert np.array_equal(plain._recall.index.word_vectors, same._recall.index.word_vectors)
    for text in ("Do you remember Mirrow Lake?", "What did you call peas?", "I wish I was dead.", "Who was with us?"):
        turn = Turn(1, Utterance(text, 0.0, 1.0), "words", "open")
        assert plain.answer(turn) == same.answer(turn)


def test_the_encoder_is_there_before_the_first_question():
    some = Meaning()
    assert some._encoder is None
    some.warm()
    assert some._encoder is not None
