"""provenance.yaml comes in and goes out: for every item who gave it, that it may be used, who else is in it (requirement C3)."""

from typing import Any

import msgspec
import yaml

from meetagain.errors import MeetAgainError, issue
from meetagain.store.clear import Unclear, convert_clearly, read_clearly
from meetagain.store.folder import PersonFolder, write_whole

HEAD = """# Who gave each file, whether it may be used, and who else is in it.
# You may change everything here; the files themselves stay as they are.
# `line` names the moment a recording is for: a group of lines such as goodbye or song, or the id of a memory.
# `spoken_by` names who says that line for them, where it is not their own voice.
"""


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where one item came from."""

    given_by: str = ""
    may_be_used: bool = True
    also_in_it: tuple[str, ...] = ()
    line: str = ""
    note: str = ""
    spoken_by: str = ""


def read_provenance(folder: PersonFolder) -> dict[str, Provenance]:
    """By file name below items/. Raises MeetAgainError."""
    path = folder.provenance
    if not path.is_file():
        return {}
    try:
        text = path.read_text("utf-8-sig")
        rows = read_clearly(text, dict[str, Any])
        return {name: convert_clearly(row, Provenance, text, (name,)) for name, row in rows.items()}
    except UnicodeDecodeError as error:
        raise MeetAgainError(issue("memories-unclear", path.name, detail="it is not saved as plain text (UTF-8)")) from error
    except Unclear as error:
        raise MeetAgainError(issue("memories-unclear", path.name, detail=str(error))) from error


def write_provenance(folder: PersonFolder, entries: dict[str, Provenance]) -> None:
    """Write all entries, whole or not at all."""
    rows = {
        name: {k: list(v) if isinstance(v, tuple) else v for k, v in msgspec.structs.asdict(entry).items()}
        for name, entry in entries.items()
    }
    text = yaml.safe_dump(rows, allow_unicode=True, sort_keys=True, width=120)
    write_whole(folder.provenance, (HEAD + text).encode())
