"""A keeper says whose voice it is and what is played; what cannot be used is told in plain words, and nothing is lost."""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest

from meetagain.archive.add import add_files
from meetagain.archive.new import new_folder
from meetagain.archive.read import read_archive
from meetagain.errors import Issue, MeetAgainError
from meetagain.prepare.recordings import recordings
from meetagain.schema.speech import Clause, LineClass
from meetagain.store.clips import CLIPS, read_clips
from meetagain.store.folder import PersonFolder
from meetagain.studio.recordings import Asked, Page, carry_out, with_more

HER, HIM = 220.0, 130.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Her folder"
    new_folder(folder)
    return folder


class Done:
    """One call of `meetagain recordings`."""

    def __init__(self, root: Path, **asked) -> None:
        self.said: list[str] = []
        self.issues: list[Issue] = []
        self.fine = carry_out(root, Asked(**asked), lambda label, share: None, self.said.append, self.issues.append)

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.issues]


def _own_line(root: Path) -> tuple[str, str]:
    """(name, words) of a line of the folder's own that is spoken."""
    page = Page(root)
    line = next(
        line for line in page.lines if line.key.endswith("/1") and line.group in page.person.character.lines and "(" not in line.text
    )
    return line.key, line.text


def test_the_familys_names_are_told_to_what_writes_the_words_down(root, ears, record, tmp_path):
    add_files(root, [record(tmp_path / "film.wav", (HER, 2.0))])
    person = root / "person.yaml"
    person.write_text(person.read_text("utf-8").replace("called: [Name]", "called: [Aino]"), "utf-8")
    assert "called: [Aino]" in person.read_text("utf-8")
    Done(root)
    assert "Aino" in ears.names


def test_no_recordings_is_told_and_nothing_is_made(root, ears):
    done = Done(root)
    assert done.codes == ["recordings-none"] and done.fine and done.said == []
    assert not (root / CLIPS).exists()


def test_from_a_film_to_a_line(root, ears, record, tmp_path):
    key, words = _own_line(root)
    ears.words = {(True, 20): words, (False, 20): "Look at the camera."}
    original = record(tmp_path / "Beach day.wav", (HER, 2.0), (HIM, 2.0), (HER, 3.0), (HIM, 2.5), (HER, 1.5))
    add_files(root, [original])
    before = (root / "items" / "Beach day.wav").read_bytes()
    first = Done(root)
    assert "Whose voice is it?" in first.text and "--yes beach-day-0m" in first.text
    clips = read_clips(root)
    assert len(clips) == 2 and {clip.theirs for clip in clips.values()} == {""}
    assert all((root / "build" / "recordings" / f"{name}.wav").is_file() for name in clips)
    hers = next(name for name, clip in clips.items() if (clip.heard != "Look at the camera." and "0m05" in name) or "0m00" in name)

    second = Done(root, yes=(hers,))
    assert "voice, in 3 places" in second.text and "the same words, for " + key in second.text
    assert "Look at the camera." not in second.text
    assert "--yes all" in second.text
    assert "--yes all" not in Done(root, yes=("all",)).text
    assert [clip.theirs for clip in read_clips(root).values()].count("yes") == 3
    done = Done(root, use=("beach-day-0m00",))
    assert done.fine and f"played for {key}" in done.text
    assert read_clips(root)["beach-day-0m00"].play_for == key

    archive, person = read_archive(root), PersonFolder(root).read_person()
    found = recordings(person, archive, [Clause(0, words, LineClass.AUTHORED)], read_clips(root))
    assert [each.file.as_posix() for each in found.values()] == ["build/recordings/beach-day-0m00.wav"]
    assert (root / "items" / "Beach day.wav").read_bytes() == before


def test_the_wrong_speaker_is_refused_and_nothing_is_played(root, ears, record, tmp_path):
    add_files(root, [record(tmp_path / "clip.wav", (HIM, 4.0), (HIM, 3.0))])
    (name,) = read_clips_after(root)
    done = Done(root, no=(name,))
    assert "voice-nobody" in done.codes and "Whose voice" not in done.text
    other = Done(root, use=(name,), play_for="goodbye/1")
    assert not other.fine and "clip-not-theirs" in other.codes
    assert read_clips(root)[name].play_for == ""


def read_clips_after(root: Path) -> Sequence[str]:
    Done(root)
    return list(read_clips(root))


def test_two_seconds_only_are_too_little_to_know_a_voice_but_can_be_played(root, ears, record, tmp_path):
    add_files(root, [record(tmp_path / "short.wav", (HER, 2.0))])
    done = Done(root)
    assert "voice-little" in done.codes and "2 seconds" in " ".join(found.sentence for found in done.issues)
    done = Done(root, yes=("short-0m00",), use=("short-0m00",), play_for="goodbye/1")
    assert done.fine and read_clips(root)["short-0m00"].play_for == "goodbye/1"


