"""A place in a folder comes in; for as long as the block lasts nobody else holds it, in this program or another."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class Held(RuntimeError):
    """Somebody else holds it just now."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the file at `path`. It stays, empty; the holding ends with the block, or with the program if that is killed.

    SQLite's own lock is used, since it is the same on every system. Raises Held.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as file:
        try:
            file.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise Held(str(path)) from error
            raise
        yield
        file.execute("ROLLBACK")
