"""Surfaces of a brought body come in; which of our five parts each one is goes out, by its names, its face shapes and where it hangs."""

import re

import numpy as np

from meetagain.likeness.brought.surfaces import Surface

EYES = re.compile(r"eye(?!brow|lash|lid|line|shadow|wear|glass|occlusion)|iris|pupil|sclera|cornea", re.IGNORECASE)
THIN = re.compile(r"brow|lash|eye_?line|tear|occlusion|highlight", re.IGNORECASE)
HAIR = re.compile(r"hair|bangs|ponytail|pigtail|braid|haare|fringe|scalp", re.IGNORECASE)
SKIN = re.compile(r"skin|face|head|body|teeth|tooth|tongue|mouth|gum|hand|feet|nail|haut", re.IGNORECASE)
CLOTH = re.compile(
    r"cloth|outfit|shirt|top|dress|skirt|pant|trouser|short|shoe|boot|sock|coat|jacket|hat|cap|glass|footwear|bottom", re.IGNORECASE
)


def part_of(surface: Surface, names: tuple[str, ...], moves: bool) -> str:
    """skin, eyes, hair, cloth or overlay. `moves`: face shapes move it by more than a trace."""
    word = surface.name
    see_through = surface.material.get("alphaMode", "OPAQUE") != "OPAQUE"
    weight = surface.weights.sum(0) / max(len(surface.points), 1)
    by = dict(zip(names, weight, strict=True))
    of_eyes = by.get("leftEye", 0) + by.get("rightEye", 0)
    if of_eyes > 0.9 or (EYES.search(word) and not THIN.search(word)):
        return "overlay" if see_through and of_eyes < 0.5 else "eyes"
    if see_through and (THIN.search(word) or (moves and not HAIR.search(word))):
        return "overlay"
    if HAIR.search(word) and not moves:
        return "hair"
    if moves or THIN.search(word):
        return "skin"
    if CLOTH.search(word):
        return "cloth"
    return "skin" if SKIN.search(word) else "cloth"


def give_eyes(surfaces: list[Surface], names: tuple[str, ...], bones: dict[str, np.ndarray]) -> tuple[tuple[str, ...], bool]:
    """Where a body has separate eyes and no bones for them, they get some. Changes surfaces and bones; the names, and whether eyes can turn."""
    if "leftEye" in names and "rightEye" in names:
        carried = sum(float(s.weights[:, [names.index("leftEye"), names.index("rightEye")]].sum()) for s in surfaces)
        if carried > 1:
            return names, True
    balls = [s for s in surfaces if EYES.search(s.name) and not THIN.search(s.name)]
    if not balls:
        return names, False
    middle = bones["head"][0]
    for name, sign in (("leftEye", 1), ("rightEye", -1)):
        near = [s.points[(s.points[:, 0] - middle) * sign > 0] for s in balls]
        points = np.concatenate(near)
        if not len(points):
            return names, False
        bones[name] = (points.min(0) + points.max(0)) / 2
        if name not in names:
            names = (*names, name)
            for s in surfaces:
                s.weights = np.c_[s.weights, np.zeros(len(s.points), np.float32)]
    for s in balls:
        left = s.points[:, 0] > middle
        s.weights[:] = 0
        s.weights[left, names.index("leftEye")] = 1
        s.weights[~left, names.index("rightEye")] = 1
    return names, True
