"""Faces of one person come together, two faces of one picture never do, and nobody is chosen where two are as likely."""

import numpy as np
import pytest

from meetagain.likeness.photos.grouping import Piece, cut_of, grouped, letters, likely, names_person, years_apart
from meetagain.schema.archive import Item, ItemKind
from meetagain.schema.person import Person
from meetagain.schema.photos import Found

PERSON = Person(id="a", full_name="Juni Orrel", called=("Juni",), age_shown=7, relation_to_visitor="daughter", calls_visitor="Mum")


@pytest.fixture
def make():
    """Makes a piece; `who` names a person, whose faces lie about 0.3 apart while people lie about 0.8 apart."""
    rng = np.random.default_rng(4)
    middles: dict[str, np.ndarray] = {}

    def piece(item: str, who: str, group: str = "", spread: float = 0.2, name: str = "", **found) -> Piece:
        middle = middles.setdefault(who, rng.normal(0, 0.05, 128))
        away = rng.normal(size=128)
        numbers = middle + spread * away / np.linalg.norm(away)
        row = {"quality": 0.6, "yaw_deg": 0.0, "side_px": 200, **found}
        return Piece(name or f"{item}-{who}", item, Found(at=(0, 0, 1, 1), who=tuple(numbers.tolist()), **row), group)

    return piece


def item(name: str, also: tuple[str, ...] = (), note: str = "") -> Item:
    return Item(id=name, file=f"items/{name}.jpg", kind=ItemKind.PHOTO, given_by="", may_be_used=True, also_in_it=also, note=note)


def test_people_are_told_apart_and_the_one_in_most_pictures_is_proposed(make):
    pieces = [make(f"p{k}", "her") for k in range(6)] + [make(f"p{k}", "brother") for k in range(3)] + [make("p9", "uncle")]
    groups = grouped(pieces)
    assert {groups[piece.name] for piece in pieces if "her" in piece.name.split("-")} == {"A"}
    assert {groups[f"p{k}-brother"] for k in range(3)} == {"B"} and groups["p9-uncle"] == "C"
    found = likely(pieces, groups, [item(f"p{k}") for k in range(10)], PERSON)
    assert found.group == "A" and found.alike == ()


def test_two_faces_of_one_picture_are_two_people_however_alike(make):
    pieces = [make("p0", "twin", name="left"), make("p0", "twin", name="right"), make("p1", "twin", name="alone")]
    groups = grouped(pieces)
    assert groups["left"] != groups["right"]


def test_two_who_are_as_often_there_are_both_named_and_nobody_is_chosen(make):
    pieces = [make(f"p{k}", who) for k in range(4) for who in ("her", "sister")]
    groups = grouped(pieces)
    items = [item(f"p{k}") for k in range(4)]
    found = likely(pieces, groups, items, PERSON)
    assert found.group == "" and set(found.alike) == {"A", "B"}


@pytest.mark.parametrize("told", [item("p4", note="Juni at the lake"), item("juni_smiles")])
def test_a_picture_named_after_the_person_decides(make, told):
    pieces = [make(f"p{k}", who) for k in range(4) for who in ("her", "sister")] + [make(told.id, "her")]
    groups = grouped(pieces)
    found = likely(pieces, groups, [*(item(f"p{k}") for k in range(4)), told], PERSON)
    assert found.group == groups[f"{told.id}-her"]


def test_as_many_faces_as_names_and_one_more_speak_for_the_person(make):
    pieces = [make(f"p{k}", who) for k in range(2) for who in ("her", "gran")] + [make("p2", "her")]
    groups = grouped(pieces)
    items = [item("p0", also=("Gran",)), item("p1", also=("Gran",)), item("p2")]
    assert likely(pieces, groups, items, PERSON).group == groups["p2-her"]


def test_a_name_counts_only_as_a_word():
    assert names_person(item("juni-beach"), PERSON) and names_person(item("x", note="With Juni Orrel."), PERSON)
    assert not names_person(item("juniper tree"), PERSON)


def test_groups_of_before_keep_their_letters_and_what_the_keeper_moved_stays(make):
    pieces = [make(f"p{k}", "her", group="C") for k in range(2)] + [make("p2", "her"), make("p3", "him"), make("p4", "him", group="C")]
    groups = grouped(pieces)
    assert groups["p2-her"] == "C" and groups["p4-him"] == "C" and groups["p3-him"] == "A"


def test_a_face_hard_to_see_joins_whom_it_resembles_or_nobody(make):
    pieces = [make(f"p{k}", who) for k in range(3) for who in ("her", "him")]
    pieces += [
        make("p7", "her", side_px=30, spread=0.35),
        make("p8", "stranger", sharpness=0.02),
        make("p6", "once"),
        make("p9", "her", drawn=0.9),
    ]
    groups = grouped(pieces)
    assert groups["p7-her"] == groups["p0-her"] and groups["p8-stranger"] == "" and groups["p9-her"] == ""


def test_the_cut_follows_a_family_whose_faces_are_alike(make):
    rng = np.random.default_rng(1)
    middle = rng.normal(0, 0.05, 128)

    def sibling(item: str, k: int) -> Piece:
        step = np.zeros(128)
        step[k] = 0.33
        numbers = middle + step + 0.01 * rng.normal(size=128)
        return Piece(f"{item}-{k}", item, Found(at=(0, 0, 1, 1), who=tuple(numbers), quality=0.6, yaw_deg=0, side_px=200))

    pieces = [sibling(f"p{n}", k) for n in range(4) for k in range(3)]
    assert cut_of(pieces) < 0.46
    groups = grouped(pieces)
    assert len({groups[f"p{n}-0"] for n in range(4)}) == 1 and len(set(groups.values())) == 3


def test_a_collage_in_which_somebody_stands_many_times_does_not_part_the_family_from_itself(make):
    pieces = [make("collage", "actor", name=f"again {k}", spread=0.1) for k in range(6)]
    pieces += [make(f"p{k}", who) for k in range(4) for who in ("her", "him")]
    groups = grouped(pieces)
    assert len({groups[f"p{k}-her"] for k in range(4)}) == 1 and cut_of(pieces) > 0.45


def test_years_apart_is_asked_and_never_for_two_who_stand_together(make):
    rng = np.random.default_rng(2)
    base = rng.normal(0, 0.05, 128)
    grown = base.copy()
    grown[:4] += 0.27  # 0.54 away

    def face(item: str, numbers: np.ndarray) -> Piece:
        return Piece(item + str(numbers[0] > base[0] + 0.1), item, Found((0, 0, 1, 1), tuple(numbers), 200, 0.6, 0.0))

    pieces = [face(f"old{k}", base) for k in range(2)] + [face(f"new{k}", grown) for k in range(2)]
    groups = grouped(pieces)
    assert set(groups.values()) == {"A", "B"} and years_apart(pieces, groups) == (("A", "B"),)
    together = [*pieces, face("both", base), face("both", grown)]
    assert years_apart(together, grouped(together)) == ()


def test_nothing_is_grouped_into_nothing_and_letters_go_on_after_z():
    assert grouped([]) == {} and likely([], {}, [], PERSON).group == ""
    assert [letters(k) for k in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_where_nobody_is_seen_well_those_who_are_seen_badly_are_grouped_all_the_same(make):
    badly = {"dark_glasses": 0.9}
    groups = grouped([*(make(f"p{k}", "her", **badly) for k in range(3)), make("p3", "him", **badly), make("p4", "her", drawn=0.9)])
    assert groups == {"p0-her": "A", "p1-her": "A", "p2-her": "A", "p3-him": "B", "p4-her": ""}
