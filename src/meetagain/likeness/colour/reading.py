"""A fitted body and confirmed photographs come in; how each was taken, the tones and the photographed skin go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from meetagain.likeness.body import Body, lip_share
from meetagain.likeness.colour.blending import PhotoSkin, Zones, together, without_light
from meetagain.likeness.colour.projecting import SIDE, Laid, Texels, head_texels, lay
from meetagain.likeness.colour.shading import to_linear, to_srgb
from meetagain.likeness.colour.standing import stand
from meetagain.likeness.colour.tones import Reading, Tones, joined, read_tones
from meetagain.likeness.fit.places import Places
from meetagain.likeness.parts import smoothstep
from meetagain.likeness.photos.seen import Sight

BADLY_MET = 0.06  # median miss of the landmarks over the distance of the eyes, above which a photograph is not laid on
MOST_COVERED, LEAST_PX = 0.6, 40  # of a face that may be hidden; its smaller side in pixels
WEAK = 0.25  # weight of evidence up to which a photograph alone does not carry the skin wholly
HEAVY = 0.42  # strength of a frame that is horn and no wire
BEHIND = 0.9  # how far what is seen through a lens is left out where a photograph shows the face without
LEAST_TOLD = 2  # photographs with glasses before the portrait wears them: one may be mistaken
OTHERS = 3  # photographs of other years that tell the tones where those of the right years are black and white
MOST = 10  # photographs that are laid on; more add time and no more skin


@dataclass(frozen=True)
class Read:
    """Everything the photographs say of colour."""

    texels: Texels
    zones: Zones
    laid: tuple[Laid, ...]
    tones: Tones
    readings: tuple[Reading, ...]  # of each photograph in colour

    @property
    def glasses(self) -> str:
        """How glasses look that are worn in every photograph that tells of them: round, rectangular (heavy); empty where one is without."""
        told = [one for one in self.laid if one.told]
        if len(told) < LEAST_TOLD or any(one.rims is None for one in told):
            return ""
        return "rectangular" if float(np.median([one.rims.heavy for one in told])) > HEAVY else "round"


def read_colours(body: Body, sights: Sequence[Sight], places: Places, origin: Mapping[str, float] | None = None) -> Read:
    """Where each photograph was taken from, what it shows of the skin, and the tones of skin and eyes; `origin` as the keeper told it."""
    texels = head_texels(body)
    zones = zones_of(body, texels)
    plain = [s for s in sights if tells_colour(s)]
    near = ([s for s in plain if s.shapes_face] or plain)[:MOST]
    others = [] if any(not s.grey for s in near) else [s for s in plain if not s.grey and not s.shapes_face][:OTHERS]
    laid = []
    for sight in (*near, *others):
        size = (sight.picture.shape[1], sight.picture.shape[0])
        try:
            standing = stand(body, places, sight.face, size)
            if standing.off_share < BADLY_MET:
                laid.append(lay(body, texels, places, sight, standing))
        except (np.linalg.LinAlgError, ValueError):
            continue  # landmarks that no face can have: the other photographs tell
    found = tuple(reading for one in laid if (reading := read_tones(body, zones.plain, one)) is not None)
    return Read(texels, zones, tuple(one for one in laid if one.sight.shapes_face), joined(found, origin), found)


def tells_colour(sight: Sight) -> bool:
    """Whether skin and eyes may be read in a photograph: a face of some size that neither glasses for the sun nor a mask hide, and no drawing."""
    face = sight.face
    if face is None or face.covered > MOST_COVERED or "drawing" in sight.notes:
        return False
    return min(face.box[2] - face.box[0], face.box[3] - face.box[1]) >= LEAST_PX


def zones_of(body: Body, texels: Texels) -> Zones:
    """Where on the head is plain skin, where lips, brows, lids and nostrils are, and where no photograph is laid."""
    s, at = body.face.scale, texels.at / body.face.scale
    eyes = np.stack([e - body.face.middle for e in body.face.eyes]) / s
    socket = np.min([np.hypot((at[:, 0] - e[0]) / 1.25, at[:, 1] - e[1]) for e in eyes], axis=0)
    socket = np.where(at[:, 2] > -0.02, socket, 1.0)
    brow = (np.abs(at[:, 1] - body.face.brow_m / s) < 0.006) & (np.abs(at[:, 0]) > 0.006) & (np.abs(at[:, 0]) < 0.05) & (at[:, 2] > -0.03)
    nose = (body.face.nose - body.face.middle) / s
    nostril = (np.abs(at[:, 0]) < 0.014) & (np.abs(at[:, 1] - nose[1] + 0.006) < 0.006) & (texels.normals[:, 1] < 0.1) & (at[:, 2] > 0)
    mouth = (body.face.mouth - body.face.middle) / s
    lips = texels.of(_lips(body)[:, None])[:, 0] > 0.06
    lips |= (np.abs(at[:, 0]) < 0.032) & (np.abs(at[:, 1] - mouth[1]) < 0.010) & (at[:, 2] > 0)
    ears = np.maximum(body.basis.size_of("l-ear-trans-up"), body.basis.size_of("r-ear-trans-up"))
    ear = texels.of((ears / ears.max())[:, None])[:, 0]
    face = (at[:, 1] < 0.068) & (at[:, 1] > -0.125) & (at[:, 2] > -0.075)
    feature = (socket < 0.0145) | brow | nostril | lips
    balls = np.min(
        [np.linalg.norm(texels.at - (e - body.face.middle), axis=1) / r for e, r in zip(body.face.eyes, body.face.radii, strict=True)],
        axis=0,
    )
    usable = smoothstep(1.06, 1.22, balls) * (1 - smoothstep(0.04, 0.12, ear)) * smoothstep(-0.10, -0.07, at[:, 2])
    usable *= 1 - smoothstep(0.070, 0.085, at[:, 1])
    brow_up = smoothstep(0.0215, 0.026, at[:, 1]) * (at[:, 2] > -0.06)
    return Zones(face & ~feature & (ear < 0.1), np.maximum(feature, brows_and_lids(at, socket, body.face.brow_m / s)), brow_up, usable)


def brows_and_lids(at: np.ndarray, socket: np.ndarray, brow: float) -> np.ndarray:
    """How much (n,), 0 .. 1, a texel may be brow or lid, softly: real brows are wider than the painted ones, and they move.

    `at` (n, 3) and `brow` (height) from the middle of the eyes, `socket` (n,) from the nearer eye, all over the face's scale, metres.
    """
    up, across = at[:, 1] - brow, np.abs(at[:, 0])
    band = smoothstep(-0.017, -0.010, up) * (1 - smoothstep(0.008, 0.014, up))
    band *= smoothstep(0.001, 0.006, across)
    return np.maximum(band, 1 - smoothstep(0.016, 0.026, socket)) * (1 - smoothstep(0.040, 0.050, across)) * (at[:, 2] > -0.04)


def _lips(body: Body) -> np.ndarray:
    out = np.zeros(len(body.points))
    faces, texture = body.basis.groups["f_body"].ravel(), body.basis.groups["t_body"].ravel()
    np.maximum.at(out, faces, lip_share(body.basis, body.basis.uv[texture]))
    return out


def photo_skin(read: Read, painted: np.ndarray) -> PhotoSkin | None:
    """The photographed skin over the painted atlas (h, w, 3) uint8; None when no photograph shows enough."""
    if not read.laid:
        return None
    small = np.asarray(Image.fromarray(painted).resize((SIDE, SIDE), Image.Resampling.BOX), np.float32) / 255
    ground = to_linear(small.astype(float))
    guess = ground[read.texels.rows, read.texels.columns]
    albedos, weights = [], []
    bare = any(one.told and one.rims is None for one in read.laid)
    for one in read.laid:
        albedo, weight = without_light(one, guess, read.zones)
        if one.sight.grey:
            albedo = guess * (albedo.mean(1) / np.maximum(guess.mean(1), 0.01))[:, None]
        calm = 1 - 0.5 * one.sight.face.smile
        if bare and one.rims is not None:
            weight = weight * (1 - BEHIND * one.lens)
        albedos.append(albedo)
        weights.append(weight * calm * (0.15 + 0.85 * one.sight.face.quality))
    if max(float(w.max()) for w in weights) <= 0:
        return None
    strongest = max(WEAK, *(float(np.percentile(w[w > 0], 90)) for w in weights if (w > 0).any()))
    return together(read.texels, albedos, [np.clip(w / strongest, 0, 1) for w in weights], ground, read.zones)


def overlay(painted: np.ndarray, skin: PhotoSkin) -> np.ndarray:
    """The painted atlas (h, w, 3) uint8 with the photographed skin laid over."""
    size = (painted.shape[1], painted.shape[0])
    colour = (to_srgb(skin.albedo) * 255).astype(np.uint8)
    large = np.asarray(Image.fromarray(colour).resize(size, Image.Resampling.BICUBIC), np.float32)
    share = np.asarray(Image.fromarray(skin.share.astype(np.float32)).resize(size, Image.Resampling.BILINEAR))[..., None]
    return np.clip(painted * (1 - share) + large * share, 0, 255).astype(np.uint8)