def test_silence_a_broken_file_and_clipping_are_named_and_the_rest_is_heard(root, ears, record, tmp_path):
    loud = record(tmp_path / "loud.wav", (HER, 2.0))
    import wave

    with wave.open(str(loud)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32767
    clipped = (np.clip(sound * 8, -0.99, 0.99) * 32767).astype("<i2").tobytes()
    with wave.open(str(loud), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(clipped)
    add_files(root, [loud, record(tmp_path / "silent.wav", (0, 3.0)), record(tmp_path / "good.wav", (HER, 3.0))])
    broken = record(tmp_path / "broken.wav", (HER, 3.0))
    add_files(root, [broken])
    path = root / "items" / "broken.wav"
    path.write_bytes(b"RIFF" + bytes(200))  # the disk lost it after it was added
    done = Done(root)
    about = {found.code: found.about for found in done.issues}
    assert about["recording-silent"] == "silent.wav" and about["recording-crackles"] == "loud.wav"
    assert "2 recordings" in done.text or "3 recordings" in done.text
    assert "good-0m00" in read_clips(root) or "loud-0m00" in read_clips(root)


def test_a_hum_that_was_named_for_a_line_need_not_be_speech(root, ears, record, tmp_path, monkeypatch):
    monkeypatch.setattr("meetagain.prepare.listening.stretches", lambda sound: ())
    add_files(root, [record(tmp_path / "song.wav", (HER, 2.0)), record(tmp_path / "kitchen.wav", (HER, 3.0))])
    assert [found.about for found in Done(root).issues if found.code == "recording-no-speech"] == ["kitchen.wav"]


def test_a_telephones_8_khz_amr_is_heard(root, ears, record, tmp_path):
    from_wav, amr = record(tmp_path / "m.wav", (HER, 3.0), (HER, 2.0), rate=8000), tmp_path / "message.amr"
    with av.open(str(from_wav)) as source, av.open(str(amr), "w", format="amr") as out:
        stream = out.add_stream("libopencore_amrnb", rate=8000, layout="mono")
        resampler = av.AudioResampler(format="s16", layout="mono", rate=8000, frame_size=160)
        for frame in source.decode(audio=0):
            for ready in resampler.resample(frame):
                ready.pts = None
                out.mux(stream.encode(ready))
        out.mux(stream.encode(None))
    assert add_files(root, [amr]).added
    done = Done(root)
    assert "recording-telephone" in done.codes
    assert any(name.startswith("message-") for name in read_clips(root))


def test_what_was_stopped_goes_on_behind_what_was_heard(root, ears, record, tmp_path):
    add_files(root, [record(tmp_path / f"{name}.wav", (HER, 2.0 + at)) for at, name in enumerate(("a", "b", "c"))])
    ears.stop_after = 2
    with pytest.raises(KeyboardInterrupt):
        Done(root)
    ears.asked, ears.stop_after = 0, 10**9
    done = Done(root)
    assert ears.asked == 1 and "3 recordings" in done.text
    Done(root)
    assert ears.asked == 1


def test_C4_nothing_of_a_recording_that_was_taken_out_stays(root, ears, record, tmp_path):
    add_files(root, [record(tmp_path / "a.wav", (HER, 2.0), (HER, 3.0)), record(tmp_path / "b.wav", (HER, 2.5))])
    Done(root, yes=(read_clips_after(root)[0],))
    Done(root, yes=("b-0m00",))
    assert "b-0m00" in read_clips(root) and (root / "build" / "recordings" / "b-0m00.wav").is_file()
    provenance = root / "provenance.yaml"
    text = provenance.read_text()
    provenance.write_text(text.replace("may_be_used: true", "may_be_used: false"))
    Done(root)
    assert "b-0m00" in read_clips(root)  # the keeper's word waits for its return
    assert not list((root / "build" / "recordings").glob("*.wav"))
    assert [path.name for path in (root / "build" / "recordings").glob("*.json")] == ["clips.json"]
    provenance.write_text(text)
    (root / "items" / "b.wav").unlink()
    Done(root)
    assert not any(clip.file == "b.wav" for clip in read_clips(root).values())
    assert not (root / "build" / "recordings" / "b-0m00.wav").exists()


def test_names_and_lines_that_do_not_exist_are_told(root, ears, record, tmp_path):
    add_files(root, [record(tmp_path / "a.wav", (HER, 3.0))])
    done = Done(root, yes=("nowhere-0m00", "a-0m00"))
    assert not done.fine and "clip-unknown" in done.codes and read_clips(root)["a-0m00"].theirs == "yes"
    assert "clip-no-line" in Done(root, use=("a-0m00",)).codes
    assert "clip-line-missing" in Done(root, use=("a-0m00",), play_for="goodbye/77").codes
    assert "clip-other-words" in Done(root, use=("a-0m00",), play_for=_own_line(root)[0]).codes
    assert Done(root, leave=("a-0m00",), as_it_is=("a-0m00",)).fine
    clip = read_clips(root)["a-0m00"]
    assert (clip.play_for, clip.sound) == ("no", "as it is")


def test_more_names_go_to_the_one_thing_that_is_decided():
    assert with_more(Asked(yes=("a",)), ["b"]).yes == ("a", "b")
    assert with_more(Asked(), []) == Asked()
    with pytest.raises(MeetAgainError):
        with_more(Asked(yes=("a",), no=("c",)), ["b"])
    with pytest.raises(MeetAgainError):
        with_more(Asked(), ["b"])


def test_a_page_that_cannot_be_read_stops_before_anything_is_changed(root, ears, record, tmp_path):
    add_files(root, [record(tmp_path / "a.wav", (HER, 3.0))])
    (root / CLIPS).write_text("a-0m00: {file: a.wav, from: 3, to: 1}\n")
    with pytest.raises(MeetAgainError) as caught:
        Done(root)
    assert caught.value.issue.code == "recordings-file-unclear"
    assert (root / CLIPS).read_text().startswith("a-0m00: {file")
