"""Real people's photographs come in; how near portraits from some of them come to another one that was held out goes out."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from PIL import Image

from meetagain.bench.likeness_decoys import COUNT, apart, cut_to_head, drawn_as, others, rank
from meetagain.bench.likeness_folder import Photographed, RealPerson, photographs, read_people
from meetagain.bench.likeness_kept import Stood, keep_portrait, kept_portrait
from meetagain.bench.likeness_sheet import Row, write_sheet
from meetagain.bench.likeness_work import keep, kept, mine, product
from meetagain.likeness.camera import Camera
from meetagain.likeness.colour.standing import stand
from meetagain.likeness.embedded import portray
from meetagain.likeness.fit.places import load_places
from meetagain.likeness.photos.sights import worth

HELD = 3  # photographs of each person that are held out in turn, at most
KINDS = ("photos", "usual_face", "words")
OTHERS = 8_000_000


class Portrait(msgspec.Struct, frozen=True):
    """A portrait against a held-out photograph."""

    kind: str  # photos: as a family gets it; usual_face: skin, eyes and hair by photographs, the face's shape by words; words: words alone
    apart: float
    rank: int  # among itself and the others
    who: tuple[float, ...]  # (128,), empty where no face is found in the drawing


class Held(msgspec.Struct, frozen=True):
    """One photograph that was held out of all others."""

    file: str
    own_photos_apart: tuple[float, ...]  # from each other photograph of the same person
    others_apart: tuple[float, ...]
    portraits: tuple[Portrait, ...]  # as KINDS


class Real(msgspec.Struct, frozen=True):
    """One real person, measured."""

    name: str
    photos: int
    helds: tuple[Held, ...]
    left: tuple[str, ...]  # photographs that were left out, and why


class Ranks(msgspec.Struct, frozen=True):
    """Ranks among the people of a run, by name, one for each held-out photograph."""

    at: dict[str, tuple[int, ...]]


def measure_real(root: Path, folder: Path, quick: bool, part: tuple[int, int], sheet: Path | None) -> dict[str, Any]:
    """Figures of everybody in `root`. What was measured is kept in `folder`. Raises MeetAgainError(bench-folder-unclear)."""
    people, left = read_people(root)
    most = 1 if quick else HELD
    keys = {one.name: key_of(one, most) for one in people}
    for number, one in enumerate(people):
        if mine(number, part) and kept(folder, f"real/{keys[one.name]}", Real) is None:
            keep(folder, f"real/{keys[one.name]}", measure_one(one, folder, keys[one.name], most))
    found = [(one, real) for one in people if (real := kept(folder, f"real/{keys[one.name]}", Real)) is not None]
    told = [real for _, real in found if real.helds]
    if sheet is not None:
        write_sheet(sheet, [row for one, real in found for row in rows_of(one, real, folder, keys[one.name])])
    notes = [
        *left,
        *(reason for real in told for reason in real.left),
        f"each portrait is ranked among itself and {COUNT} invented others of the same words, and (among_people) among the portraits of all of the run",
        f"measured values and portraits lie in {folder}; nothing was written in {root}",
    ]
    return {"figures": figures_of(told, among_people(found, folder, keys)), "notes": notes}


def key_of(one: RealPerson, most: int) -> str:
    """A name for what was measured: it changes with the photographs, the words and the state of the code."""
    out = hashlib.sha256(msgspec.json.encode((one.person, product(), most)))
    for path in one.files:
        out.update(path.read_bytes())
    return out.hexdigest()[:16]


def chosen(count: int, most: int) -> list[int]:
    """Which of a person's photographs are held out: `most` of them, evenly."""
    return sorted({int(k) for k in np.linspace(0, count - 1, min(count, most) + 2)[1:-1].round()}) if most < count else list(range(count))


def measure_one(one: RealPerson, folder: Path, key: str, most: int) -> Real:
    """One person: each held-out photograph against portraits from the others, from words, and against fifty others."""
    photos, left = photographs(one)
    if len(photos) < 2:
        return Real(one.name, len(photos), (), (*left, f"{one.name}: a face was found in fewer than two photographs"))
    at = chosen(len(photos), most)
    views = [(photos[k].sight.face, size_of(photos[k]), None) for k in at]
    words_key = hashlib.sha256(msgspec.json.encode((one.person, [photos[k].digest for k in at]))).hexdigest()[:16]
    crowd = others(folder, words_key, one.person, views, OTHERS)
    words = portray(one.person)
    helds = []
    for k, far_who in zip(at, crowd, strict=True):
        held = photos[k]
        seen = tuple(sorted((other.sight for j, other in enumerate(photos) if j != k), key=lambda sight: (-worth(sight), sight.item)))
        made = {"photos": portray(one.person, seen), "usual_face": portray(one.person, seen, face={}), "words": words}
        far = [apart(who, held.who) for who in far_who]
        portraits = []
        for kind in KINDS:
            keep_portrait(folder, f"{key}-{len(helds)}-{kind}", made[kind])
            who = drawn(kept_portrait(folder, f"{key}-{len(helds)}-{kind}", one.person), held)[0]
            off = apart(who, held.who)
            portraits.append(Portrait(kind, off, rank(off, far), () if who is None else tuple(round(float(v), 5) for v in who)))
        own = tuple(apart(other.who, held.who) for j, other in enumerate(photos) if j != k)
        helds.append(Held(held.file.name, own, tuple(far), tuple(portraits)))
    return Real(one.name, len(photos), tuple(helds), left)


