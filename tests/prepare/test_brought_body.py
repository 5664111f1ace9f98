"""The style, a brought body and another package's engine, as the build takes them."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from meetagain import backends
from meetagain.errors import MeetAgainError
from meetagain.prepare.stages import Work
from meetagain.schema.photos import Face
from meetagain.store.photos import write_faces


def work(root: Path) -> Work:
    return Work(root, lambda label, share: None)


def edit(root: Path, old: str, new: str) -> None:
    path = root / "person.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_another_style_builds_nothing_anew(juni: Path):
    before = work(juni).inputs("likeness")
    edit(juni, "style: portrait", "style: light")
    assert work(juni).inputs("likeness") == before


def test_a_brought_body_is_taken_and_its_change_noticed(juni: Path, engine):
    plain = work(juni).inputs("likeness")
    (juni / "items" / "her.vrm").write_bytes(b"glTF" + bytes(40))
    edit(juni, "look:\n", "look:\n  avatar: items/her.vrm\n")
    first = work(juni).inputs("likeness")
    assert first != plain
    with pytest.raises(MeetAgainError) as caught:
        work(juni)._likeness()
    assert caught.value.issue.code == "brought-unreadable" and not engine.asked["likeness"]
    (juni / "items" / "her.vrm").write_bytes(b"glTF" + bytes(44))
    assert work(juni).inputs("likeness") != first


def test_photographs_do_not_change_a_brought_body_and_the_family_is_told_so(juni: Path):
    (juni / "items" / "her.vrm").write_bytes(b"glTF" + bytes(40))
    Image.fromarray(np.random.default_rng(3).integers(0, 255, (60, 80, 3), np.uint8)).save(juni / "items" / "beach.png")
    edit(juni, "look:\n", "look:\n  avatar: items/her.vrm\n")
    before = work(juni).inputs("likeness")
    told = [one for one in work(juni).issues() if "photo" in one.code]
    assert [one.code for one in told] == ["brought-no-photos"] and "items/her.vrm" in told[0].sentence
    write_faces(juni, {"b": Face("beach.png", (0.1, 0.2, 0.4, 0.7), "A", "yes")})
    assert work(juni).inputs("likeness") == before, "nothing is built anew for a photograph that changes nothing"


def test_an_engine_that_the_keeper_chose_makes_the_likeness(juni: Path, engine, monkeypatch: pytest.MonkeyPatch):
    edit(juni, "  style: portrait", "  style: portrait\n  likeness: clay")
    made, load = [], backends.load

    class Clay:
        def build(self, person, archive, root: Path, out: Path):
            made.append(person.name)
            likeness = load("likeness", "embedded").build(person, archive, root, out)
            return msgspec.structs.replace(likeness, evidence=("clay",))

    monkeypatch.setattr(backends, "load", lambda room, name, **more: Clay() if name == "clay" else load(room, name, **more))
    one = work(juni)
    assert one.do("likeness") and made == ["Juni"] and one.folder.lineage()["likeness"].items == ("clay",)
    assert one.fresh("likeness")
