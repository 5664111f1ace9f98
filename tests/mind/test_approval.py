"""An approval rests on the family's material alone, says what changed in plain words, and knows its answers again."""

import msgspec
import pytest

from meetagain.mind.approval import (
    MOST_MEMORIES_ASKED,
    base,
    changed,
    differences,
    differing,
    fitting,
    made_of,
    outdated,
    probe,
    probed,
    questions,
    spoken,
)
from meetagain.mind.backend import Turn
from meetagain.schema.approval import Approval, Probe
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.lines import Decision, Line, Repertoire, Verdict
from meetagain.schema.person import Character, Look, Manner, Person, Settings
from meetagain.schema.scenario import Beat, Cue, Limits, Scenario
from meetagain.schema.speech import Clause, LineClass

PERSON = Person("ann", "Ann Holt", ("Ann",), 8, "daughter", "Mum", character=Character(lines={"care": ("I'm here.",)}))
FACTS = (
    Fact("a1", "event", "2019", "Per", "photo", ("boat", "lake"), "She steered the boat.", "I steered it."),
    Fact("a2", "private", "", "Per", "", ("hospital",), "Kept closed.", share="never"),
)
MEMORY = Memory(FACTS, ("never had a cat",))
BEAT = Beat("words", "Talk.", 1, 2, 3, (Cue("say", "words"), Cue("light", "golden")), (), (), talk="open", tells="boat")
STORY = Scenario("park", 1, "any", "The park", Limits(1, 2, 3), "words", (BEAT,), {}, {}, ())
LINES = (
    Line("care/1", "I'm here.", LineClass.CARE, group="care"),
    Line("a1/said", "I steered it.", LineClass.GROUNDED, group="event", cites=("a1",)),
    Line("not_knowing/1", "I don't know. Tell me?", LineClass.NOT_KNOWING, group="not_knowing"),
)
LAID_OUT = Repertoire("en", LINES, rules="words: old\n")
NO = {"not_knowing/1": Decision("I don't know. Tell me?", Verdict.FORBIDDEN)}
replace = msgspec.structs.replace


def approval(decisions: dict[str, Decision] | None = None) -> Approval:
    return Approval("0.1.0", "2026-11-26", made_of(PERSON, MEMORY, STORY, decisions or {}), LAID_OUT, decisions or {})


def parts(person: Person = PERSON, memory: Memory = MEMORY, story: Scenario = STORY, decisions: dict | None = None) -> dict[str, str]:
    return made_of(person, memory, story, decisions or {})


def told(**fields: object) -> Memory:
    return Memory((replace(FACTS[0], **fields), FACTS[1]), MEMORY.not_true)


@pytest.mark.parametrize(
    "now",
    [
        parts(person=replace(PERSON, look=Look(hair="red"), manner=Manner(pace="slow"))),
        parts(person=replace(PERSON, settings=Settings(style="painted", voice_name="af_sky", voice="openai"))),
        parts(memory=Memory((*FACTS, Fact("c1", "event", "", "", "chat", (), "They swam.", share="ask")), MEMORY.not_true)),
        parts(story=replace(STORY, version=2, title="In the park", beats=(replace(BEAT, hint="Look around.", max_s=9),))),
        parts(story=replace(STORY, beats=(replace(BEAT, enter=(Cue("say", "words"), Cue("light", "dawn"))),))),
    ],
    ids=["look", "voice", "waiting memory", "hints", "light"],
)
def test_what_changes_no_answer_leaves_the_approval(now: dict[str, str]):
    assert changed(approval(), now) == ()
    assert fitting(approval(), now) is not None
    assert outdated(approval(), now, LAID_OUT, "ann") is None


@pytest.mark.parametrize(
    ("now", "name"),
    [
        (parts(person=replace(PERSON, character=Character(lines={"care": ("Here I am.",)}))), "person"),
        (parts(person=replace(PERSON, calls_visitor="Mama")), "person"),
        (parts(person=replace(PERSON, look=Look(sex="male"))), "person"),
        (parts(person=replace(PERSON, settings=Settings(language="ko"))), "person"),
        (parts(memory=told(fact="She rowed the boat.")), "memories"),
        (parts(memory=told(share="never")), "memories"),
        (parts(memory=told(share="ask")), "memories"),
        (parts(memory=told(tender=True)), "memories"),
        (parts(memory=Memory(FACTS[:1], MEMORY.not_true)), "memories"),
        (parts(memory=Memory(FACTS, ())), "memories"),
        (parts(story=replace(STORY, beats=(replace(BEAT, talk="listen"),))), "story"),
        (parts(story=replace(STORY, beats=(replace(BEAT, enter=(Cue("say", "care"),)),))), "story"),
        (parts(decisions=NO), "decisions"),
    ],
)
def test_what_may_change_an_answer_ends_it(now: dict[str, str], name: str):
    assert changed(approval(), now) == (name,)
    assert fitting(approval(), now) is None


