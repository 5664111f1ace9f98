"""A Scenario, a state and one event come in; the next state, cues and entered beats go out. Pure: no clock, no chance of its own."""

import msgspec

from meetagain.schema.scenario import Beat, Cue, Scenario

SILENCE_S = 12.0  # after this long without a word, she says something herself
INITIATIVES = 2  # at most so often in one beat
SPEECH_GRACE_S = 10.0  # a clause under way may delay the end of a beat by this much
QUIET_S = 20.0
SOFT_S = {"tired": 14.0, "goodbye": 26.0, "return": 18.0}  # a soft ending reaches the farewell within a minute
TALKING = frozenset({"open", "short"})
COUNTED = frozenset({"turns_3", "objects_2", "wish_and_bite", "quiet_20"})


class DirectorState(msgspec.Struct, frozen=True):
    """Where the story stands. Times are seconds on the meeting's clock."""

    at_s: float
    phase: str  # running | held | calm | stopped | ended
    beat: str
    beat_since_s: float
    slow: bool = False
    soft: bool = False
    paused_s: float = 0.0  # how long this beat's timers have stood still
    acts: frozenset[str] = frozenset()  # done in this beat
    picked: frozenset[str] = frozenset()
    turns: int = 0
    happened: tuple[int, ...] = ()  # how often each timed cue of this beat has happened
    speaking: bool = False
    quiet_since_s: float = 0.0  # last word of anybody
    visitor_quiet_since_s: float = 0.0
    initiatives: int = 0
    declined: frozenset[str] = frozenset()  # not offered again in this beat, nor in the next where the visitor had just said no
    offered: str = ""
    seed: int = 0


class Step(msgspec.Struct, frozen=True):
    """What one event brought: `entered` holds (beat, why) pairs in order."""

    state: DirectorState
    cues: tuple[Cue, ...] = ()
    entered: tuple[tuple[str, str], ...] = ()


class At(msgspec.Struct, frozen=True):
    """It is now `at_s`."""

    at_s: float


class Did(msgspec.Struct, frozen=True):
    """The visitor did something."""

    at_s: float
    act: str
    target: str = ""


class Pressed(msgspec.Struct, frozen=True):
    """The companion pressed: next hold resume back calm soft_end stop slower."""

    at_s: float
    control: str


class VisitorSpoke(msgspec.Struct, frozen=True):
    """The visitor said something."""

    at_s: float


class PersonSpeaking(msgspec.Struct, frozen=True):
    """She begins or ends speaking."""

    at_s: float
    on: bool


class TurnTaken(msgspec.Struct, frozen=True):
    """One exchange is complete."""

    at_s: float


StoryEvent = At | Did | Pressed | VisitorSpoke | PersonSpeaking | TurnTaken


def begin(scenario: Scenario, *, slow: bool = False, seed: int = 0) -> Step:
    """The first beat, at time 0."""
    state = DirectorState(at_s=0.0, phase="running", beat=scenario.first, beat_since_s=0.0, slow=slow, seed=seed)
    return _enter(scenario, state, scenario.first, "start")


def step(scenario: Scenario, state: DirectorState, event: StoryEvent) -> Step:
    """What this event brings. After `ended` nothing does."""
    if state.phase == "ended":
        return Step(state)
    passed = max(0.0, event.at_s - state.at_s)
    standing = state.phase in ("held", "calm")
    state = msgspec.structs.replace(state, at_s=state.at_s + passed, paused_s=state.paused_s + (passed if standing else 0.0))
    match event:
        case At():
            return _time(scenario, state)
        case Did(_, act, target):
            return _did(scenario, state, act, target)
        case Pressed(_, control):
            return _pressed(scenario, state, control)
        case VisitorSpoke():
            state = msgspec.structs.replace(state, quiet_since_s=state.at_s, visitor_quiet_since_s=state.at_s)
            return _did(scenario, state, "visitor_speaks", "")
        case PersonSpeaking(_, on):
            return Step(msgspec.structs.replace(state, speaking=on, quiet_since_s=state.at_s))
        case TurnTaken():
            return _turn(scenario, state)


def since_s(scenario: Scenario, state: DirectorState) -> float:
    """Seconds of this beat that count, in the story's own measure (slow mode stretches them)."""
    seconds = state.at_s - state.beat_since_s - state.paused_s
    return seconds / scenario.limits.slow_factor if state.slow else seconds


# --- time ---------------------------------------------------------------------------------------------------------------------


