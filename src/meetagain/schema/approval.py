"""What the keeper approved as a whole: every line, the word rules, and what some questions were answered with on that day."""

import msgspec

from meetagain.schema.lines import Decision, Repertoire


class Probe(msgspec.Struct, frozen=True):
    """A question, and the lines that answered it, in order. No keys: the answer was to listen."""

    ask: str
    keys: tuple[str, ...] = ()


class Approval(msgspec.Struct, frozen=True):
    """One approval (requirement F4). A meeting uses it for as long as the family's own material is the same."""

    software: str  # version that laid the lines out
    date: str  # "2026-11-26"
    made_of: dict[str, str]  # person, memories, story, decisions -> digest
    laid_out: Repertoire  # every line as it was laid out, before the keeper's decisions
    decisions: dict[str, Decision] = {}
    probes: tuple[Probe, ...] = ()
