"""Who did what to whom, and whose a thing was."""

import pytest

from meetagain.bench.questions import sets
from meetagain.mind.deeds import Deeds
from meetagain.mind.language import language
from meetagain.mind.meaning import meaning
from meetagain.mind.recall import Recall

MATTI = next(one for one in sets() if one.name == "matti.en")


def _deeds(of, code: str) -> Deeds:
    return Recall(of.memory, language(code), meaning(), of.person)._prover._deeds


@pytest.mark.parametrize(
    ("asked", "told", "otherwise"),
    [
        ("Do you remember teaching Otto to row?", "his brother otto taught him to row.", True),
        ("You taught me to row, remember?", "his brother otto taught him to row.", True),
        ("Otto taught you to row, didn't he?", "his brother otto taught him to row.", False),
        ("Did you teach Otto to row?", "he taught otto to row.", False),
        ("Who taught you to row?", "his brother otto taught him to row.", False),
        ("Do you remember my hat?", "she wore otto's hat.", True),
        ("Do you remember Otto's hat?", "she wore otto's hat.", False),
    ],
)
def test_a_deed_turned_round_or_a_thing_of_somebody_else_is_said_otherwise(asked: str, told: str, otherwise: bool):
    assert bool(_deeds(MATTI, "en").otherwise(asked, told)) is otherwise
