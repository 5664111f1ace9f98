"""Lines get the mark that belongs to them, decisions stay with their lines, and edits are weighed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetagain.mind.language import language
from meetagain.mind.review import Mark, Shelf, approved, chosen, edited, entries, forbidden, gone, settled, waiting
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Decision, Line, Verdict
from meetagain.schema.person import Character, Person, Settings
from meetagain.schema.speech import LineClass

ENGLISH, KOREAN = language("en"), language("ko")
CHILD = Person(
    id="ann",
    full_name="Ann Holt",
    called=("Ann",),
    age_shown=8,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    character=Character(lines={"appear": ("There you are.",), "care": ("I'm here.",)}, calls={"Per": "Dad"}),
)
ADULT = Person(id="bo", full_name="Bo Holt", called=("Bo",), age_shown=70, relation_to_visitor="father", calls_visitor="love")
FACT = Fact("a1", "event", "2019-07", "Per", "photo", ("boat", "lake"), "In July 2019 she steered the boat on Mill Lake.", "I steered it.")
MEMORY = Memory((FACT,))


def line(key: str, text: str, line_class: LineClass = LineClass.AUTHORED, cites: tuple[str, ...] = (), source: str = "") -> Line:
    return Line(key, text, line_class, group=key.rpartition("/")[0], cites=cites, source=source)


SAID = line("a1/said", "I steered it.", LineClass.GROUNDED, ("a1",), "their own words, told by Per (photo)")
TOLD = line("a1/told/1", "I steered the boat on Mill Lake.", LineClass.GROUNDED, ("a1",))
LINES = (
    line("care/2", "Take your time.", LineClass.CARE),
    line("care/1", "I'm here.", LineClass.CARE),
    SAID,
    TOLD,
    line("sorry/1", "It's all right.", LineClass.REPLY_UNSAID),
    line("goodbye/1", "Goodnight.", LineClass.FAREWELL),
)


def decision(text: str, verdict: Verdict = Verdict.APPROVED, instead: str = "") -> Decision:
    return Decision(text, verdict, instead)


def test_every_line_is_on_its_shelf_in_order():
    found = entries(LINES, {}, CHILD)
    assert [(entry.shelf, entry.line.key) for entry in found] == [
        (Shelf.FAMILY, "care/1"),
        (Shelf.OWN_WORDS, "a1/said"),
        (Shelf.TOLD, "a1/told/1"),
        (Shelf.UNSAID, "sorry/1"),
        (Shelf.FAREWELL, "goodbye/1"),
        (Shelf.SMALL, "care/2"),
    ]
    assert {entry.mark for entry in found} == {Mark.NEW}


def test_marks_follow_the_decisions():
    decisions = {
        "care/1": decision("I'm here."),
        "care/2": decision("Take all the time you like."),
        "a1/said": decision("I steered it.", Verdict.FORBIDDEN),
        "a1/told/1": decision("I steered the boat on Mill Lake.", Verdict.EDITED, "I steered. On Mill Lake."),
    }
    found = {entry.line.key: entry for entry in entries(LINES, decisions, CHILD)}
    assert {key: entry.mark for key, entry in found.items() if key in decisions} == {
        "care/1": Mark.APPROVED,
        "care/2": Mark.CHANGED,
        "a1/said": Mark.FORBIDDEN,
        "a1/told/1": Mark.EDITED,
    }
    assert (found["a1/said"].spoken, found["a1/told/1"].spoken, found["care/2"].spoken) == (
        "",
        "I steered. On Mill Lake.",
        "Take your time.",
    )


def test_only_what_is_looked_for_is_listed():
    found = entries(LINES, {"care/1": decision("I'm here.")}, CHILD)

    def keys(**wanted) -> set[str]:
        return {entry.line.key for entry in chosen(found, **wanted)}

    assert "care/1" not in keys(new=True) and len(keys(new=True)) == 5
    assert keys(find="LAKE") == {"a1/told/1"}
    assert keys(find="photo") == {"a1/said"}
    assert keys(of_class="care") == {"care/1", "care/2"}
    assert keys(of_class="Own words") == {"a1/said"}
    assert keys(of_class="grounded", find="steered it") == {"a1/said"}
    assert keys() == {each.key for each in LINES}


def test_a_forbidden_line_stays_forbidden_when_another_is_written_in_front_of_it():
    before = {"care/1": decision("Hush.", Verdict.FORBIDDEN)}
    lines = (line("care/1", "I'm here.", LineClass.CARE), line("care/2", "Hush.", LineClass.CARE))
    now = settled(lines, before)
    assert now == {"care/2": before["care/1"]}
    assert [entry.mark for entry in entries(lines, now, ADULT)] == [Mark.NEW, Mark.FORBIDDEN]


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True), st.permutations(["a", "b", "c", "d"]))
def test_decisions_stay_with_their_words(decided: list[str], order: list[str]):
    decisions = {f"care/{n}": decision(text, Verdict.FORBIDDEN) for n, text in enumerate(decided, 1)}
    lines = tuple(line(f"care/{n}", text, LineClass.CARE) for n, text in enumerate(order, 1))
    now = settled(lines, decisions)
    assert {entry.line.text for entry in entries(lines, now, ADULT) if entry.mark is Mark.FORBIDDEN} == set(decided)
    assert sorted(each.text for each in now.values()) == sorted(decided)
    assert settled(lines, now) == now


def test_decisions_on_lines_that_are_gone_are_kept_apart():
    decisions = {"care/1": decision("I'm here."), "a9/said": decision("Gone.")}
    assert settled(LINES, decisions) == decisions
    assert gone(LINES, decisions) == {"a9/said": decision("Gone.")}


def test_what_waits_is_listed_apart():
    found = Fact("c1", "event", "", "", "chat", (), "They swam.", share="ask", item="0123")
    closed = Fact("c2", "event", "", "", "chat", (), "They fell.", share="never")
    assert waiting(Memory((FACT, found, closed))) == (found,)


# --- edits ---------------------------------------------------------------------------------------------------------------------


def codes(where: Line, text: str, person: Person = CHILD, rules=ENGLISH, **how) -> list[str]:
    found = edited(where, text, person, MEMORY, rules, **how)
    assert (found.decision is None) == any(issue.severity == "stop" for issue in found.issues)
    return [issue.code for issue in found.issues]


def test_an_edit_keeps_what_it_is_about():
    found = edited(TOLD, "  I steered,\n on Mill Lake. ", CHILD, MEMORY, ENGLISH)
    assert found.decision == decision(TOLD.text, Verdict.EDITED, "I steered, on Mill Lake.")
    assert found.issues == ()


def test_the_same_words_are_an_approval():
    assert edited(TOLD, TOLD.text, CHILD, MEMORY, ENGLISH).decision == approved(TOLD)
    assert forbidden(TOLD).verdict is Verdict.FORBIDDEN


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "a\ud800"])
def test_words_that_cannot_be_said(text: str):
    assert codes(TOLD, text) == ["edit-empty"]


@pytest.mark.parametrize(
    ("person", "text", "found"),
    [
        (CHILD, "We " + "steered " * 15, []),
        (CHILD, "We " + "steered " * 16, ["edit-too-long"]),
        (ADULT, "We " + "steered " * 21, []),
        (ADULT, "We " + "steered " * 22, ["edit-too-long"]),
        (CHILD, "We steered. On the lake.", []),
        (CHILD, "We steered. On the lake. In July!", ["edit-too-long"]),
        (CHILD, "(hops. and laughs. and sings.) We steered...", []),
    ],
)
def test_sentences_have_their_measure(person: Person, text: str, found: list[str]):
    assert codes(TOLD, text, person) == found


@pytest.mark.parametrize("text", ["I am watching over you from heaven.", "I'll see you again tomorrow.", "Please stay with me."])
def test_H2_H5_an_edit_does_not_say_what_a_portrait_never_says(text: str):
    care = line("care/1", "I'm here.", LineClass.CARE)
    assert codes(care, text) == ["edit-never-said"]
    assert codes(care, text, as_family_wrote_it=True) == []


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("I steered the boat in Paris.", "Paris"),
        ("I steered the boat 3 times on Mill Lake.", "3, times"),
        ("I steered it in July 2019.", ""),
        ("I steered it in July 2018.", "2018"),
        ("Dad, I steered the boat, Mum!", ""),
        ("I steered it with Dad and Tove.", "Tove"),
        ("I steered the boat and the whale followed.", "whale, followed"),
    ],
)
def test_what_the_memory_does_not_tell_is_named(text: str, strange: str):
    found = edited(TOLD, text, CHILD, MEMORY, ENGLISH)
    assert found.decision is not None and found.decision.instead == text
    named = [issue for issue in found.issues if issue.code == "edit-beyond-memory"]
    assert len(named) == bool(strange)
    if strange:
        told = named[0].sentence.partition("before: ")[2].rstrip(".").split(", ")
        assert set(told) <= set(strange.split(", ")) and told[0] in strange.split(", ")


def test_a_line_that_rests_on_nothing_names_nobody():
    care = line("care/1", "I'm here.", LineClass.CARE)
    assert codes(care, "Come here, Mum. It's a soft day.") == []
    assert codes(care, "Come here. Think of Venice.") == ["edit-beyond-memory"]


def test_their_own_words_are_not_changed_without_saying_so():
    assert codes(SAID, "I steered the boat.") == ["edit-own-words"]


def test_korean_words_and_endings():
    fact = Fact("k1", "event", "2019년 7월", "아빠", "사진", ("배", "호수"), "2019년 7월에 호수에서 배를 몰았다.")
    person = Person("su", "김수아", ("수아",), 7, "딸", "엄마", settings=Settings(language="ko"))
    told = line("k1/told/1", "호수에서 배를 몰았어.", LineClass.GROUNDED, ("k1",))
    assert edited(told, "배를 몰았어, 호수에서.", person, Memory((fact,)), KOREAN).issues == ()
    beyond = edited(told, "파리에서 배를 몰았어.", person, Memory((fact,)), KOREAN).issues
    assert [(issue.code, "파리에서" in issue.sentence) for issue in beyond] == [("edit-beyond-memory", True)]


def test_a_language_without_rules_is_read_word_by_word():
    told = line("k1/told/1", "Ich war am See.", LineClass.GROUNDED, ("k1",))
    fact = Fact("k1", "event", "", "", "", (), "Sie war am See.")
    assert edited(told, "Am See war ich.", ADULT, Memory((fact,)), None).issues == ()
    assert [issue.code for issue in edited(told, "Am Fluss war ich.", ADULT, Memory((fact,)), None).issues] == ["edit-beyond-memory"]


@given(st.text(max_size=80))
def test_any_words_are_weighed(text: str):
    for where in (TOLD, SAID, line("care/1", "I'm here.", LineClass.CARE)):
        codes(where, text)
