import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetagain.archive.look import look_at, readable
from meetagain.archive.sound import sound_of
from meetagain.errors import MeetAgainError

PHOTOS, SOUNDS, FILMS = ("jpg", "png", "heic"), ("wav", "mp3", "m4a", "flac", "ogg", "oga"), ("mp4", "mov", "3gp")
Make = Callable[[Path], Path]


def code(path: Path) -> str:
    seen, issues = readable(path)
    assert seen is None
    return issues[0].code


@pytest.mark.parametrize("kind", PHOTOS)
def test_photos_tell_size_and_day(kind: str, make: Make, tmp_path: Path):
    seen = look_at(make(tmp_path / f"a.{kind}"))
    assert (seen.kind, seen.width_px, seen.height_px, seen.taken) == ("photo", 160, 120, "2019-07-14")


@pytest.mark.parametrize("kind", SOUNDS)
def test_sounds_tell_their_length_and_can_be_heard(kind: str, make: Make, tmp_path: Path):
    path = make(tmp_path / f"a.{kind}")
    seen = look_at(path)
    assert seen.kind == "sound"
    assert seen.duration_s == pytest.approx(2.0, abs=0.1)
    sound = sound_of(path, 16000)
    assert sound.dtype == np.float32
    assert len(sound) == pytest.approx(32000, abs=1600)
    spectrum = np.abs(np.fft.rfft(sound[4000:20000]))
    assert np.argmax(spectrum) == pytest.approx(220, abs=2)  # 16000 samples: a bin is one hertz
    assert np.sqrt((sound[4000:20000] ** 2).mean()) == pytest.approx(0.4 / np.sqrt(2), abs=0.03)


@pytest.mark.parametrize("kind", FILMS)
def test_films_tell_size_length_day_and_can_be_heard(kind: str, make: Make, tmp_path: Path):
    path = make(tmp_path / f"a.{kind}")
    seen = look_at(path)
    assert (seen.kind, seen.width_px, seen.height_px) == ("film", 64, 48)
    assert seen.duration_s == pytest.approx(1.0, abs=0.2)
    assert seen.taken in ("2018-06-22", "")
    assert len(sound_of(path, 16000)) == pytest.approx(16000, abs=1600)


@pytest.mark.parametrize("kind", [*PHOTOS, *SOUNDS, *FILMS])
def test_the_kind_is_judged_by_contents_and_not_by_name(kind: str, make: Make, tmp_path: Path):
    path = make(tmp_path / f"a.{kind}")
    misnamed = path.rename(tmp_path / ("a.txt" if kind in PHOTOS else "a.jpg"))
    assert look_at(misnamed).kind == ("photo" if kind in PHOTOS else "sound" if kind in SOUNDS else "film")


@pytest.mark.parametrize("kind", ["jpg", "png", "heic", "wav", "mp4", "mov", "m4a", "3gp"])
def test_a_file_cut_short_is_named_so(kind: str, make: Make, tmp_path: Path):
    path = make(tmp_path / f"a.{kind}")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert code(path) == "file-cut-short"


@pytest.mark.parametrize("kind", [*PHOTOS, *SOUNDS, *FILMS])
def test_a_file_cut_after_a_few_bytes_never_passes(kind: str, make: Make, tmp_path: Path):
    path = make(tmp_path / f"a.{kind}")
    path.write_bytes(path.read_bytes()[:20])
    assert code(path) in ("file-cut-short", "file-unreadable")


def test_an_empty_file_is_named_so(tmp_path: Path):
    (tmp_path / "a.jpg").touch()
    assert code(tmp_path / "a.jpg") == "file-empty"


@pytest.mark.parametrize("text", [b"Dear Mum,\nall is well.\n" * 20, b"%PDF-1.7\n" + b"x" * 400, b"PK\x03\x04" + bytes(300), bytes(5000)])
def test_other_kinds_are_named_so(text: bytes, tmp_path: Path):
    for name in ("letter.txt", "letter.mp3", "letter.doc"):
        if name == "letter.txt" and text.startswith(b"Dear"):
            continue  # a letter indeed
        path = tmp_path / name
        path.write_bytes(text)
        assert code(path) in ("file-kind-unknown", "file-unreadable")


@pytest.mark.parametrize("name", ["letter.txt", "LETTER.TXT", "diary.md", "film.srt", "film.vtt"])
@pytest.mark.parametrize("text", [b"Dear Mum,\nall is well.\n", "Käpt’n\n".encode(), b"The wide lake was cold.\n", b"Mum: free buns\n"])
def test_texts_are_texts(name: str, text: bytes, tmp_path: Path):
    path = tmp_path / name
    path.write_bytes(text)
    assert look_at(path).kind == "text"


def test_a_playlist_that_points_elsewhere_is_not_followed(make: Make, tmp_path: Path):
    make(tmp_path / "other.mp3")
    for name, text in (
        ("a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:2,\nother.mp3\n#EXT-X-ENDLIST\n"),
        ("a.ffconcat", "ffconcat version 1.0\nfile other.mp3\n"),
    ):
        (tmp_path / name).write_text(text)
        assert code(tmp_path / name) in ("file-kind-unknown", "file-unreadable")
        with pytest.raises(MeetAgainError):
            sound_of(tmp_path / name, 16000)


def test_a_picture_of_200_million_points_is_never_opened(tmp_path: Path):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20000, 10000, 8, 2, 0, 0, 0)
    path = tmp_path / "huge.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
    seen, issues = readable(path)
    assert seen is None
    assert issues[0].code == "photo-too-large"
    assert "200 million" in issues[0].sentence


def test_a_file_that_may_not_be_opened_is_named(tmp_path: Path):
    assert code(tmp_path) == "file-unreadable"
    assert code(tmp_path / "nothing.jpg") == "file-unreadable"


def test_sound_of_a_photo_is_refused_in_words(make: Make, tmp_path: Path):
    with pytest.raises(MeetAgainError):
        sound_of(make(tmp_path / "a.png"), 16000)


def test_odd_names_are_only_names(make: Make, tmp_path: Path):
    for name in ("photo%03d.wav", "concat:a.wav", "file,.wav", "-i.wav"):
        assert look_at(make(tmp_path / name)).kind == "sound"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([*PHOTOS, *SOUNDS, *FILMS]),
    spots=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=40),
)
def test_no_damage_ever_raises(kind: str, spots: list, make: Make, tmp_path: Path):
    clean = tmp_path / f"clean.{kind}"
    data = bytearray((clean if clean.exists() else make(clean)).read_bytes())
    for where, value in spots:
        data[int(where**3 * (len(data) - 1))] = value
    damaged = tmp_path / f"damaged.{kind}"
    damaged.write_bytes(bytes(data))
    readable(damaged)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [b"", b"\xff\xd8\xff", b"RIFF\0\0\0\0WAVE", b"OggS", b"fLaC", b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypisom", b"ID3"]
    ),
    rest=st.binary(max_size=400),
)
def test_no_bytes_ever_raise(start: bytes, rest: bytes, tmp_path: Path):
    path = tmp_path / "any"
    path.write_bytes(start + rest)
    readable(path)


def test_looking_leaves_the_file_alone(make: Make, tmp_path: Path):
    path = make(tmp_path / "a.heic")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    look_at(path)
    assert before == (path.read_bytes(), path.stat().st_mtime_ns)
