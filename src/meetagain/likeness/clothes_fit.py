"""A photograph that the keeper points at comes in; the colours and patterns of the clothes in it go out, and garments are given them."""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.ndimage import find_objects, gaussian_filter, label, map_coordinates

from meetagain.likeness.cloth_tile import seamless
from meetagain.likeness.clothes_words import Colour, Garment
from meetagain.likeness.lab import lab_of, srgb_of
from meetagain.likeness.photos.seen import Sight

SHOULDERS, HIPS, KNEES, HEELS, TOES = (11, 12), (23, 24), (25, 26), (29, 30), (31, 32)
SEEN = 0.5  # least visibility of a landmark
PATCH = (128, 96)  # rows, columns of the straightened trunk
LEAST_PIXELS = 150
LEAST_SURE = 0.15  # below this a region tells no colour: it is small, or of many colours
REGIONS = {"upper": "what is worn above", "lower": "what is worn below", "feet": "what is on the feet"}
TORSO_M = 0.29  # shoulder to hip as a share of the height (Drillis and Contini 1966)
UPPER = ("coat", "jacket", "cardigan", "waistcoat", "jumper", "dungarees", "dress", "shirt")
LOWER = ("skirt", "trousers", "dungarees", "tights")
FEET = ("boots", "shoes", "trainers", "sandals", "slippers")


@dataclass(frozen=True)
class SeenCloth:
    """What a region of a photograph shows: sRGB colours 0..255, a pattern, and a tile of the cloth if it was clear enough."""

    colour: Colour
    second: Colour | None = None
    pattern: str = "plain"  # plain | stripes | check | dots | flowers
    tile: np.ndarray | None = field(default=None, compare=False, repr=False)
    tile_m: float = 0.12
    sure: float = 0.0  # 0 .. 1


def seen_clothes(sight: Sight, height_m: float) -> dict[str, SeenCloth]:
    """Cloth by region (upper, lower, feet); regions that cannot be seen are left out, and a black-and-white picture tells nothing."""
    if sight.pose is None or sight.grey:
        return {}
    picture = balanced(sight.picture, sight.person)
    out = {}
    upper = straightened(picture, sight)
    if upper is not None:
        size = np.linalg.norm(middle(sight, SHOULDERS) - middle(sight, HIPS))
        out["upper"] = read_patch(*upper, TORSO_M * height_m * 0.72 / PATCH[0], size)
    for name, ends, share in (("lower", (HIPS, KNEES), 0.20), ("feet", (HEELS, TOES), 0.28)):
        pixels = strips(picture, sight, ends, share)
        if len(pixels) >= LEAST_PIXELS:
            colour, second, part = dominant(pixels)
            del second
            out[name] = SeenCloth(colour, sure=float(np.clip(part * len(pixels) / 1500, 0, 1)))
    return out


def worn_in_photo(garments: dict[str, Garment], seen: dict[str, SeenCloth]) -> dict[str, Garment]:
    """The garments with what the photograph shows of them. What the keeper's words say of a colour or pattern stays."""
    out = dict(garments)
    for region, kinds in (("upper", UPPER), ("lower", LOWER), ("feet", FEET)):
        kind = next((k for k in kinds if k in out), None)
        cloth = seen.get(region)
        if kind is None or cloth is None or cloth.sure < LEAST_SURE or (region == "lower" and "dress" in out and kind == "tights"):
            continue
        garment = out[kind]
        if not garment.colour_told:
            garment = replace(garment, colour=cloth.colour)
        if not garment.pattern_told and cloth.pattern != "plain":
            second = garment.second or (None if garment.colour_told else cloth.second)
            garment = replace(garment, pattern=cloth.pattern, second=second)
            if not garment.colour_told and cloth.tile is not None:
                garment = replace(garment, tile=cloth.tile, tile_m=cloth.tile_m)
        out[kind] = garment
    return out


def too_little(garments: dict[str, Garment], seen: dict[str, SeenCloth]) -> tuple[str, ...]:
    """In plain words, the parts whose colour is wanted from the photograph and cannot be told surely from it."""
    wanted = {"upper": UPPER, "lower": LOWER, "feet": FEET}
    kinds = {region: next((garments[k] for k in names if k in garments), None) for region, names in wanted.items()}
    return tuple(
        words
        for region, words in REGIONS.items()
        if (garment := kinds[region]) and not garment.colour_told and region in seen and seen[region].sure < LEAST_SURE
    )


