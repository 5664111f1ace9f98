"""A relative says lines for the person: checked, brought nearer, played only when all three agree that they may be, and never called theirs."""

from pathlib import Path

import numpy as np
import pytest

from meetagain.archive.add import add_files
from meetagain.prepare import cutting, lending, stages
from meetagain.prepare.build import build
from meetagain.schema.artefacts import Voice
from meetagain.schema.recordings import NEARER, Clip
from meetagain.store.clips import read_clips, write_clips
from meetagain.store.folder import PersonFolder
from meetagain.studio.recordings import Asked, carry_out
from meetagain.voice.closest import Refused
from meetagain.voice.lent import Nearer

HER = 220.0
WORDS = "Actually you took ages."


class Networks:
    """What they would say: words by the length of a sound in whole seconds, and how near lent and made lines come."""

    def __init__(self) -> None:
        self.words: dict[int, str] = {}
        self.after = WORDS  # of a line that was brought nearer
        self.alike, self.made = 0.7, 0.6
        self.target: object = "target"
        self.asked = 0

    def transcribe(self, pcm, language="en", names=()) -> str:
        marked = bool(np.abs(pcm).max() > 0.45)
        return self.after if marked else self.words.get(round(len(pcm) / 16000), WORDS)

    def nearer(self, sounds, target, kind, ear):
        self.asked += 1
        return [Nearer(np.where(np.arange(len(one)) % 60 < 30, 0.5, -0.5).astype(np.float32), 0.5, self.alike) for one in sounds]


@pytest.fixture
def networks(engine, ears, monkeypatch: pytest.MonkeyPatch) -> Networks:
    found = Networks()
    engine.hearing = found
    monkeypatch.setattr(lending, "cleaned", cutting.cleaned)  # as `ears` has it
    monkeypatch.setattr(lending, "brought_nearer", found.nearer)
    monkeypatch.setattr(lending, "cosines", lambda sounds, target, ear: [found.made] * len(sounds))
    monkeypatch.setattr(stages, "target_of", lambda clips, ear: found.target)
    return found


@pytest.fixture
def lent(juni: Path, networks: Networks, record, tmp_path: Path) -> Path:
    """Juni's folder, for whom Irja says one line."""
    add_files(juni, [record(tmp_path / "appear-2-irja.wav", (HER, 2.0))], given_by="Irja", spoken_by="Irja")
    return juni


def told(root: Path) -> dict[str, str]:
    report = build(root, progress=lambda label, share: None)
    return {found.code: found.sentence for found in report.issues if found.code.startswith("lent")}


def said(root: Path, text: str = WORDS):
    return next(clip for clip in PersonFolder(root).read_json("voice.json", Voice).clips if clip.text == text)


def use(root: Path, **asked) -> tuple[bool, list[str], str]:
    issues, lines = [], []
    fine = carry_out(root, Asked(**asked), lambda label, share: None, lines.append, issues.append)
    return fine, [one.code for one in issues], "\n".join(lines)


def test_a_line_waits_until_the_keeper_has_heard_it_and_is_then_played_as_the_relatives(lent: Path, networks: Networks):
    assert "Irja said one line for Juni" in told(lent)["lent-waiting"]
    assert (lent / "build" / "lent" / "appear-2-irja.wav").is_file() and not said(lent).item

    fine, _, page = use(lent, use=("appear-2-irja",))
    assert fine and "Said by Irja, for Juni" in page and "played for appear/2" in page
    clip = read_clips(lent)["appear-2-irja"]
    assert (clip.theirs, clip.play_for, clip.sound) == ("no", "appear/2", NEARER)

    sentence = told(lent)["lent-played"]
    assert "It is not Juni's voice" in sentence and "spoken by Irja" in sentence
    assert said(lent).item and not said(lent).real  # played, and not taken for a recording of hers
    assert networks.asked == 1  # what was made of the same is not made again
    assert said(lent).item in PersonFolder(lent).lineage()["voice"].items


def test_the_keeper_may_leave_it(lent: Path):
    told(lent)
    assert use(lent, leave=("appear-2-irja",))[0]
    assert told(lent) == {} and not said(lent).item


@pytest.mark.parametrize(
    ("stands", "change"),
    [
        ("lent-other-words", {"words": {3: "Pass me that towel, please."}}),
        ("lent-unclear", {"after": "Pass me that towel, please."}),
        ("lent-farther", {"alike": 0.59}),
        ("lent-no-voice", {"target": Refused("short")}),
    ],
)
def test_what_is_not_good_enough_is_told_and_cannot_be_played(lent: Path, networks: Networks, stands: str, change: dict):
    for name, value in change.items():
        setattr(networks, name, value)
    assert list(told(lent)) == [stands]
    assert not list((lent / "build").glob("lent/*.wav"))
    fine, codes, page = use(lent, use=("appear-2-irja",))
    assert not fine and "lent-not-used" in codes and "appear-2-irja" in page
    assert not said(lent).item


def test_it_is_never_taken_for_the_persons_own_voice(lent: Path, engine):
    fine, codes, _ = use(lent, yes=("appear-2-irja",))
    assert not fine and "lent-is-not-theirs" in codes
    assert not any(clip.file == "appear-2-irja.wav" for clip in read_clips(lent).values())  # nobody is asked whose voice it is
    told(lent)
    assert engine.clips == []  # no voice is chosen by it


def test_the_line_is_found_by_its_words_where_nothing_names_it(juni: Path, networks: Networks, record, tmp_path: Path):
    add_files(juni, [record(tmp_path / "voice memo 7.wav", (HER, 2.0))], spoken_by="Irja")
    assert list(told(juni)) == ["lent-waiting"]
    networks.words[3] = "Something that she never said to anybody."
    (juni / "build" / "lent.json").unlink()
    build(juni, progress=lambda label, share: None, force=True)
    assert list(told(juni)) == ["lent-no-line"]


def test_C4_of_a_recording_that_was_taken_out_nothing_stays(lent: Path):
    told(lent)
    use(lent, use=("appear-2-irja",))
    told(lent)
    (lent / "items" / "appear-2-irja.wav").unlink()
    assert told(lent) == {} and not said(lent).item
    assert not list((lent / "build" / "lent").glob("*"))
    use(lent)
    assert "appear-2-irja" not in read_clips(lent)


def test_the_persons_own_recording_comes_first(lent: Path, record, tmp_path: Path):
    add_files(lent, [record(tmp_path / "film.wav", (HER, 2.5))])
    told(lent)
    use(lent, use=("appear-2-irja",))
    write_clips(lent, {**read_clips(lent), "film-0m00": Clip("film.wav", 0.4, 2.5, WORDS, theirs="yes", play_for="appear/2")})
    told(lent)
    assert said(lent).real
