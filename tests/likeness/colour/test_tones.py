"""The tone of the skin follows what whites, teeth and the light of several photographs say together, for every skin alike."""

import numpy as np
import pytest

from meetagain.bench.likeness_skin import GROUPS, mistaken
from meetagain.likeness.colour.shading import to_srgb
from meetagain.likeness.colour.tones import TONES, WHITE_OF_THE_EYE, Reading, credible, joined
from meetagain.likeness.lab import lab_of


def reading(skin, stops: float = 0.0, burnt: float = 0.0, white: bool = True, cast=(1, 1, 1)) -> Reading:
    """A photograph of a skin (linear) in usual light, so many stops lighter."""
    light = 0.85 * 2**stops * np.array(cast)
    eyes = WHITE_OF_THE_EYE * light * 0.82 if white else None
    return Reading(np.array(skin) * light, burnt, eyes, None, None, 9.0)


def lightness(readings, origin=None) -> float:
    return float(lab_of(np.array(joined(readings, origin).skin) / 255)[0])


@pytest.mark.parametrize("which", range(5))
def test_a_stop_too_dark_hardly_darkens_the_skin(which):
    right, dark, light = (lightness([reading(TONES[which], stops)]) for stops in (0, -1, 0.7))
    assert right - dark < 6 and light - right < 4
    unseen = lightness([reading(TONES[which], 0, white=False)]) - lightness([reading(TONES[which], -1, white=False)])
    assert right - dark < unseen, "without the whites of the eyes it can only be guessed"


@pytest.mark.parametrize("which", range(5))
def test_skins_from_fair_to_dark_are_found_with_and_without_their_origin(which):
    true = lab_of(to_srgb(TONES[which]))
    several = [reading(TONES[which], stops) for stops in (-1, -0.4, 0, 0.3, 0.7)]
    for origin in (None, {"europe": 1.0} if which < 2 else {"asia": 1.0} if which == 2 else {"africa": 1.0}):
        found = lab_of(np.array(joined(several, origin).skin) / 255)
        assert abs(found[0] - true[0]) < 6 and np.linalg.norm(found - true) < 9


def test_burnt_photographs_count_little_and_a_warm_lamp_makes_nobody_orange():
    fair = [reading(TONES[1], 0), reading(TONES[1], -0.2)]
    burnt = Reading(np.array((1.0, 0.99, 0.9)), 0.8, np.array((1.0, 1.0, 0.95)), None, None, 9.0)
    assert abs(lightness([*fair, burnt]) - lightness(fair)) < 1.5
    plain, lamp = (lab_of(np.array(joined([reading(TONES[1], cast=cast)]).skin) / 255) for cast in ((1, 1, 1), (1.25, 1.0, 0.65)))
    assert np.linalg.norm(plain - lamp) < 5


def test_photographs_of_the_bench_are_dark_light_and_burnt():
    rng = np.random.default_rng(1)
    picture = np.full((40, 40, 3), 120, np.uint8)
    picture[:8] = 235
    means = [float(mistaken(picture, rng).mean()) for _ in range(40)]
    assert max(means) > 1.6 * min(means) and any((mistaken(picture, rng) == 255).mean() > 0.1 for _ in range(20))
    assert set(GROUPS) == {"fair", "brown", "dark"} and joined(()).skin is None


@pytest.mark.parametrize("taken", [(0.32, 0.11, 0.065), (0.217, 0.123, 0.08), (0.98, 0.5, 0.4)])
def test_lids_and_deep_shade_are_not_taken_for_the_whites_of_the_eyes(taken):
    skin = np.array((0.84, 0.42, 0.29))
    assert credible(np.array(taken), skin) is None
    assert credible(None, skin) is None


@pytest.mark.parametrize("lamp", [(1.0, 1.0, 1.0), (1.3, 0.95, 0.6)])
@pytest.mark.parametrize("which", range(len(TONES)))
def test_whites_are_believed_in_daylight_and_under_a_lamp(which, lamp):
    white, skin = WHITE_OF_THE_EYE * 0.7 * lamp, TONES[which] * 0.7 * lamp
    assert credible(white, skin) is white


def test_no_skin_is_lighter_than_people_are():
    shade = Reading(np.array((0.9, 0.6, 0.5)), 0.0, np.array((0.1, 0.09, 0.09)), None, None, 9.0)
    skin = np.array(joined([shade] * 4).skin)
    assert (skin <= to_srgb(TONES[0]) * 255 + 12).all()
