"""A place in a recording is played for its line after a build, and nowhere when it was taken out."""

import wave
from pathlib import Path

import numpy as np

from meetagain.archive.add import add_files
from meetagain.prepare.build import build
from meetagain.schema.artefacts import Voice
from meetagain.schema.recordings import Clip
from meetagain.store.clips import write_clips
from meetagain.store.folder import PersonFolder

HER = 220.0
WORDS = "Actually you took ages."


def built(root: Path):
    return build(root, progress=lambda label, share: None)


def real(root: Path) -> dict[str, str]:
    voice = PersonFolder(root).read_json("voice.json", Voice)
    return {clip.text: clip.file for clip in voice.clips if clip.real}


def loudness(path: Path) -> tuple[float, float]:
    """(seconds, loud half in dBFS)."""
    with wave.open(str(path)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767
        frames = sound[: len(sound) // 480 * 480].reshape(-1, 480)
        powers = (frames**2).mean(1)
        return len(sound) / file.getframerate(), float(10 * np.log10(powers[powers >= np.median(powers)].mean()))


def test_a_place_is_played_at_the_loudness_of_the_rest(juni: Path, engine, ears, record, tmp_path: Path):
    original = record(tmp_path / "film.wav", (0, 1.0), (HER, 2.0), (HER, 3.0), rate=48000)
    add_files(juni, [original])
    write_clips(juni, {"film-0m02": Clip("film.wav", 2.0, 4.0, WORDS, theirs="yes", play_for="appear/2")})
    report = built(juni)
    assert WORDS in real(juni)
    seconds, decibels = loudness(juni / real(juni)[WORDS])
    assert abs(seconds - 2.0) < 0.1 and abs(decibels + 20) < 1
    assert not [found for found in report.issues if found.code.startswith("clip-")]
    assert original.read_bytes() == (juni / "items" / "film.wav").read_bytes()
    assert built(juni).stages["voice"] == "unchanged"

    write_clips(juni, {"film-0m02": Clip("film.wav", 2.0, 3.0, WORDS, theirs="yes", play_for="appear/2")})
    assert built(juni).stages["voice"] == "made"
    assert abs(loudness(juni / real(juni)[WORDS])[0] - 1.0) < 0.1

    (juni / "build" / "recordings" / "film-0m02.wav").unlink()  # build/ can always be made again
    build(juni, progress=lambda label, share: None, force=True)
    assert WORDS in real(juni)


def test_C4_a_place_whose_recording_was_taken_out_is_said_by_the_made_voice(juni: Path, engine, ears, record, tmp_path: Path):
    add_files(juni, [record(tmp_path / "film.wav", (HER, 2.0))])
    write_clips(juni, {"film-0m00": Clip("film.wav", 0.4, 2.5, WORDS, theirs="yes", play_for="appear/2")})
    built(juni)
    item = next(one for one in PersonFolder(juni).lineage()["voice"].items if PersonFolder(juni).made_of(one) == ("voice",))
    assert item and WORDS in real(juni)
    (juni / "items" / "film.wav").unlink()
    assert built(juni).stages["voice"] == "made"
    assert WORDS not in real(juni)
    assert not list((juni / "build" / "recordings").glob("film*"))


def test_a_place_meant_for_no_line_or_with_other_words_is_told(juni: Path, engine, ears, record, tmp_path: Path):
    add_files(juni, [record(tmp_path / "film.wav", (HER, 2.0), (HER, 3.0))])
    write_clips(
        juni,
        {
            "film-0m00": Clip("film.wav", 0.4, 2.5, "Pass me that towel.", theirs="yes", play_for="appear/2"),
            "film-0m03": Clip("film.wav", 3.0, 5.0, "Hello.", theirs="yes", play_for="appear/9"),
        },
    )
    codes = [found.code for found in built(juni).issues]
    assert "clip-other-words" in codes and "clip-line-missing" in codes
    assert WORDS in real(juni)


def test_a_place_behind_the_end_of_its_recording_leaves_the_line_to_the_made_voice(juni: Path, engine, ears, record, tmp_path: Path):
    add_files(juni, [record(tmp_path / "film.wav", (HER, 2.0))])
    write_clips(juni, {"film-0m50": Clip("film.wav", 50.0, 52.0, WORDS, theirs="yes", play_for="appear/2")})
    report = built(juni)
    assert [found.about for found in report.issues if found.code == "clip-empty"] == ["film-0m50"]
    assert WORDS not in real(juni) and WORDS in engine.lines


def test_a_line_that_is_said_in_several_manners_is_told_as_one(juni: Path, engine, ears, record, tmp_path: Path):
    add_files(juni, [record(tmp_path / "film.wav", (HER, 2.0))])
    before = len(real(juni)) if built(juni) else 0
    write_clips(juni, {"film-0m00": Clip("film.wav", 0.4, 2.5, WORDS, theirs="yes", play_for="appear/2")})
    (sentence,) = [found.sentence for found in built(juni).issues if found.code == "voice-own-lines"]
    voice = PersonFolder(juni).read_json("voice.json", Voice)
    assert f"for {before + 1} of the {len({clip.text for clip in voice.clips})} lines" in sentence
    assert len(voice.clips) > len({clip.text for clip in voice.clips})
