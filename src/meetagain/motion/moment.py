"""The bytes of motion.glb, a clip and a time come in; how each joint is turned in that moment, and the face, go out."""

import msgspec
import numpy as np

from meetagain.motion.vrm import array, chunks


class Moment(msgspec.Struct, frozen=True):
    """One moment of a clip. `turns` (3, 3) by joint against its parent; `root_m` where the root is, metres; `face` ARKit weights."""

    turns: dict[str, np.ndarray]
    root_m: np.ndarray
    face: dict[str, float]


def clip_names(data: bytes) -> tuple[str, ...]:
    """The clips of a file, in its order. Raises ValueError for a file that is none."""
    document, _ = chunks(data)
    return tuple(animation["name"] for animation in document.get("animations", ()))


def moment(data: bytes, clip: str, share: float) -> Moment:
    """The moment at `share` (0 .. 1) of a clip's length. Raises KeyError for a clip that is not there, ValueError for a broken file."""
    document, blob = chunks(data)
    animation = next((one for one in document.get("animations", ()) if one["name"] == clip), None)
    if animation is None:
        raise KeyError(clip)
    rows = [(array(document, blob, s["input"])[:, 0], array(document, blob, s["output"])) for s in animation["samplers"]]
    at = share * max(float(times[-1]) for times, _ in rows)
    turns, root = {}, np.zeros(3)
    for channel in animation["channels"]:
        times, values = rows[channel["sampler"]]
        value = np.array([np.interp(at, times, values[:, k]) for k in range(values.shape[1])])
        if channel["target"]["path"] == "rotation":
            turns[document["nodes"][channel["target"]["node"]]["name"]] = matrix(value)
        else:
            root = value
    face = {
        name: float(np.interp(at, *np.array(keys, float).T)) for name, keys in animation.get("extras", {}).get("face", {}).items() if keys
    }
    return Moment(turns, root, face)


def matrix(quaternion: np.ndarray) -> np.ndarray:
    """x y z w -> (3, 3)."""
    x, y, z, w = quaternion / max(float(np.linalg.norm(quaternion)), 1e-9)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
