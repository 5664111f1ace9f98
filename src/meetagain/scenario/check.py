"""A Scenario (and, where known, the person) comes in; Issues that a writer can act on go out."""

from meetagain.errors import Issue, issue
from meetagain.scenario.words import unknown_words
from meetagain.schema.person import Person
from meetagain.schema.scenario import Beat, Cue, Scenario

CUES: dict[str, frozenset[str] | None] = {
    "place": frozenset({"park"}),
    "light": frozenset({"afternoon", "golden", "evening_gold", "evening", "night", "dawn", "calm"}),
    "ambience": frozenset({"park_day", "park_evening", "quiet", "none"}),
    "prop": frozenset(
        [
            "butterfly",
            "woodpile",
            "cloth",
            "cake",
            "candles",
            "match",
            "soup",
            "buns",
            "bubbles",
            "ball",
            "stones",
            "things",
            "letter",
            "rabbit",
            "bed",
            "blanket",
            "lamp",
            "fireflies",
            "stars",
        ]
    ),
    "be": frozenset(["hidden", "peek", "come_in", "stand", "approach", "walk_to", "sit", "kneel", "lie", "sleep", "step_back", "beside"]),
    "act": frozenset(
        ["wave", "clap", "laugh", "yawn", "rub_eyes", "nod", "point", "eat", "drink", "blow_candles", "give", "receive", "jump", "hop"]
    ),
    "look": None,
    "face": frozenset(["neutral", "joy", "wonder", "mischief", "tender", "tired", "sad"]),
    "offer": frozenset(["hand", "hug", "match", "letter", "bubbles", "ball", "blanket", "food", "things", "none"]),
    "say": None,
    "tell": None,
    "song": frozenset({"own", "birthday"}),
    "music": frozenset({"lullaby", "none"}),
    "go": frozenset(["start", "hide_spot", "stop_point", "near", "path", "picnic", "play_lawn", "bed", "bench"]),
    "veil": frozenset({"on", "off"}),
    "listen": None,
}
ACTS = frozenset(
    [
        "looked_around",
        "touched_grass",
        "gaze_hide_spot",
        "visitor_nearer",
        "hand_taken",
        "hand_released",
        "hair_stroked",
        "hug_done",
        "declined",
        "arrived",
        "thing_picked",
        "candle_lit",
        "candles_out",
        "cake_cut",
        "bite",
        "bubble_popped",
        "ball_thrown",
        "round_done",
        "taken",
        "blanket_pulled",
        "tucked_in",
        "kissed_brow",
        "turned_away",
        "headset_off",
        "visitor_speaks",
        "name_called",
        "visitor_done",
        "goodnight",
        "turns_3",
        "objects_2",
        "wish_and_bite",
        "quiet_20",
        "next",
        "companion_close",
        "time",
    ]
)
PLACE_FIRST_S = 10.0
FAREWELL = "goodbye"


def check(scenario: Scenario, person: Person | None = None) -> tuple[Issue, ...]:
    """Everything that would hurt a meeting, found before one."""
    found = [*_ways(scenario), *_cues(scenario), *_touch(scenario), *_place_first(scenario), *_time(scenario), *_words(scenario)]
    if person is not None:
        found += _lines(scenario, person)
    return tuple(found)


def _ways(scenario: Scenario) -> list[Issue]:
    ids = {beat.id for beat in scenario.beats}
    found: list[Issue] = []
    for beat in scenario.beats:
        for exit_ in beat.exits:
            if exit_.to not in ids | {"end"}:
                found.append(issue("scenario-dead-end", scenario.id, detail=f"{beat.id} (by {exit_.on}, to {exit_.to})"))
        if not any(exit_.on == "time" for exit_ in beat.exits):
            found.append(issue("scenario-dead-end", scenario.id, detail=f"{beat.id} (when time has passed)"))
    for target in (scenario.from_any.get("soft_end", ""),):
        if target not in ids:
            found.append(issue("scenario-dead-end", scenario.id, detail="soft_end"))
    reached = _reachable(scenario, scenario.first)
    found += [issue("scenario-unreachable", scenario.id, detail=beat.id) for beat in scenario.beats if beat.id not in reached]
    for beat in scenario.beats:
        if beat.id in reached and _before_farewell(scenario, beat) and FAREWELL not in _by_time(scenario, beat.id):
            found.append(issue("scenario-dead-end", scenario.id, detail=beat.id))
    return found


