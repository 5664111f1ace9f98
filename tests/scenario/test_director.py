import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetagain.errors import MeetAgainError, Severity
from meetagain.scenario import director
from meetagain.scenario.check import check
from meetagain.scenario.packs import all_packs, load_scenario, read_cue, read_scenario
from meetagain.scenario.words import filled
from meetagain.schema.person import Look, Person
from meetagain.schema.scenario import Cue, Exit, Scenario, TimedCue

PARK = load_scenario("birthday_in_the_park", "en")
ACTS = sorted({exit_.on for beat in PARK.beats for exit_ in beat.exits})


def spoiled(beat_id: str, **changes: object) -> Scenario:
    beats = tuple(msgspec.structs.replace(beat, **changes) if beat.id == beat_id else beat for beat in PARK.beats)
    return msgspec.structs.replace(PARK, beats=beats)


def codes(scenario: Scenario) -> set[str]:
    return {found.code for found in check(scenario)}


def ann(**what: object) -> Person:
    known = {
        "id": "ann",
        "full_name": "Ann Low",
        "called": ["Ann"],
        "age_shown": 40,
        "relation_to_visitor": "mother",
        "calls_visitor": "Bo",
    }
    return msgspec.convert({**known, **msgspec.to_builtins(what)}, Person)


def until(beat: str, **how: bool) -> director.Step:
    step, at_s = director.begin(PARK, **how), 0.0
    while step.state.beat != beat:
        assert step.state.phase != "ended", f"{beat} was never reached"
        at_s += 0.5
        step = director.step(PARK, step.state, director.At(at_s))
    return step


def test_every_pack_that_comes_along_is_sound():
    assert all_packs()
    for name in all_packs():
        assert check(load_scenario(name, "en")) == ()


def test_a_dead_end_is_named_with_its_beat_and_a_mend():
    found = check(spoiled("play", exits=(Exit("next", "unsaid"),)))
    assert "scenario-dead-end" in {one.code for one in found}
    assert any("play" in one.sentence and one.mend for one in found)


def test_what_a_writer_may_not_do_is_found():
    unasked = tuple(timed for timed in PARK.beat("touch").during if not any(cue.kind == "say" for cue in timed.do))
    assert "scenario-touch-unasked" in codes(spoiled("touch", during=unasked))
    assert "scenario-voice-first" in codes(spoiled("quiet", enter=(Cue("say", "appear"),)))
    assert "scenario-cue-unknown" in codes(spoiled("play", during=(TimedCue(do=(Cue("act", "cartwheel"),), after_s=1.0),)))
    assert "scenario-unreachable" in codes(spoiled("unsaid", exits=(Exit("time", "tired"),)))
    assert "scenario-time" in codes(spoiled("words", max_s=10.0))


@pytest.mark.parametrize("word", ["{she}", "{", "{visitor}", "}"])
def test_a_word_in_braces_that_stands_for_nobody_is_found(word: str):
    found = check(spoiled("words", hint=f"{word} can answer, and {{they}} too."))
    assert [(one.code, one.severity) for one in found] == [("scenario-word-unknown", Severity.STOP)]
    assert word in found[0].sentence


def test_a_text_speaks_of_the_person_as_the_family_does():
    text = "{They} shows {name} what {them} and {their} dog did."
    said = {"she": "She shows Ann what her and her dog did.", "he": "He shows Ann what him and his dog did."}
    for pronouns, words in said.items():
        assert filled(text, ann(pronouns=pronouns)) == words
    assert filled("{their}", ann(look=Look(sex="male"))) == "his"
    assert filled("{their}", ann(look=Look(sex="male"), pronouns="they")) == "their"
    assert filled("{visitor}", ann()) == "{visitor}"


def test_what_was_done_already_is_left_out_where_the_writer_says_so():
    timed = (TimedCue(do=(Cue("act", "clap"),), after_s=5.0, unless="bite"), TimedCue(do=(Cue("act", "nod"),), after_s=5.0))
    story, start = spoiled("table", during=timed), until("table").state
    at_s = start.at_s + 6

    def acted(state: director.DirectorState) -> list[str]:
        return [cue.target for cue in director.step(story, state, director.At(at_s)).cues if cue.kind == "act"]

    start = msgspec.structs.replace(start, happened=(0, 0))
    assert acted(start) == ["clap", "nod"]
    assert acted(director.step(story, start, director.Did(start.at_s + 1, "bite")).state) == ["nod"]
    assert "scenario-cue-unknown" in codes(spoiled("table", during=(TimedCue(do=(), after_s=5.0, unless="dance"),)))


