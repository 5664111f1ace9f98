"""Places on a face come in, how much beard grows there goes out."""

import numpy as np

from meetagain.likeness.body import Body
from meetagain.likeness.parts import smoothstep


def beard_share(body: Body, at: np.ndarray) -> np.ndarray:
    """Share (n,) in [0, 1] of a full short beard at places (n, 3), metres about the middle of the eyes."""
    s, face = body.face.scale, body.face
    mouth, chin, nose = (p[1] - face.middle[1] for p in (face.mouth, face.chin, face.nose))
    x, y, z = np.abs(at[:, 0]), at[:, 1], at[:, 2]
    soft = 0.004 * s
    jaw = smoothstep(-soft, soft, mouth + 0.006 * s + 0.55 * x - y) * smoothstep(-soft, soft, y - chin + 0.004 * s)
    jaw *= smoothstep(-0.066 * s, -0.054 * s, z)
    free = smoothstep(0.018 * s, 0.025 * s, x) + smoothstep(-soft, soft, mouth - 0.011 * s - y)
    lip = smoothstep(-soft, 0, nose - 0.010 * s - y) * smoothstep(0, soft, y - mouth - 0.004 * s) * smoothstep(-soft, 0, 0.027 * s - x)
    return np.clip(np.maximum(jaw * np.clip(free, 0, 1), lip), 0, 1)
