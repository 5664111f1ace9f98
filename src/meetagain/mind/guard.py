"""A clause that is about to be said comes in; it, an approved one in its place, or nothing goes out. The last word before the voice."""

import re

from meetagain.mind.lines import authored, group_lines, speakable
from meetagain.mind.words import SOFT, content, words
from meetagain.schema.archive import Fact, Memory
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, LineClass

#: What is never said unless the family wrote it so: claims to be alive or to know of an afterlife, promises, pleas, guilt (H2, H5).
NEVER = re.compile(
    r"\bi(?:'m| am) (?:alive|real|not dead|in heaven|an angel|watching|waiting|conscious|always with you|coming back)\b|\bi (?:can|could) see you from\b|\bi(?:'ll| will) (?:always|be back|come|see you|wait|never leave)\b"
    r"|\bheaven\b|\bhell\b|\bafterlife\b|\bangels?\b|\bi promise\b|\bdon'?t (?:go|leave|cry|forget me)\b|\bplease stay\b|\bstay with me\b|\bwhy did(?:n't)? you (?:leave|not)\b|\byou (?:left|abandoned) me\b"
    r"|\bnext time\b|\bsee you (?:soon|tomorrow|again)\b|\bcome back (?:soon|tomorrow|again)\b|\bi(?:'m| am) (?:so )?lonely\b|\bif you loved me\b",
    re.IGNORECASE,
)
SAFE = SOFT | frozenset(["yes", "no", "mm", "oh", "ah", "well", "hm", "hmm", "too", "remember"])


def judge(clause: Clause, person: Person, memory: Memory) -> Clause | None:
    """Total: every clause is let through, replaced by an approved line, or dropped. Never raises."""
    if not clause.text.strip():
        return None
    if _verbatim(clause, person, memory) or _rephrased(clause, memory):
        return clause
    return _instead(clause, person)


def _verbatim(clause: Clause, person: Person, memory: Memory) -> bool:
    """The family's own words (or a stock line), with its class and citation as they belong to it."""
    for approved in speakable(person, memory):
        if approved.text == clause.text:
            if approved.line_class is LineClass.GROUNDED:
                return clause.line_class is LineClass.GROUNDED and clause.cites == approved.cites
            return clause.line_class is not LineClass.GROUNDED
    return False


def _rephrased(clause: Clause, memory: Memory) -> bool:
    """A rephrased memory: it cites, and nothing in it goes beyond what it cites."""
    facts = {fact.id: fact for fact in memory.facts}
    cited = [facts.get(cite) for cite in clause.cites]
    if clause.line_class is not LineClass.GROUNDED or not cited or any(fact is None or not fact.open for fact in cited):
        return False
    if NEVER.search(clause.text):
        return False
    ground = {word for fact in cited if fact for word in _ground(fact)}
    numbers = {word for word in words(clause.text) if word.isdigit()}
    told_numbers = {word for fact in cited if fact for word in words(f"{fact.fact} {fact.said} {fact.when}") if word.isdigit()}
    return set(content(clause.text)) <= ground | SAFE and numbers <= told_numbers and not _denied(clause.text, memory)


def _ground(fact: Fact) -> set[str]:
    return set(content(" ".join((fact.fact, fact.said, fact.when, *fact.tags))))


def _denied(text: str, memory: Memory) -> bool:
    """Whether the text holds all the meaning of something that is known not to be true."""
    said = set(content(text))
    return any(set(content(untrue)) and set(content(untrue)) <= said for untrue in memory.not_true)


def _instead(clause: Clause, person: Person) -> Clause | None:
    """An approved line in place of one that may not be said: not knowing, where something was claimed; else silence."""
    if clause.line_class is not LineClass.GROUNDED:
        return None
    lines = group_lines(person, "not_knowing")
    return authored(person, "not_knowing", lines[clause.turn % len(lines)], clause.turn) if lines else None
