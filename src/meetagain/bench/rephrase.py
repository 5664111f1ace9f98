"""A language model that is connected comes in; how many of its clauses the gate lets through, why not the others, and how late it is, goes out."""

import asyncio
import os
import time
from collections import Counter
from typing import Any

import numpy as np

from meetagain.bench.questions import Question, Set, sets
from meetagain.errors import MeetAgainError
from meetagain.mind.backend import Turn
from meetagain.mind.openai import BUDGET_S, OpenAiMind
from meetagain.mind.rephrase import Said, UnclearAnswer, answered, request, tidy
from meetagain.mind.verify import MOST_WORDS, proved
from meetagain.remote import Remote
from meetagain.schema.archive import Fact
from meetagain.schema.speech import Utterance

URL, MODEL = "MEETAGAIN_LLM_URL", "MEETAGAIN_LLM_MODEL"
PATIENCE_S = 120.0  # to see what a slow model would say; whether it came within the budget is counted
ASKED, ASKED_QUICK = 40, 4  # questions to each person
#: Asked so, a model makes up much: that is how the gate is tried.
_FREELY = "You are {name}, {age:.0f} years old. Answer in the first person, warmly, in your own words, in one short sentence. Cite the id of the memory you use. Reply as JSON."
FIGURES = ("questions", "clauses", "rejected", "rejected_by_reason", "passed", "used", "in_budget_rate", "p50_ms", "p95_ms")
FREE = ("free_clauses", "free_rejected", "free_rejected_by_reason", "free_passed")


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md; null without a server."""
    url = os.environ.get(URL, "")
    if not url:
        return {"figures": dict.fromkeys((*FIGURES, *FREE)), "notes": [f"No language model was given: set {URL} and {MODEL}."]}
    model = os.environ.get(MODEL, "")
    english = [one for one in sets() if one.repertoire.language == "en"]
    asked = {one.name: _questions(one, ASKED_QUICK if quick else ASKED) for one in english}
    figures, lines = asyncio.run(_as_in_a_meeting(english, asked, url, model))
    free, free_lines = _freely(english, asked, url, model)
    return {
        "figures": figures | free,
        "notes": [
            f"Asked of {model or 'a model without a name'}. What the gate let through stands here to be read.",
            *(f"passed: {line}" for line in sorted(lines)),
            *(f"passed, freely asked: {line}" for line in sorted(free_lines)),
        ],
    }


def _questions(one: Set, many: int) -> list[Question]:
    """Questions that a memory answers, from all over the set."""
    found = [question for question in one.questions if question.expect == "grounded" and not question.after]
    return found[:: max(1, len(found) // many)][:many]


async def _as_in_a_meeting(english: list[Set], asked: dict[str, list[Question]], url: str, model: str) -> tuple[dict[str, Any], set[str]]:
    rejected: Counter[str] = Counter()
    lines: set[str] = set()

    def judged(said: Said, reason: str) -> None:
        rejected.update([reason] if reason else [])
        lines.update([] if reason else [f"{said.cites[0]}: {said.text}"])

    backend = OpenAiMind(url=url, model=model, budget_s=PATIENCE_S, judged=judged)
    waits: list[float] = []
    for one in english:
        mind = backend.open(one.person, one.memory, one.repertoire, seed=0)
        for number, question in enumerate(asked[one.name], start=1):
            before, began = backend.tally["asked"], time.perf_counter()
            turn = Turn(number, Utterance(text=question.ask, started_s=0.0, ended_s=1.0), "words", "open")
            _ = [clause async for clause in mind.reply(turn)]
            if backend.tally["asked"] > before:
                waits.append(time.perf_counter() - began)
    tally = backend.tally
    figures = {
        "questions": len(waits),
        "clauses": tally["clauses"],
        "rejected": sum(rejected.values()),
        "rejected_by_reason": dict(rejected.most_common()),
        "passed": tally["passed"],
        "used": tally["used"],
        "in_budget_rate": round(float(np.mean([wait <= BUDGET_S for wait in waits])), 3) if waits else None,
        "p50_ms": round(float(np.percentile(waits, 50)) * 1000) if waits else None,
        "p95_ms": round(float(np.percentile(waits, 95)) * 1000) if waits else None,
    }
    return figures, lines


def _freely(english: list[Set], asked: dict[str, list[Question]], url: str, model: str) -> tuple[dict[str, Any], set[str]]:
    """The same questions with the memories as they were told, and leave to use any words."""
    remote = Remote("mind", url)
    rejected: Counter[str] = Counter()
    lines: set[str] = set()
    clauses = 0
    for one in english:
        facts = {fact.id: fact for fact in one.memory.facts if fact.open}
        for number, question in enumerate(asked[one.name]):
            given = [*[facts[key] for key in question.ids if key in facts][:1], list(facts.values())[number % len(facts)]]
            for said in map(tidy, _free_answer(remote, model, one, given, question.ask, number)):
                clauses += 1
                reason = proved(said.text, said.cites, given, one.person, "en", (question.ask,))
                rejected.update([reason] if reason else [])
                lines.update([] if reason else [f"{said.cites[0]}: {said.text}"])
    figures = {
        "free_clauses": clauses,
        "free_rejected": sum(rejected.values()),
        "free_rejected_by_reason": dict(rejected.most_common()),
        "free_passed": clauses - sum(rejected.values()),
    }
    return figures, lines


def _free_answer(remote: Remote, model: str, one: Set, given: list[Fact], ask: str, seed: int) -> tuple[Said, ...]:
    memories = {fact.id: (fact.fact, fact.said) for fact in given}
    body = request(model, one.person, memories, ask, MOST_WORDS[one.person.is_child])
    system = {"role": "system", "content": _FREELY.format(name=one.person.name, age=one.person.age_shown)}
    asked = {**body, "messages": [system, body["messages"][1]], "temperature": 0.9, "seed": seed}  # type: ignore[index]
    try:
        return answered(remote.post_json("chat/completions", asked, PATIENCE_S))
    except (MeetAgainError, UnclearAnswer):
        return ()
