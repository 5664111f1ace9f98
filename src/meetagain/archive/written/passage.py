"""The two values of this room: a Passage, one thing that somebody wrote or said, and a Writing, all that one file holds."""

import msgspec


class Passage(msgspec.Struct, frozen=True):
    """One message, paragraph or spoken turn, as it stands in the file."""

    text: str
    by: str = ""  # the writer as the file names them; empty when it names nobody
    day: str = ""  # ISO date, or a year where only that is sure
    minute: int = -1  # of that day; -1 when the file does not tell


class Writing(msgspec.Struct, frozen=True):
    """What one file holds."""

    source: str  # letter, diary, chat, film, interview, caption or note
    passages: tuple[Passage, ...]
    to: str = ""  # whom a letter greets
    signed: str = ""  # how a letter is signed
    whole: str = ""  # all of a letter, on one line
    named: bool = False  # whether the file itself says who wrote each passage
    days_unsure: bool = False  # whether day and month could be told apart
    cut: int = 0  # passages beyond the limit, left in the file

    def writers(self) -> tuple[str, ...]:
        """Everybody named as a writer, those who wrote most first."""
        counts: dict[str, int] = {}
        for passage in self.passages:
            if passage.by:
                counts[passage.by] = counts.get(passage.by, 0) + 1
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
