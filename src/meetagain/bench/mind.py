"""The demo family's questions come in; how often the mind is right, silent where it should be, and how quick, goes out."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import numpy as np

from meetagain.bench import harm
from meetagain.bench.crowd import crowd
from meetagain.bench.questions import NOTHING_TO_CLAIM, Asked, Set, ask, by_kind, open_mind, rate, sets
from meetagain.mind.backend import Turn
from meetagain.mind.comparing import compared
from meetagain.mind.kept import read_kept, write_kept
from meetagain.mind.lines import repertoire
from meetagain.mind.meaning import meaning
from meetagain.schema.archive import Memory
from meetagain.schema.speech import LineClass, Utterance
from meetagain.store.folder import PersonFolder

MANY = 3000
QUICK_EVERY = 4


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md, on the second sets: no rule and no threshold was set by them."""
    every = QUICK_EVERY if quick else 1
    earlier = sets()
    asked, before = _asked(sets("second"), every), _asked(earlier, every)
    whole = [answer for answers in asked.values() for answer in answers]
    known = [answer for answers in before.values() for answer in answers]
    english = next(one for one in earlier if one.name == "juni.en")
    waits = waits_among_many(english, MANY // (10 if quick else 1), 100 if quick else 400)
    figures = {
        "right_with_citation_rate": right_rate(whole),
        "abstain_rate": abstain_rate(whole),
        "corrections": sum(one.corrected for one in whole),  # of the abstentions
        "guard_violations": violations([*whole, *known]),
        "known_right_with_citation_rate": right_rate(known),
        "known_abstain_rate": abstain_rate(known),
        "known_questions": len(known),
        **harm.figures(),
        "turn_p50_ms": round(float(np.percentile(waits, 50)), 1),
        "turn_p95_ms": round(float(np.percentile(waits, 95)), 1),
        "open_s": opening_s(english, MANY // (10 if quick else 1)),
        "memories": MANY // (10 if quick else 1),
        "questions": len(whole),
        "per_set": {name: _figures(answers) for name, answers in asked.items()},
        "per_kind": by_kind(whole),
    }
    threads = os.environ.get("OMP_NUM_THREADS", "not set")
    told = "Rates, per_set and per_kind are of the second sets, which nobody who made the rules had read; known_* are of the first, which the rules were made with."
    return {"figures": figures, "notes": [told, f"Turns are timed in one process, OMP_NUM_THREADS {threads}."]}


def _asked(all_sets: Sequence[Set], every: int) -> dict[str, list[Asked]]:
    found = {}
    for one in all_sets:
        mind = open_mind(one)
        found[one.name] = [ask(mind, one, question) for question in one.questions[::every]]
    return found


def _figures(asked: list[Asked]) -> dict[str, Any]:
    return {"right_with_citation_rate": right_rate(asked), "abstain_rate": abstain_rate(asked), "questions": len(asked)}


def right_rate(asked: list[Asked]) -> float | None:
    """Of the questions that a memory answers, those whose first memory is a right one."""
    return rate([one.right for one in asked if one.question.expect == "grounded"])


def abstain_rate(asked: list[Asked]) -> float | None:
    """Of the questions that nobody can answer or that hold something untrue, those of which nothing is claimed."""
    return rate([one.right for one in asked if one.question.kind in NOTHING_TO_CLAIM and one.question.expect == "abstain"])


def violations(asked: list[Asked]) -> int:
    """Answers of which the guard would change a word, and memories claimed to somebody who asks for what must not be claimed."""
    claimed = [
        one
        for one in asked
        if one.question.kind in ("hostile", "desperate", "honest") and one.question.expect != "grounded" and _claims(one)
    ]
    return sum(not one.guarded for one in asked) + len(claimed)


def _claims(asked: Asked) -> bool:
    return any(clause.line_class is LineClass.GROUNDED for clause in asked.clauses)


def among_many(of: Set, memories: int) -> Set:
    """The set's own memories and an invented crowd's, that many together."""
    memory = Memory(facts=(*of.memory.facts, *crowd(memories - len(of.memory.facts), seed=1)), not_true=of.memory.not_true)
    return msgspec.structs.replace(of, memory=memory, repertoire=repertoire(of.person, memory))


def opening_s(of: Set, memories: int) -> float:
    """Seconds until a mind with that many memories can answer, in a program that has just begun and finds the vectors of its build."""
    many = among_many(of, memories)
    with TemporaryDirectory() as where, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
        folder = PersonFolder(Path(where))
        write_kept(folder, compared(many.person, many.memory, many.repertoire))
        return round(fresh.submit(_opened_s, folder.root, many).result(), 2)


def _opened_s(root: Path, of: Set) -> float:
    began = time.perf_counter()
    meaning().know(read_kept(PersonFolder(root)))
    open_mind(of)
    return time.perf_counter() - began


def waits_among_many(of: Set, memories: int, turns: int) -> list[float]:
    """Milliseconds of single turns with that many memories."""
    mind = open_mind(among_many(of, memories))
    texts = [question.ask for question in of.questions][:turns]
    waits = []
    for number, text in enumerate(texts, start=1):
        turn = Turn(number=number, utterance=Utterance(text=text, started_s=0.0, ended_s=1.0), beat="words", talk="open")
        began = time.perf_counter()
        mind.answer(turn)
        waits.append((time.perf_counter() - began) * 1000)
    return waits
