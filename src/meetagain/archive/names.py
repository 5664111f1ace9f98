"""Names as files write them come in; who of them is the person, and whether a sentence speaks of the person, goes out."""

import re
import unicodedata
from collections.abc import Iterable

from meetagain.archive.words import known
from meetagain.archive.written.clean import tidy
from meetagain.schema.person import Person

#: What Korean may hang on a name.
_HUNG = r"(?:이?(?:가|는|를|랑|야|와|의|도|만|한테|에게|에게서|한테서|하고|라고|네|라는)|은|을|과|아|께서|께|님|씨)?"


_HAILS = frozenset({"hi", "hey", "hello", "oh", "dear", "good morning", "good night", "happy birthday"})
_HUNG_ON = re.compile(r"[가-힣](?:가|는|를|이|은|을|의|도|와|과|랑|네|께서|한테|에게)$|['’]s$")


def flat(name: str) -> str:
    """A name for comparing: without capitals, accents, pictures and signs, single spaces."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", tidy(name)) if not unicodedata.combining(sign))
    letters = "".join(sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFC", bare).casefold())
    return " ".join(letters.split())


def forms(name: str) -> tuple[str, ...]:
    """The name, and what stands inside and outside its brackets: "Juniper (Junebug)"."""
    inside = re.findall(r"[(\[{（「'\"“‘]([^)\]}）」'\"”’]+)[)\]}）」'\"”’]", name)
    outside = re.sub(r"[(\[{（「\"“][^)\]}）」\"”]*[)\]}）」\"”]", " ", name)
    return tuple(dict.fromkeys(form for form in (flat(name), flat(outside), *(flat(part) for part in inside)) if form))


def is_person(name: str, person: Person) -> bool:
    """Whether a writer's name is the person's: one they were called by, their full name, or made of these (Juni Orrel)."""
    first = flat(person.full_name).split()[:1]
    calls = {form for called in person.called for form in forms(called)} | set(first)
    whole = {*(word for call in calls for word in call.split()), *flat(person.full_name).split()}
    for form in forms(name):
        words = set(form.split())
        if form in calls or form == flat(person.full_name):
            return True
        if words <= whole and any(set(call.split()) <= words for call in calls):
            return True
    return False


def same_name(one: str, other: str) -> bool:
    """Whether two names may stand for the same: equal in one of their forms."""
    return bool(set(forms(one)) & set(forms(other)))


def is_visitor(name: str, person: Person) -> bool:
    """Whether a name is that of the one who will go in."""
    names = [person.visitor_name] if person.visitor_name else []
    return any(form == flat(own) or form.split()[:1] == flat(own).split() for form in forms(name) for own in names)


def is_family(name: str, person: Person) -> bool:
    """Whether a name is that of somebody else who is known to the family: the visitor, the keeper, who was close."""
    others = {flat(other) for other in (person.visitor_name, person.consent.keeper, *person.consent.close_family)} - {""}
    others |= {other.split()[0] for other in others}
    return not is_person(name, person) and any(form in others for form in forms(name))


def is_greeted_visitor(name: str, person: Person) -> bool:
    """Whether a letter greets the visitor, by name or as the person called them."""
    greeted = flat(name).removeprefix("my ")
    return is_visitor(name, person) or greeted == flat(person.calls_visitor)


def is_kin_word(name: str, person: Person) -> bool:
    """Whether a name is what a family calls somebody who is to them what the person was to the visitor: Papa for a father."""
    relation = flat(person.relation_to_visitor)
    for role, words in known()["kin"].items():
        if relation == role or relation in words:
            return flat(name) in words
    return False


def mention(person: Person) -> re.Pattern[str]:
    """Finds the person's names in a sentence: whole words, Korean ones also with what is hung on them.

    Chats are careless of capitals, so what they were called by is found without them; the full name only as it is written, since a
    first name is often a word too (juniper).
    """
    called = _either(person.called)
    full = _either((person.full_name, *person.full_name.split()[:1]))
    return re.compile(rf"(?<![^\W_])(?:(?i:{called})|{full}){_HUNG}(?:['’]s)?(?![^\W_])")


def _either(names: Iterable[str]) -> str:
    found = sorted({re.escape(name.strip()) for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    return "|".join(found) or "(?!)"


def speaks_of(line: str, names: re.Pattern[str]) -> bool:
    """Whether a sentence speaks of the person, and does not only call them: "Juni, come in!"."""
    return any(not _is_call(line, found) for found in names.finditer(line))


_ASKED = re.compile(
    r"\s+(?:what|where|why|how|when|who|you|please|look|come on)\b|\s+(?:are|do|did|can|could|will|would|have)\s+you\b|\s+[가-힣][^,]*[?？]$",
    re.I,
)


def _is_call(line: str, found: re.Match[str]) -> bool:
    """Whether a name only calls: it stands by itself at the beginning or end, as "Juni, come in!", "Juni where are you", "주니야, 밥 먹자"."""
    before, after = line[: found.start()].rstrip(), line[found.end() :]
    ends = before == "" or before[-1] in ",.!?…:;"
    if ends and re.search(r"[가-힣](?:야|아)$", found.group()):
        return True
    if ends and _ASKED.match(after) and not _HUNG_ON.search(found.group()):
        return True
    after = after.lstrip()
    if (ends or flat(before) in _HAILS) and after[:1] in (",", "!", "?", "…") and before[-1:] not in (",", ":", ";"):
        return not after.startswith(", who") and not re.match(r",\s+[^\W\d_]+\s+and\s", after)
    return before.endswith(",") and (not after or after[0] in ".!?…,") and not re.search(r",\s+[A-Z]\w+,$", before)


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names for a sentence to the keeper."""
    shown = list(names)
    return ", ".join(shown[:most]) + (" and others" if len(shown) > most else "")