def balanced(picture: np.ndarray, person: np.ndarray) -> np.ndarray:
    """The picture (h, w, 3) as linear light in [0, 1] with the colour of the light half taken out.

    Shades of grey (Finlayson and Trezzi 2004, p = 6), from what is not the person so that a red coat does not count as red light.
    """
    linear = (picture / 255.0) ** 2.2
    around = linear[(person < 0.3) & (picture.max(2) < 250)]
    if len(around) < 500:
        return linear
    light = (np.mean(around**6, axis=0) ** (1 / 6)).clip(1e-3)
    gain = (light.mean() / light) ** 0.5
    return np.clip(linear * np.clip(gain, 0.8, 1.25), 0, 1)


def middle(sight: Sight, pair: tuple[int, int]) -> np.ndarray:
    """The middle (2,) between two landmarks, pixels."""
    return sight.pose[list(pair), :2].mean(0)


def visible(sight: Sight, pair: tuple[int, int]) -> bool:
    """Whether both landmarks are seen and lie in the picture."""
    h, w = sight.picture.shape[:2]
    points = sight.pose[list(pair)]
    inside = (points[:, 0] > -2) & (points[:, 0] < w + 2) & (points[:, 1] > -2) & (points[:, 1] < h + 2)
    return bool((points[:, 3] > SEEN).all() and inside.all())


def straightened(picture: np.ndarray, sight: Sight) -> tuple[np.ndarray, np.ndarray] | None:
    """The trunk from below the collar to above the belt as an upright patch (128, 96, 3), and where the person is on it (128, 96) bool."""
    if not (visible(sight, SHOULDERS) and visible(sight, HIPS)):
        return None
    order = [p[0] if sight.pose[p[0], 0] < sight.pose[p[1], 0] else p[1] for p in (SHOULDERS, HIPS)]
    other = [sum(p) - o for p, o in zip((SHOULDERS, HIPS), order, strict=True)]
    (tl, bl), (tr, br) = sight.pose[order, :2], sight.pose[other, :2]
    v, u = np.meshgrid(np.linspace(0.2, 0.92, PATCH[0]), np.linspace(0.14, 0.86, PATCH[1]), indexing="ij")
    left, right = tl + (bl - tl) * v[..., None], tr + (br - tr) * v[..., None]
    at = left + (right - left) * u[..., None]
    if np.linalg.norm(tr - tl) < 12:
        return None
    where = [at[..., 1], at[..., 0]]
    patch = np.stack([map_coordinates(picture[..., k], where, order=1, mode="nearest") for k in range(3)], -1)
    mask = map_coordinates(sight.person, where, order=1, mode="nearest") > 0.6
    return (patch, mask) if mask.mean() > 0.4 else None


def strips(picture: np.ndarray, sight: Sight, ends: tuple[tuple[int, int], tuple[int, int]], share: float) -> np.ndarray:
    """Pixels (n, 3) of the person along both lines between two pairs of landmarks, within a share of the line's length."""
    out = []
    rows, columns = np.indices(picture.shape[:2])
    for side in (0, 1):
        a, b = (sight.pose[pair[side]] for pair in ends)
        if min(a[3], b[3]) < SEEN:
            continue
        line = b[:2] - a[:2]
        length = max(float(np.linalg.norm(line)), 1.0)
        away = np.stack([columns - a[0], rows - a[1]], -1)
        along = (away @ line) / length**2
        beside = np.abs(away @ np.array([-line[1], line[0]])) / length
        on = (along > 0.2) & (along < 0.85) & (beside < share * length) & (sight.person > 0.7)
        out.append(picture[on])
    return np.concatenate(out) if out else np.zeros((0, 3))