def _time(scenario: Scenario, state: DirectorState) -> Step:
    if state.phase in ("held", "calm", "stopped"):
        return Step(state)
    beat = scenario.beat(state.beat)
    over = _over_limits(scenario, state)
    if over:
        ending = _soft_end(scenario, state, over)
        if ending.entered:
            return ending
        state = ending.state  # in the evening already: what is left of it now goes quicker
    state, cues = _timed_cues(scenario, state, beat)
    left = _leave(scenario, state, beat)
    if left is not None:
        return Step(left.state, (*cues, *left.cues), left.entered)
    state, said = _initiative(scenario, state, beat)
    return Step(state, (*cues, *said))


def _over_limits(scenario: Scenario, state: DirectorState) -> str:
    """Why the ending begins now, or "". Once it has begun, the beats of the ending keep their own short time."""
    if state.soft:
        return ""
    factor = scenario.limits.slow_factor if state.slow else 1.0
    if state.at_s >= scenario.limits.soft_end_s * factor and state.beat not in SOFT_S:
        return "soft_end"
    if state.at_s >= scenario.limits.hard_return_s * factor and state.beat in ("tired", "goodbye"):
        return "hard_return"
    return ""


def _timed_cues(scenario: Scenario, state: DirectorState, beat: Beat) -> tuple[DirectorState, tuple[Cue, ...]]:
    since = since_s(scenario, state)
    squeeze = SOFT_S[beat.id] / beat.target_s if state.soft and beat.id in SOFT_S else 1.0
    happened, cues = list(state.happened), []
    for number, timed in enumerate(beat.during):
        if 0 <= timed.after_s * squeeze <= since and not timed.on and happened[number] == 0:
            happened[number] = 1
            if timed.unless not in state.acts:
                cues.extend(timed.do)
    return _with_offer(msgspec.structs.replace(state, happened=tuple(happened)), cues)


def _leave(scenario: Scenario, state: DirectorState, beat: Beat) -> Step | None:
    """The way out that is open now, if any: an act that was done, or time."""
    since = since_s(scenario, state)
    soft = state.soft and beat.id in SOFT_S
    longest = SOFT_S[beat.id] if soft else beat.max_s
    ways = {exit_.on: exit_.to for exit_ in beat.exits}
    waits_for_words = state.speaking and since < longest + SPEECH_GRACE_S
    if waits_for_words:
        return None
    if since >= (longest / 2 if soft else beat.min_s):
        for exit_ in beat.exits:
            if exit_.on in state.acts or (exit_.on == "quiet_20" and _quiet(scenario, state)):
                return _go(scenario, state, exit_.to, exit_.on)
    if since >= longest:
        return _go(scenario, state, ways.get("time", ""), "time")
    return None


def _quiet(scenario: Scenario, state: DirectorState) -> bool:
    needed = QUIET_S * (scenario.limits.slow_factor if state.slow else 1.0)
    return state.at_s - max(state.visitor_quiet_since_s, state.beat_since_s) >= needed and not state.speaking


def _initiative(scenario: Scenario, state: DirectorState, beat: Beat) -> tuple[DirectorState, tuple[Cue, ...]]:
    needed = SILENCE_S * (scenario.limits.slow_factor if state.slow else 1.0)
    silent = state.at_s - max(state.quiet_since_s, state.beat_since_s)
    if beat.talk not in TALKING or state.soft or state.speaking or silent < needed or state.initiatives >= INITIATIVES:
        return state, ()
    cue = _own_accord(beat, state.initiatives)
    state = msgspec.structs.replace(state, initiatives=state.initiatives + 1, quiet_since_s=state.at_s)
    return state, (cue,) if cue else ()


def _own_accord(beat: Beat, before: int) -> Cue | None:
    """What she says of her own accord: in an open talk first a line of the beat, then a memory that belongs here."""
    if before == 0 and beat.talk == "open":
        return Cue("say", beat.id, {"optional": True})
    return Cue("tell", beat.tells, {"optional": True}) if beat.tells else None


# --- acts and turns -----------------------------------------------------------------------------------------------------------


def _did(scenario: Scenario, state: DirectorState, act: str, target: str) -> Step:
    if state.phase == "stopped":
        return Step(state)
    beat = scenario.beat(state.beat)
    acts = state.acts | {act}
    picked = state.picked | {target or act} if act == "thing_picked" else state.picked
    if len(picked) >= 2:
        acts |= {"objects_2"}
    if {"candles_out", "bite"} <= acts:
        acts |= {"wish_and_bite"}
    declined = state.declined | {state.offered} if act == "declined" and state.offered not in ("", "none") else state.declined
    state = msgspec.structs.replace(state, acts=acts, picked=picked, declined=declined)
    happened, cues = list(state.happened), []
    for number, timed in enumerate(beat.during):
        if timed.on == act and happened[number] < timed.times and timed.unless not in state.acts:
            happened[number] += 1
            cues.extend(timed.do)
    state, fired = _with_offer(msgspec.structs.replace(state, happened=tuple(happened)), cues)
    if state.phase != "running":
        return Step(state, fired)
    left = _leave(scenario, state, beat) if not cues else None
    return Step(left.state, (*fired, *left.cues), left.entered) if left else Step(state, fired)


