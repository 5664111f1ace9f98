"""What a family says of hair becomes a choice, part by part; what nobody knows is told."""

import pytest

from meetagain.likeness.hair_choice import COVERS, STYLES
from meetagain.likeness.hair_words import read_hair
from meetagain.schema.person import Look


def hair(words: str, age: float = 35, **look: object):
    return read_hair(Look(hair=words, **look), age)[0]


@pytest.mark.parametrize(
    "words,style",
    [
        ("light brown, two short plaits, a fringe she cut herself", "plaits"),
        ("one long plait down her back", "plait"),
        ("a chin-length bob", "bob"),
        ("long straight black hair, parted in the middle", "long"),
        ("shoulder-length, wavy", "shoulder"),
        ("ponytail", "ponytail"),
        ("blond pigtails", "pigtails"),
        ("grey, pinned up in a bun", "bun"),
        ("pixie cut", "pixie"),
        ("short, parted on the left", "short"),
        ("short curls", "short curly"),
        ("red curly hair", "curly"),
        ("a big afro", "afro"),
        ("two puffs", "puffs"),
        ("cornrows", "cornrows"),
        ("buzz cut", "buzz"),
        ("thin grey hair, combed back", "thin"),
        ("bald on top with hair round the sides", "fringe of hair"),
        ("shaved head", "bald"),
        ("white, permed", "set curls"),
    ],
)
def test_styles_in_plain_words(words, style):
    choice, known = read_hair(Look(hair=words), 35)
    assert known and choice.style == style and "style" in choice.said


def test_every_style_and_covering_can_be_said():
    said = {hair(style).style for style in STYLES}
    assert said == set(STYLES)
    assert {hair(f"brown, a blue {cover}").cover for cover in COVERS} == set(COVERS)


def test_parts_are_fixed_one_by_one():
    colour_only = hair("auburn")
    assert colour_only.said == {"colour", "grey"}
    moved = colour_only.moved(style="long", colour=(1.0, 1.0, 1.0), length=0.8)
    assert moved.style == "long" and moved.length == 0.8 and moved.colour == colour_only.colour
    fringe = hair("a fringe")
    assert fringe.fringe == 1.0 and fringe.said == {"fringe"}
    assert hair("no fringe").fringe == 0.0 and "fringe" in hair("no fringe").said


def test_shape_words():
    assert hair("long wavy hair").curl == 0.4 and hair("thick hair").volume == 0.8
    assert hair("short hair, parted on his right", sex="male").parting < 0 < hair("short, side parting", sex="male").parting
    assert hair("hair to her waist").length == 1.0 and hair("salt and pepper").grey == 0.5
    going = hair("dark brown, going grey")
    assert 0 < going.grey < 1 and going.colour == (0.105, 0.05, 0.028)


def test_a_covering_has_its_own_colour():
    choice = hair("black hair under a white headscarf")
    assert choice.cover == "headscarf" and min(choice.cover_colour) > 0.7 and max(choice.colour) < 0.1
    worn, _ = read_hair(Look(hair="grey", clothes="blue jersey, cap"), 76)
    assert worn.cover == "flat cap"
    assert hair("curly, never wore a hat").cover == ""


def test_what_is_not_said_fits_age_sex_and_origin():
    assert hair("", 76).style == "set curls" and hair("", 76, sex="male").style == "thin" and hair("", 7).style == "bob"
    assert hair("", 7, origin={"africa": 1}).style == "puffs" and hair("curly", 30, origin={"africa": 1}).style == "afro"
    assert hair("", 40).said == frozenset()
    assert max(hair("", 30, skin="dark").colour) < 0.1 < max(hair("", 30).colour)


def test_unknown_words_are_not_claimed():
    assert read_hair(Look(hair="zzz"), 30)[1] is False and read_hair(Look(hair=""), 30)[1] is True
