"""Full-length photographs come in, the person's proportions go out, with how sure they are; clothes, hair and a turned body are allowed for."""

import numpy as np

from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.proportions import Proportions, median_of

SEEN = 0.6
WHOLE = (0, 11, 12, 23, 24, 25, 26, 27, 28, 29, 30)  # nose, shoulders, hips, knees, ankles, heels
HAIR = 0.035  # of the head's height, that hair adds above the crown
CLOTH = 0.045  # of the width of a dressed trunk that is cloth
MOST_TURN = 0.75  # depth of the shoulders' line over its width, beyond which widths are not read
STRAIGHT = 0.965  # least share of hip to ankle in thigh plus shin


def build_from(sights: list[Sight]) -> Proportions:
    """Proportions from every photograph near the age shown in which the whole body stands; sure = 0 if there is none."""
    found = [p for p in (build_in(sight) for sight in sights if sight.shapes_face) if p is not None]
    return median_of(found)


def build_in(sight: Sight) -> Proportions | None:
    """Proportions in one photograph, or None: not whole, not upright, sitting, bent or cut off by the edge."""
    if sight.pose is None or not stands(sight):
        return None
    pose, h = sight.pose, len(sight.picture)
    crown, sole = crown_of(sight), float(pose[[27, 28, 29, 30, 31, 32], 1].max())
    below = np.flatnonzero((sight.person > 0.5).any(1))
    sole = max(sole, float(below[-1]) + 1) if len(below) and below[-1] - sole < 0.06 * h else sole
    tall = sole - crown
    if tall < 120 or crown < 2 or sole > h - 2:
        return None
    chin = chin_of(sight)
    head = (chin - crown) / tall / (1 + HAIR) if chin is not None else None
    hips = pose[[23, 24], :2].mean(0)
    depth = abs(pose[11, 2] - pose[12, 2]) / max(abs(pose[11, 0] - pose[12, 0]), 1)
    legs = (sole - hips[1]) / tall
    if depth > MOST_TURN:
        return Proportions(legs=float(legs), head=head, sure=0.5)
    across = float(np.linalg.norm(pose[11, :3] - pose[12, :3]) / tall)
    waist, wide = trunk_widths(sight, tall)
    even = 1 / np.sqrt(1 + depth**2)  # a trunk is about two thirds as deep as wide: turned, its outline narrows a little
    narrower = 1 / np.sqrt(even**2 + (0.67**2) * (1 - even**2))
    sure = float(np.clip((tall - 120) / 400, 0.25, 1)) * (1 - 0.5 * min(depth, 1))
    return Proportions(
        shoulders=across,
        waist=None if waist is None else waist * (1 - CLOTH) * narrower,
        hips=None if wide is None else wide * (1 - CLOTH) * narrower,
        legs=float(legs),
        head=head,
        sure=sure,
    )


def stands(sight: Sight) -> bool:
    """Whether the whole person is seen, upright and with straight legs."""
    pose = sight.pose
    if (pose[list(WHOLE), 3] < SEEN).any():
        return False
    shoulders, hips, ankles = (pose[list(p), :2].mean(0) for p in ((11, 12), (23, 24), (27, 28)))
    upright = hips[1] - shoulders[1] > 2.2 * abs(hips[0] - shoulders[0]) and ankles[1] - hips[1] > 2.2 * abs(ankles[0] - hips[0])
    legs = []
    for hip, knee, ankle in ((23, 25, 27), (24, 26, 28)):
        path = np.linalg.norm(pose[hip, :3] - pose[knee, :3]) + np.linalg.norm(pose[knee, :3] - pose[ankle, :3])
        legs.append(np.linalg.norm(pose[hip, :3] - pose[ankle, :3]) / max(path, 1))
    thigh, shin = (np.linalg.norm(pose[a, :2] - pose[b, :2]) for a, b in ((23, 25), (25, 27)))
    return bool(upright and max(legs) > STRAIGHT and 0.6 < thigh / max(shin, 1) < 1.7)


def crown_of(sight: Sight) -> float:
    """The row of the top of the head: of the mask above the nose."""
    x = int(np.clip(round(sight.pose[0, 0]), 0, sight.person.shape[1] - 1))
    reach = max(2, int(0.4 * abs(sight.pose[11, 0] - sight.pose[12, 0])))
    rows = np.flatnonzero((sight.person[:, max(0, x - reach) : x + reach] > 0.5).any(1))
    return float(rows[0]) if len(rows) else 0.0


def chin_of(sight: Sight) -> float | None:
    """The row of the chin: of the face's own landmarks, else from eyes and mouth; None if the head is turned away."""
    if sight.face is not None:
        return float(sight.face.points[152, 1])
    pose = sight.pose
    if (pose[[2, 5, 9, 10], 3] < SEEN).any():
        return None
    eyes, mouth = pose[[2, 5], 1].mean(), pose[[9, 10], 1].mean()
    return float(mouth + 0.72 * (mouth - eyes)) if mouth > eyes else None


def trunk_widths(sight: Sight, tall: float) -> tuple[float | None, float | None]:
    """Narrowest and hip width of the outline as shares of the height; None where an arm or another person runs into it."""
    shoulders, hips = sight.pose[[11, 12], :2].mean(0), sight.pose[[23, 24], :2].mean(0)
    most = 1.9 * abs(sight.pose[11, 0] - sight.pose[12, 0])

    def run(t: float) -> float | None:
        spot = shoulders + (hips - shoulders) * t
        row = sight.person[int(np.clip(round(spot[1]), 0, len(sight.person) - 1))] > 0.5
        x = int(np.clip(round(spot[0]), 0, len(row) - 1))
        if not row[x]:
            return None
        left = x - int(np.argmin(row[: x + 1][::-1])) if not row[: x + 1].all() else 0
        right = x + int(np.argmin(row[x:])) if not row[x:].all() else len(row)
        return float(right - left - 1) if right - left < most else None

    middle = [r for r in map(run, np.linspace(0.55, 0.85, 7)) if r is not None]
    low = [r for r in map(run, np.linspace(0.9, 1.0, 4)) if r is not None]
    return (min(middle) / tall if len(middle) > 3 else None, max(low) / tall if len(low) > 1 else None)
