"""The invented Orrel family (orrel.yaml) comes in, two person folders with memories, pictures and recordings go out."""

import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from pictures import DRAWN  # noqa: E402
from sounds import SOUNDED  # noqa: E402

from meetagain.store.yaml import read_yaml  # noqa: E402

KEEPER = {"juni": ("Davin Orrel", "father"), "matti": ("Irja Orrel", "wife")}
SEX = {"juni": "female", "matti": "male"}
CALLS = {
    "juni": {"Elin": "Mum", "Davin": "Dad", "Irja": "Gran", "Matti": "Grandpa Matti"},
    "matti": {"Elin": "Elli", "Irja": "your mother"},
}
HEAD = "# {name} is invented, and so is everybody in this folder. CC0-1.0. Made by demo/make_demo.py from demo/orrel.yaml.\n"


def main() -> None:
    """Write demo/juni and demo/matti. Files already there are replaced; build/ and meetings/ are left alone."""
    family = read_yaml((HERE / "orrel.yaml").read_text("utf-8"))
    for person in family["people"]:
        root = HERE / person["id"]
        (root / "items").mkdir(parents=True, exist_ok=True)
        head = HEAD.format(name=person["full_name"])
        write(root / "person.yaml", head, person_yaml(person))
        write(
            root / "memories.yaml",
            head,
            {"memories": [{**memory, "told_by": memory["told_by"].capitalize()} for memory in person["memories"]]},
        )
        provenance = {}
        for name, (note, line, make) in {**DRAWN[person["id"]], **SOUNDED[person["id"]]}.items():
            make(root / "items" / name)
            provenance[name] = {
                "given_by": "nobody: invented and made by the project",
                "may_be_used": True,
                "also_in_it": [],
                "line": line,
                "note": note,
            }
        write(root / "provenance.yaml", head, provenance)


def person_yaml(person: dict) -> dict:
    """One person as person.yaml has it."""
    look, manner = person["look"], person["manner"]
    keeper, relation = KEEPER[person["id"]]
    lines = {group: lines for group, lines in person["beat_lines"].items() if group != "reply_unsaid"}
    if "laugh.wav" in SOUNDED[person["id"]]:
        lines["laugh"] = ["(laughs)"]
    return {
        "id": person["id"],
        "full_name": person["full_name"],
        "called": person["called"],
        "born": person["born"],
        "age_shown": person["age_shown"],
        "relation_to_visitor": person["relation_to_visitor"],
        "calls_visitor": person["calls_visitor"],
        "visitor_name": "Elin",
        "fictional": True,
        "faith_note": person["faith_note"],
        "consent": {
            "keeper": keeper,
            "relation": relation,
            "keeper_is_adult": True,
            "close_family": ["Elin Orrel", "Davin Orrel", "Sami Orrel", "Irja Orrel"],
            "wish": "unknown",
            "limits": "none; this family is invented",
        },
        "look": {
            "height_cm": look["height_cm"],
            "build": look.get("build", "slim"),
            "sex": SEX[person["id"]],
            "skin": "fair",
            "hair": look["hair"],
            "eyes": look["eyes"],
            "beard": look.get("beard", ""),
            "marks": look["marks"],
            "clothes": look["clothes"],
            "glasses": any("glasses" in mark for mark in look["marks"]),
        },
        "manner": {key: manner[key] for key in ("pace", "pitch", "habits", "laugh")},
        "character": {
            "lines": lines,
            "reply_unsaid": person["beat_lines"]["reply_unsaid"],
            "not_true": person["not_true"],
            "calls": CALLS[person["id"]],
            "pronounce": {"Elli": "ELL-ee", "Irja": "EER-yah", "Juni": "JOO-nee", "Pia": "PEE-ah", "Sami": "SAH-mee"},
        },
        "settings": {"language": "en", "style": "portrait", "scenario": "birthday_in_the_park"},
    }


def write(path: Path, head: str, value: object) -> None:
    """YAML a person can read."""
    path.write_text(head + yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=150), "utf-8")


if __name__ == "__main__":
    main()
