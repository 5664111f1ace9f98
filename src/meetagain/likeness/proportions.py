"""A body's arrays and wished proportions come in, the same body with these proportions goes out; and a body is measured."""

from dataclasses import dataclass, fields, replace

import numpy as np

from meetagain.likeness.basis import Basis

LEG = ("upperleg", "lowerleg", "foot", "toe")
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
HEAD = ("head", "eye")
MOST = 0.16  # a wish farther from the usual than this share is not followed further


@dataclass(frozen=True)
class Proportions:
    """Shares of the whole height; None leaves the usual. `sure` is how far the wish is followed, 0 (not) .. 1 (fully)."""

    shoulders: float | None = None  # between the shoulder joints
    waist: float | None = None  # width of the trunk where it is narrowest
    hips: float | None = None  # width of the trunk just above the legs
    legs: float | None = None  # height of the hip joints above the floor
    head: float | None = None  # chin to crown
    sure: float = 1.0

    def towards(self, usual: "Proportions") -> "Proportions":
        """The wish drawn back to the usual by what is not sure, and kept within reason."""
        out = {}
        for name in NAMES:
            wish, base = getattr(self, name), getattr(usual, name)
            if wish is not None and base:
                out[name] = base * float(np.clip(1 + self.sure * (wish / base - 1), 1 - MOST, 1 + MOST))
        return Proportions(**out)


NAMES = tuple(f.name for f in fields(Proportions) if f.name != "sure")


def share(basis: Basis, *starts: str) -> np.ndarray:
    """Summed skin weight (n_vertices,) of the joints whose names start so."""
    return basis.weights[:, [k for k, name in enumerate(basis.joints) if name.startswith(starts)]].sum(1)


def measured(basis: Basis, points: np.ndarray, heads: np.ndarray, chin_y: float) -> Proportions:
    """The proportions of a body at rest."""
    at = {name: heads[k] for k, name in enumerate(basis.joints)}
    skin = np.unique(basis.groups["f_body"])
    floor, top = points[skin, 1].min(), points[skin, 1].max()
    trunk = skin[(share(basis, *ARM)[skin] < 0.15) & (share(basis, *LEG)[skin] < 0.6)]
    low, high = at["upperleg01.L"][1], at["spine02"][1]
    tall = top - floor
    widths = [np.ptp(points[trunk[np.abs(points[trunk, 1] - y) < 0.012 * tall], 0]) for y in np.linspace(low + 0.02 * tall, high, 14)]
    return Proportions(
        shoulders=2 * float(at["upperarm01.L"][0]) / tall,
        waist=float(min(widths)) / tall,
        hips=float(max(widths[:6])) / tall,
        legs=float(low - floor) / tall,
        head=float(top - chin_y) / tall,
    )


def reshaped(basis: Basis, points: np.ndarray, heads: np.ndarray, chin_y: float, wish: Proportions) -> tuple[np.ndarray, np.ndarray]:
    """Points and joint heads with the wished proportions: shoulders and legs by their joints, waist and hips by the trunk's width."""
    usual = measured(basis, points, heads, chin_y)
    goal, index = wish.towards(usual), {name: k for k, name in enumerate(basis.joints)}
    tall = float(np.ptp(points[np.unique(basis.groups["f_body"]), 1]))
    points, heads = points.copy(), heads.copy()
    if goal.head:
        points, heads = larger_head(basis, points, heads, goal.head / usual.head)
    if goal.shoulders:
        points, heads = set_arms(basis, points, heads, 0.5 * (goal.shoulders - usual.shoulders) * tall)
    for name, level in (("waist", heads[index["spine03"], 1]), ("hips", heads[index["upperleg01.L"], 1] + 0.03 * tall)):
        for _ in range(2 if getattr(goal, name) else 0):  # where it is narrowest moves a little
            have = getattr(measured(basis, points, heads, chin_y), name)
            points = widened(basis, points, level, 0.065 * tall, getattr(goal, name) / have)
    if goal.legs:
        more = goal.legs * (1 - usual.legs) / (usual.legs * (1 - goal.legs))
        hip = heads[index["upperleg01.L"], 1]
        points[:, 1] += share(basis, *LEG) * (more - 1) * (points[:, 1] - hip)
        of_leg = np.array([name.startswith(LEG) for name in basis.joints])
        heads[of_leg, 1] += (more - 1) * (heads[of_leg, 1] - hip)
    return points, heads


