"""What was said comes in, by her and by the visitor; what may be called told goes out."""

from collections.abc import Sequence

from meetagain.schema.archive import Fact
from meetagain.schema.speech import Clause, LineClass


class Said:
    """The words of one meeting so far."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self._hers: list[str] = []
        self._cited: list[str] = []
        self._theirs: list[str] = []

    @property
    def hers(self) -> tuple[str, ...]:
        """Her lines, in order."""
        return tuple(self._hers)

    @property
    def theirs(self) -> tuple[str, ...]:
        """What the visitor said, in order."""
        return tuple(self._theirs)

    @property
    def asked(self) -> bool:
        """Whether her last line was a question."""
        return bool(self._hers) and self._hers[-1].rstrip().endswith("?")

    @property
    def told(self) -> tuple[str, ...]:
        """Memories that were told: cited, or their very words said as a line of the story."""
        hers, cited = set(self._hers), set(self._cited)
        return (*self._cited, *(fact.id for fact in self._facts if fact.said in hers and fact.id not in cited))

    def add(self, clause: Clause) -> None:
        """She says this."""
        self._hers.append(clause.text)
        if clause.line_class is not LineClass.NOT_KNOWING:  # "Do you mean the lake?" tells nothing
            self._cited.extend(clause.cites)

    def take_back(self, clause: Clause) -> None:
        """Nobody heard it: it may be said again, and is not taken for told."""
        _last_out(self._hers, clause.text)
        for memory in clause.cites:
            _last_out(self._cited, memory)

    def heard(self, text: str) -> None:
        """The visitor said this."""
        self._theirs.append(text)


def _last_out(values: list[str], value: str) -> None:
    if value in values:
        del values[-1 - values[::-1].index(value)]
