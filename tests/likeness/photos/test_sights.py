"""Confirmed photographs become sights; whatever is wrong with them is told in plain words, and the best is made of the rest."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from meetagain.likeness.photos import sights as room
from meetagain.likeness.photos.nets import find_faces
from meetagain.likeness.photos.sights import sights
from meetagain.likeness.picture import portrait_camera, take
from meetagain.schema.archive import Archive, Item, ItemKind, Memory
from meetagain.schema.person import Person
from meetagain.schema.photos import Face
from meetagain.store.photos import PHOTOS, write_faces

SHE = Person(
    id="a", full_name="Anna Test", called=("Anna",), age_shown=40, relation_to_visitor="mother", calls_visitor="dear", born="1980-06-01"
)


class Family:
    """A folder with photographs, and what the keeper said of the faces in them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.items: list[Item] = []
        self.faces: dict[str, Face] = {}
        (root / "items").mkdir()

    def add(self, name: str, picture: np.ndarray, taken: str = "2020-06-01", usable: bool = True, **said) -> None:
        """A picture in which every face is the person's where `theirs` says so, else only the largest."""
        Image.fromarray(picture).save(self.root / "items" / name, quality=95)
        self.items.append(Item(id=f"id-{name}", file=f"items/{name}", kind=ItemKind.PHOTO, given_by="", may_be_used=usable, taken=taken))
        tall, wide = picture.shape[:2]
        for k, face in enumerate(find_faces(picture, encode=False)):
            at = tuple((np.array(face.box) / (wide, tall, wide, tall)).round(4).tolist())
            self.faces[f"{name}-{k}"] = Face(name, at, **{"theirs": "yes" if k == 0 else "no", **said})
        write_faces(self.root, self.faces)

    def see(self, person: Person = SHE):
        archive = Archive(items=tuple(self.items), memory=Memory(facts=()))
        found, issues = sights(person, archive, self.root)
        return found, [one.code for one in issues]


def person(**changes) -> Person:
    from msgspec import structs

    return structs.replace(SHE, **changes)


@pytest.fixture
def family(tmp_path) -> Family:
    return Family(tmp_path)


def test_a_confirmed_photograph_is_seen_with_face_mask_pose_and_age(family, portrait):
    family.add("one.png", portrait)
    (sight,), codes = family.see()
    assert sight.item == "id-one.png" and sight.years == pytest.approx(40, abs=0.1) and sight.shapes_face and not sight.grey
    assert np.abs(sight.face.points[1, :2] - (224, 133)).max() < 12 and not sight.face.embedding.any()
    assert sight.picture.shape == (512, 512, 3) and sight.person.shape == (512, 512) and sight.person.dtype == np.float32
    assert sight.person[120, 225] > 0.9 and sight.person[60, 480] < 0.1 and sight.pose.shape == (33, 4)
    assert codes == ["photos-one"] and sight.notes == ()


def test_nothing_is_used_before_the_keeper_said_so_or_what_may_not_be_used(family, portrait):
    assert family.see() == ((), ["photos-none"])
    family.add("one.png", portrait, theirs="")
    assert family.see() == ((), ["photos-unconfirmed"])
    family.faces = {name: replace_face(face, theirs="no") for name, face in family.faces.items()}
    write_faces(family.root, family.faces)
    assert family.see() == ((), ["photos-refused"])
    family.add("two.png", portrait, usable=False)
    assert family.see()[0] == ()


def replace_face(face: Face, **changes) -> Face:
    from msgspec import structs

    return structs.replace(face, **changes)


def test_the_best_comes_first_and_only_the_years_to_be_remembered_shape_the_face(family, portrait):
    soft = np.asarray(Image.fromarray(portrait).filter(ImageFilter.GaussianBlur(1.2)))
    family.add("soft.png", soft)
    family.add("good.png", portrait)
    family.add("young.png", portrait, taken="2001-06-01")
    family.add("unknown.png", soft, taken="")
    found, codes = family.see()
    assert found[0].item == "id-good.png" and found[-1].item == "id-young.png"
    assert {sight.item: sight.shapes_face for sight in found} == {
        "id-good.png": True, "id-soft.png": True, "id-young.png": False, "id-unknown.png": True,
    }  # fmt: skip
    assert codes == ["photos-age-unknown"]


