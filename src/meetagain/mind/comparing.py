"""A mind's memories and lines come in; every text that it compares at its opening, with its vector, goes out: to be kept beside a build."""

import numpy as np

from meetagain.mind.meaning import meaning
from meetagain.mind.rules import rules_of
from meetagain.mind.told import ToldOnce
from meetagain.schema.archive import Memory
from meetagain.schema.lines import Repertoire
from meetagain.schema.person import Person


def compared(person: Person, memory: Memory, repertoire: Repertoire) -> dict[str, np.ndarray]:
    """Every text that a mind compares at its opening, with its vector (512,) float32: to be kept, so that others open sooner."""
    with meaning().noting() as noted:
        ToldOnce(person, memory, repertoire)
        meaning().vectors(rules_of(repertoire).sayings)
    return noted
