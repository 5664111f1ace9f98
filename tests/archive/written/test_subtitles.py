from hypothesis import given
from hypothesis import strategies as st

from meetagain.archive.written import subtitles
from meetagain.archive.written.passage import Passage

SRT = """1
00:00:01,000 --> 00:00:03,500
JUNI: I was captain and

2
00:00:03,500 --> 00:00:05,000
Dad was only the engine. [laughs]

3
00:00:06,000 --> 00:00:08,000
- Davin: The engine is tired.
- Juni: <i>Row, engine!</i>

4
00:00:09,000 --> 00:00:10,000
♪♪
"""
VTT = """WEBVTT

NOTE made at the lake

STYLE
::cue { color: lime }

00:01.000 --> 00:03.500
<v Juni>I was captain and

00:03.500 --> 00:05.000
<v Juni>Dad was only the engine.</v>

cue-3
00:06.000 --> 00:08.000 align:start
<v.loud Davin Orrel>The engine is tired.
"""


def test_srt_keeps_who_spoke_and_joins_what_runs_on():
    assert subtitles.looks_like(SRT)
    found = subtitles.read(SRT, "2019-07-14")
    assert found.named
    assert found.source == "film"
    assert found.passages == (
        Passage("I was captain and Dad was only the engine.", "JUNI", "2019-07-14"),
        Passage("The engine is tired.", "Davin", "2019-07-14"),
        Passage("Row, engine!", "Juni", "2019-07-14"),
    )


def test_vtt_keeps_who_spoke():
    assert subtitles.looks_like(VTT)
    assert [(passage.by, passage.text) for passage in subtitles.read(VTT).passages] == [
        ("Juni", "I was captain and Dad was only the engine."),
        ("Davin Orrel", "The engine is tired."),
    ]


def test_without_labels_nobody_is_named():
    found = subtitles.read("1\n00:00:01,000 --> 00:00:02,000\nI was captain.\n\n2\n00:00:03,000 --> 00:00:04,000\nRow, engine!\n")
    assert not found.named
    assert [passage.text for passage in found.passages] == ["I was captain.", "Row, engine!"]


def test_another_text_is_no_transcript():
    assert not subtitles.looks_like("Dear Elin,\nat 10:30 we rowed --> far.\n")


@given(st.lists(st.sampled_from([*SRT.split("\n"), *VTT.split("\n"), "<v>", "-->", "00:00:01,000 -->"])))
def test_no_lines_ever_raise(lines: list[str]):
    subtitles.looks_like("\n".join(lines))
    subtitles.read("\n".join(lines))
