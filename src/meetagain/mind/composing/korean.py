"""A person and a memory in Korean come in; what is said of it goes out, as the teller told it: reported, or in the teller's own sentence."""

import re
from collections.abc import Iterator

from meetagain.mind.composing.repeated import repeats
from meetagain.mind.composing.rules import Frames, Rules
from meetagain.mind.composing.told_by import Teller, is_visitor, teller_of
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person

MOST_LINES = 3
MOST_SYLLABLES = 3  # of a given name
_FIRST_SYLLABLE, _LAST_SYLLABLE, _CODAS = 0xAC00, 0xD7A3, 28
_SS, _N = 20, 4  # the closing sounds of 았 and of 한
_POLITE = re.compile(r"(?:요|니다|니까|시오|죠)[.!?…~]*$")
_SENTENCE = re.compile(r"(?:'[^']*'|\"[^\"]*\"|[^.!?;'\"])+[.!?;]*")
_QUOTED = re.compile(r"('[^']*'|\"[^\"]*\")")
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "「": "'", "」": "'", "『": '"', "』": '"', "。": ".", "，": ","})
_SPOKEN = re.compile(r"[\w\s.,!?;:'\"%~·-]+")
#: Second person of intimate speech, by the particle that a name would have.
_YOU = {
    "이": "네가",
    "은": "너는",
    "을": "너를",
    "의": "네",
    "과": "너와",
    "에게": "너에게",
    "한테": "너한테",
    "도": "너도",
    "만": "너만",
    "하고": "너하고",
}
_ALIKE = {"가": "이", "는": "은", "를": "을", "와": "과"}  # the same particle after a vowel and after a consonant


def told_ko(person: Person, fact: Fact, rules: Rules) -> tuple[str, ...]:
    """The memory in at most a few lines, in order. The person's own name stays as the family wrote it."""
    text = " ".join(fact.fact.translate(_PLAIN).split())
    teller = teller_of(person, fact, rules)
    if not _fit(text, teller, rules):
        return ()
    sentences = [piece.strip() for piece in _SENTENCE.findall(text) if piece.strip(" .!?;")]
    lines = tuple(_lines([_names(sentence, person, rules) for sentence in sentences], person, fact, teller, rules))
    return () if repeats(" ".join(lines), fact.said, rules.language) else lines


def teller_ko(person: Person, fact: Fact, rules: Rules) -> str:
    """Who told it, in one sentence; nothing where nobody is named."""
    frames, teller = rules.frames[manner_ko(person)], teller_of(person, fact, rules)
    if teller.person:
        wrote = frames.wrote if fact.kind == "letter" or fact.source in rules.set_of("written") else frames.said
        return "" if teller.visitor or teller.names else wrote
    subject = _subject(person, teller, rules)
    if not subject:
        return ""
    frame = frames.teller if not teller.visitor else frames.teller_shared if teller.names else frames.teller_visitor
    return frame.format(teller=subject)


def manner_ko(person: Person) -> str:
    """child, adult or polite: as the person's own lines speak to the visitor."""
    own = [text for texts in person.character.lines.values() for text in texts] + list(person.character.reply_unsaid.values())
    endings = [piece for text in own for piece in _SENTENCE.findall(text) if piece.strip()]
    if endings and 2 * sum(bool(_POLITE.search(piece.strip())) for piece in endings) > len(endings):
        return "polite"
    return "child" if person.is_child else "adult"


# --- lines -----------------------------------------------------------------------------------------------------------


def _lines(sentences: list[str], person: Person, fact: Fact, teller: Teller, rules: Rules) -> Iterator[str]:
    frames, longest = rules.frames[manner_ko(person)], rules.longest["child" if person.is_child else "adult"]
    subject = _subject(person, teller, rules)
    if teller.known and not subject and not teller.person:
        return
    if len(sentences) == 1 and fact.said and _is_noun(sentences[0], rules):
        text = f"{_noun(sentences[0].rstrip('.; '))}{frames.fragment}."
        yield from (text,) if len(text.split()) <= longest else ()
        return
    head = len(_reported(["x"], subject, teller, frames).split()) - 1
    pieces = [piece for sentence in sentences for piece in _cut(sentence, longest - head)]
    bare = [_reportable(piece, rules) for piece in pieces]
    fits = all(len(piece.split()) + head <= longest for piece in pieces[::2])
    reported = all(bare) and fits and not teller.person
    at_once = 2 if reported or teller.person else 1
    for start in range(0, min(len(pieces), at_once * MOST_LINES), at_once):
        group = slice(start, start + at_once)
        if start and pieces[start].split()[0].rstrip(",") in rules.set_of("dependent"):
            return
        if any(len(piece.split()) > longest for piece in pieces[group]):
            return
        yield _reported(bare[group], subject, teller, frames) if reported else _framed(pieces[group], subject, teller, frames)


def _reported(stems: list[str], subject: str, teller: Teller, frames: Frames) -> str:
    """Sentences told as hearsay. The first carries who told it, the next its ending."""
    frame = frames.reported_by_visitor if teller.visitor else frames.reported if subject else frames.reported_by_nobody
    ending = frame.partition("{sentence}")[2]
    return " ".join([frame.format(teller=subject, sentence=stems[0]), *(f"{stem}{ending}" for stem in stems[1:])])


def _framed(sentences: list[str], subject: str, teller: Teller, frames: Frames) -> str:
    if teller.person:
        return " ".join(sentences)
    frame = frames.told_by_visitor if teller.visitor else frames.told if subject else frames.told_by_nobody
    return " ".join([frame.format(teller=subject), *(f"{sentence.rstrip(';. ')}." for sentence in sentences)])


