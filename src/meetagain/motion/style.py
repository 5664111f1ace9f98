"""A person comes in; how they move goes out: time scale, stoop, breath, walk and run, and the tags that choose between poses."""

import re

import msgspec

from meetagain.schema.person import Manner, Person

OLD_FROM_YEARS = 65
SKIRTED = re.compile(
    r"\b(skirts?|dress(es)?|pinafore|frock|nightgown|gown|kilt)\b(?! (shirt|shoes?|trousers|uniform))"
)  # who wears one does not sit cross-legged
PACE = {"quick": 0.94, "middle": 1.0, "slow": 1.08}  # times the length of a gesture


class Gait(msgspec.Struct, frozen=True):
    """Numbers of one way of walking or running. Angles in degrees; shares are of the natural amount."""

    speed_m_s: float
    cadence_hz: float  # strides (two steps) a second
    run: bool = False
    duty: float = 0.615  # share of a stride in which a foot is on the ground
    stoop: float = 2.0  # trunk forward
    nod: float = 0.0  # head down
    bounce: float = 1.0
    lift: float = 1.0
    arm_swing: float = 1.0
    elbow: float = 18.0
    width: float = 1.0  # step width
    sway: float = 1.0  # pelvis list, turn and side motion
    toe_out: float = 7.0
    skip: float = 0.0  # the uneven bounce of a happy child
    open_arms: float = 0.0  # 0 swinging .. 1 wide open


class Style(msgspec.Struct, frozen=True):
    """How a person moves."""

    tags: tuple[str, ...]  # poses and clips named name@tag are taken instead of name
    time_scale: float  # gestures take this much longer
    stoop_deg: float  # added to the spine of standing and sitting poses, mostly taken back at the neck
    breath_hz: float
    sway: float  # amount of small unrest
    gaits: dict[str, Gait]  # walk, run, run_open_arms


def style_of(person: Person) -> Style:
    """Age and manner of a person as numbers. Child figures after gait studies of six- to eight-year-olds; the old are chosen by eye."""
    pace = PACE.get(person.manner.pace, 1.0)
    laugh = laugh_of(person.manner)
    if person.is_child:
        tags, scale, breath, sway = ("child",), 1.0, 0.33, 1.15
    elif person.age_shown >= OLD_FROM_YEARS:
        tags, scale, breath, sway = ("old",), 1.35, 0.25, 0.8
    else:
        tags, scale, breath, sway = ("adult",), 1.1, 0.26, 1.0
    stoop = {"child": 0.0, "old": 9.0, "adult": 1.5}[tags[0]]
    skirt = ("skirt",) if SKIRTED.search(person.look.clothes.lower()) else ()
    return Style((*tags, *skirt, laugh), scale * pace, stoop, breath, sway, gaits(tags[0], pace))


def laugh_of(manner: Manner) -> str:
    """Which laugh the family's words mean: hiccup, silent or open."""
    words = manner.laugh.lower()
    return "hiccup" if "hiccup" in words else "silent" if "silent" in words or "shoulder" in words else "open"


def gaits(age: str, pace: float) -> dict[str, Gait]:
    """The three ways of coming nearer for an age; a slow person takes fewer steps, not longer ones."""
    if age == "child":
        walk = Gait(1.0, 1.12, bounce=1.2, lift=1.1, arm_swing=1.15, elbow=22, stoop=1, width=0.9, sway=1.1, toe_out=6, skip=0.3)
        run = Gait(2.3, 1.62, run=True, duty=0.36, stoop=5, bounce=1.35, arm_swing=0.9, width=0.75, toe_out=4, skip=0.15)
        wide = msgspec.structs.replace(run, open_arms=1.0, stoop=2, nod=-5)
    elif age == "old":
        walk = Gait(0.72, 0.84, bounce=0.6, lift=0.75, arm_swing=0.5, elbow=24, stoop=11, nod=3, width=1.15, sway=0.8, toe_out=10)
        run = msgspec.structs.replace(walk, speed_m_s=1.0, cadence_hz=0.98, arm_swing=0.8, elbow=34)
        wide = msgspec.structs.replace(walk, speed_m_s=0.85, cadence_hz=0.9, open_arms=0.75, stoop=7, nod=-2)
    else:
        walk = Gait(1.15, 0.92)
        run = Gait(2.4, 1.4, run=True, duty=0.37, stoop=4, width=0.8)
        wide = msgspec.structs.replace(run, open_arms=1.0, stoop=2)
    return {name: slower(gait, pace) for name, gait in (("walk", walk), ("run", run), ("run_open_arms", wide))}


def slower(gait: Gait, pace: float) -> Gait:
    """The same steps at another pace."""
    return msgspec.structs.replace(gait, speed_m_s=round(gait.speed_m_s / pace, 4), cadence_hz=round(gait.cadence_hz / pace, 4))
