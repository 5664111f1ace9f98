"""The keeper's confirmed photographs come in, the shape of the face goes out as amounts of the body model's named changes, and how sure it is."""

from dataclasses import dataclass

import numpy as np

from meetagain.errors import Issue, issue
from meetagain.likeness.body import face_changes
from meetagain.likeness.colour.standing import USUAL_LENS
from meetagain.likeness.fit.crop import grown, load_crop, stage_of, usual_head
from meetagain.likeness.fit.front import load_front, scales
from meetagain.likeness.fit.map import FURTHEST, FaceMap, after, load_map
from meetagain.likeness.fit.refine import Face, load_skin, refine
from meetagain.likeness.fit.solve import solve
from meetagain.likeness.fit.view import view
from meetagain.likeness.photos.seen import Sight
from meetagain.schema.person import Person

MOST_PHOTOS = 16
LEAST_PX, LEAST_SCORE, FURTHEST_YAW_DEG, MOST_COVERED = 40, 0.6, 55, 0.75
TOO_STRANGE = 2.0  # a photograph that lies so far out is not laid on the face
STRANGE, QUARREL = 1.0, 4.0  # reach (of nearly all photographs learnt) and disagreement beyond which the fit holds back


@dataclass(frozen=True)
class FaceFit:
    """The shape of a face as photographs tell it."""

    changes: dict[str, float]  # amounts of the model's named changes, for make_body(person, face); empty: the usual face is kept
    sure: float  # 0 .. 1: the share of the way from the usual face that photographs like these explain, in invented people
    used: tuple[str, ...]  # ids of the Items that were used, the most telling first
    reach: float  # how unusual the photographs are against those of the learning: up to 1 usual
    issues: tuple[Issue, ...] = ()


def fit_face(sights: tuple[Sight, ...], person: Person) -> FaceFit:
    """The face of a person. Never fails: without a photograph that is of use the usual face is kept, and an Issue says so."""
    chosen = telling(sights)
    if not chosen:
        return FaceFit({}, 0.0, (), 0.0, (issue("face-no-use"),))
    learnt = load_map()
    read = [learnt.reading.one(s.picture, s.face.points, s.face.features, person) for s in chosen]
    rows, far = np.stack([row for row, _ in read]), np.stack([out for _, out in read])
    guesses = learnt.guesses(rows)
    reaches = (far / learnt.usual_reach).max(1)
    weight = np.array([0.25 + s.face.quality for s in chosen]) / np.maximum(1, reaches / STRANGE) ** 2
    shape, count, left = learnt.together(guesses, weight)
    plain = [s for s, r in zip(chosen, reaches, strict=True) if r < TOO_STRANGE]
    if plain:
        shape, left = refined(learnt, plain, shape, count, person), float(after(load_skin().left, len(plain)))
    reach = float((weight * reaches).sum() / weight.sum())
    held = 1 / max(1.0, reach / STRANGE)
    used = tuple(chosen[k].item for k in np.argsort(-weight))
    quarrel = learnt.disagreement(guesses)
    usual = usual_head(person)
    changes = changed(learnt, shape * held, person, usual)
    if quarrel > QUARREL:
        return FaceFit({}, 0.0, used, reach, (issue("face-kept-usual"),))
    sure = float(np.clip((1 - left) * held, 0, 1)) / max(1.0, quarrel / 2)
    return FaceFit(changes, sure, used, reach, _said(chosen, reaches))


def refined(learnt: FaceMap, chosen: list[Sight], shape: np.ndarray, count: float, person: Person) -> np.ndarray:
    """A learnt guess (k,) brought nearer by laying the photographs on the face itself. `count`: how many photographs the guess stands for."""
    views, unsure = [view(s, USUAL_LENS) for s in chosen], learnt.unsure_after(count)
    way = refine(face_of(learnt, usual_head(person)), views, shape, unsure) - shape
    if not np.isfinite(way).all():
        return shape
    return np.clip(shape + after(load_skin().followed, len(chosen)) * way, -FURTHEST, FURTHEST)


def face_of(learnt: FaceMap, usual: np.ndarray) -> Face:
    """What the refinement moves about on a person's usual head (n, 3), metres."""
    skin, (actions, size), front = usual[load_crop().face], scales(usual), load_front()
    tall = float(np.ptp(skin[:, 1]))
    ways = learnt.shape_ways.reshape(len(learnt.within), -1, 3).astype(float) * tall
    return Face(skin - skin.mean(0) + learnt.shape_mean.reshape(-1, 3) * tall, ways, front.actions * actions, size)


def changed(learnt: FaceMap, shape: np.ndarray, person: Person, usual: np.ndarray) -> dict[str, float]:
    """A shape (k,) on a person's usual head (n, 3), metres -> amounts of the named changes."""
    face = load_crop().face
    grow = grown(float(np.clip(person.age_shown, 2, 100)), person.look.sex)[1]
    field = learnt.field(shape, float(np.ptp(usual[face, 1])))
    return solve(field, usual[face], grow, face_changes(*stage_of(person.age_shown)))


def telling(sights: tuple[Sight, ...]) -> list[Sight]:
    """The photographs from which a shape can be told, best first, MOST_PHOTOS at most."""
    good = [s for s in sights if s.face is not None and s.shapes_face and _good(s)]
    return sorted(good, key=lambda s: -s.face.quality)[:MOST_PHOTOS]


def _good(sight: Sight) -> bool:
    face = sight.face
    side = min(face.box[2] - face.box[0], face.box[3] - face.box[1])
    return side >= LEAST_PX and face.score >= LEAST_SCORE and abs(face.yaw_deg) <= FURTHEST_YAW_DEG and face.covered <= MOST_COVERED


def _said(chosen: list[Sight], reaches: np.ndarray) -> tuple[Issue, ...]:
    out = []
    strange = [s.item for s, reach in zip(chosen, reaches, strict=True) if reach > STRANGE]
    if strange:
        out.append(issue("face-unlike", about=", ".join(strange)))
    if len(chosen) < 4:
        out.append(issue("face-few", count="one photo" if len(chosen) == 1 else f"{len(chosen)} photos"))
    return tuple(out)