def _reportable(sentence: str, rules: Rules) -> str:
    """A plain sentence without its 다, where what then follows is regular: 불었(대), 한(대), 카드였(대). Empty for anything else."""
    bare = sentence.rstrip(".; ")
    if _is_noun(bare, rules):
        return _noun(bare)
    stem = bare.removesuffix("다")
    return stem if stem and stem != bare and _coda(stem[-1]) in (_SS, _N) else ""


def _cut(sentence: str, longest: int) -> list[str]:
    """A sentence that is too long ends after "-았고,", unless it tells what somebody said."""
    if len(sentence.split()) <= longest or re.search(r"[다라냐자]고 (?:했|말|하|생각|믿|불)", sentence):
        return [sentence]
    for match in re.finditer(r"([가-힣])고, ", sentence):
        if _coda(match[1]) == _SS:
            return [f"{sentence[: match.end(1)]}다.", sentence[match.end() :]]
    return [sentence]


def _is_noun(sentence: str, rules: Rules) -> bool:
    """Whether it ends in the name of a thing: "매일 밤 하던 인사말"."""
    last = sentence.rstrip(".; ")[-1:]
    return _coda(last) is not None and last not in rules.set_of("noun_like_not") and _coda(last) != _coda("음")


def _noun(bare: str) -> str:
    """The name of a thing with the stem of "was"."""
    return f"{bare}{'이었' if _coda(bare[-1]) else '였'}"


def _fit(text: str, teller: Teller, rules: Rules) -> bool:
    """Whether it can be told at all: spoken signs only, no word about dying or about now, nobody's "I" but the person's."""
    outside = _QUOTED.sub(" ", text)
    words = set(re.findall(r"\w+", outside))
    first = not teller.person and words & set(rules.patterns["first"])
    odd = "?" in outside or "'" in outside or '"' in outside or not _SPOKEN.fullmatch(text) or not re.search("[가-힣]", text)
    listed = any(part in text for part in rules.patterns["unspoken"]) or any(part in outside for part in rules.patterns["deictic"])
    return not (odd or first or listed or words & set(rules.patterns["second"]))


# --- names -----------------------------------------------------------------------------------------------------------


def _subject(person: Person, teller: Teller, rules: Rules) -> str:
    """Those who told it, with the particle of a subject. Empty where nobody is named in letters that take one."""
    names = [_familiar(name, person) for name in teller.names]
    if teller.visitor:
        names.insert(0, person.calls_visitor)
    if not names or any(_coda(name[-1:]) is None for name in names):
        return ""
    *others, last = names
    listed = "".join(f"{name}{'이랑' if _coda(name[-1]) else '랑'} " for name in others)
    if teller.visitor and len(names) == 1 and _is_you(person, rules):
        return f"{last} 네가"
    if last == "여보":
        return "당신이"
    return f"{listed}{last}{'이' if _coda(last[-1]) else '가'}"


def _familiar(name: str, person: Person) -> str:
    """A given name that ends in a consonant takes 이 in intimate speech: 다빈이."""
    plain = name not in person.character.calls.values() and " " not in name and len(name) <= MOST_SYLLABLES
    return f"{name}이" if plain and _coda(name[-1]) and manner_ko(person) != "polite" else name


def _is_you(person: Person, rules: Rules) -> bool:
    """Whether the person says "you" to the visitor: in intimate speech, to somebody who is called by name."""
    last = person.calls_visitor.split()[-1:]
    return manner_ko(person) != "polite" and bool(last) and last[0] not in rules.set_of("kin")


def _names(sentence: str, person: Person, rules: Rules) -> str:
    """The sentence with people as the person called them, and the visitor as the person speaks to them; what is quoted stays."""
    calls = {name: call for name, call in person.character.calls.items() if not is_visitor(person, name)}
    parts = _QUOTED.split(sentence)
    for number in range(0, len(parts), 2):
        for name, call in calls.items():
            parts[number] = _put(parts[number], name, call, rules)
        if person.visitor_name:
            parts[number] = _put(parts[number], person.visitor_name, person.calls_visitor, rules, you=_is_you(person, rules))
    return "".join(parts)


def _put(text: str, name: str, call: str, rules: Rules, you: bool = False) -> str:
    """One name as the person said it, its particle fitted to it. A name inside a longer word is another word."""
    particles = "|".join(sorted(map(re.escape, rules.set_of("particles")), key=len, reverse=True))
    title = rf"(?: {re.escape(call.removeprefix(f'{name} '))})?"
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?:{title})({particles})?(?!\w)")

    def said(match: re.Match[str]) -> str:
        particle = match[1] or ""
        if len(particle) > 1 and particle[0] == "이" and _coda(name[-1]):
            particle = particle[1:]  # 다빈이가: the 이 belongs to the name
        alike = _ALIKE.get(particle, particle)
        if you and alike in _YOU:
            return _YOU[alike]
        back = {consonant: vowel for vowel, consonant in _ALIKE.items()}
        return call + (alike if _coda(call[-1]) or alike not in back else back[alike])

    return pattern.sub(said, text)


def _coda(sign: str) -> int | None:
    """The closing sound of a syllable as a number, 0 for none; None for what is no syllable."""
    return (ord(sign) - _FIRST_SYLLABLE) % _CODAS if sign and _FIRST_SYLLABLE <= ord(sign) <= _LAST_SYLLABLE else None
