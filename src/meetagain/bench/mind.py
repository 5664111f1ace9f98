"""The demo family's questions come in; how often the mind is right, silent where it should be, and how quick, goes out."""

import time
from pathlib import Path
from typing import Any

import numpy as np

from meetagain.archive.read import read_archive
from meetagain.demo_people import demo_source
from meetagain.mind.backend import Turn
from meetagain.mind.guard import judge
from meetagain.mind.told import ToldMind
from meetagain.schema.archive import Memory
from meetagain.schema.person import Person
from meetagain.schema.speech import Clause, LineClass, Utterance
from meetagain.store.folder import PersonFolder
from meetagain.store.yaml import read_yaml


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md."""
    asked = read_yaml((demo_source() / "orrel.yaml").read_text("utf-8"))["eval"]
    people = {name: _read(demo_source() / name) for name in ("juni", "matti")}
    waits: list[float] = []
    right = [_said(people[row["to"]], row["ask"], waits)[0].cites == tuple(row["ids"]) for row in asked["answerable"]]
    unknown = [_said(people[row["to"]], row["ask"], waits) for row in asked["must_not_know"]]
    abstained = [all(clause.line_class is not LineClass.GROUNDED for clause in clauses) for clauses in unknown]
    others = [row for kind in ("must_be_honest", "must_alert", "must_refuse") for row in asked[kind]]
    clauses = [(people[row["to"]], clause) for row in others for clause in _said(people[row["to"]], row.get("ask") or row["say"], waits)]
    broken = sum(judge(clause, *person) != clause or clause.line_class is LineClass.GROUNDED for person, clause in clauses)
    figures = {
        "right_with_citation_rate": round(float(np.mean(right)), 3),
        "abstain_rate": round(float(np.mean(abstained)), 3),
        "guard_violations": int(broken),
        "turn_p95_ms": round(float(np.percentile(waits, 95)), 2),
        "memories": sum(len(memory.facts) for _, memory in people.values()),
        "questions": sum(len(rows) for rows in asked.values()),
    }
    return {"figures": figures, "notes": ["The questions of the demo family; the whole set is small, so quick is the same."]}


def _read(root: Path) -> tuple[Person, Memory]:
    return PersonFolder(root).read_person(), read_archive(root).memory


def _said(of: tuple[Person, Memory], text: str, waits: list[float]) -> tuple[Clause, ...]:
    mind = ToldMind().open(*of, seed=0)
    turn = Turn(number=1, utterance=Utterance(text=text, started_s=0.0, ended_s=1.0), beat="words", talk="open")
    began = time.perf_counter()
    found = mind.answer(turn)
    waits.append((time.perf_counter() - began) * 1000)
    return found
