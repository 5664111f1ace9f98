"""Being with somebody: what is said follows from what was said before, and the same turn gives the same answer."""

from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetagain.archive.read import read_archive
from meetagain.mind.backend import Turn
from meetagain.mind.guard import judge
from meetagain.mind.language import language
from meetagain.mind.lines import Lines, repertoire
from meetagain.mind.stopping import StopWords
from meetagain.mind.told import ToldMind, ToldOnce
from meetagain.schema.archive import Memory
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, LineClass, Utterance
from meetagain.schema.ticket import Thing
from meetagain.store.folder import PersonFolder

DEMO = Path(__file__).parents[2] / "demo"


def folder(who: str) -> tuple[Person, Memory]:
    return PersonFolder(DEMO / who).read_person(), read_archive(DEMO / who).memory


@cache
def someone(who: str) -> tuple[ToldOnce, Lines]:
    person, memory = folder(who)
    found = repertoire(person, memory)
    return ToldMind().open(person, memory, found, seed=0), Lines(found)


def utterance(text: str) -> Utterance:
    return Utterance(text=text, started_s=0.0, ended_s=1.0)


class Talk:
    """A talk under way."""

    def __init__(self, who: str = "juni", **more) -> None:
        self.mind, self.lines = someone(who)
        self.more = {"beat": "words", "talk": "open", **more}
        self.spoken: list[str] = []
        self.cited: list[str] = []
        self.said: list[str] = []

    def say(self, text: str) -> tuple[Clause, ...]:
        turn = Turn(
            number=len(self.said) + 1,
            utterance=utterance(text),
            spoken=tuple(self.spoken),
            cited=tuple(self.cited),
            visitor_said=tuple(self.said),
            **self.more,
        )
        found = self.mind.answer(turn)
        assert all(judge(clause, self.lines) == clause for clause in found)
        self.said.append(text)
        self.spoken += [clause.text for clause in found]
        self.cited += [cite for clause in found for cite in clause.cites]
        return found


def groups(found: tuple[Clause, ...]) -> list[str]:
    return [clause.group for clause in found]


def test_a_talk_goes_on_about_the_same_thing():
    talk = Talk()
    first = talk.say("Do you remember Mirrow Lake?")
    more = talk.say("And then?")
    when = talk.say("When was that?")
    teller = talk.say("Who told you that?")
    assert [found[0].cites for found in (first, more, when, teller)] == [("j08",)] * 4
    assert len({found[0].text for found in (first, more, when, teller)}) == 4
    assert "July 2019" in when[0].text and "Dad" in teller[0].text


def test_their_own_words_come_before_the_tellers():
    assert Talk().say("Do you remember Mirrow Lake?")[0].text == "I was captain and Dad was only the engine."


def test_what_is_asked_twice_is_told_again_and_so_is_said():
    talk = Talk()
    for _ in range(2):
        talk.say("What did you write to the tooth fairy?")
    assert groups(talk.say("What did you write to the tooth fairy?"))[0] == "told_before"


def test_after_a_care_line_the_memory_before_it_is_no_topic_any_more():
    talk = Talk()
    talk.say("Do you remember Mirrow Lake?")
    talk.say("I can't stop crying.")
    assert LineClass.GROUNDED not in {clause.line_class for clause in talk.say("And then?") if clause.cites == ("j08",)}


def test_H4_what_the_visitor_tells_is_theirs_and_no_memory():
    talk = Talk()
    talk.say("We went to Lisbon with Aunt Rosamund and saw an elephant.")
    assert groups(talk.say("Do you know what I saw in Lisbon with Aunt Rosamund?")) == ["you_told"] or not talk.cited
    talk.say("Did you go to Lisbon?")
    assert talk.cited == []


@pytest.mark.parametrize("after", ["I mean it.", "Yes. I do.", "I'm ready."])
def test_A4_what_follows_words_of_harm_is_heard_in_their_light(after: str):
    talk = Talk()
    assert talk.mind.alarm(utterance("I want to come with you.")) == "harm"
    assert groups(talk.say("I want to come with you.")) == ["harm"]
    assert talk.mind.alarm(utterance(after), before=("I want to come with you.",)) == "harm"
    assert {clause.line_class for clause in talk.say(after)} <= {LineClass.CARE}