def test_where_nothing_is_near_the_nearest_shape_the_face_and_that_is_told(family, portrait):
    family.add("a.png", portrait, taken="2000-06-01")
    family.add("b.png", portrait, taken="2008-06-01")
    found, codes = family.see()
    assert [(sight.item, sight.shapes_face) for sight in found] == [("id-b.png", True), ("id-a.png", False)]
    assert "photos-far-from-age" in codes


@pytest.mark.parametrize(
    ("shown", "age", "code"), [(7, 0.5, "photos-only-early"), (40, 9, "photos-only-early"), (7, 40, "photos-only-later")]
)
def test_a_baby_does_not_shape_a_schoolchild_nor_a_grown_woman_a_child(family, portrait, shown, age, code):
    family.add("a.png", portrait, age=age)
    (sight,), codes = family.see(person(age_shown=shown))
    assert not sight.shapes_face and sight.years == age and code in codes


def test_a_day_that_cannot_be_right_is_told_and_left_aside(family, portrait):
    family.add("a.png", portrait, taken="1950-01-01")
    (sight,), codes = family.see()
    assert sight.years is None and sight.shapes_face and "photo-day-odd" in codes


def test_sunglasses_black_and_white_and_drawings_are_told(family, worn, portrait, cartoon):
    family.add("a.png", worn("sunglasses"))
    assert "photos-dark-glasses" in family.see()[1]
    grey = np.asarray(Image.fromarray(portrait).convert("L").convert("RGB"))
    family.add("b.png", grey)
    found, codes = family.see()
    assert found[0].item == "id-b.png" and found[0].grey and not {"photos-dark-glasses", "photos-grey"} & set(codes)
    family.add("c.png", cartoon, kind="drawing")
    found, codes = family.see()
    assert "photos-drawn" in codes and {sight.item: sight.shapes_face for sight in found}["id-c.png"] is False


def test_only_black_and_white_and_only_drawings(family, portrait, cartoon):
    family.add("a.png", cartoon, kind="drawing")
    (sight,), codes = family.see()
    assert codes == ["photos-only-drawn"] and not sight.shapes_face and sight.notes == ("drawing",)
    family.add("b.png", np.asarray(Image.fromarray(portrait).convert("L").convert("RGB")))
    assert "photos-grey" in family.see()[1]


def test_colours_of_other_years_where_the_right_ones_are_black_and_white(family, portrait):
    family.add("b.png", np.asarray(Image.fromarray(portrait).convert("L").convert("RGB")), age=40.0)
    family.add("c.png", portrait, age=62.0)
    found, codes = family.see()
    assert [sight.shapes_face for sight in found] == [True, False]
    assert "photos-grey-near" in codes and "photos-grey" not in codes


def test_only_from_the_side(family, child_shown):
    picture = take(child_shown, portrait_camera(child_shown, 62, size=(320, 400)), fine=1).picture
    family.add("a.png", picture)
    (sight,), codes = family.see()
    assert abs(sight.face.yaw_deg) > 42 and sight.notes == ("profile",) and "photos-only-profile" in codes


def test_of_several_heads_the_confirmed_one_is_seen_and_the_mask_leaves_the_others_out(family, portrait, child_shown):
    child = take(child_shown, portrait_camera(child_shown, size=(300, 375)), fine=1).picture
    wide = np.full((420, 760, 3), 170, np.uint8)
    wide[45:, 20:320], wide[20:420, 360:760] = child, portrait[:400, 30:430]
    family.add("a.png", wide)
    faces = {name: face for name, face in family.faces.items()}
    assert len(faces) == 2
    for name in faces:
        write_faces(family.root, {key: replace_face(face, theirs="yes" if key == name else "no") for key, face in faces.items()})
        (sight,), _ = family.see()
        left = faces[name].at[0] < 0.5
        assert (sight.face.box[0] < 380) == left and sight.notes == ("others",)
        own, other = (sight.person[:, :330], sight.person[:, 400:]) if left else (sight.person[:, 400:], sight.person[:, :330])
        assert own.max() > 0.9 and other[:250].max() < 0.2


