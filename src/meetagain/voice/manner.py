"""A person comes in, the kind of voice they had goes out; an expression comes in, how it changes a voice goes out."""

import msgspec

from meetagain.schema.person import Person

_PACES = {"quick": 1.06, "middle": 1.0, "slow": 0.88}
_PITCHES = {"high": 1.04, "middle": 1.0, "low": 0.95}
GROWN_AT = 13.0
OLD_AT = 65.0


class Expression(msgspec.Struct, frozen=True):
    """How a feeling changes a voice: factors of pace and pitch, decibels, share of air, how far the mouth moves."""

    pace: float = 1.0
    pitch: float = 1.0
    level_db: float = 0.0
    breath: float = 0.0
    mouth: float = 1.0


EXPRESSIONS = {
    "neutral": Expression(),
    "joy": Expression(pace=1.05, pitch=1.06, level_db=1.0),
    "wonder": Expression(pace=0.95, pitch=1.04, breath=0.08),
    "mischief": Expression(pace=1.04, pitch=1.03),
    "tender": Expression(pace=0.92, pitch=0.98, level_db=-2.0, breath=0.06, mouth=0.9),
    "tired": Expression(pace=0.84, pitch=0.94, level_db=-4.0, breath=0.1, mouth=0.75),
    "sad": Expression(pace=0.88, pitch=0.95, level_db=-3.0, mouth=0.85),
    "whisper": Expression(pace=0.9, pitch=1.0, level_db=-7.0, breath=1.0, mouth=0.85),
}


class Kind(msgspec.Struct, frozen=True):
    """A stock voice and what is done to it."""

    name: str
    pitch: float = 1.0
    formant: float = 1.0
    tremor: float = 0.0
    pace: float = 1.0


def expression(name: str) -> Expression:
    """By name; one that is not known is neutral."""
    return EXPRESSIONS.get(name, EXPRESSIONS["neutral"])


def kind_for(person: Person) -> Kind:
    """A voice of the right age, sex and way of speaking. It is of their kind, never claimed to be theirs."""
    british = is_british(person)
    female = person.look.sex != "male"
    if person.settings.voice_name:
        kind = Kind(person.settings.voice_name)
    elif person.age_shown < GROWN_AT:
        kind = _child(person.age_shown, british)
    elif person.age_shown >= OLD_AT:
        kind = _old(female, british)
    elif female:
        kind = Kind("bf_emma" if british else "af_heart")
    else:
        kind = Kind("bm_fable" if british else "am_michael")
    manner = person.manner
    return msgspec.structs.replace(kind, pitch=kind.pitch * _PITCHES.get(manner.pitch, 1.0), pace=kind.pace * _PACES.get(manner.pace, 1.0))


def _child(age: float, british: bool) -> Kind:
    """A woman's voice from a smaller throat. At seven a child speaks near 270 Hz, and their formants lie a sixth higher."""
    young = min(1.0, max(0.0, (GROWN_AT - age) / 8.0))
    return Kind("bf_emma" if british else "af_heart", pitch=1.08 + 0.28 * young, formant=1.04 + 0.15 * young)


def _old(female: bool, british: bool) -> Kind:
    if female:
        return Kind("bf_emma" if british else "af_kore", pitch=0.93, tremor=0.012, pace=0.95)
    return Kind("bm_george" if british else "am_michael", pitch=0.95, formant=0.985, tremor=0.012, pace=0.96)


def is_british(person: Person) -> bool:
    """Whether British English was asked for. The American stock voices are the better ones, so they are the rule."""
    return person.settings.language.casefold() == "en-gb"