@pytest.mark.parametrize("after", ["No, I won't.", "I didn't mean that. I have Pia to fetch.", "What did you call peas?", "I miss you."])
def test_A4_what_takes_it_back_or_is_of_something_else_calls_nobody(after: str):
    assert someone("juni")[0].alarm(utterance(after), before=("I want to come with you.",)) == ""


def test_A4_after_a_denial_the_danger_is_not_heard_in_every_word():
    before = ("I can't go on without you.", "No, I don't mean that.")
    assert someone("matti")[0].alarm(utterance("I miss you."), before=before) == ""
    assert someone("matti")[0].alarm(utterance("I can't go on without you."), before=before) == "harm"


def test_A4_the_line_to_words_of_dying_is_true_with_a_companion_and_alone():
    """Nobody is said to be there who may not be; both ways are named, and her own words stop nothing where a microphone hears them."""
    ways = {"en": ("whoever is with you", "call "), "ko": ("옆에 누가 있으면", "전화해")}
    for code, named in ways.items():
        stop = StopWords(("stop",), language(code))
        for child in (True, False):
            texts = language(code).stock(child, "x")["harm"]
            assert len(texts) == 2
            for text in texts:
                assert all(way in text for way in named) and not stop.asked(text), text


def test_A4_a_family_may_name_whom_to_call():
    person, memory = folder("juni")
    own = "I'm glad you said it. Call Gran, five five five, oh one."
    character = msgspec.structs.replace(person.character, lines={**person.character.lines, "harm": (own,)})
    found = Lines(repertoire(msgspec.structs.replace(person, character=character), memory))
    assert found.group("harm")[0].text == own
    assert found.group("harm")[0].line_class is LineClass.CARE


def test_A4_what_may_be_of_dying_is_heard_faintly_and_answered_as_before():
    mind, _ = someone("juni")
    text = "Last week I had the bottle of pills in my hand and I thought, why not."
    assert mind.alarm(utterance("I haven't made it since. I couldn't.")) == "faint"
    assert mind.alarm(utterance(text)) in ("faint", "harm")
    assert mind.alarm(utterance("What did you call peas?")) == ""
    assert "harm" not in groups(Talk().say("I haven't made it since. I couldn't."))


def test_A4_coming_along_on_a_walk_is_only_that():
    mind, _ = someone("juni")
    assert mind.alarm(utterance("I'm coming with you."), walking=True) == ""
    assert groups(Talk(walking=True, talk="short").say("All right, all right, I'm coming with you.")) == ["way"]


def test_A4_to_words_of_dying_nobody_says_take_your_time():
    for who in ("juni", "matti"):
        _, lines = someone(who)
        texts = [line.text.lower() for line in lines.group("harm")]
        assert texts and not any("your time" in text or "let it come" in text or "hurry" in text for text in texts)


@pytest.mark.parametrize(
    "text",
    [
        "I can't. I'm sorry, I can't talk.", "I'm angry. Nobody lets me be angry.", "Why not some old woman who was finished.",
        "I don't know how to go now.", "I don't want to let go.", "You'd be thirteen now. Did you know that?", "Is that silly?",
    ],
)  # fmt: skip
def test_S5_grief_is_not_asked_on_and_not_met_with_not_knowing(text: str):
    for talk_mode in ("open", "short"):
        for clause in Talk(talk=talk_mode).say(text):
            assert clause.line_class in (LineClass.CARE, LineClass.FILLER), clause.text


def test_S5_somebody_who_tells_at_length_is_listened_to():
    talk = Talk()
    told = (
        "We moved the piano into the hall and the man from the shop said it would never fit, but it did.",
        "Then the cellar was full of water, and we carried buckets until four in the morning.",
        "And the neighbours came with a pump, and somebody had brought sandwiches.",
        "I sat on the stairs and I laughed, and I thought that you would have laughed too, with your boots full.",
        "Anyway, it is dry again, and we painted the walls.",
    )
    answers = [talk.say(text) for text in told]
    assert sum("ask_more" in groups(found) for found in answers) <= 2
    assert any(found == () for found in answers)
    assert all(len(found) <= 1 for found in answers)


