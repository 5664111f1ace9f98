"""The pose files and their words."""

import numpy as np
import pytest

from meetagain.motion.language import chosen, direction, load, read, recipe, unrolled


@pytest.mark.parametrize("tags", [("child", "hiccup"), ("old", "silent"), ("adult", "open")])
def test_every_style_has_every_clip(tags):
    clips = load(tags, 1.0)
    assert len(clips) == len({name.split("@")[0] for part in ("standing", "resting") for name in read(part)})
    for clip in clips.values():
        assert clip.reverse or {"hand.L", "hand.R", "foot.L", "foot.R", "hips"} <= set(clip.keys[0])
        times = [key["t"] for key in clip.keys]
        assert times == sorted(times)


def test_a_tag_takes_the_place_of_the_plain_name():
    assert chosen({"a": 1, "a@old": 2, "a@child": 3}, ("old",)) == {"a": 2}
    assert chosen({"a": 1, "a@old+skirt": 2}, ("child", "skirt")) == {"a": 2} and chosen({"a": 1, "a@old+skirt": 2}, ("child",)) == {"a": 1}


@pytest.mark.parametrize(
    "clip",
    [
        {"keys": [{"t": 0, "hand.R": {"at": "mouth", "off": [0, 0, 0]}}]},
        {"keys": [{"t": 0, "elbows": 3}]},
        {"keys": [], "speed": 2},
        {"keys": [], "life": {"breathing": 1}},
    ],
)
def test_an_unknown_word_is_refused(clip):
    with pytest.raises(ValueError, match="unknown"):
        recipe("x", clip, {"stand": {}}, 1.0)


def test_the_old_take_their_time_but_not_in_loops():
    quick, slow = load(("old", "open"), 1.0), load(("old", "open"), 1.5)
    assert slow["wave"].length_s == pytest.approx(1.5 * quick["wave"].length_s)
    assert slow["idle"].length_s == quick["idle"].length_s


def test_repeats_are_written_out():
    keys = unrolled([{"t": 1, "repeat": 2, "every": 0.5, "keys": [{"t": 0.1, "a": 1}]}])
    assert [key["t"] for key in keys] == [1.1, 1.6]


def test_out_is_away_from_the_middle_on_both_sides():
    assert direction("out", "L")[0] == 1 and direction("out", "R")[0] == -1
    assert np.allclose(direction([1, 0, 0], "R"), direction("out", "R"))
