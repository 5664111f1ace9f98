"""A portrait comes in and stays in the folder of measured values; it comes out as what is needed to draw it in another photograph's pose."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from meetagain.likeness.body import Body, make_body
from meetagain.likeness.colour.standing import FACES
from meetagain.likeness.embedded import Portrayed
from meetagain.likeness.shown import Shown, read_shown
from meetagain.schema.person import Person


@dataclass(frozen=True)
class Stood:
    """A portrait that can be drawn as a photograph was taken."""

    body: Body  # points, face actions and middle of the face are its own; the rest is as words have it
    shown: Shown


def keep_portrait(folder: Path, name: str, made: Portrayed) -> None:
    """Lay a portrait down: its file and its body."""
    at = folder / "portraits"
    at.mkdir(parents=True, exist_ok=True)
    body = made.body
    rows = [body.basis.face_names.index(action) for names in FACES for action in names]
    part = at / f"{name}.{os.getpid()}.part"
    with part.open("wb") as out:
        np.savez(
            out,
            points=body.points,
            actions=body.actions[rows].astype(np.float32),
            rows=np.array(rows),
            middle=body.face.middle,
            scale=np.array(body.face.scale),
        )
    part.replace(at / f"{name}.npz")
    part.write_bytes(made.data)
    part.replace(at / f"{name}.vrm")


def kept_portrait(folder: Path, name: str, person: Person) -> Stood:
    """A portrait that was laid down, of somebody of these words. Raises OSError where there is none."""
    at = folder / "portraits"
    usual = make_body(person)
    with np.load(at / f"{name}.npz") as told:
        actions = usual.actions.copy()
        actions[told["rows"]] = told["actions"]
        face = replace(usual.face, middle=told["middle"], scale=float(told["scale"]))
        body = replace(usual, points=told["points"], actions=actions, face=face)
    return Stood(body, read_shown((at / f"{name}.vrm").read_bytes()))
