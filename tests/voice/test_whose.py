"""Whose voice a place is: told within one room, asked where it is not sure."""

import numpy as np
import pytest

from meetagain.schema.recordings import Whose
from meetagain.voice.speaker import middle
from meetagain.voice.whose import Piece, attributed, voices

THEIRS, PERHAPS, OTHER, UNKNOWN = Whose.THEIRS, Whose.PERHAPS, Whose.OTHER, Whose.UNKNOWN


def _unit(*parts: tuple[float, int]) -> np.ndarray:
    found = np.zeros(256)
    for weight, axis in parts:
        found[axis] += weight
    return found / np.linalg.norm(found)


COMMON = (1.2, 0)
HER, HIM, THIRD = _unit(COMMON, (1, 1)), _unit(COMMON, (1, 2)), _unit(COMMON, (1, 3))
ROOM = (0.9, 4)  # an echo that all voices of one recording share


def _piece(who: np.ndarray, seed: int, recording: str = "a", seconds: float = 2.0, room: bool = False) -> Piece:
    noise = np.random.default_rng(seed).normal(0, 0.02, 256)
    return Piece(recording, seconds, middle([(who + (_unit(ROOM) * 0.9 if room else 0) + noise)]))


def test_voices_of_one_recording_are_kept_apart():
    people = [HER, HIM, HER, THIRD, HIM, HER, THIRD, HIM]
    found = voices([_piece(who, at) for at, who in enumerate(people)])
    assert len(set(found)) == 3
    assert all((found[a] == found[b]) == (people[a] is people[b]) for a in range(8) for b in range(8))


def test_one_voice_alone_is_one_voice_and_short_pieces_are_none():
    pieces = [_piece(HER, at) for at in range(6)] + [_piece(HIM, 9, seconds=0.4)]
    assert voices(pieces) == (0, 0, 0, 0, 0, 0, -1)
    assert voices([]) == () and voices([_piece(HER, 1)]) == (0,)


@pytest.fixture
def film() -> list[Piece]:
    return [_piece(HER, 1), _piece(HIM, 2), _piece(HER, 3), _piece(HIM, 4), _piece(HER, 5, seconds=0.5), _piece(HIM, 6, seconds=0.5)]


def test_before_a_word_of_the_keeper_nothing_is_claimed(film):
    assert attributed(film, voices(film), (), ()) == (UNKNOWN,) * 6
    assert attributed(film, voices(film), (), (1,)) == (UNKNOWN, OTHER, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)


def test_one_yes_finds_the_rest_and_what_is_short_is_asked(film):
    assert attributed(film, voices(film), (0,), ()) == (THEIRS, OTHER, THEIRS, OTHER, PERHAPS, OTHER)


def test_another_recording_in_another_room(film):
    pieces = [*film, _piece(HER, 7, "b"), _piece(HIM, 8, "b"), _piece(HER, 9, "c", room=True), _piece(HIM, 10, "c", room=True)]
    assert attributed(pieces, voices(pieces), (0,), ())[6:] == (THEIRS, OTHER, PERHAPS, OTHER)
    assert attributed(pieces, voices(pieces), (0, 8), ())[8:] == (THEIRS, OTHER)


def test_the_wrong_speaker_alone_in_a_recording_is_not_taken_for_theirs(film):
    pieces = [*film, _piece(HIM, 7, "b"), _piece(HIM, 8, "b")]
    assert attributed(pieces, voices(pieces), (0,), ())[6:] == (OTHER, OTHER)
    assert attributed(pieces, voices(pieces), (0,), (1,))[6:] == (OTHER, OTHER)


def test_two_answers_about_what_seemed_one_voice_divide_it():
    sister = _unit(COMMON, (1, 1), (0.35, 5))
    pieces = [_piece(HER, 1), _piece(sister, 2), _piece(HER, 3), _piece(sister, 4)]
    assert set(voices(pieces)) == {0}
    assert attributed(pieces, voices(pieces), (0,), (1,)) == (THEIRS, OTHER, THEIRS, OTHER)


def test_the_keeper_has_the_last_word(film):
    assert attributed(film, voices(film), (0, 5), (4,))[4:] == (OTHER, THEIRS)
