"""Every garment at three ages: it builds, stays in budget and hides what it should; the words that name it are understood."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from meetagain.likeness.body import make_body
from meetagain.likeness.cloth_picture import Swatch, cloth_picture, rows
from meetagain.likeness.clothes import dress
from meetagain.likeness.clothes_words import COLOURS, GARMENTS, phrases
from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.words import read_look
from meetagain.schema.person import Look, Person

OUTFITS = (
    "yellow raincoat over a striped shirt, red wellies",
    "blue dress with white flowers, lilac cardigan, white tights, red shoes",
    "denim dungarees over a red striped t-shirt, sandals",
    "white blouse, tartan skirt, brown boots",
    "dark grey suit",
    "white shirt, grey waistcoat, black trousers",
    "green hoodie, blue shorts, trainers",
    "blue pyjamas with white stars",
    "grey roll-neck jumper, jeans, slippers",
    "blue dress, apron",
)


def somebody(age: float, clothes: str, sex: str = "female") -> Person:
    look = Look(clothes=clothes, sex=sex)
    return Person(id="a", full_name="Anna Test", called=("Anna",), age_shown=age, relation_to_visitor="x", calls_visitor="y", look=look)


@pytest.fixture(scope="module", params=[(7, "female"), (35, "male"), (76, "female")], ids=["7", "35", "76"])
def body(request):
    age, sex = request.param
    return make_body(somebody(age, "", sex)), age, sex


@pytest.mark.parametrize("clothes", OUTFITS)
def test_every_outfit_builds_within_budget(body, clothes):
    who, age, sex = body
    choices = read_look(somebody(age, clothes, sex))
    assert not choices.issues
    wardrobe = Wardrobe()
    worn = dress(who, choices.garments, False, wardrobe)
    pieces = wardrobe.pieces["cloth"]
    assert sum(len(p.triangles) for p in pieces) <= 24_000 and {layer.kind for layer in worn.layers} >= set(choices.garments) - {"barefoot"}
    for piece in pieces:
        assert np.isfinite(piece.points).all() and np.isfinite(piece.normals).all()
        assert piece.uv[:, 1].min() >= 0 and piece.uv[:, 1].max() <= 1 and np.allclose(piece.weights.sum(1), 1, atol=1e-3)
    belly = who.points[np.unique(who.basis.groups["f_body"])]
    near = np.argmin(np.linalg.norm(belly - (0, who.joint("spine03")[1], belly[:, 2].max()), axis=1))
    assert worn.covered[np.unique(who.basis.groups["f_body"])[near]] and not worn.covered[who.face.lips].any()


def test_words_name_cut_and_pattern():
    garments = read_look(
        somebody(40, "a red and white striped short-sleeved shirt with a collar, pale blue v-neck jumper with jeans")
    ).garments
    shirt, jumper = garments["shirt"], garments["jumper"]
    assert (shirt.colour, shirt.second) == (COLOURS["red"], COLOURS["white"]) and shirt.pattern == "stripes"
    assert shirt.sleeves == "short" and shirt.neck == "collar" and jumper.neck == "vee" and jumper.colour_told
    assert jumper.colour[2] > COLOURS["blue"][2] and garments["trousers"].pattern == "denim" and not garments["trousers"].colour_told


def test_phrases_keep_patterns_with_their_garment():
    cut = phrases("dress with flowers and a bow, cardigan and jeans")
    assert len(cut) == 3 and "flowers" in cut[0] and "bow" in cut[0]


def test_every_garment_word_has_a_cut():
    for word in GARMENTS:
        assert read_look(somebody(30, f"blue {word}")).garments, word


@pytest.mark.parametrize("pattern", ["plain", "stripes", "dots", "flowers", "check", "tartan", "knit", "denim", "cord", "stars", "hearts"])
def test_patterns_are_seamless_across_and_show_their_colour(pattern):
    colour = (186, 54, 52)
    place = rows([0.5])
    picture = cloth_picture([Swatch(colour, pattern)], place).astype(float)
    inside = picture[place[0].top + 10 : place[0].top + place[0].tall - 10]
    steps = np.abs(np.diff(inside, axis=1)).mean((0, 2))
    assert np.abs(inside[:, 0] - inside[:, -1]).mean() <= steps.max() + 2
    assert (np.abs(inside - colour).max(-1) < 45).mean() > 0.2
    spread = np.median(inside.std(axis=(0, 1)))
    assert (spread > 12) == (pattern in ("stripes", "dots", "flowers", "check", "tartan", "stars", "hearts"))


def test_rows_share_the_atlas_by_height():
    places = rows([1.0, 0.0, 0.5])
    assert places[0].tall > 1.8 * places[2].tall > 5 * places[1].tall
    assert places[-1].top + places[-1].tall <= 2048


def worn(body, age, sex, clothes):
    return dress(body, read_look(somebody(age, clothes, sex)).garments, False, Wardrobe())


def test_the_seam_of_a_coat_moves_as_one(body):
    body, age, sex = body
    upper, lower = [one.sheet for one in worn(body, age, sex, "yellow raincoat, red wellies").layers if one.kind == "coat"][:2]
    seam = lower.points[:, 1] > lower.points[:, 1].max() - 0.01 * body.height_m
    near = cKDTree(upper.points).query(lower.points[seam], k=3)[1]
    assert np.abs(lower.weights[seam] - upper.weights[near].mean(1)).sum(1).max() < 0.4


@pytest.mark.parametrize("clothes,kind", [("blue jumper, grey trousers", "jumper"), ("green jumper, brown skirt", "jumper")])
def test_a_jumper_follows_the_back_and_juts_out_nowhere(body, clothes, kind):
    body, age, sex = body
    layers = worn(body, age, sex, clothes).layers
    sheet = next(one.sheet for one in layers if one.kind == kind)
    size = body.height_m / 1.52
    trunk = body.points[np.unique(body.basis.groups["f_body"])]
    trunk = trunk[np.abs(trunk[:, 0]) < 0.03 * size]
    for y in np.arange(body.joint("spine04")[1] - 0.02 * size, body.joint("spine02")[1], 0.03 * size):
        mine = sheet.points[(np.abs(sheet.points[:, 1] - y) < 0.02 * size) & (np.abs(sheet.points[:, 0]) < 0.03 * size)]
        back = trunk[np.abs(trunk[:, 1] - y) < 0.02 * size, 2].min()
        assert back - mine[:, 2].min() < 0.045 * size


def test_what_is_worn_over_a_skirt_sits_down_with_it(body):
    body, age, sex = body
    layers = worn(body, age, sex, "long flowery dress, grey cardigan").layers
    skirt = next(one.sheet for one in layers if one.kind == "dress" and not one.covers and one.laps)
    over = next(one.sheet for one in layers if one.kind == "cardigan")
    far, near = cKDTree(skirt.points).query(over.points)
    close = (far < 0.02 * body.height_m / 1.52) & (over.points[:, 1] < body.joint("upperleg01.L")[1])
    assert close.sum() > 5 and np.median(np.abs(over.weights[close] - skirt.weights[near[close]]).sum(1)) < 0.4


@pytest.mark.parametrize("clothes", ["blue jumper, grey trousers", "white shirt, grey trousers", "yellow raincoat, red wellies"])
def test_cloth_before_the_neck_leaves_room_under_the_chin(body, clothes):
    body, age, sex = body
    points = np.concatenate([one.sheet.points for one in worn(body, age, sex, clothes).layers])
    chin = body.face.chin
    before = points[
        (np.abs(points[:, 0]) < 0.02) & (points[:, 2] > body.joint("neck01")[2] + 0.03) & (np.abs(points[:, 1] - chin[1]) < 0.15)
    ]
    assert len(before) and before[:, 1].max() < chin[1] - 0.03 * body.height_m / 1.6