@pytest.mark.parametrize("text", ["", "beats: []", "scenario: x\nbeats: 3", "a: 1\na: 2", "{", "[1"])
def test_unclear_text_is_a_sentence_and_no_trace(text: str):
    with pytest.raises(MeetAgainError):
        read_scenario(text, "mine")


def test_a_cue_is_one_pair_with_its_arguments():
    assert read_cue({"light": "evening", "fade_s": 20}) == Cue("light", "evening", {"fade_s": 20})
    with pytest.raises(ValueError, match="kind"):
        read_cue("light")


def test_an_act_ends_a_beat_only_after_its_least_time_and_is_remembered():
    early = director.step(PARK, until("words").state, director.Did(until("words").state.at_s + 1, "turns_3"))
    assert early.entered == ()
    later = director.step(PARK, early.state, director.At(early.state.beat_since_s + PARK.beat("words").min_s + 1))
    assert later.entered[0] == ("touch", "turns_3")


def test_a_beat_does_not_end_in_the_middle_of_her_words_for_ten_seconds():
    state = director.step(PARK, until("along").state, director.PersonSpeaking(until("along").state.at_s, True)).state
    over = state.beat_since_s + PARK.beat("along").max_s
    assert director.step(PARK, state, director.At(over + 5)).entered == ()
    assert director.step(PARK, state, director.At(over + director.SPEECH_GRACE_S + 1)).entered == (("show", "time"),)


def test_hold_stops_the_time_and_next_goes_on_at_once():
    state = until("table").state
    held = director.step(PARK, state, director.Pressed(state.at_s, "hold")).state
    waited = director.step(PARK, held, director.At(state.at_s + 1000)).state
    assert (waited.phase, waited.beat) == ("held", "table")
    assert director.step(PARK, waited, director.Pressed(waited.at_s, "next")).entered == (("play", "next"),)


def test_X8_slow_mode_doubles_the_time():
    assert until("signs", slow=True).state.at_s == pytest.approx(2 * until("signs").state.at_s, abs=1)


def test_what_was_declined_is_not_offered_again():
    state = until("touch").state
    state = director.step(PARK, state, director.At(state.at_s + 5)).state
    assert state.offered == "hand"
    state = director.step(PARK, state, director.Did(state.at_s + 0.1, "declined")).state
    step = director.step(PARK, state, director.Pressed(state.at_s, "next"))
    assert step.entered[0][0] == "along"
    assert Cue("offer", "hand") not in step.cues


def test_a_no_holds_for_the_moment_and_later_a_hand_is_offered_again():
    state = until("touch").state
    step = director.step(PARK, director.step(PARK, state, director.At(state.at_s + 5)).state, director.Did(state.at_s + 5.1, "declined"))
    assert Cue("offer", "none") in step.cues
    again = director.step(PARK, step.state, director.Did(state.at_s + 6, "declined")).state
    assert "none" not in again.declined
    step, cues = director.Step(again), []
    while step.state.beat != "unsaid":
        step = director.step(PARK, step.state, director.Pressed(step.state.at_s + 1, "next"))
        cues = list(step.cues)
    assert Cue("offer", "hand") in cues


@pytest.mark.parametrize("control", ["calm", "back"])
def test_calm_and_calm_place_both_make_the_place_quiet_and_the_story_wait(control: str):
    state = until("table").state
    step = director.step(PARK, state, director.Pressed(state.at_s, control))
    assert step.state.phase == "calm"
    assert Cue("light", "calm", {"fade_s": 4.0}) in step.cues
    waited = director.step(PARK, step.state, director.At(state.at_s + 900)).state
    assert (waited.phase, waited.beat) == ("calm", "table")
    assert director.step(PARK, waited, director.Pressed(waited.at_s, "resume")).state.phase == "running"


