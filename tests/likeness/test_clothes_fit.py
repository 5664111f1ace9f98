"""Clothes taken from a photograph: colours and patterns of rendered pictures are found again, and the keeper's words win."""

from dataclasses import replace

import numpy as np
import pytest

from meetagain.likeness.body import make_body
from meetagain.likeness.cloth_tile import seamless
from meetagain.likeness.clothes_fit import LEAST_SURE, SeenCloth, seen_clothes, too_little, worn_in_photo
from meetagain.likeness.clothes_words import COLOURS
from meetagain.likeness.lab import lab_of, srgb_of
from meetagain.likeness.picture import Light
from meetagain.likeness.words import read_look
from meetagain.schema.person import Look, Person


def somebody(clothes: str, age: float = 7) -> Person:
    return Person("a", "Anna Test", ("Anna",), age, "x", "y", look=Look(clothes=clothes))


@pytest.fixture(scope="module")
def body():
    return make_body(somebody(""))


def hue_apart(a, b) -> float:
    """Difference of two sRGB colours in Lab, lightness counted a third: light changes it."""
    return float(np.linalg.norm((lab_of(np.array(a) / 255) - lab_of(np.array(b) / 255)) * (0.33, 1, 1)))


@pytest.mark.parametrize("colour", ["red", "yellow", "green", "navy", "pink", "grey"])
def test_plain_colours_are_found(body, photograph, colour):
    sight = photograph(body, read_look(somebody(f"{colour} t-shirt, blue trousers, red shoes")))
    seen = seen_clothes(sight, body.height_m)
    assert seen["upper"].pattern == "plain" and hue_apart(seen["upper"].colour, COLOURS[colour]) < 18
    assert hue_apart(seen["lower"].colour, COLOURS["blue"]) < 18
    nearest = min(COLOURS, key=lambda name: hue_apart(seen["upper"].colour, COLOURS[name]))
    assert hue_apart(COLOURS[nearest], COLOURS[colour]) < 16


@pytest.mark.parametrize(
    "words,pattern", [("red striped", "stripes"), ("blue check", "check"), ("navy dotted", "dots"), ("green", "plain")]
)
def test_patterns_are_found(body, photograph, words, pattern):
    sight = photograph(body, read_look(somebody(f"{words} t-shirt, grey trousers")), size=(760, 1120))
    assert seen_clothes(sight, body.height_m)["upper"].pattern == pattern


def test_the_light_is_taken_out_in_part(body, photograph):
    warm = Light(sun=(1.7, 1.35, 0.95), sky=(0.85, 0.72, 0.55), ground=(0.5, 0.4, 0.28), shadows=False)
    person = read_look(somebody("white t-shirt, grey trousers"))
    seen = seen_clothes(photograph(body, person, light=warm), body.height_m)["upper"].colour
    raw = photograph(body, person, light=warm)
    inside = raw.picture[300:320, 190:230].reshape(-1, 3).mean(0)
    assert seen[0] / seen[2] < inside[0] / inside[2]


def test_words_win_over_the_photo(body, photograph):
    sight = photograph(body, read_look(somebody("red striped t-shirt, green trousers")), size=(760, 1120))
    seen = seen_clothes(sight, body.height_m)
    told = worn_in_photo(read_look(somebody("blue plain jumper, trousers")).garments, seen)
    assert told["jumper"].colour == COLOURS["blue"] and hue_apart(told["trousers"].colour, COLOURS["green"]) < 18
    untold = worn_in_photo(read_look(somebody("t-shirt")).garments, seen)
    assert untold["shirt"].pattern == "stripes" and untold["shirt"].tile is not None


def test_what_is_not_sure_gives_no_colour_and_is_told():
    garments = read_look(somebody("t-shirt, blue trousers, shoes")).garments
    seen = {name: SeenCloth((200.0, 20.0, 20.0), sure=0.5 * LEAST_SURE) for name in ("upper", "lower", "feet")}
    assert worn_in_photo(garments, seen) == garments
    assert too_little(garments, seen) == ("what is worn above", "what is on the feet"), "words tell of the trousers"
    sure = {name: replace(cloth, sure=LEAST_SURE) for name, cloth in seen.items()}
    assert too_little(garments, sure) == () and worn_in_photo(garments, sure)["shirt"].colour == (200.0, 20.0, 20.0)


def test_clear_photographs_are_sure(body, photograph):
    seen = seen_clothes(photograph(body, read_look(somebody("red t-shirt, blue trousers, red shoes"))), body.height_m)
    assert min(cloth.sure for cloth in seen.values()) > 2 * LEAST_SURE


def test_a_grey_photo_or_no_pose_tells_nothing(body, photograph):
    sight = photograph(body, read_look(somebody("red t-shirt")))
    assert seen_clothes(replace(sight, grey=True), 1.2) == {} and seen_clothes(replace(sight, pose=None), 1.2) == {}


def test_a_tile_repeats_without_a_seam():
    x, y = np.meshgrid(np.arange(96), np.arange(128))
    patch = np.stack([0.3 + 0.2 * np.sin(x / 3.1) * np.cos(y / 4.3) + 0.001 * y] * 3, -1)
    tile = seamless(patch, np.ones(patch.shape[:2], bool)).astype(float)
    inner = max(np.abs(np.diff(tile, axis=1)).mean((0, 2)).max(), np.abs(np.diff(tile, axis=0)).mean((1, 2)).max())
    assert np.abs(tile[:, 0] - tile[:, -1]).mean() < 1.6 * inner and np.abs(tile[0] - tile[-1]).mean() < 1.6 * inner
    assert seamless(patch, np.zeros(patch.shape[:2], bool)) is None


def test_lab_there_and_back():
    colours = np.random.default_rng(1).random((50, 3))
    assert np.allclose(srgb_of(lab_of(colours)), colours, atol=1e-6) and np.allclose(lab_of(np.ones(3)), (100, 0, 0), atol=0.02)
