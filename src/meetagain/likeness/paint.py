"""A body and choices come in, the front view of the face goes out as a painting in millimetres: brows, blush, freckles, lines."""

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

from meetagain.likeness.body import Body
from meetagain.likeness.words import Choices

SIZE, HALF_M = 1536, 0.120  # pixels of the front view; metres each side of the middle of the eyes
PIXELS_A_M = SIZE / (2 * HALF_M)


def palette(choices: Choices) -> dict[str, np.ndarray]:
    """Skin tones (3,) in sRGB [0, 1] made from the one base tone."""
    base = np.array(choices.skin) / 255
    dark = np.clip(1 - base.mean() / 0.85, 0, 0.6)
    return {
        "base": base,
        "deep": base * (0.92, 0.72, 0.68),
        "blush": base * (0.97, 0.62, 0.60) + dark * 0.05,
        "lip": base * (0.92, 0.58, 0.56),
        "lip_in": base * (0.62, 0.28, 0.30),
        "freckle": base * (0.80, 0.65, 0.55),
        "shade": base * (0.62, 0.41, 0.36),
        "glow": np.minimum(base * 1.06 + 0.02, 1),
    }


class Canvas:
    """A front view of the face: x right, y up, metres about the middle of the eyes."""

    def __init__(self, base: np.ndarray, rng: np.random.Generator) -> None:
        axis = ((np.arange(SIZE) + 0.5) / SIZE * 2 - 1) * HALF_M
        self.x, self.y = axis[None, :].astype(np.float32), -axis[:, None].astype(np.float32)
        self.picture = np.zeros((SIZE, SIZE, 3), np.float32) + base.astype(np.float32)
        self.rng = rng

    def over(self, colour: np.ndarray, alpha: np.ndarray) -> None:
        """Lay a colour over by alpha (SIZE, SIZE)."""
        self.picture += (np.asarray(colour, np.float32) - self.picture) * alpha[..., None].astype(np.float32)

    def blob(self, colour: np.ndarray, alpha: float, at: tuple[float, float], size: tuple[float, float]) -> None:
        """A soft spot at (x, y) of radii (sx, sy), metres."""
        spot = np.exp(-(((self.x - at[0]) / size[0]) ** 2)) * np.exp(-(((self.y - at[1]) / size[1]) ** 2))
        self.over(colour, spot * alpha)

    def noise(self, sigma: float) -> np.ndarray:
        """Smooth noise of unit spread; sigma in pixels."""
        step = max(1, int(sigma // 3))
        side = -(-SIZE // step)
        small = gaussian_filter(self.rng.normal(size=(side, side)).astype(np.float32), sigma / step, mode="wrap")
        small /= small.std()
        return np.asarray(Image.fromarray(small).resize((SIZE, SIZE), Image.Resampling.BICUBIC))

    def strokes(self, lines: list[tuple[list[tuple[float, float]], float, float]], blur: float) -> np.ndarray:
        """Polylines (points in metres, width in metres, strength) as a blurred mask."""
        fine = 2
        image = Image.new("L", (SIZE * fine, SIZE * fine))
        draw = ImageDraw.Draw(image)
        for points, width, strength in lines:
            pixels = [((x + HALF_M) * PIXELS_A_M * fine, (HALF_M - y) * PIXELS_A_M * fine) for x, y in points]
            draw.line(pixels, fill=int(255 * strength), width=max(1, round(width * PIXELS_A_M * fine)), joint="curve")
        mask = np.asarray(image.resize((SIZE, SIZE), Image.Resampling.BOX), np.float32) / 255
        return gaussian_filter(mask, blur) if blur else mask


def paint_face(body: Body, choices: Choices) -> np.ndarray:
    """The front view (SIZE, SIZE, 3), sRGB in [0, 1]."""
    rng = np.random.default_rng(3)
    tones, face, s = palette(choices), body.face, body.face.scale
    canvas = Canvas(tones["base"], rng)
    canvas.picture *= (1 + 0.014 * canvas.noise(16) + 0.008 * canvas.noise(3))[..., None]
    canvas.over(tones["deep"], np.clip(0.08 + 0.05 * canvas.noise(45), 0, 0.3))
    nose, mouth, chin = ((p - face.middle)[:2] for p in (face.nose, face.mouth, face.chin))
    rosy = 0.34 if body.child > 0.5 else 0.22
    for side in (-1, 1):
        canvas.blob(tones["blush"], rosy, (side * 0.036 * s, nose[1] - 0.003 * s), (0.019 * s, 0.015 * s))
        canvas.blob(tones["deep"], 0.30, (side * 0.0262 * s, -0.016 * s), (0.016 * s, 0.006 * s))
        canvas.blob(tones["shade"], 0.20 + 0.18 * body.old, (side * 0.0262 * s, 0.0125 * s), (0.019 * s, 0.0045 * s))
        canvas.blob(tones["deep"], 0.35, (side * 0.011 * s, -0.002 * s), (0.005 * s, 0.008 * s))
    canvas.blob(tones["blush"], 0.20, tuple(nose), (0.010 * s, 0.009 * s))
    canvas.blob(tones["blush"], 0.14, (chin[0], chin[1] + 0.010 * s), (0.013 * s, 0.010 * s))
    canvas.blob(tones["glow"], 0.14, (0, 0.032 * s), (0.026 * s, 0.016 * s))
    if choices.freckles:
        freckles(canvas, tones, nose, s)
    if body.old > 0.05:
        years(canvas, tones, body, nose, mouth)
    liner = [
        (
            [tuple((body.points[v] - face.middle)[:2]) for v in roots],
            (0.0011 if name == "up" else 0.0006) * s,
            0.7 if name == "up" else 0.25,
        )
        for (_, name), roots in face.lashes.items()
    ]
    canvas.over(tones["shade"] * 0.3, canvas.strokes(liner, 2.6))
    brows(canvas, body, choices)
    return np.clip(canvas.picture, 0, 1)


def freckles(canvas: Canvas, tones: dict, nose: np.ndarray, s: float) -> None:
    """Small warm dots over nose and cheeks."""
    dots = []
    for _ in range(110):
        x = float(canvas.rng.normal(0, 0.026)) * s
        y = float(nose[1] + (0.004 + canvas.rng.normal(0, 0.0085)) * s - 0.1 * abs(x))
        width = float(canvas.rng.uniform(0.0007, 0.0014)) * s
        dots.append(([(x - width * 0.4, y), (x + width * 0.4, y)], width, float(canvas.rng.uniform(0.25, 0.55))))
    canvas.over(tones["freckle"], canvas.strokes(dots, 2.4))


def years(canvas: Canvas, tones: dict, body: Body, nose: np.ndarray, mouth: np.ndarray) -> None:
    """Soft lines and spots of age, blurred twice so that they never look drawn; their depth is in the relief."""
    s = body.face.scale
    for _ in range(16):
        at = (float(canvas.rng.uniform(-0.07, 0.07)) * s, float(canvas.rng.uniform(-0.03, 0.08)) * s)
        canvas.blob(tones["freckle"], 0.2 * body.old, at, tuple(canvas.rng.uniform(0.0015, 0.004, 2)))
    mask = canvas.strokes(year_lines(body, nose, mouth), 0)
    canvas.over(tones["shade"], gaussian_filter(mask, 3.5) * 0.5 * body.old)
    canvas.over(tones["shade"], gaussian_filter(mask, 11) * 0.95 * body.old)


def year_lines(body: Body, nose: np.ndarray, mouth: np.ndarray) -> list[tuple[list[tuple[float, float]], float, float]]:
    """Where the lines of age run: at the eyes, under them, from nose to mouth, across the brow. Strokes as Canvas.strokes takes them."""
    s, lines, t12 = body.face.scale, [], np.linspace(0, 1, 14)
    for side in (-1, 1):
        for lift, reach in ((0.004, 0.018), (-0.002, 0.02), (-0.008, 0.016)):
            lines.append(
                ([(side * (0.046 + reach * t) * s, (-0.001 + lift * (0.3 + 1.6 * t) - 0.004 * t * t) * s) for t in t12], 0.0008, 0.5)
            )
        arc = np.linspace(-1.1, 1.2, 16)
        lines.append(([(side * (0.026 + 0.016 * np.sin(a)) * s, (-0.011 - 0.008 * np.cos(a)) * s) for a in arc], 0.0009, 0.45))
        fold = [
            (side * (0.0165 + 0.0145 * t + 0.004 * np.sin(3 * t)) * s, nose[1] - 0.002 * s + (mouth[1] - nose[1] - 0.008 * s) * t)
            for t in t12
        ]
        lines.append((fold, 0.0012, 0.55))
    for k, height in enumerate((0.040, 0.049, 0.058)):
        across = np.linspace(-0.036, 0.036, 24) * s
        lines.append(([(x, height * s + 0.0022 * np.sin(x * 55 + k) - 0.004 * (x / 0.04) ** 2) for x in across], 0.001, 0.18))
    return lines


def brows(canvas: Canvas, body: Body, choices: Choices) -> None:
    """Fine strokes that fan from inner-up to outer-down, over a soft ground."""
    s, rng, old = body.face.scale, canvas.rng, body.old > 0.5
    hair = np.array(choices.hair_colour) ** (1 / 2.2)
    colour = hair * 0.72 if hair.mean() < 0.75 else np.array((0.54, 0.50, 0.46))
    strokes, ground = [], []
    for side in (-1, 1):
        for _ in range(300):
            t = float(rng.uniform(0, 1) ** 0.9)
            x = (0.0105 + 0.031 * t) * s
            middle = body.face.brow_m / s - 0.0016 + 0.0046 * np.sin(np.pi * min(t * 0.86, 1)) - 0.0034 * t**3
            thick = 0.0025 * (1 - 0.72 * t) * (0.55 + 0.45 * min(t * 6, 1))
            y = float(middle + rng.uniform(-1, 1) * thick) * s
            angle = np.deg2rad(62 - 70 * t + rng.normal(0, 9))
            long = (0.0075 if old else 0.0048) * s * rng.uniform(0.7, 1.1) * (1 - 0.25 * t)
            line = [(side * (x + long * q * np.cos(angle - 0.5 * q)), y + long * q * np.sin(angle - 0.5 * q)) for q in np.linspace(0, 1, 5)]
            strokes.append((line, 0.00016 * s, float(rng.uniform(0.4, 0.85))))
            ground.append(([(side * x - 0.0012 * s, y), (side * x + 0.0012 * s, y)], 0.0026 * s, 0.35))
    canvas.over(colour, np.clip(canvas.strokes(ground, 6) * 0.55, 0, 0.34))
    canvas.over(colour * 0.9, np.clip(canvas.strokes(strokes, 0.5) * (1.0 if old else 0.62), 0, 1))