def test_after_a_silence_she_says_something_herself_but_never_where_one_listens():
    for beat, speaks in (("words", True), ("unsaid", False)):
        step = until(beat)
        cues: list[Cue] = []
        for second in range(1, 20):
            step = director.step(PARK, step.state, director.At(step.state.at_s + 1))
            cues += [cue for cue in step.cues if cue.args.get("optional") and second > director.SILENCE_S - 1]
        assert bool(cues) is speaks


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_anybody_does_the_goodbye_comes_before_the_end(chance):
    step, at_s, seen = director.begin(PARK), 0.0, []
    while step.state.phase != "ended" and at_s < 7200:
        at_s += chance.choice((1.0, 5.0, 20.0))
        for event in (
            director.At(at_s),
            director.Did(at_s, chance.choice(ACTS)),
            director.Pressed(at_s, chance.choice(("next", "hold", "resume"))),
        ):
            step = director.step(PARK, step.state, event)
            seen += [beat for beat, _ in step.entered]
    assert step.state.phase == "ended"
    assert "goodbye" in seen


def test_the_same_events_give_the_same_story():
    one, two = until("play"), until("play")
    assert one == two


def left_alone(slow: bool, held_in: str = "", held_s: float = 0.0, pressed: dict[float, str] | None = None) -> list[tuple[float, str]]:
    """A meeting in which nobody does anything: when each beat was entered, and ("end") when it was over."""
    step, at_s, seen, presses = director.begin(PARK, slow=slow), 0.0, [(0.0, PARK.first)], dict(pressed or {})
    while step.state.phase != "ended":
        assert at_s < 7200, f"stands still in {step.state.beat}"
        at_s += 0.5
        events: list[director.StoryEvent] = [director.At(at_s)]
        events += [director.Pressed(at_s, presses.pop(when)) for when in sorted(presses) if when <= at_s]
        for event in events:
            step = director.step(PARK, step.state, event)
            seen += [(at_s, beat) for beat, _ in step.entered]
        if step.state.beat == held_in and held_s:
            step = director.step(PARK, step.state, director.Pressed(at_s, "hold"))
            at_s, held_s = at_s + held_s, 0.0
            step = director.step(PARK, step.state, director.At(at_s))
            step = director.step(PARK, step.state, director.Pressed(at_s, "resume"))
            seen += [(at_s, beat) for beat, _ in step.entered]
    return [*seen, (at_s, "end")]


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("held_in", ["", "quiet", "table", "unsaid", "tired", "goodbye", "return"])
def test_S4_however_long_somebody_waits_the_evening_comes_to_its_end(held_in: str, slow: bool):
    for held_s in (600.0, 1000.0, 3000.0):
        seen = left_alone(slow, held_in, held_s)
        assert [beat for _, beat in seen][-4:] == ["tired", "goodbye", "return", "end"]
        factor = PARK.limits.slow_factor if slow else 1.0
        assert seen[-1][0] <= PARK.limits.soft_end_s * factor + (held_s if held_in else 0.0) + 240 * factor


def test_S4_a_soft_ending_late_in_a_slow_meeting_reaches_the_goodbye_within_a_minute():
    for pressed_s in (1450.0, 1600.0, 2000.0):
        seen = dict((beat, at_s) for at_s, beat in left_alone(True, pressed={pressed_s: "soft_end"}))
        assert seen["goodbye"] - pressed_s < 60
        assert seen["return"] - pressed_s < 90
        assert seen["end"] - pressed_s < 120


def test_in_the_evening_the_hard_return_still_gives_her_the_time_to_say_goodbye():
    state = msgspec.structs.replace(
        until("tired").state, at_s=PARK.limits.hard_return_s - 5, beat_since_s=PARK.limits.hard_return_s - 5, soft=False
    )
    step, entered, cues = director.Step(state), [], []
    for tenths in range(1200):
        step = director.step(PARK, step.state, director.At(state.at_s + tenths / 10))
        entered += [beat for beat, _ in step.entered]
        cues += step.cues
    assert entered == ["goodbye", "return"]
    assert "goodbye" in [cue.target for cue in cues if cue.kind == "say"]
    assert [cue.target for cue in cues if cue.kind == "veil"][:2] == ["on", "off"]


def test_at_the_bed_they_stay_as_long_as_they_like():
    start = until("tired").state
    start = director.step(PARK, msgspec.structs.replace(start, soft=False), director.Pressed(900.0, "next")).state
    state = msgspec.structs.replace(start, at_s=900.0, beat_since_s=900.0)
    for seconds in range(1, 290):
        state = director.step(PARK, state, director.At(900.0 + seconds)).state
    assert state.beat == "goodbye"
    assert director.step(PARK, state, director.Did(1190.0, "goodnight")).entered == (("return", "goodnight"),)
    soft = director.step(PARK, state, director.Pressed(1190.0, "soft_end")).state
    assert director.step(PARK, soft, director.At(1191.0)).entered == (("return", "time"),)
