"""Portraits of real people are ranked against photographs that were held out, and what was measured is not measured again."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from meetagain.bench import likeness, likeness_real
from meetagain.bench.likeness_decoys import HEAD_PX
from meetagain.bench.likeness_folder import Photographed
from meetagain.bench.likeness_real import Held, Portrait, Real, cut, figures_of
from meetagain.bench.likeness_sheet import Row, sheet_of, write_sheet
from meetagain.likeness.photos.seen import SeenFace, Sight


def held(*aparts: float) -> Held:
    """A photograph with portraits from photographs, with the usual face, and from words."""
    far = (0.5, 0.6)
    rows = [Portrait(kind, apart, 1 + sum(one < apart for one in far), ()) for kind, apart in zip(likeness_real.KINDS, aparts, strict=True)]
    return Held("a.jpg", (0.3, 0.4), far, tuple(rows))


def test_figures_tell_what_photographs_and_the_fitted_shape_bring():
    told = [Real("a", 5, (held(0.45, 0.48, 0.7), held(0.55, 0.52, 0.58)), ()), Real("b", 3, (held(0.4, 0.55, 0.9),), ())]
    figures = figures_of(told, {"a": [1, 2], "b": [1]})
    assert figures["people"] == 2 and figures["held"] == 3
    assert figures["photos"]["rank1_rate"] == 0.667 and figures["words"]["rank_median"] == 3
    assert figures["photos"]["nearer_than_usual_face_rate"] == 0.667 and figures["photos"]["nearer_than_words_rate"] == 1
    assert figures["among_people"] == {"rank1_rate": 0.667, "rank_median": 1.0, "among": 2}
    assert figures["own_photos_apart_median"] == 0.35 and figures["others_apart_median"] == 0.55
    assert figures_of([], {}) == {"people": 0, "held": 0}


def test_people_are_measured_once_and_again_when_a_photograph_comes(tmp_path, monkeypatch):
    root, work = tmp_path / "people", tmp_path / "work"
    for name in ("a", "b"):
        (root / name).mkdir(parents=True)
        for k in range(3):
            Image.new("RGB", (40, 40), (len(name) * 9, 80, 60 + 7 * k + ord(name) % 7)).save(root / name / f"{k}.png")
    asked: list[str] = []

    def one(person, folder, key, most) -> Real:
        asked.append(person.name)
        return Real(person.name, 3, (held(0.45, 0.48, 0.7),), ())

    monkeypatch.setattr(likeness_real, "measure_one", one)
    monkeypatch.setattr(likeness_real, "among_people", lambda found, folder, keys: {person.name: [1] for person, _ in found})
    assert likeness.run(False, work=work, real=root, share="2/2")["figures"]["people"] == 1 and asked == ["b"]
    assert likeness.run(False, work=work, real=root)["figures"]["people"] == 2 and asked == ["b", "a"]
    likeness.run(False, work=work, real=root)
    assert asked == ["b", "a"]
    Image.new("RGB", (40, 40), (1, 2, 3)).save(root / "a" / "new.png")
    likeness.run(False, work=work, real=root)
    assert asked == ["b", "a", "a"]


def test_a_photograph_is_cut_round_the_face_whatever_its_size():
    pixels = np.zeros((600, 900, 3), np.uint8)
    pixels[150:250, 400:480] = (200, 150, 120)
    face = SeenFace((400.0, 150.0, 480.0, 250.0), 1.0, np.zeros((468, 3)), np.zeros(1152), np.zeros(128, np.float32), 0, 0, 0, 1.0)
    photo = Photographed(Path("a.jpg"), "a", Sight("a", pixels, face, np.zeros((600, 900), np.float32)), np.zeros(128))
    picture = cut(photo)
    tall, wide = picture.shape[:2]
    assert tall == HEAD_PX and abs(int(picture[tall // 2, wide // 2, 0]) - 200) < 4
    assert picture[tall // 2].any(1).mean() * wide / picture[:, wide // 2].any(1).mean() / tall == pytest.approx(0.8, abs=0.03)


def test_a_sheet_lays_photographs_beside_portraits(tmp_path):
    rows = [
        Row(f"person {k}", (("photograph", np.full((50, 40, 3), 90, np.uint8)), ("words", np.full((80, 60, 3), 30, np.uint8))))
        for k in (1, 2)
    ]
    picture = sheet_of(rows, 100)
    assert picture.shape[0] == 2 * (100 + 32 + 6) and {30, 90} <= set(np.unique(picture))
    write_sheet(tmp_path / "below" / "sheet.png", rows)
    with Image.open(tmp_path / "below" / "sheet.png") as written:
        assert written.size[0] >= 75 + 80
    assert sheet_of([]).shape[0] > 0
