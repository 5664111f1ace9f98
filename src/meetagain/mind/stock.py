"""A person comes in; the small approved lines for their age and language go out, by group."""

from functools import cache
from importlib.resources import files

from meetagain.schema.person import Person
from meetagain.store.yaml import read_yaml


@cache
def _all() -> dict[str, dict[str, dict[str, list[str]]]]:
    return read_yaml((files("meetagain.mind") / "stock.yaml").read_text("utf-8"))


def stock(person: Person) -> dict[str, tuple[str, ...]]:
    """Lines by group. A language without stock lines has none: only the family's own are spoken then."""
    age = "child" if person.is_child else "adult"
    groups = _all().get(person.settings.language, {}).get(age, {})
    return {name: tuple(line.format(calls=person.calls_visitor) for line in lines) for name, lines in groups.items()}
