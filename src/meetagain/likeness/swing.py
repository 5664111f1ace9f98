"""Chains of joints that swing and the balls they stay out of come in; a longer rig and the VRM file's spring bones go out."""

from dataclasses import dataclass

import numpy as np

Place = tuple[float, float, float]


@dataclass(frozen=True)
class Chain:
    """Joints from the head down a tail or a lock of hair; the last point is its tip. Rest places in metres."""

    name: str
    points: tuple[Place, ...]
    radius_m: float
    stiffness: float  # VRM's number: how strongly it goes back to its rest
    drag: float  # 0 .. 1: how soon it comes to rest
    parent: str = "head"


@dataclass(frozen=True)
class Ball:
    """A ball, or with a tail a capsule, that goes with a joint. Metres from the joint's rest place."""

    joint: str
    offset: Place
    radius_m: float
    tail: Place | None = None


def lengthened(
    names: tuple[str, ...], parents: np.ndarray, heads: np.ndarray, chains: tuple[Chain, ...]
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """A rig's names, parents (n,) and rest heads (n, 3) with the joints of the chains after its own."""
    names, parents, heads = list(names), list(parents), [np.asarray(heads)]
    for chain in chains:
        for k in range(len(chain.points)):
            parents.append(names.index(chain.parent) if k == 0 else len(names) - 1)
            names.append(f"{chain.name}-{k + 1}")
        heads.append(np.array(chain.points))
    return tuple(names), np.array(parents), np.concatenate(heads)


def spring_bones(names: tuple[str, ...], chains: tuple[Chain, ...], balls: tuple[Ball, ...]) -> dict:
    """The VRMC_springBone object. `names` are the nodes' names in order. Source: VRMC_springBone 1.0 specification."""
    colliders = []
    for ball in balls:
        shape: dict = {"offset": _numbers(ball.offset), "radius": round(ball.radius_m, 5)}
        kind = "sphere" if ball.tail is None else "capsule"
        shape |= {} if ball.tail is None else {"tail": _numbers(ball.tail)}
        colliders.append({"node": names.index(ball.joint), "shape": {kind: shape}})
    springs = []
    for chain in chains:
        joints = []
        for k in range(len(chain.points)):
            joints.append(
                {
                    "node": names.index(f"{chain.name}-{k + 1}"),
                    "hitRadius": round(chain.radius_m, 5),
                    "stiffness": chain.stiffness,
                    "gravityPower": 0.25,
                    "gravityDir": [0.0, -1.0, 0.0],
                    "dragForce": chain.drag,
                }
            )
        springs.append({"name": chain.name, "joints": joints, "colliderGroups": [0]})
    groups = [{"name": "body", "colliders": list(range(len(colliders)))}]
    return {"specVersion": "1.0", "colliders": colliders, "colliderGroups": groups, "springs": springs}


def _numbers(place: Place) -> list[float]:
    return [round(float(x), 5) for x in place]
