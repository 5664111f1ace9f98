"""Recordings are heard once, in pieces, as far as they go."""

from pathlib import Path

import numpy as np
import pytest

from meetagain.archive import sound as archive_sound
from meetagain.archive.sound import sound_in_pieces, sound_of, sounds_between
from meetagain.errors import MeetAgainError, issue
from meetagain.hearing.stretches import Stretch
from meetagain.prepare import listening
from meetagain.prepare.listening import listen

HER, HIM = 220.0, 130.0


def test_a_long_film_is_the_same_piece_by_piece(record, tmp_path: Path):
    path = record(tmp_path / "a.wav", (HER, 3.0), (HIM, 2.0))
    pieces = list(sound_in_pieces(path, 48000, 1.5))
    assert all(len(piece) == 72000 for piece in pieces[:-1])
    assert np.array_equal(np.concatenate(pieces), sound_of(path, 48000))


def test_parts_are_taken_in_one_reading(record, tmp_path: Path):
    path = record(tmp_path / "a.wav", (HER, 3.0))
    whole = sound_of(path, 24000)
    one, two, past = sounds_between(path, 24000, [(0.25, 1.5), (1.0, 99.0), (50.0, 51.0)])
    assert np.array_equal(one, whole[6000:36000]) and np.array_equal(two, whole[24000:]) and not len(past)


def test_places_lie_where_they_are_heard_also_in_later_pieces(ears, record, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(listening, "PIECE_S", 4.0)
    path = record(tmp_path / "a.wav", (HER, 2.0), (HIM, 1.0), (HER, 1.5))
    heard = listen(path, "id", ears.transcribe, lambda share: None)
    assert heard.seconds == pytest.approx(6.5, abs=0.01)
    assert heard.places[0].start_s == pytest.approx(0.5, abs=0.1)
    assert heard.places[-1].end_s == pytest.approx(6.0, abs=0.1)
    assert ears.asked == len(heard.places)


def test_what_comes_before_a_break_is_kept(ears, record, tmp_path: Path, monkeypatch):
    path = record(tmp_path / "a.wav", (HER, 2.0), (HIM, 2.0))
    whole = archive_sound._chunks

    def breaks(path: Path, rate_hz: int):
        for at, chunk in enumerate(whole(path, rate_hz)):
            if at == 40:
                raise MeetAgainError(issue("file-unreadable", path.name, detail="for a test"))
            yield chunk

    monkeypatch.setattr(archive_sound, "_chunks", breaks)
    heard = listen(path, "id", ears.transcribe, lambda share: None)
    (found,) = [one for one in heard.issues if one.code == "recording-broken"]
    assert "0:02" in found.sentence and len(heard.places) == 1
    monkeypatch.setattr(archive_sound, "_chunks", lambda path, rate: iter(breaks(tmp_path / "nowhere.wav", rate)))
    with pytest.raises(MeetAgainError):
        listen(path, "id", ears.transcribe, lambda share: None)


def test_cleaning_works_around_speech_only():
    found = listening._regions([Stretch(3, 5, 1), Stretch(7.5, 8, 1), Stretch(30, 31, 1)], 31.2)
    assert found == [(2, 9), (29, 31.2)]
    assert listening._regions([], 9.0) == []


def test_what_cleaning_takes_away_is_kept_where_somebody_was_surely_heard(ears, record, tmp_path: Path, monkeypatch):
    from meetagain.voice.cleaning import Cleaned

    monkeypatch.setattr(listening, "cleaned", lambda sound: Cleaned(np.zeros_like(sound), np.zeros(len(sound) // 480 + 1, np.float32)))
    heard = listen(record(tmp_path / "hum.wav", (HER, 2.0)), "id", ears.transcribe, lambda share: None)
    assert len(heard.places) == 1 and np.linalg.norm(heard.places[0].voice) == pytest.approx(1, abs=0.01)
