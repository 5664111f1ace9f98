"""Embeddings of the stretches of speech in a family's recordings come in; whose voice each one is, as far as it can be told, goes out."""

from collections.abc import Collection, Mapping, Sequence

import msgspec
import numpy as np

from meetagain.schema.recordings import Whose
from meetagain.voice.speaker import middle

ENOUGH_S = 1.0  # a shorter piece does not tell whose it is
APART = 0.84  # two groups whose middles are nearer than this are one voice
NEAR = 0.78  # of another recording: so near, and it is the same voice
PERHAPS = 0.62  # less near, and it may be the same voice in another room; the keeper is asked
_ROUNDS = 12


class Piece(msgspec.Struct, frozen=True):
    """One stretch: which recording it is in, its length, and whose voice it is, (256,)."""

    recording: str
    seconds: float
    embedding: np.ndarray


def voices(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """The number of a voice for each piece, from 0; pieces of one voice in one recording share it. Too short pieces get -1.

    Each recording is looked at by itself: in one room the voices are compared with each other, and the room cancels out.
    """
    found = [-1] * len(pieces)
    number = 0
    for recording in dict.fromkeys(piece.recording for piece in pieces):
        places = [at for at, piece in enumerate(pieces) if piece.recording == recording and piece.seconds >= ENOUGH_S]
        for group in _joined(_groups(places, pieces), pieces):
            for at in group:
                found[at] = number
            number += 1
    return tuple(found)


def _groups(places: list[int], pieces: Sequence[Piece]) -> list[list[int]]:
    """Split in two as long as the halves are different voices."""
    if len(places) < 2:
        return [places] if places else []
    rows = np.stack([pieces[at].embedding for at in places])
    weights = np.array([pieces[at].seconds for at in places])
    second = _halves(rows, weights)
    if second.all() or not second.any() or _middle(rows[second], weights[second]) @ _middle(rows[~second], weights[~second]) >= APART:
        return [places]
    parts = ([at for at, there in zip(places, second, strict=True) if there == which] for which in (False, True))
    return [group for part in parts for group in _groups(part, pieces)]


def _joined(groups: list[list[int]], pieces: Sequence[Piece]) -> list[list[int]]:
    """A voice that was torn apart when others were split from it is one again."""
    while len(groups) > 1:
        middles = np.stack([_middle_of(group, pieces) for group in groups])
        near = middles @ middles.T - 2 * np.eye(len(groups))
        one, other = sorted(divmod(int(near.argmax()), len(groups)))
        if near[one, other] < APART:
            break
        groups = [*(group for at, group in enumerate(groups) if at not in (one, other)), sorted(groups[one] + groups[other])]
    return sorted(groups)


def _halves(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(n,) bool: two middles that each row is nearest to, begun along the direction in which the rows differ most."""
    centred = rows - np.average(rows, axis=0, weights=weights)
    second = (centred @ np.linalg.svd(centred * np.sqrt(weights)[:, None], full_matrices=False)[2][0]) > 0
    for _ in range(_ROUNDS):
        if second.all() or not second.any():
            break
        nearer = rows @ _middle(rows[second], weights[second]) > rows @ _middle(rows[~second], weights[~second])
        if (nearer == second).all():
            break
        second = nearer
    return second


def _middle(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return middle(rows * weights[:, None])


def attributed(pieces: Sequence[Piece], voice_of: Sequence[int], yes: Collection[int], no: Collection[int]) -> tuple[Whose, ...]:
    """Whose each piece is, after the keeper said of some places that they are theirs (`yes`) or somebody else's (`no`).

    What is said of one piece holds for the whole voice that it belongs to in its recording, unless both were said of one voice: then
    each piece goes with the answer that it is nearer to. Other voices in that recording are others'. A voice in another recording is theirs
    where it is near enough, nearer than to any voice that is not theirs, and the nearest one there.
    """
    if not yes:
        return tuple(Whose.OTHER if at in no else Whose.UNKNOWN for at in range(len(pieces)))
    groups = {number: [at for at, voice in enumerate(voice_of) if voice == number] for number in sorted(set(voice_of) - {-1})}
    middles = {number: _middle_of(group, pieces) for number, group in groups.items()}
    theirs = [_of_answer(at, pieces, voice_of, middles) for at in yes]
    others = [_of_answer(at, pieces, voice_of, middles) for at in no if _of(at, voice_of, yes) is False]
    found: dict[int, Whose] = {}
    confirmed = {pieces[at].recording for at in yes if voice_of[at] >= 0}
    for number, whose in _by_voice(groups, middles, pieces, theirs, others).items():
        heard_there = pieces[groups[number][0]].recording in confirmed  # then it is another voice than theirs, in the same room
        found |= dict.fromkeys(groups[number], Whose.OTHER if heard_there else whose)
    for group in groups.values():
        said_yes, said_no = [at for at in group if at in yes], [at for at in group if at in no]
        if said_yes and said_no:
            found |= {at: _nearer(at, said_yes, said_no, pieces) for at in group}
        elif said_yes or said_no:
            found |= dict.fromkeys(group, Whose.THEIRS if said_yes else Whose.OTHER)
    found |= {at: _short(at, pieces, voice_of, middles, found) for at, voice in enumerate(voice_of) if voice < 0}
    found |= dict.fromkeys(yes, Whose.THEIRS) | dict.fromkeys(no, Whose.OTHER)
    return tuple(found[at] for at in range(len(pieces)))


def _of(at: int, voice_of: Sequence[int], yes: Collection[int]) -> bool:
    """Whether the voice that a piece belongs to was also said to be theirs."""
    return voice_of[at] >= 0 and any(voice_of[other] == voice_of[at] for other in yes)


def _middle_of(group: Sequence[int], pieces: Sequence[Piece]) -> np.ndarray:
    return _middle(np.stack([pieces[at].embedding for at in group]), np.array([pieces[at].seconds for at in group]))


def _of_answer(at: int, pieces: Sequence[Piece], voice_of: Sequence[int], middles: Mapping[int, np.ndarray]) -> np.ndarray:
    return middles[voice_of[at]] if voice_of[at] >= 0 else pieces[at].embedding


def _by_voice(
    groups: Mapping[int, list[int]],
    middles: Mapping[int, np.ndarray],
    pieces: Sequence[Piece],
    theirs: Sequence[np.ndarray],
    others: Sequence[np.ndarray],
) -> dict[int, Whose]:
    """Voices of which nothing was said: by how near they come to those of which something was."""
    near = {number: max(float(own @ middle_) for own in theirs) for number, middle_ in middles.items()}
    first: dict[str, int] = {}
    for number in sorted(near, key=near.__getitem__, reverse=True):
        first.setdefault(pieces[groups[number][0]].recording, number)
    found = {}
    for number, middle_ in middles.items():
        own = first[pieces[groups[number][0]].recording] == number
        elsewhere = max((float(other @ middle_) for other in others), default=-1.0)
        if near[number] < PERHAPS or elsewhere > near[number]:
            found[number] = Whose.OTHER
        else:
            found[number] = Whose.THEIRS if near[number] >= NEAR and own else Whose.PERHAPS if own or near[number] >= NEAR else Whose.OTHER
    return found


def _nearer(at: int, yes: Sequence[int], no: Sequence[int], pieces: Sequence[Piece]) -> Whose:
    here = pieces[at].embedding
    own, other = (max(float(pieces[said].embedding @ here) for said in group) for group in (yes, no))
    return Whose.THEIRS if own >= other else Whose.OTHER


def _short(
    at: int, pieces: Sequence[Piece], voice_of: Sequence[int], middles: Mapping[int, np.ndarray], found: Mapping[int, Whose]
) -> Whose:
    """A short piece is at most perhaps theirs: where, of the voices in its recording, theirs is the nearest."""
    here = {
        voice_of[other]: other for other in range(len(pieces)) if voice_of[other] >= 0 and pieces[other].recording == pieces[at].recording
    }
    if not here:
        return Whose.UNKNOWN
    nearest = max(here, key=lambda number: float(middles[number] @ pieces[at].embedding))
    return Whose.OTHER if found[here[nearest]] is Whose.OTHER else Whose.PERHAPS
