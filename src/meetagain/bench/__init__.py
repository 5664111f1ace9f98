"""Measurements of what is promised: a name comes in, figures go out."""

from collections.abc import Callable
from typing import Any

from meetagain.bench import client, likeness, lips, mind, presence, rephrase, scenario, talk, voice

#: name -> run(quick) -> {"figures": ..., "notes": [...]}; some take more by name
BENCHES: dict[str, Callable[..., dict[str, Any]]] = {
    "client": client.run,
    "likeness": likeness.run,
    "lips": lips.run,
    "mind": mind.run,
    "presence": presence.run,
    "rephrase": rephrase.run,
    "scenario": scenario.run,
    "talk": talk.run,
    "voice": voice.run,
}
