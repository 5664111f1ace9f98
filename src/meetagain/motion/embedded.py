"""A built likeness and a person's manner come in; motion.glb with every clip of the story goes out, by numbers and words alone."""

from pathlib import Path
from typing import Any

import numpy as np

from meetagain.motion.body import Body
from meetagain.motion.contact import BENCH_SHARE, play
from meetagain.motion.gait import Stride
from meetagain.motion.joints import attitudes, local
from meetagain.motion.keyed import Keyed
from meetagain.motion.language import Recipe, load
from meetagain.motion.style import Style, style_of
from meetagain.motion.turns import Array, to_quat
from meetagain.motion.vrm import read_rig
from meetagain.motion.write import Solved, thinned, write_motion
from meetagain.schema.artefacts import Clip, Likeness, Motion
from meetagain.schema.person import Person


class EmbeddedMotion:
    """The built-in maker of motion: no recordings of anybody, no account, no network."""

    def build(self, person: Person, likeness: Likeness, vrm: Path, out: Path) -> Motion:
        """Write clips on the joints of `vrm` to `out`. The same input gives the same bytes. Raises MeetAgainError."""
        body, style = Body(read_rig(vrm)), style_of(person)
        clips = make_clips(body, style)
        data = write_motion(body, clips, about(body, style))
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_suffix(".part")
        part.write_bytes(data)
        part.replace(out)
        return Motion(file=f"build/{out.name}", clips=tuple(described(clip) for clip in clips))


def make_clips(body: Body, style: Style) -> list[Solved]:
    """Every clip, solved: gaits first, then what the pose files say."""
    done = {name: stride_clip(body, name, style) for name in style.gaits}
    recipes = load(style.tags, style.time_scale)
    for name, recipe in recipes.items():
        if not recipe.reverse:
            done[name] = keyed_clip(recipe, body, style)
    for name, recipe in recipes.items():
        if recipe.reverse:
            done[name] = backwards(recipe, done[recipe.reverse])
    return [done[name] for name in sorted(done)]


def stride_clip(body: Body, name: str, style: Style) -> Solved:
    """Walk or run as a loop."""
    stride = Stride(body, style.gaits[name])
    seg, root, planted = stride.solved()
    times = stride.phase * stride.length_s
    stands = {side: spans(times, planted[side]) for side in planted}
    extras = {"loops": True, "speed_m_s": round(stride.speed_m_s, 4), "starts": "stand", "ends": "stand", "part": "whole", "feet": stands}
    return solved(body, name, times, seg, root, {}, extras, stride.length_s)


def keyed_clip(recipe: Recipe, body: Body, style: Style) -> Solved:
    """A clip from its keys."""
    clip = Keyed(recipe, body, style)
    seg, root, _ = play(clip)
    stands = {side: spans(clip.t, clip.stands(side)) for side in ("L", "R")}
    extras: dict[str, Any] = {
        "feet": stands,
        "loops": recipe.loop,
        "speed_m_s": 0.0,
        "starts": recipe.starts,
        "ends": recipe.ends,
        "part": recipe.part,
    }
    if "bench" in (recipe.starts, recipe.ends):
        extras["seat_m"] = round(BENCH_SHARE * body.height, 4)
    return solved(body, recipe.name, clip.t, seg, root, clip.face(), extras, clip.loop_s)


def solved(
    body: Body, name: str, times: Array, seg: dict[str, Array], root: Array, face: dict[str, Array], extras: dict[str, Any], loop_s: float
) -> Solved:
    """Turns against the parents; a loop gets its first pose again at its end."""
    turns = to_quat(local(body, attitudes(body, seg)))
    if loop_s:
        times = np.append(times, loop_s)
        turns, root = np.concatenate([turns, turns[:1]]), np.concatenate([root, root[:1]])
        face = {k: np.append(w, w[0]) for k, w in face.items()}
    curves = {k: thinned(times, w) for k, w in face.items() if w.max() > 0.005}
    return Solved(name, times, turns, root, curves, extras)


def backwards(recipe: Recipe, clip: Solved) -> Solved:
    """A clip played the other way round, under the recipe's name."""
    end = clip.times_s[-1]
    face = {k: [[round(float(end - t), 3), w] for t, w in reversed(curve)] for k, curve in clip.face.items()}
    feet = {
        side: [[round(float(end - b), 3), round(float(end - a), 3)] for a, b in reversed(rows)]
        for side, rows in clip.extras["feet"].items()
    }
    extras = clip.extras | {"starts": recipe.starts, "ends": recipe.ends, "feet": feet}
    return Solved(recipe.name, end - clip.times_s[::-1], clip.turns[::-1], clip.root_m[::-1], face, extras)


def spans(times: Array, stands: Array) -> list[list[float]]:
    """[[from, to], ...] seconds in which a foot stands."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], stands.astype(int), [0]])))
    return [[round(float(times[a]), 3), round(float(times[b - 1]), 3)] for a, b in edges.reshape(-1, 2) if b - a > 1]


def about(body: Body, style: Style) -> dict[str, Any]:
    """What a runtime solver may want to know: limb lengths, metres, and the style's numbers."""
    return {
        "leg_m": round(body.size["leg"], 4),
        "arm_m": round(body.size["arm"], 4),
        "hip_m": round(body.size["hip"], 4),
        "tags": list(style.tags),
        "time_scale": style.time_scale,
    }


def described(clip: Solved) -> Clip:
    """What motion.json says of a clip."""
    return Clip(
        name=clip.name,
        duration_s=round(float(clip.times_s[-1]), 4),
        loops=clip.extras["loops"],
        speed_m_s=clip.extras["speed_m_s"],
        starts=clip.extras["starts"],
        ends=clip.extras["ends"],
    )