def test_a_field_that_a_later_version_adds_changes_nothing():
    class LaterFact(Fact, frozen=True):
        season: str = "any"
        seen_by: tuple[str, ...] = ()

    class LaterPerson(Person, frozen=True):
        hurries: bool = False

    later = Memory(tuple(LaterFact(**msgspec.structs.asdict(fact)) for fact in FACTS), MEMORY.not_true)
    assert parts(LaterPerson(**{name: getattr(PERSON, name) for name in Person.__struct_fields__}), later) == parts()


def test_F4_an_update_of_the_software_changes_no_line_and_no_rule():
    lines = (replace(LINES[0], text="Beside you."), *LINES[1:], Line("joke/1", "Knock, knock.", LineClass.AUTHORED))
    fresh = Repertoire("en", lines, rules="words: new\n")
    kept = approval(NO)
    now = parts(decisions=NO)
    assert base(kept, lambda: fresh, now) == LAID_OUT
    pinned = fitting(kept, now)
    assert pinned == Repertoire("en", LINES[:2], rules="words: old\n", pinned=True)


def test_a_decision_after_the_approval_holds_at_once_and_the_other_lines_stay_as_they_were_approved():
    fresh = Repertoire("en", (replace(LINES[0], text="Beside you."), *LINES[1:]))
    laid_out = base(approval(), lambda: fresh, parts(decisions=NO))
    assert [line.text for line in spoken(laid_out, NO).lines] == ["I'm here.", "I steered it."]


def test_without_an_approval_or_with_other_memories_lines_are_laid_out_afresh():
    fresh = Repertoire("en", LINES[:1])
    assert base(None, lambda: fresh, parts()) == fresh
    assert base(approval(), lambda: fresh, parts(memory=told(said="I rowed."))) == fresh


def test_what_changed_is_said_in_plain_words():
    now = parts(memory=told(said="I rowed it."), decisions=NO)
    lines = (LINES[0], replace(LINES[1], text="I rowed it."), Line("a3/said", "New.", LineClass.GROUNDED, cites=("a3",)))
    found = outdated(approval(), now, Repertoire("en", lines), "ann")
    assert found is not None and (found.code, found.severity) == ("approval-outdated", "gap")
    assert found.sentence == (
        "The lines were approved on 2026-11-26. Since then something changed: the memories and what you decided about the lines. "
        "Of the lines: 1 new (a3/said), 1 gone (not_knowing/1) and 1 different (a1/said)."
    )
    assert "meetagain review ann --approve all" in found.mend


def test_many_changed_lines_are_not_all_named():
    now = [Line(f"b{n}/said", "x", LineClass.GROUNDED) for n in range(9)]
    assert differing([], now) == "Of the lines: 9 new (b0/said, b1/said, b2/said, b3/said ...)"
    assert "No line" in differing(now, now)


# --- probes --------------------------------------------------------------------------------------------------------------------


def answer(turn: Turn) -> tuple[Clause, ...]:
    """A mind of one memory."""
    if "boat" in turn.utterance.text:
        return (Clause(turn.number, "I steered it.", LineClass.GROUNDED, "joy", cites=("a1",)),)
    return () if "miss" in turn.utterance.text else (Clause(turn.number, "I don't know. Tell me?", LineClass.NOT_KNOWING),)


def test_every_memory_is_asked_and_some_things_of_everybody():
    asked = questions(MEMORY, "en")
    assert asked[:2] == ("boat lake?", "She steered the boat?")
    assert "Are you real?" in asked and not any("hospital" in each or "closed" in each for each in asked)
    assert len(questions(MEMORY, "ko")) == len(asked)
    assert questions(MEMORY, "xx") == asked[:2]


def test_of_very_many_memories_some_are_asked():
    many = Memory(tuple(replace(FACTS[0], id=f"m{n}", fact=f"Number {n}.", tags=()) for n in range(3000)))
    assert MOST_MEMORIES_ASKED // 2 < len(questions(many, "xx")) <= MOST_MEMORIES_ASKED


def test_answers_are_known_by_their_lines():
    found = probed(("The boat?", "I miss you.", "Mongolia?"), LINES, answer)
    assert found == (Probe("The boat?", ("a1/said",)), Probe("I miss you.", ()), Probe("Mongolia?", ("not_knowing/1",)))


def test_answers_that_differ_are_told():
    kept = replace(approval(), probes=probed(questions(MEMORY, "en"), LINES, answer))
    assert probe(kept, answer) == ()
    other = probe(kept, lambda turn: () if "boat" in turn.utterance.text else answer(turn))
    assert [(each.ask, each.before, each.now) for each in other] == [
        ("boat lake?", ("a1/said",), ()),
        ("She steered the boat?", ("a1/said",), ()),
    ]
    assert differences(kept.probes, kept.probes) == ()
