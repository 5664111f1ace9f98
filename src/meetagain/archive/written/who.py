"""What a file holds, the person and the keeper's word come in; whose words are the person's, and who told the rest, goes out."""

import msgspec

from meetagain.archive.names import is_family, is_greeted_visitor, is_kin_word, is_person, is_visitor, listed, same_name
from meetagain.archive.written.passage import Writing
from meetagain.errors import Issue, issue
from meetagain.schema.person import Person


class Who(msgspec.Struct, frozen=True):
    """`own` are the names under which the person wrote; `teller` wrote a text that names nobody ("" when that is not known)."""

    own: frozenset[str] = frozenset()
    all_own: bool = False  # the whole text is the person's
    teller: str = ""
    issues: tuple[Issue, ...] = ()


def who_wrote(writing: Writing, person: Person, written_by: str, file: str) -> Who:
    """By the person's names first, then by what the keeper said, then by what a family calls each other; never by guessing."""
    return _named(writing, person, written_by, file) if writing.named else _unnamed(writing, person, written_by, file)


def _named(writing: Writing, person: Person, written_by: str, file: str) -> Who:
    writers = writing.writers()
    own = {name for name in writers if is_person(name, person)}
    if written_by and not is_family(written_by, person):
        own |= {name for name in writers if same_name(name, written_by)}
    others = [name for name in writers if not is_visitor(name, person)]
    if not own and len(writers) == 2 and len(others) == 1 and is_kin_word(others[0], person):
        own = {others[0]}  # the visitor's own phone, where a parent stands as Mum or Papa
    if own or not writers:
        return Who(frozenset(own))
    return Who(issues=(issue("text-writer-unknown", file, name=person.name, detail=listed(writers), one=writers[0]),))


def _unnamed(writing: Writing, person: Person, written_by: str, file: str) -> Who:
    """A signature is believed before the keeper's word, which may be meant for the other files that came with this one."""
    signed = writing.signed
    if signed and is_person(signed, person):
        return Who(all_own=True)
    if signed and not (written_by and same_name(signed, written_by)):
        return Who(all_own=is_kin_word(signed, person) and is_greeted_visitor(writing.to, person), teller=signed)
    if written_by and is_family(written_by, person) and not is_person(written_by, person):
        return Who(teller=written_by)
    if written_by:
        return Who(all_own=True)
    return Who() if writing.source == "caption" else Who(issues=(issue("text-unsigned", file, name=person.name),))
