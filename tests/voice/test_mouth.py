"""Mouth shapes lie on the sample axis."""

from hypothesis import given
from hypothesis import strategies as st

from meetagain.schema.speech import VISEMES, VisemeAt
from meetagain.voice.mouth import moved, visemes

SOUNDS = "mˈʌ ju.fWndpbsɹIAOkʃ,"


@given(st.lists(st.tuples(st.sampled_from(SOUNDS), st.integers(0, 9)), max_size=40), st.integers(0, 20), st.integers(0, 20))
def test_shapes_are_in_order_and_known(sounds, before, after):
    lengths = [before * 600, *(frames * 600 for _, frames in sounds), after * 600]
    shapes = visemes("".join(sound for sound, _ in sounds), lengths, sum(lengths))
    places = [shape.sample for shape in shapes]
    assert places == sorted(places) and places[-1] <= sum(lengths)
    assert {shape.viseme for shape in shapes} <= set(VISEMES)
    assert all(0 <= shape.weight <= 1 for shape in shapes)
    assert shapes[0].viseme == shapes[-1].viseme == "sil"


def test_lips_meet_for_p_b_and_m():
    shapes = visemes("mʌ", [600, 600, 2400, 600], 4200)
    lips = next(shape for shape in shapes if shape.viseme == "PP")
    assert lips.weight == 1.0
    assert next(shape.sample for shape in shapes if shape.viseme == "aa") - lips.sample >= 600


def test_a_gliding_vowel_has_two_shapes():
    assert [shape.viseme for shape in visemes("I", [0, 1200, 0], 1200)][1:3] == ["aa", "ih"]


def test_after_a_cut_nothing_lies_outside():
    shapes = moved((VisemeAt(0, "sil", 0.0), VisemeAt(500, "aa", 1.0), VisemeAt(9000, "PP", 1.0)), 600, 5000, softness=0.5)
    assert shapes == (VisemeAt(0, "aa", 0.5), VisemeAt(5000, "PP", 1.0))
