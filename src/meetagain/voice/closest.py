"""Clips of the person and the stock voices come in; the closest one, and what brings it nearer, goes out: measured on clips it did not learn from."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np

from meetagain.voice.clips import LEAST_S, MOST_S, RATE_HZ, for_ear, halves, reach_hz, speech_s, spoken_parts
from meetagain.voice.ear import Ear
from meetagain.voice.manner import Kind
from meetagain.voice.pitch import Melody, Unpitched, melody
from meetagain.voice.speaker import middle
from meetagain.voice.stock import Sample, floor_hz
from meetagain.voice.timbre import BANDS_HZ, Analysis, Throat, analysed, spoken_anew, stretched

REVISION = 1  # raised when a voice is chosen in another way, so that it is chosen anew where there are recordings
TRIED = 6  # stock voices on which conversion is tried
_WARPS = (0.9, 1.0, 1.1)
_FINER = (0.955, 0.985, 1.015, 1.045)
_TONES = (0.5, 1.0)
_MOST_DB = 6.0
_BETTER = 0.005  # less than this is chance
_SAME_SPEAKER = 0.7
_LIKE_SPEECH = 0.5
_CHILD = 1.03  # from this formant on a voice has a smaller throat than any stock voice


class Refused(msgspec.Struct, frozen=True):
    """Why the recordings could not be followed: short, no-pitch, not-speech, another."""

    why: str
    clips: tuple[int, ...] = ()  # places of those left out


class Found(msgspec.Struct, frozen=True):
    """The voice that came closest. Cosines are of clips held out: `before` of the voice of that age and sex, `after` of this one."""

    name: str
    throat: Throat
    before: float
    ranked: float  # of the closest stock voice as it is
    after: float
    ceiling: float  # of the person's own clips with one another
    steps: tuple[str, ...]  # what was kept of: stock, pitch, throat, tone
    left_out: tuple[int, ...] = ()  # places of clips that another voice seems to speak
    unsure_pitch: bool = False


class Target(msgspec.Struct, frozen=True):
    """What is known of the person's voice."""

    learnt: np.ndarray  # embedding
    judged: np.ndarray
    parts: list[np.ndarray]  # to learn from
    tune: Melody | Unpitched
    reach: float
    left_out: tuple[int, ...]


class Stock(msgspec.Struct, frozen=True):
    """A stock voice taken apart once, so that it can be put together in many ways."""

    name: str
    sound: np.ndarray
    analysis: Analysis
    tune: Melody


def find(target: Target, kind: Kind, said: Mapping[str, Sample], ear: Ear) -> Found | Refused:
    """`kind` is the voice of that age and sex; its name must be in `said`. Nothing of its age is lost: a child keeps its smaller throat,
    an old voice its tremor."""
    fit = _Fit(target, kind, ear)
    order, nearest = fit.ranked(said)
    if nearest < _LIKE_SPEECH:
        return Refused("not-speech")
    if isinstance(target.tune, Melody) and another(kind, order[0], target.tune.centre_hz):
        return Refused("another")
    chains = [fit.grown(stock_of(said[name])) for name in dict.fromkeys((kind.name, *order[:TRIED]))]
    return fit.found(chains, order[0])


def nearest(target: Target, kind: Kind, stock: Stock, ear: Ear) -> Throat:
    """The throat that brings a voice which is not a stock voice nearest: tried from the voice as it is, and from what that age and sex would be."""
    tries = []
    for start in dict.fromkeys((Kind(stock.name), msgspec.structs.replace(kind, name=stock.name, pace=1.0))):
        fit = _Fit(target, start, ear)
        throat, score, _ = fit.kept(fit.grown(stock))
        tries.append((score, throat))
    return max(tries, key=lambda one: one[0])[1]


def target_of(clips: Sequence[np.ndarray], ear: Ear) -> Target | Refused:
    """Embeddings, melody and reach of the clips, without those of somebody else."""
    parts = _enough(clips)
    if speech_s(list(parts.values())) < LEAST_S:
        return Refused("short")
    reach = reach_hz(list(parts.values()))
    others = strangers(dict(zip(parts, ear([for_ear(part, reach) for part in parts.values()]), strict=True)))
    own = [part for place, part in parts.items() if place not in others]
    learnt, judged = halves(own)
    if speech_s(own) < LEAST_S or not learnt or not judged:
        return Refused("short", others)
    tune = melody(own, RATE_HZ)
    if tune is Unpitched.NO_PITCH:
        return Refused("no-pitch", others)
    return Target(
        learnt=middle(ear([for_ear(part, reach) for part in learnt])),
        judged=middle(ear([for_ear(part, reach) for part in judged])),
        parts=learnt,
        tune=tune,
        reach=reach,
        left_out=others,
    )