def dominant(pixels: np.ndarray) -> tuple[Colour, Colour | None, float]:
    """First and second colour (sRGB 0..255) of linear pixels (n, 3), and the share of the first. Shadows in folds count little."""
    step = max(1, len(pixels) // 4000)
    lab = lab_of(np.clip(pixels[::step], 0, 1) ** (1 / 2.2))
    centres, which = (
        kmeans2(lab, starts(lab), iter=12, minit="matrix", missing="warn")
        if len(lab) > 40
        else (lab.mean(0)[None], np.zeros(len(lab), int))
    )
    groups: list[np.ndarray] = []
    for k in np.argsort(-np.bincount(which, minlength=len(centres))):
        mine = lab[which == k]
        if not len(mine):
            continue
        near = next((i for i, g in enumerate(groups) if distance(g.mean(0), mine.mean(0)) < 15), None)
        if near is None:
            groups.append(mine)
        else:
            groups[near] = np.concatenate([groups[near], mine])
    groups.sort(key=len, reverse=True)
    first = lit(groups[0])
    second = lit(groups[1]) if len(groups) > 1 and len(groups[1]) > 0.10 * len(lab) else None
    return first, second, len(groups[0]) / len(lab)


def starts(lab: np.ndarray, count: int = 4) -> np.ndarray:
    """Starting colours for the grouping, far from each other: the same each time."""
    picked = [np.median(lab, axis=0)]
    for _ in range(count - 1):
        far = np.min([distance(lab, p) for p in picked], axis=0)
        picked.append(lab[np.argsort(far)[int(0.97 * len(far))]])
    return np.array(picked)


def distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Difference of Lab colours, lightness counted half: a fold is darker and not another colour."""
    return np.linalg.norm((a - b) * (0.5, 1, 1), axis=-1)


def lit(lab: np.ndarray) -> Colour:
    """The colour of a group as the light shows it: its lighter half, the middle of that."""
    light = lab[lab[:, 0] >= np.percentile(lab[:, 0], 45)]
    return tuple(float(round(c * 255)) for c in np.clip(srgb_of(np.median(light, axis=0)), 0, 1))


def read_patch(patch: np.ndarray, mask: np.ndarray, metres_a_row: float, size_px: float) -> SeenCloth:
    """Colours, pattern and tile of a straightened patch of linear light."""
    colour, second, share = dominant(patch[mask])
    lab = lab_of(np.clip(patch, 0, 1) ** (1 / 2.2))
    relief = detail(lab, mask)
    pattern = pattern_of(relief, mask) if second is not None or relief[mask].std() > 5 else "plain"
    if second is None and pattern in ("dots", "flowers"):
        pattern = "plain"
    tile = seamless(patch, mask) if pattern != "plain" and size_px > 150 else None
    tile_m = metres_a_row * tile.shape[1] if tile is not None else 0.12
    return SeenCloth(colour, second if pattern != "plain" else None, pattern, tile, tile_m, float(np.clip(size_px / 200, 0, 1)) * share)


def detail(lab: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The patch (h, w) along its strongest colour direction, without slow shading; 0 outside the mask."""
    weight = gaussian_filter(mask.astype(float), 14) + 1e-6
    slow = np.stack([gaussian_filter(lab[..., k] * mask, 14) / weight for k in range(3)], -1)
    rest = (lab - slow) * mask[..., None]
    _, _, axes = np.linalg.svd(rest[mask] - rest[mask].mean(0), full_matrices=False)
    return (rest @ axes[0]) * mask


def pattern_of(relief: np.ndarray, mask: np.ndarray) -> str:
    """plain, stripes, check, dots or flowers: by how much of the relief is explained by its rows and by its columns."""
    total = float(relief[mask].var())
    if total < 12:
        return "plain"
    count = np.maximum(mask.sum(1), 1), np.maximum(mask.sum(0), 1)
    rows, columns = relief.sum(1) / count[0], relief.sum(0) / count[1]
    by_row, by_column = float(rows[count[0] > 30].var() / total), float(columns[count[1] > 30].var() / total)
    if by_row > 0.8 and by_column < 0.1 and repeats(rows):
        return "stripes"
    if by_row > 0.25 and by_column > 0.09 and repeats(rows) and repeats(columns):
        return "check"
    return blobs(relief, mask, total)


def repeats(profile: np.ndarray) -> bool:
    """Whether a profile goes up and down at one pace: most of its power lies near one frequency and its double."""
    power = np.abs(np.fft.rfft(profile - profile.mean())) ** 2
    power[:2] = 0
    peak = int(power.argmax())
    near = sum(power[max(0, k * peak - 1) : k * peak + 2].sum() for k in (1, 2, 3))
    return bool(peak >= 3 and near > 0.5 * power.sum())


def blobs(relief: np.ndarray, mask: np.ndarray, total: float) -> str:
    """dots if many round spots of like size stand out, flowers if they differ or are not round, else plain."""
    spots = np.abs(relief) > 1.3 * np.sqrt(total)
    kind, _ = label(spots & mask)
    sizes, full = [], []
    for k, box in enumerate(find_objects(kind)):
        inside = all(b.start > 0 and b.stop < n for b, n in zip(box, mask.shape, strict=True))
        area = int((kind[box] == k + 1).sum())
        if inside and area > 6:
            sizes.append(area)
            full.append(area / ((box[0].stop - box[0].start) * (box[1].stop - box[1].start)))
    if len(sizes) < 8 or sum(sizes) > 0.45 * mask.sum():
        return "plain"
    alike = np.abs(np.array(sizes) / np.median(sizes) - 1) < 0.4
    return "dots" if alike.mean() > 0.6 and np.median(full) > 0.68 else "flowers"
