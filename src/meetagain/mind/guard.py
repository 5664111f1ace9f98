"""A clause that is about to be said comes in; it, an approved one in its place, or nothing goes out. The last word before the voice."""

from collections.abc import Callable

from meetagain.mind.lines import Lines, clause_of
from meetagain.schema.speech import Clause, LineClass

Proof = Callable[[Clause], str]  # why a rephrased clause may not be said; "" when it may


def judge(clause: Clause, lines: Lines, proof: Proof | None = None) -> Clause | None:
    """Total: every clause is let through, replaced by an approved line, or dropped. Never raises.

    What may be said is what stands in the Repertoire, word for word, with the class and the citation that belong to it. Where a
    language model may rephrase, `proof` says of any other grounded clause whether everything in it is told by what it cites.
    """
    if not clause.text.strip():
        return None
    if _approved(clause, lines):
        return clause
    if proof is not None and clause.line_class is LineClass.GROUNDED and clause.cites and not proof(clause):
        return clause
    return _instead(clause, lines)


def _approved(clause: Clause, lines: Lines) -> bool:
    for line in lines.saying(clause.text):
        same = (clause.line_class is LineClass.GROUNDED) == (line.line_class is LineClass.GROUNDED)
        if same and clause.cites == line.cites:
            return True
    return False


def _instead(clause: Clause, lines: Lines) -> Clause | None:
    """An approved line in place of one that may not be said: not knowing, where something was claimed; else silence."""
    if clause.line_class is not LineClass.GROUNDED:
        return None
    known = lines.group("not_knowing")
    return clause_of(known[clause.turn % len(known)], clause.turn) if known else None
