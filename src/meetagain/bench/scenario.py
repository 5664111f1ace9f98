"""The packs come in; whether broken ones are named, and whether every random meeting reaches the farewell, goes out."""

import random
from typing import Any

import msgspec

from meetagain.scenario import director
from meetagain.scenario.check import check
from meetagain.scenario.packs import all_packs, load_scenario
from meetagain.schema.scenario import Exit, Scenario


def run(quick: bool) -> dict[str, Any]:
    """Figures named in docs/benches.md."""
    packs = [load_scenario(name, "en") for name in all_packs()]
    broken = [spoiled for pack in packs for spoiled in _spoiled(pack)]
    runs = 60 if quick else 1000
    reached = sum(_random_run(packs[number % len(packs)], number) for number in range(runs))
    figures = {
        "packs": len(packs),
        "beats": sum(len(pack.beats) for pack in packs),
        "broken_packs_named_rate": round(sum(bool(check(one)) for one in broken) / len(broken), 3),
        "random_runs": runs,
        "random_runs_to_farewell": reached,
    }
    return {"figures": figures, "notes": [f"{len(broken)} broken packs: each beat once without a way on, once leading nowhere."]}


def _spoiled(pack: Scenario) -> list[Scenario]:
    found = []
    for number, beat in enumerate(pack.beats):
        for exits in (tuple(one for one in beat.exits if one.on != "time"), tuple(Exit(one.on, "nowhere") for one in beat.exits)):
            beats = list(pack.beats)
            beats[number] = msgspec.structs.replace(beat, exits=exits)
            found.append(msgspec.structs.replace(pack, beats=tuple(beats)))
    return found


def _random_run(pack: Scenario, seed: int) -> bool:
    """One meeting with a visitor and a companion who do anything at any time. Whether the farewell came before the end."""
    chance = random.Random(seed)
    acts = sorted({exit_.on for beat in pack.beats for exit_ in beat.exits})
    step, seen, at_s = director.begin(pack, slow=seed % 5 == 0), [pack.first], 0.0
    while step.state.phase != "ended" and at_s < 7200:
        at_s += chance.choice((0.5, 2.0, 7.0))
        step = director.step(pack, step.state, director.At(at_s))
        seen += [beat for beat, _ in step.entered]
        if chance.random() < 0.3:
            event = _anything(chance, acts, at_s)
            step = director.step(pack, step.state, event)
            seen += [beat for beat, _ in step.entered]
    return step.state.phase == "ended" and "goodbye" in seen


def _anything(chance: random.Random, acts: list[str], at_s: float) -> director.StoryEvent:
    kind = chance.randrange(6)
    if kind == 0:
        return director.Pressed(at_s, chance.choice(("hold", "resume", "calm", "back", "next", "slower", "resume")))
    if kind == 1:
        return director.PersonSpeaking(at_s, chance.random() < 0.5)
    if kind == 2:
        return director.VisitorSpoke(at_s)
    if kind == 3:
        return director.TurnTaken(at_s)
    return director.Did(at_s, chance.choice(acts), chance.choice(("one", "two", "")))