def among_people(found: Sequence[tuple[RealPerson, Real]], folder: Path, keys: dict[str, str]) -> dict[str, list[int]]:
    """By name, for each held-out photograph the rank of the own portrait among itself and the portraits of all others of the run."""
    known = [(one, real) for one, real in found if real.helds]
    whole = msgspec.json.encode(sorted(keys[one.name] for one, _ in known))
    name = f"among/{hashlib.sha256(whole).hexdigest()[:16]}"
    before = kept(folder, name, Ranks)
    if before is None:
        photos = {one.name: _faces(one) for one, _ in known}
        views = [(one.name, held, photos[one.name][held.file]) for one, real in known for held in real.helds]
        far: list[list[float]] = [[] for _ in views]
        for stranger, _ in known:
            portrait = kept_portrait(folder, f"{keys[stranger.name]}-0-photos", stranger.person)
            for k, (of, _, photo) in enumerate(views):
                if of != stranger.name:
                    far[k].append(apart(drawn(portrait, photo)[0], photo.who))
        ranks: dict[str, tuple[int, ...]] = {}
        for (of, held, _), others_far in zip(views, far, strict=True):
            ranks[of] = (*ranks.get(of, ()), rank(held.portraits[0].apart, np.array(others_far)))
        before = Ranks(ranks)
        keep(folder, name, before)
    return {of: list(at) for of, at in before.at.items()}


def _faces(one: RealPerson) -> dict[str, Photographed]:
    """The photographs by file, without their pictures: a run holds those of many people."""
    nothing = np.zeros((0, 0, 3), np.uint8)
    return {
        photo.file.name: replace(photo, size=size_of(photo), sight=replace(photo.sight, picture=nothing, person=nothing[..., 0]))
        for photo in photographs(one)[0]
    }


def figures_of(told: Sequence[Real], ranks: dict[str, list[int]]) -> dict[str, Any]:
    """All figures; medians are over held-out photographs."""
    helds = [held for real in told for held in real.helds]
    if not helds:
        return {"people": 0, "held": 0}
    out: dict[str, Any] = {"people": len(told), "held": len(helds)}
    own = {kind: np.array([held.portraits[k].apart for held in helds]) for k, kind in enumerate(KINDS)}
    for k, kind in enumerate(KINDS):
        at = np.array([held.portraits[k].rank for held in helds])
        out[kind] = {
            "rank1_rate": round(float((at == 1).mean()), 3),
            "rank_median": float(np.median(at)),
            "among": 1 + COUNT,
            "apart_median": _median(own[kind]),
        }
    for kind in KINDS[1:]:
        out["photos"][f"nearer_than_{kind}_rate"] = round(float((own["photos"] < own[kind]).mean()), 3)
    at = np.array([place for places in ranks.values() for place in places])
    out["among_people"] = {"rank1_rate": round(float((at == 1).mean()), 3), "rank_median": float(np.median(at)), "among": len(told)}
    out["others_apart_median"] = _median(np.concatenate([held.others_apart for held in helds]))
    out["own_photos_apart_median"] = _median(np.concatenate([held.own_photos_apart for held in helds]))
    return out


def rows_of(one: RealPerson, real: Real, folder: Path, key: str) -> list[Row]:
    """A row of the sheet for each held-out photograph: the photograph, then each portrait as it was taken."""
    photos = {photo.file.name: photo for photo in photographs(one)[0]}
    rows = []
    for k, held in enumerate(real.helds):
        photo = photos[held.file]
        cells = [("photograph", cut(photo))]
        for portrait in held.portraits:
            words = f"{portrait.kind}: {portrait.apart:.2f}, rank {portrait.rank}"
            cells.append((words, drawn(kept_portrait(folder, f"{key}-{k}-{portrait.kind}", one.person), photo)[1]))
        near = min(held.own_photos_apart), float(np.median(held.others_apart))
        rows.append(Row(f"{one.name} {held.file}   own photographs {near[0]:.2f}, others {near[1]:.2f}", tuple(cells)))
    return rows


def cut(one: Photographed) -> np.ndarray:
    """The photograph round the face, as its drawings are cut."""
    face = one.sight.face
    size = size_of(one)
    camera, box = cut_to_head(Camera(np.eye(3), np.zeros(3), 1.0, *size), face)
    scale = (box[3] - box[1]) / (face.box[3] - face.box[1])
    x, y = face.box[0] - box[0] / scale, face.box[1] - box[1] / scale
    corners = (x, y, x + camera.width / scale, y + camera.height / scale)
    return np.asarray(
        Image.fromarray(one.sight.picture).transform(
            (camera.width, camera.height), Image.Transform.EXTENT, corners, Image.Resampling.BILINEAR
        )
    )


def drawn(portrait: Stood, held: Photographed) -> tuple[np.ndarray | None, np.ndarray]:
    """A kept portrait drawn as a photograph was taken: who it seems to be, None where no face is found, and the picture."""
    face = held.sight.face
    return drawn_as(portrait.shown, stand(portrait.body, load_places(), face, size_of(held)), face)


def _median(values: Any) -> float:
    return round(float(np.median(values)), 3)


def size_of(one: Photographed) -> tuple[int, int]:
    """Width and height of a photograph, pixels."""
    return one.size or (one.sight.picture.shape[1], one.sight.picture.shape[0])
