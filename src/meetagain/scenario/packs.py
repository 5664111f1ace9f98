"""A pack's name comes in, its Scenario goes out, read from YAML with the line named where something is unclear."""

from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from meetagain.errors import MeetAgainError, issue
from meetagain.schema.scenario import Beat, Cue, Exit, Limits, Scenario, TimedCue
from meetagain.store.yaml import YamlProblem, read_yaml


class _BeatText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    aim: str
    s: tuple[float, float, float]
    exits: dict[str, str]
    enter: tuple[Any, ...] = ()
    during: tuple[dict[str, Any], ...] = ()
    talk: str = "none"
    hint: str = ""
    tells: str = ""


class _PackText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scenario: str
    version: int
    language: str
    title: str
    limits: Limits
    beats: tuple[_BeatText, ...]
    reflexes: dict[str, str] = {}
    from_any: dict[str, str] = {}
    needs_lines: tuple[str, ...] = ()


def built_in_packs() -> dict[str, Path]:
    """Packs that come with Meet Again: in the wheel, or in a checkout."""
    packaged = Path(str(files("meetagain"))) / "packs"
    folder = packaged if packaged.is_dir() else Path(str(files("meetagain"))).parents[1] / "packs"
    return {path.parent.name: path for path in sorted(folder.glob("*/scenario.yaml"))}


def all_packs() -> dict[str, Path]:
    """Packs of every installed package, by id."""
    found: dict[str, Path] = {}
    for point in entry_points(group="meetagain.packs"):
        found.update(point.load()())
    return found


def load_scenario(pack_id: str, language: str) -> Scenario:
    """The scenario of this name. Its cues name line groups, so any language that the person's lines are in will do.

    Raises MeetAgainError when there is none, or it is unclear.
    """
    packs = all_packs()
    if pack_id not in packs:
        raise MeetAgainError(issue("scenario-missing", pack_id, detail=", ".join(sorted(packs))))
    return read_scenario(packs[pack_id].read_text("utf-8"), pack_id)


def read_scenario(text: str, name: str) -> Scenario:
    """One scenario from its YAML text. Raises MeetAgainError(scenario-unclear)."""
    try:
        pack = msgspec.convert(read_yaml(text), _PackText)
        beats = tuple(_beat(beat) for beat in pack.beats)
        if not beats:
            raise ValueError("it has no beats")
    except (YamlProblem, msgspec.ValidationError, ValueError, TypeError, KeyError) as error:
        raise MeetAgainError(issue("scenario-unclear", name, detail=str(error))) from error
    return Scenario(
        id=pack.scenario,
        version=pack.version,
        language=pack.language,
        title=pack.title,
        limits=pack.limits,
        first=beats[0].id,
        beats=beats,
        reflexes=pack.reflexes,
        from_any=pack.from_any,
        needs_lines=pack.needs_lines,
    )


def _beat(text: _BeatText) -> Beat:
    return Beat(
        id=text.id,
        aim=text.aim,
        min_s=text.s[0],
        target_s=text.s[1],
        max_s=text.s[2],
        enter=tuple(read_cue(cue) for cue in text.enter),
        during=tuple(_timed(timed) for timed in text.during),
        exits=tuple(Exit(on, to) for on, to in text.exits.items()),
        talk=text.talk,
        hint=text.hint,
        tells=text.tells,
    )


def _timed(text: dict[str, Any]) -> TimedCue:
    unknown = set(text) - {"after_s", "on", "do", "times", "unless"}
    if unknown:
        raise ValueError(f"a cue in `during` has {', '.join(sorted(unknown))}, which is not known there")
    do = tuple(read_cue(cue) for cue in text["do"])
    return TimedCue(
        do=do,
        after_s=float(text.get("after_s", -1.0)),
        on=text.get("on", ""),
        times=int(text.get("times", 1)),
        unless=text.get("unless", ""),
    )


def read_cue(text: Any) -> Cue:
    """A cue is one pair, `kind: target`, with any further pairs as its arguments: `{light: evening, fade_s: 20}`."""
    if not isinstance(text, dict) or not text:
        raise ValueError(f"a cue must be written as {{kind: target}}, not {text!r}")
    (kind, target), *args = text.items()
    return Cue(kind=kind, target="" if target is None else str(target), args=dict(args))
