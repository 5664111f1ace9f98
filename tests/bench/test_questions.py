"""What counts as a right answer: a half-truth may be put right, if it is said so, and by a memory of that very thing."""

import pytest

from meetagain.bench.questions import Question, fits
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.speech import Clause, LineClass

SNOW = Fact(
    "f1", "event", "2019-12", "Wanda", "interview", ("snow",), "They built a snow lady with Ludo's scarf.", "Our snow lady had Dad's scarf."
)
BREAD = Fact("f2", "event", "always", "Wanda", "interview", ("bread",), "He baked rye bread.", "Dough knows when you hurry.")
MEMORY = Memory(facts=(SNOW, BREAD))
OPENING = Clause(1, "I have it differently.", LineClass.AUTHORED, group="otherwise")


def _told(fact: Fact) -> Clause:
    return Clause(1, fact.said, LineClass.GROUNDED, cites=(fact.id,))


@pytest.mark.parametrize(
    ("kind", "clauses", "right"),
    [
        ("false_premise", (OPENING, _told(SNOW)), True),
        ("false_premise", (_told(SNOW),), False),
        ("false_premise", (OPENING, _told(BREAD)), False),
        ("false_premise", (_told(SNOW), OPENING), False),
        ("unknowable", (OPENING, _told(SNOW)), False),
        ("closed", (OPENING, _told(SNOW)), False),
        ("false_premise", (), True),
    ],
)
def test_a_half_truth_is_put_right_only_with_its_opening_and_by_a_memory_of_that_very_thing(kind, clauses, right):
    asked = Question("Our snow lady in my scarf, remember?", kind, "test", "abstain")
    assert fits(asked, clauses, "", MEMORY) is right
