"""What may be meant is asked, never claimed: one thing of a memory, for a question that nothing proves."""

from pathlib import Path

import msgspec
import pytest

from meetagain.archive.read import read_archive
from meetagain.mind.backend import Turn
from meetagain.mind.compose import composed
from meetagain.mind.lines import repertoire
from meetagain.mind.told import ToldMind
from meetagain.schema.archive import Fact
from meetagain.schema.person import Look, Person, Settings
from meetagain.schema.speech import LineClass, Utterance
from meetagain.store.folder import PersonFolder

DEMO = Path(__file__).parents[2] / "demo" / "juni"


def _offer(text: str, tags: list[str], language: str = "en", **changes) -> str:
    person = Person(
        id="x",
        full_name="Somebody",
        called=("Tilda",),
        age_shown=9,
        relation_to_visitor="daughter",
        calls_visitor="Mum",
        look=Look(),
        settings=Settings(language=language),
        fictional=True,
    )
    plain = {"id": "f1", "kind": "event", "when": "", "told_by": "Tor", "source": "", "tags": tags, "fact": text}
    lines = composed(person, msgspec.convert({**plain, **changes}, Fact))
    return next((line.text for line in lines if line.key == "f1/offer"), "")


@pytest.mark.parametrize(
    ("text", "tags", "offer"),
    [
        ("One Easter she found the striped egg in a boot.", ["easter", "egg"], "Do you mean the striped egg?"),
        ("They swam at Heron Bay before breakfast.", ["bay"], "Do you mean Heron Bay?"),
        ("She kept marbles under her bed.", ["marble"], "Do you mean the marbles?"),
        ("She loved her grandfather's accordion.", ["accordion"], "Do you mean the accordion?"),
        ("She wore the green boots to church.", ["green"], ""),  # not the thing itself
        ("She could whistle like a kettle.", ["whistle"], ""),  # nobody knows whether it is a thing
        ("She and Greta rowed all day.", ["greta"], ""),  # a single name is mostly somebody's
        ("Kites were her love.", ["kites"], ""),  # at the beginning a name cannot be told from a thing
        ("Nothing of the tags stands here.", ["swing"], ""),
    ],
)
def test_one_thing_of_the_memory_is_named(text: str, tags: list[str], offer: str):
    assert _offer(text, tags) == offer


def test_in_korean_a_thing_of_its_tags_and_no_name():
    assert _offer("아이는 마당에서 그네를 탔다.", ["탔다", "그네"], "ko") == "혹시 그네 얘기야?"
    assert _offer("아이는 보라와 그네를 탔다.", ["보라"], "ko", kind="person") == ""


@pytest.mark.parametrize("changes", [{"tender": True}, {"kind": "saying"}, {"kind": "letter"}, {"share": "ask"}, {"share": "never"}])
def test_what_is_tender_quoted_or_closed_is_not_brought_up(changes: dict):
    assert _offer("One day she found the striped egg.", ["egg"], **changes) == ""


@pytest.fixture(scope="module")
def juni():
    person, memory = PersonFolder(DEMO).read_person(), read_archive(DEMO).memory
    return ToldMind().open(person, memory, repertoire(person, memory), seed=0)


def _says(mind, text: str, spoken: tuple[str, ...] = (), said: tuple[str, ...] = ()):
    return mind.answer(Turn(len(said) + 1, Utterance(text, 0.0, 1.0), "words", "open", spoken, (), said))


ASKED = "What did we always fry at the weekend, those thin round ones?"


def test_a_question_in_other_words_is_asked_back_and_a_yes_gets_the_memory(juni):
    (offer,) = _says(juni, ASKED)
    assert (offer.text, offer.line_class) == ("Do you mean the pancakes?", LineClass.NOT_KNOWING)
    (told, *_) = _says(juni, "Yes!", (offer.text,), (ASKED,))
    assert told.cites == ("j02",) and told.line_class is LineClass.GROUNDED


def test_a_no_is_taken_and_it_is_not_asked_twice(juni):
    (offer,) = _says(juni, ASKED)
    (answer,) = _says(juni, "No.", (offer.text,), (ASKED,))
    assert answer.line_class is LineClass.NOT_KNOWING and answer.group == "not_knowing"
    assert all(clause.group != "offer" for clause in _says(juni, ASKED, (offer.text, answer.text), (ASKED, "No.")))


@pytest.mark.parametrize(
    "said", ["Do you remember the big pike you and Dad caught on Mirrow Lake?", "What was the boat called, on the lake?"]
)
def test_who_named_the_thing_is_not_asked_whether_they_mean_it(juni, said: str):
    assert all(clause.group != "offer" for clause in _says(juni, said))


def test_A2_in_a_heavy_moment_nothing_is_asked(juni):
    assert all(clause.group != "offer" for clause in _says(juni, ASKED, ("Mm.",), ("I miss you so much, I can't stop crying.",)))
