"""Age and manner as numbers."""

import msgspec

from meetagain.motion.language import load
from meetagain.motion.style import laugh_of, style_of
from meetagain.schema.person import Manner


def aged(person, years, **manner):
    return msgspec.structs.replace(person, age_shown=years, manner=msgspec.structs.replace(person.manner, **manner))


def test_ages_walk_differently(moving):
    somebody = moving["child"].person
    child, adult, old = (style_of(aged(somebody, years, pace="middle")) for years in (7, 40, 80))
    assert child.gaits["walk"].cadence_hz > adult.gaits["walk"].cadence_hz > old.gaits["walk"].cadence_hz
    assert old.stoop_deg > adult.stoop_deg > child.stoop_deg and old.time_scale > adult.time_scale > child.time_scale
    assert child.tags[0] == "child" and old.tags[0] == "old" and not old.gaits["run"].run


def test_a_slow_person_takes_fewer_steps_not_shorter_ones(moving):
    somebody = moving["child"].person
    quick, slow = (style_of(aged(somebody, 7, pace=pace)).gaits["walk"] for pace in ("quick", "slow"))
    assert slow.speed_m_s < quick.speed_m_s
    assert abs(slow.speed_m_s / slow.cadence_hz - quick.speed_m_s / quick.cadence_hz) < 1e-3


def test_who_wears_a_skirt_does_not_sit_cross_legged(moving):
    somebody = moving["child"].person

    def tags(clothes):
        return style_of(msgspec.structs.replace(somebody, look=msgspec.structs.replace(somebody.look, clothes=clothes))).tags

    assert "skirt" in tags("Blue check dress, red cardigan") and "skirt" in tags("tartan skirt")
    assert "skirt" not in tags("dressing jacket over pyjamas") and "skirt" not in tags("raincoat, jeans")
    assert load(("child", "skirt"), 1.0)["sit"].keys != load(("child",), 1.0)["sit"].keys


def test_laughs_follow_the_familys_words():
    assert [laugh_of(Manner(laugh=words)) for words in ("Hiccup laugh", "silent, shoulders shake", "loud")] == ["hiccup", "silent", "open"]
