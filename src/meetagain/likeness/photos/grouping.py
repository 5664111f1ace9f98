"""Faces of many pictures come in; which of them look like one person, and who of those the portrait may be of, goes out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from meetagain.schema.archive import Item
from meetagain.schema.person import Person
from meetagain.schema.photos import Found

CUT = 0.50  # mean distance under which two groups are one person
LOWEST, HIGHEST = 0.36, 0.54  # between which the cut follows this family: brothers and sisters lie nearer than strangers
ENOUGH_PICTURES, SAFELY = 4, 0.92
CLEAR_PX, CRISP = 56, 0.12  # least size in the file and sharpness of a face that may found a group
PROFILE_DEG, NOD_DEG, HIDDEN = 50.0, 40.0, 0.5
SLACK, CLEARLY = 0.04, 0.9  # for faces that are hard to see
PERHAPS = 0.10  # beyond the cut: perhaps the same person years apart
NEARLY = 0.8  # a second group with this share of the first one's weight is as likely
NAMED = 2.0  # how many pictures a picture counts for that is named after the person


@dataclass(frozen=True)
class Piece:
    """One face to be grouped. `group` is what it was said to be before, "" for a new one."""

    name: str
    item: str
    found: Found
    group: str = ""

    @property
    def clear(self) -> bool:
        """Whether it is seen well enough to tell people apart by it."""
        found = self.found
        turned = abs(found.yaw_deg) > PROFILE_DEG or abs(found.pitch_deg) > NOD_DEG
        hidden = max(found.dark_glasses, found.drawn) >= HIDDEN
        return found.side_px >= CLEAR_PX and found.sharpness >= CRISP and not turned and not hidden


def grouped(pieces: Sequence[Piece]) -> dict[str, str]:
    """Name -> group (A, B, C ...; "" where it cannot be told). Two faces of one picture are never one person; old groups keep their letters."""
    distance, cut = _distances(pieces), cut_of(pieces)
    founding = [at for at, piece in enumerate(pieces) if not piece.group and piece.clear]
    if not founding and not any(piece.group for piece in pieces):  # nobody is seen well: then those who are seen badly
        founding, cut = [at for at, piece in enumerate(pieces) if piece.found.drawn < HIDDEN], cut * CLEARLY
    clusters = _founded(pieces, distance, cut, founding)
    labels = _lettered(pieces, clusters)
    found = {pieces[at].name: label for cluster, label in zip(clusters, labels, strict=True) for at in cluster}
    for at, piece in enumerate(pieces):
        if piece.name not in found and piece.found.drawn >= HIDDEN:
            found[piece.name] = ""  # a drawing tells nobody apart
        elif piece.name not in found:
            near = [(float(distance[at, list(cluster)].mean()), k) for k, cluster in enumerate(clusters)]
            near = sorted(one for one in near if all(pieces[other].item != piece.item for other in clusters[one[1]]))
            known = bool(near) and len(clusters[near[0][1]]) > 1  # by one face alone nobody is known for certain
            plain = near and near[0][0] < cut + (SLACK if known else -SLACK) and (len(near) < 2 or near[0][0] < CLEARLY * near[1][0])
            found[piece.name] = labels[near[0][1]] if plain else ""
    return {piece.name: found[piece.name] for piece in pieces}


def cut_of(pieces: Sequence[Piece]) -> float:
    """The distance that parts people here: under the least one between two faces of one picture, who are certainly different people.

    What most pictures say counts: a collage or a mirror, in which somebody stands twice, does not lower it.
    """
    by_item: dict[str, list[tuple[float, ...]]] = {}
    for piece in pieces:
        if piece.clear:
            by_item.setdefault(piece.item, []).append(piece.found.who)
    least = [
        min(float(np.linalg.norm(np.subtract(one, other))) for k, one in enumerate(faces) for other in faces[k + 1 :])
        for faces in by_item.values()
        if len(faces) > 1
    ]
    if len(least) < ENOUGH_PICTURES:
        return CUT
    return float(np.clip(SAFELY * np.percentile(least, 30), LOWEST, HIGHEST))


def years_apart(pieces: Sequence[Piece], groups: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of groups that may be one person at different ages: near each other, and never in one picture."""
    distance, cut = _distances(pieces), cut_of(pieces)
    members: dict[str, list[int]] = {}
    for at, piece in enumerate(pieces):
        if groups[piece.name] and piece.clear:
            members.setdefault(groups[piece.name], []).append(at)
    names, found = sorted(members, key=_order), []
    for k, one in enumerate(names):
        for other in names[k + 1 :]:
            a, b = members[one], members[other]
            together = {pieces[at].item for at in a} & {pieces[at].item for at in b}
            if not together and float(distance[np.ix_(a, b)].mean()) < cut + PERHAPS:
                found.append((one, other))
    return tuple(found)


