"""Lines come in, wax and ink go out: wobbly strokes with grain on paper, all by numbers."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from scipy.ndimage import gaussian_filter

RGB = tuple[int, int, int]


class Paper:
    """A sheet that takes crayon, ink and soft paint. Coordinates are pixels, y down."""

    def __init__(self, width: int, height: int, colour: RGB, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.size = (width, height)
        grain = self.chance.normal(0, 1, (height, width))
        soft = gaussian_filter(grain, 1.2)
        self.tooth = (soft - soft.min()) / np.ptp(soft)
        self.sheet = np.ones((height, width, 3)) * np.array(colour) / 255 * (0.985 + 0.03 * self.tooth[..., None])

    def crayon(self, points: list[tuple[float, float]], colour: RGB, width: float = 9, wobble: float = 2.5, press: float = 0.85) -> None:
        """One stroke of wax crayon along points."""
        self._stroke(points, colour, width, wobble, press, waxy=True)

    def ink(self, points: list[tuple[float, float]], colour: RGB = (38, 42, 74), width: float = 2.6, wobble: float = 0.7) -> None:
        """One stroke of a pen."""
        self._stroke(points, colour, width, wobble, 0.95, waxy=False)

    def scribble(
        self, left: float, top: float, right: float, bottom: float, colour: RGB, gap: float = 9, width: float = 8, press: float = 0.6
    ) -> None:
        """Fill a box with to-and-fro crayon, as a child does."""
        points, side = [], 0
        for y in np.arange(top, bottom, gap):
            jitter = self.chance.normal(0, gap * 0.5, 2)
            ends = (left + jitter[0], right + jitter[1])
            points += [(ends[side], y), (ends[1 - side], y + gap * 0.4)]
            side = 1 - side
        self.crayon(points, colour, width, 2.0, press)

    def wash(self, centre: tuple[float, float], radii: tuple[float, float], colour: RGB, strength: float = 0.5, edge: float = 0.35) -> None:
        """A soft round of watercolour with an uneven rim."""
        height, width = self.sheet.shape[:2]
        left, right = (int(np.clip(centre[0] + s * radii[0] * 1.2 + s, 0, width)) for s in (-1, 1))
        top, bottom = (int(np.clip(centre[1] + s * radii[1] * 1.2 + s, 0, height)) for s in (-1, 1))
        if left >= right or top >= bottom:
            return
        box = (slice(top, bottom), slice(left, right))
        y, x = np.mgrid[top:bottom, left:right]
        angle = np.arctan2(y - centre[1], x - centre[0])
        rim = 1 + 0.06 * np.sin(3 * angle + self.chance.uniform(0, 6)) + 0.04 * np.sin(7 * angle + self.chance.uniform(0, 6))
        reach = np.hypot((x - centre[0]) / radii[0], (y - centre[1]) / radii[1]) / rim
        mask = np.clip((1 - reach) / edge, 0, 1) * strength * (0.85 + 0.3 * self.tooth[box])
        self._lay(np.clip(mask, 0, 1), colour, box)

    def band(self, top: float, bottom: float, upper: RGB, lower: RGB) -> None:
        """A graded band across the sheet."""
        height = self.sheet.shape[0]
        y = np.arange(height)[:, None, None]
        share = np.clip((y - top) / max(bottom - top, 1), 0, 1)
        colour = np.array(upper) / 255 * (1 - share) + np.array(lower) / 255 * share
        inside = ((y >= top) & (y < bottom)).astype(float) * (0.93 + 0.07 * self.tooth[..., None])
        self.sheet = self.sheet * (1 - inside) + colour * inside

    def shape(self, corners: list[tuple[float, float]], colour: RGB, strength: float = 0.9) -> None:
        """A filled shape with painterly unevenness."""
        mask = Image.new("L", self.size, 0)
        ImageDraw.Draw(mask).polygon(corners, fill=255)
        soft = np.asarray(mask.filter(ImageFilter.GaussianBlur(1.4))) / 255
        self._lay(np.clip(soft * strength * (0.86 + 0.28 * self.tooth), 0, 1), colour)

    def brushed(self) -> None:
        """Go over everything with a brush: broad strokes first, fine ones where there is something small to see.

        After A. Hertzmann, Painterly rendering with curved brush strokes of multiple sizes (1998), with straight strokes.
        """
        wanted = self.sheet
        scale = 2  # strokes are laid at twice the size, then made smaller, so that their edges are soft
        canvas = Image.fromarray((np.clip(gaussian_filter(wanted, (14, 14, 0)), 0, 1) * 255).astype(np.uint8))
        canvas = canvas.resize((self.size[0] * scale, self.size[1] * scale))
        for size, most in ((26, 0.0), (12, 0.018), (6, 0.03), (3, 0.045)):
            soft = gaussian_filter(wanted, (size / 3, size / 3, 0))
            there = np.asarray(canvas.resize(self.size, Image.Resampling.BOX)) / 255
            self._strokes_over(ImageDraw.Draw(canvas), soft, np.abs(soft - there).mean(2), size, most, scale)
        laid = np.asarray(canvas.resize(self.size, Image.Resampling.LANCZOS)) / 255
        self.sheet = (0.82 * laid + 0.18 * wanted) * (0.965 + 0.07 * self.tooth[..., None])

    def _strokes_over(self, draw: ImageDraw.ImageDraw, colours: np.ndarray, off: np.ndarray, size: float, most: float, scale: int) -> None:
        height, width = off.shape
        light = gaussian_filter(colours.mean(2), size / 2 + 1)
        down, right = np.gradient(light)
        step = size * 0.62
        spots = [(x, y) for y in np.arange(0, height, step) for x in np.arange(0, width, step)]
        self.chance.shuffle(spots)
        for x, y in spots:
            x, y = x + self.chance.normal(0, step / 2), y + self.chance.normal(0, step / 2)
            row, column = int(np.clip(y, 0, height - 1)), int(np.clip(x, 0, width - 1))
            if off[row, column] < most:
                continue
            gx, gy = right[row, column], down[row, column]
            angle = np.arctan2(gx, -gy) if np.hypot(gx, gy) > 4e-4 else 0.12  # along edges; level where nothing leads
            angle += self.chance.normal(0, 0.16)
            tint = np.clip(colours[row, column] * (1 + self.chance.normal(0, 0.022)) + self.chance.normal(0, 0.007, 3), 0, 1)
            reach = size * self.chance.uniform(0.9, 1.7)
            ends = [(scale * (x + s * reach * np.cos(angle)), scale * (y + s * reach * np.sin(angle))) for s in (-1, 1)]
            colour = tuple(int(255 * c) for c in tint)
            draw.line(ends, colour, int(size * scale * 0.8))
            for ex, ey in ends:
                round_ = size * scale * 0.4
                draw.ellipse((ex - round_, ey - round_, ex + round_, ey + round_), colour)

    def image(self) -> Image.Image:
        """The finished sheet."""
        return Image.fromarray((np.clip(self.sheet, 0, 1) * 255).astype(np.uint8))

    def _stroke(self, points: list[tuple[float, float]], colour: RGB, width: float, wobble: float, press: float, waxy: bool) -> None:
        path = _smooth(np.array(points, float), 3.0)
        drift = np.cumsum(self.chance.normal(0, 0.25, path.shape), axis=0)
        path = path + (drift - np.linspace(0, 1, len(path))[:, None] * drift[-1]) * wobble * 0.35
        height, across = self.sheet.shape[:2]
        reach = int(width) + 2
        left, top = (int(np.clip(path[:, axis].min() - reach, 0, end)) for axis, end in ((0, across), (1, height)))
        right, bottom = (int(np.clip(path[:, axis].max() + reach + 1, 0, end)) for axis, end in ((0, across), (1, height)))
        if left >= right or top >= bottom:
            return
        box = (slice(top, bottom), slice(left, right))
        mask = np.zeros((height, across))
        for number, (x, y) in enumerate(path):
            x0, x1, y0, y1 = int(x) - reach, int(x) + reach + 1, int(y) - reach, int(y) + reach + 1
            cx0, cx1, cy0, cy1 = max(x0, 0), min(x1, across), max(y0, 0), min(y1, height)
            if cx0 >= cx1 or cy0 >= cy1:
                continue
            yy, xx = np.mgrid[cy0:cy1, cx0:cx1]
            half = width / 2 * (0.85 + 0.25 * np.sin(number * 0.07))
            spot = np.clip(half + 0.7 - np.hypot(xx - x, yy - y), 0, 1)
            mask[cy0:cy1, cx0:cx1] = np.maximum(mask[cy0:cy1, cx0:cx1], spot)
        tooth = np.clip((self.tooth[box] - 0.36) * 5.0, 0.12, 1) if waxy else 1.0
        self._lay(mask[box] * press * tooth, colour, box)

    def _lay(self, mask: np.ndarray, colour: RGB, box: tuple[slice, slice] = (slice(None), slice(None))) -> None:
        mask = mask[..., None]
        self.sheet[box] = self.sheet[box] * (1 - mask) + np.array(colour) / 255 * mask


def _smooth(points: np.ndarray, step: float) -> np.ndarray:
    """Points joined by a curve through them, a sample every `step` pixels or nearer."""
    if len(points) == 1:
        return points
    if len(points) == 2:
        knots = points
    else:
        padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
        t = np.linspace(0, 1, 12, endpoint=False)[:, None]
        parts = []
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
            parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
        knots = np.vstack([*parts, points[-1:]])
    lengths = np.r_[0, np.cumsum(np.hypot(*np.diff(knots, axis=0).T))]
    count = max(2, int(lengths[-1] / step) + 1)
    at = np.linspace(0, lengths[-1], count)
    return np.stack([np.interp(at, lengths, knots[:, axis]) for axis in (0, 1)], 1)


def arc(centre: tuple[float, float], radius: float, begin: float, end: float, squash: float = 1.0) -> list[tuple[float, float]]:
    """Points of an arc; angles in turns, clockwise from the right."""
    turns = np.linspace(begin, end, max(6, int(abs(end - begin) * 28))) * 2 * np.pi
    return [(centre[0] + radius * np.cos(a), centre[1] + radius * squash * np.sin(a)) for a in turns]