def _turn(scenario: Scenario, state: DirectorState) -> Step:
    turns = state.turns + 1
    acts = state.acts | ({"turns_3"} if turns >= 3 else frozenset())
    return Step(msgspec.structs.replace(state, turns=turns, acts=acts, quiet_since_s=state.at_s))


# --- the companion ------------------------------------------------------------------------------------------------------------


def _pressed(scenario: Scenario, state: DirectorState, control: str) -> Step:
    if state.phase == "stopped" and control != "stop":
        return Step(state)
    match control:
        case "next":
            ways = {exit_.on: exit_.to for exit_ in scenario.beat(state.beat).exits}
            return _go(scenario, _resumed(state), ways.get("next", ways.get("time", "")), "next")
        case "hold":
            return Step(msgspec.structs.replace(state, phase="held"))
        case "resume":
            cues = (Cue("light", "golden", {"fade_s": 4.0}), Cue("look", "visitor")) if state.phase == "calm" else ()
            return Step(_resumed(state), cues)
        case "calm" | "back":
            return Step(msgspec.structs.replace(state, phase="calm"), CALM)
        case "soft_end":
            return _soft_end(scenario, _resumed(state), "soft_end")
        case "stop":
            return Step(msgspec.structs.replace(state, phase="stopped"), STOP)
        case "slower":
            return Step(_slower(scenario, state))
    return Step(state)


CALM = (
    Cue("light", "calm", {"fade_s": 4.0}),
    Cue("ambience", "quiet", {"fade_s": 3.0}),
    Cue("offer", "none"),
    Cue("face", "tender", {"weight": 0.5, "fade_s": 2.0}),
)
STOP = (
    Cue("offer", "none"),
    Cue("ambience", "none", {"fade_s": 0.4}),
    Cue("light", "calm", {"fade_s": 1.5}),
    Cue("veil", "on", {"fade_s": 1.5}),
)


def _resumed(state: DirectorState) -> DirectorState:
    return msgspec.structs.replace(state, phase="running")


def _slower(scenario: Scenario, state: DirectorState) -> DirectorState:
    """Slow mode from now on, without a jump in the time of this beat."""
    if state.slow:
        return state
    counted = since_s(scenario, state)
    paused = state.at_s - state.beat_since_s - counted * scenario.limits.slow_factor
    return msgspec.structs.replace(state, slow=True, paused_s=paused)


def _soft_end(scenario: Scenario, state: DirectorState, why: str) -> Step:
    state = msgspec.structs.replace(state, soft=True, slow=False)
    if state.beat in SOFT_S:
        return Step(state)
    return _go(scenario, state, scenario.from_any["soft_end"], why)


# --- entering -----------------------------------------------------------------------------------------------------------------


def _go(scenario: Scenario, state: DirectorState, to: str, why: str) -> Step:
    if to in ("", "end"):
        return Step(msgspec.structs.replace(state, phase="ended"))
    return _enter(scenario, state, to, why)


def _enter(scenario: Scenario, state: DirectorState, to: str, why: str) -> Step:
    beat = scenario.beat(to)
    state = msgspec.structs.replace(
        state,
        beat=to,
        beat_since_s=state.at_s,
        paused_s=0.0,
        acts=frozenset(),
        picked=frozenset(),
        declined=state.declined if "declined" in state.acts else frozenset(),
        turns=0,
        happened=(0,) * len(beat.during),
        initiatives=0,
        quiet_since_s=state.at_s,
        visitor_quiet_since_s=state.at_s,
        offered="",
    )
    state, cues = _with_offer(state, list(beat.enter))
    return Step(state, cues, ((to, why),))


def _with_offer(state: DirectorState, cues: list[Cue]) -> tuple[DirectorState, tuple[Cue, ...]]:
    """Remember what is on offer; what was declined just now is not offered again."""
    kept = [cue for cue in cues if not (cue.kind == "offer" and cue.target in state.declined)]
    offered = next((cue.target for cue in reversed(kept) if cue.kind == "offer"), state.offered)
    return msgspec.structs.replace(state, offered=offered), tuple(kept)