def _before_farewell(scenario: Scenario, beat: Beat) -> bool:
    """Whether this beat is not behind the farewell (the return)."""
    return FAREWELL not in {b.id for b in scenario.beats} or beat.id not in _reachable(scenario, FAREWELL) - {FAREWELL}


def _reachable(scenario: Scenario, first: str) -> set[str]:
    beats = {beat.id: beat for beat in scenario.beats}
    seen: set[str] = set()
    todo = [first]
    while todo:
        now = todo.pop()
        if now in seen or now not in beats:
            continue
        seen.add(now)
        todo.extend(exit_.to for exit_ in beats[now].exits)
    return seen


def _by_time(scenario: Scenario, first: str) -> list[str]:
    """The beats that follow when the visitor does nothing at all."""
    beats = {beat.id: beat for beat in scenario.beats}
    path: list[str] = []
    now = first
    while now in beats and now not in path:
        path.append(now)
        now = next((exit_.to for exit_ in beats[now].exits if exit_.on == "time"), "")
    return path


def _all_cues(beat: Beat) -> list[Cue]:
    return [*beat.enter, *(cue for timed in beat.during for cue in timed.do)]


def _cues(scenario: Scenario) -> list[Issue]:
    found = []
    for beat in scenario.beats:
        for cue in _all_cues(beat):
            known = CUES.get(cue.kind, frozenset())
            if known is not None and cue.target not in known:
                found.append(issue("scenario-cue-unknown", scenario.id, detail=f"{beat.id}: {cue.kind}: {cue.target}"))
        named = (act for timed in beat.during for act in (timed.on, timed.unless) if act)
        for act in [*(exit_.on for exit_ in beat.exits), *named]:
            if act not in ACTS:
                found.append(issue("scenario-cue-unknown", scenario.id, detail=f"{beat.id}: {act}"))
    return found


def _words(scenario: Scenario) -> list[Issue]:
    """Words in braces that nothing stands for would be read by the companion as they are."""
    texts = ((beat.id, text) for beat in scenario.beats for text in (beat.aim, beat.hint))
    return [issue("scenario-word-unknown", scenario.id, detail=f"{beat}: {word}") for beat, text in texts for word in unknown_words(text)]


def _touch(scenario: Scenario) -> list[Issue]:
    """The person starts touch by asking (experience.md 5.1, rule 2)."""
    asked, found = False, []
    for beat_id in _by_time(scenario, scenario.first):
        beat = scenario.beat(beat_id)
        for _, cues in sorted([(0.0, beat.enter), *((timed.after_s, timed.do) for timed in beat.during)], key=lambda pair: pair[0]):
            for cue in cues:
                asked = asked or (cue.kind == "say" and cue.target == "touch_ask")
                if cue.kind == "offer" and cue.target in ("hand", "hug") and not asked:
                    found.append(issue("scenario-touch-unasked", scenario.id, detail=beat.id))
    return found


def _place_first(scenario: Scenario) -> list[Issue]:
    """Place before voice: ten seconds of ambience come before the first word (S7)."""
    heard_s = None
    clock_s = 0.0
    for beat_id in _by_time(scenario, scenario.first):
        beat = scenario.beat(beat_id)
        for after_s, cues in sorted([(0.0, beat.enter), *((max(0.0, t.after_s), t.do) for t in beat.during)], key=lambda pair: pair[0]):
            for cue in cues:
                if cue.kind == "ambience" and cue.target != "none" and heard_s is None:
                    heard_s = clock_s + after_s
                if cue.kind in ("say", "tell", "song"):
                    early = heard_s is None or clock_s + after_s - heard_s < PLACE_FIRST_S
                    return [issue("scenario-voice-first", scenario.id, detail=beat.id)] if early else []
        clock_s += beat.min_s
    return []


def _time(scenario: Scenario) -> list[Issue]:
    aimed = sum(scenario.beat(beat).target_s for beat in _by_time(scenario, scenario.first))
    wrong = [beat.id for beat in scenario.beats if not 0 <= beat.min_s <= beat.target_s <= beat.max_s]
    found = [issue("scenario-time", scenario.id, detail=f"{beat}: the times are not in order") for beat in wrong]
    if aimed > scenario.limits.soft_end_s:
        found.append(issue("scenario-time", scenario.id, detail=f"all parts together take {aimed:.0f} s"))
    return found


def _lines(scenario: Scenario, person: Person) -> list[Issue]:
    groups = person.character.lines
    return [issue("scenario-line-missing", scenario.id, detail=group) for group in scenario.needs_lines if not groups.get(group)]