def test_small_faces_among_others_are_told(family, portrait):
    head = Image.fromarray(portrait[:360, 60:420])
    wide = np.full((400, 900, 3), 150, np.uint8)
    for x in (40, 350, 650):
        wide[80:300, x : x + 220] = np.asarray(head.resize((220, 220)))
    family.add("a.png", wide)
    assert "photos-groups-only" in family.see()[1]
    tiny = np.full((500, 500, 3), 150, np.uint8)
    tiny[100:220, 100:220] = np.asarray(head.resize((120, 120)))
    other = Family(family.root / "other") if (family.root / "other").mkdir() is None else family
    other.add("a.png", tiny)
    assert "photos-small" in other.see()[1]


def test_a_picture_from_behind_tells_of_hair_and_clothes(family, portrait):
    behind = np.ascontiguousarray(portrait[180:])  # no head in it
    Image.fromarray(behind).save(family.root / "items" / "a.png")
    family.items.append(Item(id="i", file="items/a.png", kind=ItemKind.PHOTO, given_by="", may_be_used=True))
    write_faces(family.root, {"a.png": Face("a.png", theirs="yes")})
    (sight,), codes = family.see()
    assert sight.face is None and not sight.shapes_face and sight.person.max() > 0.5 and codes == ["photos-behind-only"]


def test_a_face_that_is_not_where_it_should_be_and_a_file_that_broke_do_not_stop_the_rest(family, portrait):
    family.add("a.png", portrait)
    family.add("b.png", portrait)
    family.add("c.png", portrait)
    name = next(name for name in family.faces if name.startswith("b"))
    family.faces[name] = replace_face(family.faces[name], at=(0.8, 0.02, 0.98, 0.2))
    write_faces(family.root, family.faces)
    (family.root / "items" / "c.png").write_bytes(b"\x89PNG broken")
    found, codes = family.see()
    assert [sight.face is None for sight in found] == [False, True]
    assert {"photo-face-lost", "file-unreadable"} <= set(codes)


def test_a_scan_that_lies_on_its_side_is_turned(family, portrait):
    lying = np.ascontiguousarray(np.rot90(portrait))
    family.add("a.png", lying)
    family.faces = {"a": Face("a.png", (0.35, 0.13, 0.54, 0.35), theirs="yes", turn=1)}
    write_faces(family.root, family.faces)
    (sight,), _ = family.see()
    assert np.array_equal(sight.picture, portrait) and abs(sight.face.roll_deg) < 6


def test_the_same_folder_gives_the_same_sights(family, portrait):
    family.add("a.png", portrait)
    (one,), _ = family.see()
    (two,), _ = family.see()
    assert np.array_equal(one.face.points, two.face.points) and np.array_equal(one.person, two.person)
    assert np.array_equal(one.face.embedding, two.face.embedding) and (family.root / PHOTOS).is_file() and room.MOST >= 12


def test_an_old_print_that_was_copied_lately_does_not_pass_for_the_old_man(family, portrait):
    born = person(born="1941-10-02", age_shown=76)
    family.add("a.png", portrait, "2017-06-01")
    family.add("b.png", np.asarray(Image.fromarray(portrait).convert("L").convert("RGB")), "2016-06-01")
    found, codes = family.see(born)
    assert [(one.item, one.shapes_face, one.years) for one in found] == [("id-a.png", True, 75.7), ("id-b.png", False, None)]
    assert "photo-day-copied" in codes and "photo-day-odd" not in codes