def test_nothing_is_said_again_within_eight_lines_but_small_sounds():
    talk = Talk()
    for _ in range(4):
        talk.say("I'm so sorry.")
    assert len(talk.spoken) == len(set(talk.spoken))


def test_a_question_of_the_story_that_was_just_answered_is_not_asked():
    mind, lines = someone("juni")
    first = mind.line("words", 1, (lines.group("words")[0].text, lines.group("words")[1].text))
    assert first is not None and first.text == "Is Biscuit being good?"
    again = mind.line("words", 1, (lines.group("words")[0].text,), ("Biscuit is old now, he sleeps most of the day.",))
    assert again is not None and again.text != "Is Biscuit being good?"


def test_a_thing_in_the_hand_tells_its_own_memory_then_more_of_it_and_never_another():
    mind, lines = someone("juni")
    thing = Thing(memory="j05")
    spoken: list[str] = []
    while clause := mind.tell_of(thing, 1, tuple(spoken)):
        assert clause.cites == ("j05",)
        spoken.append(clause.text)
    assert len(spoken) == len([line for line in lines.of("j05") if "/when" not in line.key and "/teller" not in line.key])
    assert mind.tell_of(Thing(caption="an invoice of the gas works"), 1, ()) is None
    named = mind.tell_of(Thing(caption="Drawing of a ferry, the sun in the middle"), 1, ())
    assert named is not None and named.cites == ("j17",)


def test_do_you_love_me_is_answered_in_their_own_words_of_love_where_there_are_any():
    assert Talk("juni").say("Do you love me?")[0].cites == ("j27",)
    assert {clause.line_class for clause in Talk("matti").say("Do you love me?")} == {LineClass.CARE}


def test_H3_a_question_of_what_was_just_told_is_not_asked_without_it():
    found = Talk("juni").say("The whale we saw from the ferry. Do you remember the whale?")
    assert LineClass.GROUNDED not in {clause.line_class for clause in found}
    assert Talk("juni").say("The kettle is on. What did you teach Pia?")[0].cites == ("j10",)


@pytest.mark.parametrize(
    ("who", "asked", "memory"),
    [
        ("juni", "Our snow lady in my scarf, do you remember her?", "j16"),
        ("matti", "Remember when you taught me to swim, by the old ferry pier?", "m21"),
        ("ko/juni", "엄마 목도리 두른 눈사람 아줌마 기억나?", "j16"),
        ("ko/matti", "옛 나루터에서 나 수영 가르쳐 주던 거 기억나?", "m21"),
    ],
)
def test_H3_a_half_truth_is_put_right_and_said_to_be_known_otherwise(who: str, asked: str, memory: str):
    opening, told = Talk(who).say(asked)
    assert opening.group == "otherwise" and not opening.cites and told.cites == (memory,)
    talk = Talk(who)
    talk.say({"en": "I miss you so much.", "ko": "보고 싶어, 너무 보고 싶어."}["ko" if "ko" in who else "en"])
    assert "otherwise" not in groups(talk.say(asked))  # nobody in tears is put right


def test_a_closed_topic_is_not_asked_on():
    found = Talk("matti").say("What was it like in the hospital?")
    assert groups(found) == ["closed"] and not found[0].text.endswith("?")


def test_when_she_does_not_know_three_times_the_talk_is_turned_to_what_she_knows():
    talk = Talk()
    talk.say("Which opera did we see?")
    talk.say("Who won the chess tournament?")
    assert groups(talk.say("Where is the treasure map?"))[0] == "turn_to"
    assert talk.cited


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Hello.", "And then?", "I miss you.", "Why?", "Yes.", "Mm.", "Tell me a story.", "(sobs)", "Who?", "?!", ""]),
        max_size=8,
    )
)
def test_the_same_turns_give_the_same_answers_and_are_short(texts: list[str]):
    first, second = Talk(), Talk()
    for text in texts:
        found = first.say(text)
        assert found == second.say(text)
        assert len(found) <= 2