def _enough(clips: Sequence[np.ndarray]) -> dict[int, np.ndarray]:
    """What is spoken in each clip by its place; after some minutes more tells nothing new."""
    parts: dict[int, np.ndarray] = {}
    for place, clip in enumerate(clips):
        part = spoken_parts(clip)
        if len(part) and speech_s(list(parts.values())) < MOST_S:
            parts[place] = part[: 60 * RATE_HZ]
    return parts


def strangers(embeddings: Mapping[int, np.ndarray]) -> tuple[int, ...]:
    """Places of clips that do not sound like the others: only where there are enough to say who the others are."""
    found: list[int] = []
    left = dict(embeddings)
    while len(left) >= 3:
        alike = {place: float(middle([e for p, e in left.items() if p != place]) @ own) for place, own in left.items()}
        worst = min(alike, key=alike.__getitem__)
        if alike[worst] >= _SAME_SPEAKER:
            break
        found.append(worst)
        del left[worst]
    return tuple(sorted(found))


def another(kind: Kind, closest: str, centre_hz: float) -> bool:
    """Whether pitch and closest stock voice both say that somebody else speaks: a man for a woman or a child, a woman for a man."""
    woman_or_child = kind.name[1:2] == "f"
    if woman_or_child:
        return closest[1:2] == "m" and centre_hz < 145
    return closest[1:2] == "f" and centre_hz > 175


class Step(msgspec.Struct, frozen=True):
    """One step towards the person: what it was, the throat behind it, and the cosine to what was learnt from."""

    label: str
    stock: Stock
    throat: Throat
    score: float


def stock_of(sample: Sample) -> Stock:
    """Take a voice apart as it will be taken apart when it speaks."""
    sound = np.concatenate(sample.sounds)
    return Stock(sample.name, sound, analysed(sound, RATE_HZ, floor_hz(sample.name, sample.tune.centre_hz)), sample.tune)


def _as(stock: Stock, throat: Throat) -> np.ndarray:
    """(n,) float32: what the stock voice says from this throat."""
    return spoken_anew(stock.analysis, throat, len(stock.sound)) if throat.changes else stock.sound


class _Fit:
    """One person's clips, and how near a voice comes to them."""

    def __init__(self, target: Target, kind: Kind, ear: Ear) -> None:
        self.target, self.kind, self.ear = target, kind, ear
        self.plain = Throat(kind.pitch, kind.formant, 0.0, kind.tremor)

    def cosine(self, stock: Stock, throat: Throat, to: np.ndarray) -> float:
        """How near a stock voice is as this throat speaks."""
        return self.cosines(stock, [throat], to)[0]

    def cosines(self, stock: Stock, throats: Sequence[Throat], to: np.ndarray) -> list[float]:
        """The same of several throats."""
        return self._near([_as(stock, throat) for throat in throats], to)

    def _near(self, sounds: Sequence[np.ndarray], to: np.ndarray) -> list[float]:
        return [float(voice @ to) for voice in self.ear([for_ear(sound, self.target.reach) for sound in sounds])]

    def ranked(self, said: Mapping[str, Sample]) -> tuple[list[str], float]:
        """Names, the nearest first, and how near that is. A child is compared with what each voice would be with a child's throat and pitch."""
        child = self.kind.formant >= _CHILD
        sounds = [self._as_child(stock_of(one)) if child else np.concatenate(one.sounds) for one in said.values()]
        near = dict(zip(said, self._near(sounds, self.target.learnt), strict=True))
        order = sorted(near, key=near.__getitem__, reverse=True)
        return order, near[order[0]]

    def _as_child(self, stock: Stock) -> np.ndarray:
        return _as(stock, Throat(self._pitch(stock), self.kind.formant))

    def _pitch(self, stock: Stock) -> float:
        tune = self.target.tune
        return float(np.clip(tune.centre_hz / stock.tune.centre_hz, 0.5, 2.0)) if isinstance(tune, Melody) else self.kind.pitch

    def grown(self, stock: Stock) -> list[Step]:
        """Step by step nearer to what is learnt from: as it is, the pitch, the throat (with or without the pitch), the tone.

        A step that does not help is not in it."""
        chain = [Step("stock", stock, self.plain, self.cosine(stock, self.plain, self.target.learnt))]
        for label, ways in (("pitch", self._pitches), ("throat", self._throats), ("throat", self._finer), ("tone", self._tones)):
            throats = ways(stock, chain[-1].throat)
            scores = self.cosines(stock, throats, self.target.learnt) if throats else []
            tries = [Step(label, stock, throat, score) for throat, score in zip(throats, scores, strict=True)]
            best = max(tries, key=lambda step: step.score, default=chain[-1])
            if best.score > chain[-1].score + _BETTER:
                chain.append(best)
        return chain

    def _pitches(self, stock: Stock, now: Throat) -> list[Throat]:
        """The person's own pitch, with the stock voice's swing and with theirs, and half the way there."""
        if not isinstance(self.target.tune, Melody):
            return []
        swing = float(np.clip(self.target.tune.swing / max(stock.tune.swing, 1e-3), 0.7, 1.4))
        pitch, replace = self._pitch(stock), msgspec.structs.replace
        return [
            replace(now, pitch=pitch),
            replace(now, pitch=pitch, spread=swing, centre_hz=stock.tune.centre_hz),
            replace(now, pitch=float(np.sqrt(pitch * self.kind.pitch))),
        ]

    def _throats(self, stock: Stock, now: Throat) -> list[Throat]:
        ways = [now, self.plain, *self._pitches(stock, self.plain)]
        warped = [msgspec.structs.replace(way, formant=self.kind.formant * warp) for way in ways for warp in _WARPS]
        return list(dict.fromkeys(warped))

    def _finer(self, stock: Stock, now: Throat) -> list[Throat]:
        return [msgspec.structs.replace(now, formant=now.formant * share) for share in _FINER]

    def _tones(self, stock: Stock, now: Throat) -> list[Throat]:
        full = tone_between(self.target, stock, now.formant)
        return [msgspec.structs.replace(now, tone_db=tuple(round(share * float(value), 1) for value in full)) for share in _TONES]

    def kept(self, chain: Sequence[Step]) -> tuple[Throat, float, tuple[str, ...]]:
        """Of a chain only the steps that also come nearer to what was held out."""
        throat = chain[0].throat
        now = self.cosine(chain[0].stock, throat, self.target.judged)
        steps = [chain[0].label]
        for before, step in pairwise(chain):
            tried = _with_change(throat, before.throat, step.throat)
            score = self.cosine(step.stock, tried, self.target.judged)
            if score > now + _BETTER:
                throat, now = tried, score
                steps.append(step.label)
        return throat, now, tuple(steps)

    def found(self, chains: Sequence[Sequence[Step]], nearest: str) -> Found:
        """Of the voices tried, the first of which is that of age and sex, the one that came nearest; another only if it is better."""
        kept = [self.kept(chain) for chain in chains]
        best = max(range(len(chains)), key=lambda place: kept[place][1])
        if kept[best][1] <= kept[0][1] + _BETTER:
            best = 0
        throat, after, steps = kept[best]
        as_it_is = next((chain[0].stock for chain in chains if chain[0].stock.name == nearest), chains[0][0].stock)
        return Found(
            name=chains[best][0].stock.name,
            throat=throat,
            before=self.cosine(chains[0][0].stock, self.plain, self.target.judged),
            ranked=self.cosine(as_it_is, self.plain, self.target.judged),
            after=after,
            ceiling=float(self.target.learnt @ self.target.judged),
            steps=tuple(dict.fromkeys(steps)),
            left_out=self.target.left_out,
            unsure_pitch=not isinstance(self.target.tune, Melody),
        )


