"""A family's sentences in English, told from the person's own point of view, or as the teller told them, or not at all."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetagain.mind.compose import composed
from meetagain.mind.composing.agreement import agreed
from meetagain.mind.composing.cut import pieces_of
from meetagain.mind.composing.grammar import base_form, grammar_for
from meetagain.mind.composing.sentence import count, joined, sentence_ends, words_of
from meetagain.schema.archive import Fact
from meetagain.schema.person import Person
from meetagain.store.yaml import read_yaml

FAMILIES = read_yaml((Path(__file__).parent / "data" / "compose_en.yaml").read_text("utf-8"))["people"]
FRAME = " told it like this. "


def told(person: Person, text: str, told_by: str, said: str = "", kind: str = "event") -> list[str]:
    fact = Fact(id="f", kind=kind, when="", told_by=told_by, source="interview", tags=(), fact=text, said=said)
    return [line.text for line in composed(person, fact) if "/told/" in line.key]


def outcome(lines: list[str], expected: list[str] | str) -> str:
    """right, fallback (more careful than the person who wrote the expectation) or wrong."""
    kind = "none" if not lines else "quoted" if FRAME in lines[0] or lines[0].startswith("It was told") else "turned"
    if isinstance(expected, list):
        return "right" if lines == expected else "fallback" if kind != "turned" else "wrong"
    if kind == expected:
        return "right"
    return "fallback" if kind == "none" else "wrong"


def outcomes(half: str) -> dict[str, str]:
    found = {}
    for family in FAMILIES.values():
        person = msgspec.convert(family["person"], Person, strict=False)
        for entry in family["facts"]:
            if entry["half"] == half:
                lines = told(person, entry["fact"], entry["told_by"], entry.get("said", ""), entry.get("kind", "event"))
                found[entry["id"]] = outcome(lines, entry["expect"])
    return found


@pytest.mark.parametrize("half", ["tuning", "test"])
def test_H3_a_wrong_point_of_view_never_comes_out(half):
    assert not [name for name, result in outcomes(half).items() if result == "wrong"]


@pytest.mark.parametrize("half", ["tuning", "test"])
def test_most_memories_are_told_just_as_somebody_would_write_them_down(half):
    counts = Counter(outcomes(half).values())
    assert counts["right"] / counts.total() >= 0.85


# --- whoever a pronoun means ----------------------------------------------------------------------------------------------
# Sentences are made together with the truth of whom each word means. The same words may be made with two truths:
# then they may not be turned at all.

PERSON = msgspec.convert(
    {
        "id": "liv", "full_name": "Liv Aaber", "called": ["Liv"], "age_shown": 40, "relation_to_visitor": "friend", "calls_visitor": "Hej",
        "visitor_name": "Hege", "pronouns": "she", "character": {"calls": {"Tor": "Dad"}},
    },
    Person,
    strict=False,
)  # fmt: skip
GENDER = {"liv": "she", "hege": "she", "tor": "he", "rosa": "she", "baker": "she", "dog": "he"}
NAME = {"liv": "Liv", "hege": "Hege", "tor": "Tor", "rosa": "Rosa", "baker": "the baker", "dog": "the dog"}
PRONOUN = {"she": ("she", "her", "her"), "he": ("he", "him", "his")}
TURNED = {"liv": ("I", "me", "my"), "hege": ("you", "you", "your")}
DOES = (
    "laughed at {o}",
    "was late",
    "lost {p} keys",
    "sang in the car",
    "waited for {o}",
    "hid behind {p} hut",
    "taught {o} to row",
    "never left {p} room",
)
JOINS = ("; ", ", and ", ", but ", " because ", " while ", " when ")


def _said(who: str, case: int, pronoun: bool) -> tuple[str, str]:
    """(as the teller says it, as the person says it)."""
    word = PRONOUN[GENDER[who]][case] if pronoun else NAME[who] + ("'s" if case == 2 else "")
    if who in TURNED:
        return word, TURNED[who][case]
    name = "Dad" if who == "tor" else NAME[who]
    return word, word if pronoun else name + ("'s" if case == 2 else "")


@st.composite
def stories(draw):
    """(the teller's text, the person's text) of one to three clauses."""
    met = {"liv"}
    texts = ["", ""]
    for number in range(draw(st.integers(1, 3))):
        join = draw(st.sampled_from(JOINS)) if number else ""
        subject, other = draw(st.sampled_from(list(NAME))), draw(st.sampled_from(list(NAME)))
        does = draw(st.sampled_from(DOES))
        parts = [_said(subject, 0, draw(st.booleans()) and subject in met)]
        met.add(subject)
        slot = "{o}" if "{o}" in does else "{p}" if "{p}" in does else ""
        if slot == "{o}" and other == subject:
            other = next(name for name in NAME if name != subject)
        filled = _said(other, 1 if slot == "{o}" else 2, draw(st.booleans()) and other in met)
        met |= {other} if slot else set()
        for side in (0, 1):
            verb = does.replace(slot, filled[side]) if slot else does
            if side and subject == "hege":
                verb = verb.replace("was late", "were late")
            texts[side] += f"{join}{parts[0][side]} {verb}"
    return texts[0][0].upper() + texts[0][1:] + ".", texts[1][0].upper() + texts[1][1:] + "."


@settings(max_examples=300, deadline=None)
@given(stories())
def test_H3_a_pronoun_that_may_mean_two_people_is_never_turned(story):
    text, truth = story
    lines = told(PERSON, text, "Nils")
    if lines and FRAME not in lines[0]:
        assert " ".join(lines).replace(";", ".").lower().replace(". ", " ") == truth.replace("; ", " ").lower(), text


# --- by hand --------------------------------------------------------------------------------------------------------------


def girl(**changes) -> Person:
    plain = {
        "id": "liv", "full_name": "Liv Aaber", "called": ["Liv"], "age_shown": 8, "relation_to_visitor": "daughter", "calls_visitor": "Mum",
        "visitor_name": "Hege", "pronouns": "she", "character": {"calls": {"Hege": "Mum", "Tor": "Dad", "Asta": "Gran"}},
    }  # fmt: skip
    return msgspec.convert({**plain, **changes}, Person, strict=False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She made her Mum a crown.", "I made you a crown."),
        ("She and Gran Asta knitted a flag.", "Gran and I knitted a flag."),
        ("Her father Tor fixed the sledge.", "Dad fixed the sledge."),
        ("The lamp by her bed was a moon.", "The lamp by my bed was a moon."),
        ("She said 'she is mine' of the hen.", "I said 'she is mine' of the hen."),
        ("On the pier (the short one) she fell asleep.", "On the pier, the short one, I fell asleep."),
        ("She was Hege's first child.", "I was your first child."),
        ("She always sits in the hay and sings.", "I always sit in the hay and sing."),
    ],
)
def test_the_teller_s_words_become_the_person_s(text, said):
    assert told(girl(), text, "Tor") == [said]


@pytest.mark.parametrize(
    "text",
    [
        "She was the bravest in the whole school.",  # praise is for others to say
        "Everybody loved her.",
        "She never knew that Tor hid the eggs.",  # how would she tell it
        "She would have been a good captain.",
        "The girls slept in the barn.",  # she may be among them
        "Asta said she was cold.",
        "Hege gave her flowers.",
    ],
)
def test_what_is_not_certain_or_not_theirs_to_say_stays_the_teller_s(text):
    (line,) = told(girl(), text, "Tor")
    assert line.startswith("Dad told it like this. ")


@pytest.mark.parametrize(
    "text",
    [
        "She died in May.",
        "At the funeral we sang her song.",
        "We miss her.",
        "Today she would be ten.",
        "Last summer she swam.",
        "Who could say no to her?",
        "I carried her home and my back hurt and I was late.",
        "She loved it 😀",
        "See www.example.org",
        "She said 'come",
        "liv ran",
        "",
        "...",
    ],
)
def test_what_cannot_be_told_is_not_told(text):
    assert told(girl(), text, "Tor") == []


def test_other_people_s_words_are_in_a_frame_and_names_are_as_the_person_said_them():
    assert told(girl(), "Tor told Asta that she was late.", "Hege") == ["You told it like this. Dad told Gran that she was late."]
    assert told(girl(), "Asta told Rosa that she was late.", "") == ["It was told like this. Gran told Rosa that she was late."]


def test_a_letter_of_their_own_keeps_its_words():
    assert told(girl(), "I am on the roof. Don't tell.", "Liv") == ["I am on the roof. Don't tell."]


def test_a_long_memory_is_cut_where_nothing_false_comes_of_it():
    text = "On the last day of school she carried all her paintings home in one go, and the wind took eleven of them."
    assert told(girl(), text, "Hege") == [
        "On the last day of school I carried all my paintings home in one go. And the wind took eleven of them."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "She said that the lake was full of ink and the herons were teachers, and nobody could talk her out of it.",
        "If it had been up to her the whole house would have been painted green and the cellar would have been a pool.",
        "She never once in all those years of school forgot her sandwiches or lost a single one of her gloves anywhere.",
    ],
)
def test_what_governs_the_rest_is_never_cut_from_it(text):
    assert told(girl(), text, "Hege") == []


def test_what_is_no_sentence_becomes_one_after_their_own_words():
    assert told(girl(), "Her rule for every game.", "Tor", said="Again!") == ["That was my rule for every game."]
    assert told(girl(), "What she called out on the stairs.", "Tor", said="Again!") == ["That was what I called out on the stairs."]
    assert told(girl(), "Her uncle from Lom sang.", "Tor", said="Again!") == ["My uncle from Lom sang."]


@pytest.mark.parametrize(
    ("verb", "base"),
    [("goes", "go"), ("carries", "carry"), ("lies", "lie"), ("kisses", "kiss"), ("aches", "ache"), ("sings", "sing"), ("catches", "catch")],
)
def test_a_verb_without_its_ending(verb, base):
    assert base_form(verb) == base


def test_quotes_and_apostrophes_are_told_apart():
    words = words_of("She said 'don't go' to the dogs' owner.")
    assert words is not None
    assert [word.text for word in words if word.quoted] == ["'", "don't", "go", "'"]
    assert joined(words) == "She said 'don't go' to the dogs' owner."
    assert words_of("She said 'come here.") is None


def test_sentences_end_at_stops_but_not_after_short_forms():
    words = words_of("At St. Olav Mr. Berg rang. 'Up!' She rose; he left.")
    assert words is not None
    assert [words[end].text for end in sentence_ends(words)] == [".", "'", ";", "."]


def test_only_the_subject_s_own_verbs_change():
    words = words_of("She says the sea is cold and is right.")
    grammar = grammar_for("en")
    assert words is not None
    assert agreed(words_of("She hides and sings.") or (), 0, "third", "first", grammar) == {1: "hide", 3: "sing"}
    assert agreed(words_of("She knew the boy who is ill.") or (), 0, "third", "first", grammar) == {}


def test_a_sentence_that_fits_is_never_cut():
    words = words_of("She ran and the dog ran") or ()
    assert [count(piece.words) for piece in pieces_of(words, 16, grammar_for("en")) or ()] == [6]
