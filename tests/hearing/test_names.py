"""Which names hearing is told to expect."""

from meetagain.hearing.names import MOST_PLACES, family_names
from meetagain.schema.archive import Fact
from meetagain.schema.person import Character, Person


def told(number: int, fact: str, by: str = "elin") -> Fact:
    return Fact(f"m{number}", "event", "", by, "told", (), fact)


PERSON = Person(
    id="a",
    full_name="Juniper A",
    called=("Juni",),
    age_shown=7,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    visitor_name="Elin",
    character=Character(calls={"Irja": "Gran", "Davin": "my dad"}, pronounce={"Irja": "EER-yah"}),
)


def test_people_come_first_by_every_name_they_have_and_tellers_after_them():
    names = family_names(PERSON, [told(1, "We rowed.", by="pia")])
    assert names == ("Juni", "Mum", "Elin", "Irja", "Davin", "Gran", "Pia")


def test_places_are_taken_from_inside_sentences_the_most_told_first():
    facts = [told(1, "In July we saw Windmill Park, and Mister Button fell in."), told(2, "Nobody knew Windmill Park better, I'm sure.")]
    facts.append(told(3, "On Saturday she hid Button. Behind it Juni sang; she told Irja."))
    assert family_names(PERSON, facts)[6:] == ("Windmill Park", "Mister Button")


def test_a_long_archive_does_not_make_a_long_list():
    facts = [told(n, f"We went to {chr(65 + n)}borg.") for n in range(26)]
    assert len(family_names(PERSON, facts)) == 6 + MOST_PLACES
