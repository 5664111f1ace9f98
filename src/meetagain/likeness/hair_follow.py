"""Pieces of hair come in; what they follow goes out: the head, for long hair neck and spine as well, and chains of joints that swing."""

from dataclasses import dataclass, replace

import numpy as np

from meetagain.likeness.body import Body
from meetagain.likeness.hair import Tress
from meetagain.likeness.hair_scalp import Scalp
from meetagain.likeness.parts import smoothstep
from meetagain.likeness.swing import Ball, Chain

LOCKS = (("front.L", 52), ("back.L", 152), ("back.R", 208), ("front.R", 308))  # degrees round the neck, from the front to their left
SEGMENTS = 3
HELD = {"neck03": 0.10, "spine01": 0.30}  # share of the tips of long hair that lies on neck and shoulders


@dataclass(frozen=True)
class Followed:
    """Weights (n, n_body_joints + n_chain_joints) of hair, in the order of the body's joints and then of the chains' points."""

    weights: np.ndarray
    chains: tuple[Chain, ...]


def follow(scalp: Scalp, tress: Tress, hangs: bool) -> Followed:
    """Weights for gathered hair. `hangs`: it falls loose and swings in locks; else only what was cut as a tail swings."""
    body = scalp.body
    chains = tress.chains + (locks(scalp, tress) if hangs else ())
    joints = len(body.basis.joints)
    starts = joints + np.cumsum([0, *(len(chain.points) for chain in chains)])
    weights = np.zeros((len(tress.points), int(starts[-1])))
    head = body.basis.joints.index("head")
    weights[:, head] = 1
    for k, chain in enumerate(tress.chains):
        rows = np.flatnonzero(tress.tail == k)
        share = along(chain, tress.points[rows], head, int(starts[k]), weights.shape[1])
        weights[rows] = share
    if hangs and len(chains) > len(tress.chains):
        loose = np.flatnonzero(tress.tail < 0)
        weights[loose] = loosely(scalp, tress.points[loose], chains[len(tress.chains) :], starts[len(tress.chains) :], weights.shape[1])
    return Followed(weights, chains)


def along(chain: Chain, points: np.ndarray, head: int, start: int, width: int) -> np.ndarray:
    """Weights (n, width) of points beside one chain: a joint carries what lies between it and the next, softly."""
    nodes = np.array(chain.points)
    way = np.diff(nodes, axis=0)
    rel = points[:, None] - nodes[None, :-1]
    share = np.clip((rel * way[None]).sum(2) / (way**2).sum(1)[None], 0, 1)
    apart = np.linalg.norm(rel - way[None] * share[..., None], axis=2)
    at = apart.argmin(1)
    u = at + share[np.arange(len(points)), at] - 0.45
    return _spread(u, len(way), head, start, width)


def _spread(u: np.ndarray, segments: int, head: int, start: int, width: int) -> np.ndarray:
    out, rows = np.zeros((len(u), width)), np.arange(len(u))
    low = np.floor(u).astype(int)
    part = u - low
    for index, amount in ((low, 1 - part), (low + 1, part)):
        column = np.where(index < 0, head, start + np.clip(index, 0, segments - 1))
        np.add.at(out, (rows, column), amount)
    return out


def _levels(scalp: Scalp, points: np.ndarray) -> tuple[float, float]:
    """Heights between which loose hair swings: from the lobes of the ears to its tips."""
    return scalp.eye - 0.040 * scalp.s, float(np.percentile(points[:, 1], 0.5))


def _turn(scalp: Scalp, points: np.ndarray) -> np.ndarray:
    return np.rad2deg(np.arctan2(points[:, 0], points[:, 2] - scalp.centre[2])) % 360


def locks(scalp: Scalp, tress: Tress) -> tuple[Chain, ...]:
    """Chains through the middle of loose hair, one for each of LOCKS that has hair."""
    loose = tress.points[tress.tail < 0]
    top, low = _levels(scalp, loose)
    turn = _turn(scalp, loose)
    out = []
    for name, middle in LOCKS:
        own = loose[np.abs((turn - middle + 180) % 360 - 180) < 32]
        nodes = []
        for y in np.linspace(top, max(low, float(np.percentile(own[:, 1], 1)) if len(own) else low), SEGMENTS + 1):
            here = own[np.abs(own[:, 1] - y) < 0.03 * scalp.s]
            if len(here) < 4:
                break
            nodes.append([float(np.median(here[:, 0])), float(y), float(np.median(here[:, 2]))])
        if len(nodes) > SEGMENTS:
            out.append(Chain(f"hair.{name}", tuple(tuple(n) for n in nodes), 0.016 * scalp.s, 1.0, 0.5))
    return tuple(out)