def _with_change(throat: Throat, was: Throat, to: Throat) -> Throat:
    """`throat` with only what changed from one step to the next."""
    changed = {field: getattr(to, field) for field in throat.__struct_fields__ if getattr(to, field) != getattr(was, field)}
    return msgspec.structs.replace(throat, **changed)


def tone_between(target: Target, stock: Stock, formant: float) -> np.ndarray:
    """(n_bands,) decibels between the person's long-term envelope and the stock voice's, smoothed, at most 6, nothing beyond the reach."""
    floor = max(55.0, 0.6 * target.tune.centre_hz) if isinstance(target.tune, Melody) else 71.0
    own = np.mean([_tone(analysed(part, RATE_HZ, floor)) for part in _some(target.parts)], axis=0)
    theirs = _tone(msgspec.structs.replace(stock.analysis, envelope=stretched(stock.analysis.envelope, formant)))
    inside = 0.85 * target.reach > BANDS_HZ
    between = np.where(inside, own - theirs, 0.0)
    between[inside] -= between[inside].mean()
    smooth = np.convolve(np.pad(between, 1, mode="edge"), (0.25, 0.5, 0.25), "valid")
    return np.where(inside, smooth.clip(-_MOST_DB, _MOST_DB), 0.0)


def _some(parts: Sequence[np.ndarray]) -> list[np.ndarray]:
    """As many as tell the tone: 20 seconds."""
    some: list[np.ndarray] = []
    for part in parts:
        if speech_s(some) < 20:
            some.append(part[: 10 * RATE_HZ])
    return some


def _tone(found: Analysis) -> np.ndarray:
    """(n_bands,) decibels: the mean envelope of what is voiced."""
    decibels = 10 * np.log10(found.envelope[found.f0 > 0] + 1e-12).mean(0)
    hz = np.linspace(0, found.rate_hz / 2, len(decibels))
    edges = np.concatenate([[0.0], (BANDS_HZ[1:] + BANDS_HZ[:-1]) / 2, [BANDS_HZ[-1] * 1.1]])
    return np.array([decibels[(hz >= low) & (hz < high)].mean() for low, high in pairwise(edges)])
