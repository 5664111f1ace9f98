"""Photographs of invented heads come in, the places of the 468 landmarks on the skin go out: src/meetagain/likeness/data/places.npz.

python tools/learn_places.py src/meetagain/likeness/data
Each photograph votes with the point of the skin that lies under a landmark; the votes of almost frontal views choose the triangle, then the
error of the net is measured against it at each turn of the head.
"""

import sys
from pathlib import Path

import numpy as np

from meetagain.bench.face_law import draw
from meetagain.bench.face_shots import appearance, shoot
from meetagain.likeness.body import REFERENCE_EYES_M, ball
from meetagain.likeness.fit.crop import load_crop
from meetagain.likeness.photos.nets import face_at
from meetagain.likeness.photos.pixels import Crop

PEOPLE, FIRST = 130, 700_000
YAWS = (-40.0, -25.0, -12.0, 0.0, 12.0, 25.0, 40.0)
EDGES = (-32.5, -18.5, -6.0, 6.0, 18.5, 32.5)


def seen(seed: int) -> list[tuple]:
    """(shot, landmarks, eye distance over the reference) of one person, one for each turn."""
    drawn, crop = draw(seed), load_crop()
    rng = np.random.default_rng(seed + 7)
    look = appearance(drawn.truth, drawn.person.age_shown, drawn.person.look.sex, drawn.origin, rng)
    eyes = np.linalg.norm(ball(drawn.truth[crop.part == 1])[0] - ball(drawn.truth[crop.part == 2])[0])
    out = []
    for yaw in YAWS:
        shot = shoot(drawn.truth, look, rng, yaw)
        face = shot.truth[crop.face]
        low, high = face.min(0), face.max(0)
        points, score, _ = face_at(shot.picture, Crop(*((low + high) / 2), 1.5 * (high - low).max()))
        if score > 0.8:
            out.append((shot, points, eyes / REFERENCE_EYES_M))
    return out


def voted(shots: list[tuple]) -> tuple[np.ndarray, np.ndarray]:
    """Corners (468, 3), in the crop's numbers, and shares (468, 3)."""
    crop, faces = load_crop(), set(map(int, load_crop().face))
    of_face = np.array([all(int(v) in faces for v in t) for t in crop.triangles])
    at = np.full((len(shots), 468, 3), np.nan)
    for k, (shot, points, _) in enumerate(shots):
        if abs(shot.yaw_deg) < 18:
            at[k] = under(crop, shot, points)
    middle = np.nanmedian(at, 0)
    votes = np.isfinite(at[..., 0]).sum(0)
    print("fewest votes", votes.min(), "scatter of the votes, median mm", 1e3 * np.nanmedian(np.nanstd(at, 0)))
    skin = np.flatnonzero((crop.part[crop.triangles] == 0).all(1) & of_face)
    return nearest_place(crop.usual, crop.triangles[skin], middle)


def under(crop, shot, points) -> np.ndarray:
    """The places (468, 3) on the average head under landmarks in one picture; nan beside the skin."""
    out = np.full((468, 3), np.nan)
    x, y = np.round(points[:, 0] - 0.5).astype(int), np.round(points[:, 1] - 0.5).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < shot.shown.shape[1]) & (y < shot.shown.shape[0])
    which = np.where(inside, shot.shown[np.clip(y, 0, shot.shown.shape[0] - 1), np.clip(x, 0, shot.shown.shape[1] - 1)], -1)
    for j in np.flatnonzero(which >= 0):
        corner = crop.triangles[which[j]]
        a, b, c = shot.truth[corner]
        basis = np.array([b - a, c - a]).T
        if abs(np.linalg.det(basis)) < 1e-6:
            continue
        u, v = np.clip(np.linalg.solve(basis, points[j, :2] - a), -0.5, 1.5)
        out[j] = crop.usual[corner].T @ (1 - u - v, u, v)
    return out


def nearest_place(points: np.ndarray, triangles: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The point of the triangles nearest to each wanted point: corners and shares."""
    share = np.stack([(i, j, 10 - i - j) for i in range(11) for j in range(11 - i)]) / 10.0
    grid = np.einsum("sk,tkd->tsd", share, points[triangles])
    corners, shares = np.zeros((len(wanted), 3), int), np.zeros((len(wanted), 3))
    for j, at in enumerate(wanted):
        far = ((grid - at) ** 2).sum(-1)
        t, s = np.unravel_index(np.argmin(far), far.shape)
        corners[j], shares[j] = triangles[t], share[s]
    return corners, shares


def main(folder: Path) -> None:
    """Write places.npz and print what was measured."""
    crop = load_crop()
    shots = [one for seed in range(FIRST, FIRST + PEOPLE) for one in seen(seed)]
    corners, shares = voted(shots)
    errors = np.zeros((len(shots), 468, 2))
    for k, (shot, points, scale) in enumerate(shots):
        place = (shot.points[corners] * shares[..., None]).sum(1)
        pixel = (shot.truth[corners] * shares[..., None]).sum(1)
        errors[k] = (points[:, :2] - pixel) * (place[:, 2:] / shot.focal_px) / scale
    bins = np.digitize([shot.yaw_deg for shot, *_ in shots], EDGES)
    bias = np.stack([np.median(errors[bins == b], 0) for b in range(len(YAWS))])
    left = errors - bias[bins]
    spread = np.stack([1.4826 * np.median(np.abs(left[bins == b]), 0).mean(-1) for b in range(len(YAWS))])
    print(f"{len(shots)} photographs")
    print("median |bias| mm at each turn", np.round(1e3 * np.median(np.linalg.norm(bias, axis=-1), 1), 2))
    print("median spread mm at each turn", np.round(1e3 * np.median(spread, 1), 2))
    np.savez_compressed(
        folder / "places.npz",
        corners=crop.ids[corners].astype(np.uint16),
        shares=shares.astype(np.float32),
        yaw_deg=np.array(YAWS, np.float32),
        bias_m=bias.astype(np.float32),
        spread_m=spread.astype(np.float32),
    )
    print((folder / "places.npz").stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