@dataclass(frozen=True)
class Likely:
    """Whom the portrait may be of: one group, or several that are as likely (then `group` is "")."""

    group: str
    alike: tuple[str, ...] = ()


def likely(pieces: Sequence[Piece], groups: Mapping[str, str], items: Iterable[Item], person: Person) -> Likely:
    """The group in most pictures, where being alone in one, or named in its file's name or note, counts for more."""
    by_item: dict[str, set[str]] = {}
    for piece in pieces:
        by_item.setdefault(piece.item, set()).add(groups[piece.name])
    weight: dict[str, float] = {}
    for item in items:
        there = by_item.get(item.id, set())
        everybody = sum(piece.item == item.id for piece in pieces)
        worth = 1 / (1 + 0.15 * (everybody - 1)) if everybody else 0.0
        if names_person(item, person):
            worth += NAMED / everybody if everybody else 0.0
        if 0 < everybody == len(item.also_in_it) + 1:
            worth += 0.5  # as many faces as people who were named, and one more
        for group in there - {""}:
            weight[group] = weight.get(group, 0.0) + worth
    ranked = sorted(weight, key=lambda group: (-weight[group], _order(group)))
    if not ranked:
        return Likely("")
    alike = tuple(group for group in ranked if weight[group] >= NEARLY * weight[ranked[0]])
    return Likely(ranked[0]) if len(alike) == 1 else Likely("", alike)


def names_person(item: Item, person: Person) -> bool:
    """Whether a file's name or its note in provenance.yaml names the person."""
    text = _words(f"{item.file.rpartition('/')[2].rpartition('.')[0]} {item.note}")
    return any(_words(name) in text for name in (*person.called, person.full_name) if name.strip())


def _words(text: str) -> str:
    """Words between single spaces, so that a name is found only as a whole."""
    return " " + re.sub(r"[\W_]+", " ", text.casefold()).strip() + " "


def letters(number: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    return letters(number // 26 - 1) + letters(number % 26) if number > 25 else chr(65 + number)


def _order(group: str) -> tuple[int, str]:
    return len(group), group


def _distances(pieces: Sequence[Piece]) -> np.ndarray:
    who = np.array([piece.found.who for piece in pieces], float).reshape(len(pieces), 128)
    square = (who**2).sum(1)
    return np.sqrt(np.maximum(square[:, None] + square[None] - 2 * who @ who.T, 0))


def _founded(pieces: Sequence[Piece], distance: np.ndarray, cut: float, founding: Sequence[int]) -> list[list[int]]:
    """Groups of places in `pieces`: those of before, and the new faces that may found one, joined by mean distance while that is under the cut."""
    old: dict[str, list[int]] = {}
    for at, piece in enumerate(pieces):
        if piece.group:
            old.setdefault(piece.group, []).append(at)
    clusters = [*old.values(), *([at] for at in founding)]
    count = len(clusters)
    between = np.full((count, count), np.inf)
    for k, one in enumerate(clusters):
        for m, other in enumerate(clusters[:k]):
            apart = {pieces[at].item for at in one} & {pieces[at].item for at in other} or k < len(old)
            between[k, m] = between[m, k] = np.inf if apart else distance[np.ix_(one, other)].mean()
    while count > 1:
        k, m = sorted(divmod(int(between.argmin()), count))
        if between[k, m] >= cut:
            break
        share = len(clusters[k]) / (len(clusters[k]) + len(clusters[m]))
        joined = share * between[k] + (1 - share) * between[m]
        clusters[k] = [*clusters[k], *clusters[m]]
        clusters[m] = []
        between[k], between[:, k] = joined, joined
        between[m], between[:, m] = np.inf, np.inf
        between[k, k] = np.inf
    return [sorted(cluster) for cluster in clusters if cluster]


def _lettered(pieces: Sequence[Piece], clusters: Sequence[Sequence[int]]) -> list[str]:
    """A letter for each group: that of before, else the next free ones, the largest group first."""
    kept = [next((pieces[at].group for at in cluster if pieces[at].group), "") for cluster in clusters]
    taken = set(kept)
    free = (letter for number in range(len(clusters) * 2 + len(taken) + 1) if (letter := letters(number)) not in taken)
    new = sorted(
        (k for k, label in enumerate(kept) if not label),
        key=lambda k: (-len(clusters[k]), -sum(pieces[at].found.quality for at in clusters[k]), clusters[k][0]),
    )
    for k in new:
        kept[k] = next(free)
    return kept
