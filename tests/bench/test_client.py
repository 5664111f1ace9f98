"""What is asked of a headset: all cues of a beat, and the worst of people and beats."""

from pathlib import Path

from meetagain.bench.client import _worse, cues_of, initial_js_kb
from meetagain.scenario.packs import load_scenario


def one(beat: str, calls: int, triangles: int, person_mb: float) -> dict:
    return {
        "beats": [{"beat": "quiet", "draw_calls": 10, "triangles": 1000}, {"beat": beat, "draw_calls": calls, "triangles": triangles}],
        "our_js_ms_p95": calls / 100,
        "textures_mb": {"place": 3.0, "person": person_mb},
        "load_mb": 7.0,
    }


def test_the_worse_person_and_the_worst_beat_count():
    found = _worse([one("table", 80, 200_000, 5.0), one("goodbye", 60, 250_000, 6.5)])
    assert (found["draw_calls_max"], found["draw_calls_in"]) == (80, "table")
    assert (found["triangles_max"], found["triangles_in"]) == (250_000, "goodbye")
    assert (found["textures_mb"], found["textures_person_mb"], found["our_js_ms_p95"]) == (9.5, 6.5, 0.8)


def test_every_cue_of_a_beat_is_shown():
    for beat in load_scenario("birthday_in_the_park", "en").beats:
        assert len(cues_of(beat)) == len(beat.enter) + sum(len(timed.do) for timed in beat.during)


def test_only_scripts_that_the_first_page_names_are_counted(tmp_path: Path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "first.js").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "assets" / "later.js").write_bytes(bytes(range(256)) * 4000)
    (tmp_path / "index.html").write_text('<script type="module" src="/assets/first.js"></script><link rel="icon" href="/icon.svg">')
    assert 0.2 < initial_js_kb(tmp_path) < 2