def loosely(scalp: Scalp, points: np.ndarray, chains: tuple[Chain, ...], starts: np.ndarray, width: int) -> np.ndarray:
    """Weights of loose hair: between the two nearest locks, downward along them, and to neck and spine towards the tips."""
    body = scalp.body
    top, low = _levels(scalp, points)
    down = (top - points[:, 1]) / (top - low)
    u = down * SEGMENTS - 0.45
    middles = np.array([dict(LOCKS)[chain.name.removeprefix("hair.")] for chain in chains], float)
    apart = np.abs((_turn(scalp, points)[:, None] - middles[None] + 180) % 360 - 180)
    order = np.argsort(apart, 1)
    rows, head = np.arange(len(points)), body.basis.joints.index("head")
    first, second = apart[rows, order[:, 0]], apart[rows, order[:, min(1, len(chains) - 1)]]
    share = np.clip(0.5 + (second - first) / 60, 0.5, 1.0)
    out = np.zeros((len(points), width))
    for rank, amount in ((0, share), (1, 1 - share)):
        for k, start in enumerate(starts[: len(chains)]):
            own = order[:, min(rank, len(chains) - 1)] == k
            out[own] += _spread(u[own], SEGMENTS, head, int(start), width) * amount[own, None]
    shoulder = body.joint("upperarm01.L")[1]
    lies = 1 - smoothstep(shoulder - 0.03 * scalp.s, shoulder + 0.05 * scalp.s, points[:, 1])
    for joint, most in HELD.items():
        held = lies * most
        out *= 1 - held[:, None]
        out[:, body.basis.joints.index(joint)] += held
    return out


def balls(body: Body, cloth: np.ndarray) -> tuple[Ball, ...]:
    """What swinging hair must stay out of: head, neck, shoulders and chest, as thick as the cloth (n, 3) that is worn over them."""
    s, skin = body.face.scale, np.unique(body.basis.groups["f_body"])
    head, crown = body.joint("head"), body.points[skin, 1].max()
    middle = np.array(
        [
            0,
            (crown + body.face.chin[1]) / 2 + 0.012 * s,
            (body.face.middle[2] + body.points[skin[body.weight("head")[skin] > 0.6], 2].min()) / 2,
        ]
    )
    out = [
        Ball("head", tuple(middle - head), 0.079 * s),
        Ball("neck01", (0.0, 0.0, 0.0), 0.050 * s, tuple(body.joint("neck03") - body.joint("neck01"))),
    ]
    for side in ("L", "R"):
        clavicle, arm = body.joint(f"clavicle.{side}"), body.joint(f"upperarm01.{side}")
        out.append(Ball(f"clavicle.{side}", (0.0, -0.008 * s, -0.008 * s), 0.054 * s, tuple(arm - clavicle + np.array([0, -0.018 * s, 0]))))
    chest, low = body.joint("spine01"), body.joint("spine03")
    trunk = skin[(body.weight("upperarm", "lowerarm", "wrist", "finger", "metacarpal")[skin] < 0.2)]
    at = trunk[np.abs(body.points[trunk, 1] - body.joint("spine02")[1]) < 0.03]
    deep = float(np.ptp(body.points[at, 2])) / 2 + 0.012 * s
    z = (body.points[at, 2].max() + body.points[at, 2].min()) / 2
    for side in (-1.0, 1.0):
        top = np.array([side * 0.045 * s, chest[1] - 0.03 * s, z]) - chest
        out.append(Ball("spine01", tuple(top), deep, tuple(np.array([side * 0.045 * s, low[1], z]) - chest)))
    return (out[0], *(thickened(body, ball, cloth, (0.010 if ball.joint == "neck01" else 0.034) * s) for ball in out[1:]))


def thickened(body: Body, ball: Ball, cloth: np.ndarray, most_m: float) -> Ball:
    """A capsule grown, by no more than `most_m`, until the front of the cloth round it lies within."""
    start = body.joint(ball.joint) + np.array(ball.offset)
    way = body.joint(ball.joint) + np.array(ball.tail) - start
    share = (cloth - start) @ way / max(float(way @ way), 1e-9)
    away = cloth - start - np.clip(share, 0, 1)[:, None] * way
    far = np.linalg.norm(away, axis=1)
    round_it = far[(share > 0) & (share < 1) & (away[:, 2] > 0) & (far < ball.radius_m + most_m)]
    if len(round_it) < 8:
        return ball
    return replace(ball, radius_m=float(np.clip(np.percentile(round_it, 80), ball.radius_m, ball.radius_m + most_m)))