def larger_head(basis: Basis, points: np.ndarray, heads: np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray]:
    """The head made larger or smaller about the top of the neck."""
    index = {name: k for k, name in enumerate(basis.joints)}
    pivot = heads[index["neck03"]] * 0.5 + heads[index["head"]] * 0.5
    of_head = np.clip(share(basis, *HEAD) + 0.3 * share(basis, "neck03"), 0, 1)[:, None]
    inside = np.array([name.startswith(HEAD) for name in basis.joints])[:, None]
    return points + of_head * (size - 1) * (points - pivot), heads + inside * (size - 1) * (heads - pivot)


def set_arms(basis: Basis, points: np.ndarray, heads: np.ndarray, out_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Arms moved outwards (or inwards) by metres, the collar bones with them in part."""
    shift = np.zeros_like(heads)
    for k, name in enumerate(basis.joints):
        side = {"L": 1, "R": -1}.get(name[-1], 0) if name[-2:] in (".L", ".R") else 0
        part = 0.35 if name.startswith("clavicle") else 0.8 if name.startswith("shoulder") else 1.0 if name.startswith(ARM) else 0.0
        shift[k, 0] = side * out_m * part
    return points + basis.weights @ shift, heads + shift


def widened(basis: Basis, points: np.ndarray, level: float, reach: float, factor: float) -> np.ndarray:
    """The trunk made wider (and half as much deeper) about a height, fading over `reach` metres; arms stay."""
    bump = np.exp(-(((points[:, 1] - level) / reach) ** 2)) * np.clip(1 - 2 * share(basis, *ARM), 0, 1)
    trunk = (bump > 0.5) & (share(basis, *LEG) < 0.5)
    back = points[trunk, 2].mean() if trunk.any() else 0.0
    out = points.copy()
    out[:, 0] *= 1 + (factor - 1) * bump
    out[:, 2] += (points[:, 2] - back) * 0.5 * (factor - 1) * bump
    return out


def childlike(basis: Basis, points: np.ndarray, heads: np.ndarray, child: float) -> tuple[np.ndarray, np.ndarray]:
    """A child's trunk: hardly a waist, a round belly, smaller hands than the model's. `child` 1 child .. 0 grown.

    Hand length a little under 11 % of the height at seven and a waist nearly as wide as the chest: Snyder and others 1977, Anthropometry
    of Infants, Children and Youths to Age 18 for Product Safety Design (UM-HSRI-77-17).
    """
    if child <= 0:
        return points, heads
    index = {name: k for k, name in enumerate(basis.joints)}
    tall = float(np.ptp(points[np.unique(basis.groups["f_body"]), 1]))
    level = heads[index["spine04"], 1]
    points = widened(basis, points, level + 0.02 * tall, 0.05 * tall, 1 + 0.10 * child)
    front = points[:, 2] - heads[index["spine04"], 2]
    belly = np.exp(-(((points[:, 1] - level) / (0.055 * tall)) ** 2) - (points[:, 0] / (0.07 * tall)) ** 2) * (front > 0)
    points[:, 2] += 0.011 * tall * child * belly * np.clip(front / (0.06 * tall), 0, 1) * np.clip(1 - 3 * share(basis, *ARM), 0, 1)
    heads = heads.copy()
    for side in ("L", "R"):
        wrist = heads[index[f"wrist.{side}"]].copy()
        of_hand = np.array([n.startswith(("finger", "metacarpal")) and n.endswith(side) for n in basis.joints])
        less = -0.07 * child
        held = (basis.weights[:, of_hand].sum(1) + 0.6 * basis.weights[:, index[f"wrist.{side}"]])[:, None]
        points = points + np.clip(held, 0, 1) * less * (points - wrist)
        heads[of_hand] += less * (heads[of_hand] - wrist)
    return points, heads


def median_of(found: list[Proportions]) -> Proportions:
    """The middle of several, each share by itself; surer the more there are and the better they agree."""
    if not found:
        return Proportions(sure=0.0)
    out: dict[str, float] = {}
    spread = []
    for name in NAMES:
        values = [getattr(f, name) for f in found if getattr(f, name) is not None]
        if values:
            out[name] = float(np.median(values))
            spread.append(float(np.median(np.abs(np.array(values) / out[name] - 1))) if len(values) > 1 else 0.05)
    best = float(np.mean([f.sure for f in found]))
    sure = best * (1 - 0.45 / len(found)) * float(np.clip(1.15 - 3 * np.mean(spread), 0.2, 1)) if out else 0.0
    return replace(Proportions(**out), sure=float(np.clip(sure, 0, 1)))
