"""A body and garments come in, dressed cloth goes out: cut from the base mesh's tights, pushed out, hemmed, with closed collars."""

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from meetagain.likeness.body import ARM_JOINTS, Body
from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.parts import Piece, Wardrobe, grid_triangles, split_quads, unit, vertex_normals, white
from meetagain.likeness.words import Colour, Garment

BANDS = 10  # rows of the cloth atlas: one a garment, then trim
ARM, FORE, HAND, LEG, FOOT = range(5)


class Tailor:
    """Cuts garments for one body. Lengths given as metres for an eye distance of 52.6 mm are multiplied by `s`."""

    def __init__(self, body: Body, wardrobe: Wardrobe) -> None:
        self.body, self.wardrobe, self.s = body, wardrobe, body.height_m / 1.35 if body.height_m < 1.35 else body.height_m / 1.52
        limbs = [ARM_JOINTS, ("lowerarm02", "wrist", "finger", "metacarpal"), ("wrist", "finger", "metacarpal")]
        limbs += [("upperleg", "lowerleg", "foot", "toe"), ("foot", "toe")]
        extra = np.stack([body.weight(*names) for names in limbs], 1)
        triangles = split_quads(body.basis.groups["f_tights"])
        self.base = Sheet(body.points, body.basis.weights, triangles, extra).compact().smooth(2, 0.4)
        self.neck, self.waist = body.joint("neck01"), body.joint("spine04")[1]
        self.hip, self.knee, self.ankle = body.joint("upperleg01.L")[1], body.joint("lowerleg01.L")[1], body.joint("foot.L")[1]
        skin = np.unique(body.basis.groups["f_body"])
        of_neck = skin[(body.weight("neck", "head")[skin] > 0.2) & (body.points[skin, 1] < body.face.chin[1] + 0.02)]
        self.neck_skin, self.neck_out = body.points[of_neck], body.normals[of_neck]
        self.bands: list[tuple[Colour, str]] = []

    def band(self, colour: Colour, pattern: str = "plain") -> int:
        """The atlas row of a colour and pattern; a new one if needed."""
        if (colour, pattern) not in self.bands and len(self.bands) < BANDS:
            self.bands.append((colour, pattern))
        return self.bands.index((colour, pattern)) if (colour, pattern) in self.bands else 0

    def emit(self, sheet: Sheet, band: int) -> None:
        """Hand a finished sheet over as cloth; u runs across, v down within its band."""
        share = np.clip((sheet.points[:, 1].max() - sheet.points[:, 1]) / max(np.ptp(sheet.points[:, 1]), 0.2), 0.02, 0.98)
        uv = np.stack([sheet.points[:, 0] * 3 + 0.5, (band + 0.06 + 0.88 * share) / BANDS], 1)
        self.wardrobe.add("cloth", Piece(sheet.points, sheet.normals(), uv, sheet.triangles, sheet.weights, white(len(uv))))

    def upper(self, offset_m: float, low_y: float, drop: float = 0.0, gap: float = 0.0, sleeves: bool = True) -> Sheet:
        """A top with sleeves to the wrist, down to a height, cut at the neck by a sloping plane; open in front if gap > 0."""
        sheet = self.base.smooth(3, 0.45)
        loose = 1 + 0.5 * np.clip(sheet.extra[:, ARM], 0, 1)
        sheet = sheet.push(offset_m * self.s * loose)
        sheet = sheet.clip(self.neck[1] - drop * self.s - 0.42 * (sheet.points[:, 2] - self.neck[2]) - sheet.points[:, 1])
        sheet = sheet.clip((0.5 - sheet.extra[:, HAND]) if sleeves else (0.6 - sheet.extra[:, ARM]))
        sheet = sheet.clip(sheet.points[:, 1] - low_y)
        if gap:
            down = np.clip((self.neck[1] - sheet.points[:, 1]) / (self.neck[1] - self.waist), 0, 1.4)
            front = sheet.points[:, 2] > self.neck[2] - 0.02
            sheet = sheet.clip(np.where(front, np.abs(sheet.points[:, 0]) - (0.014 + gap * down) * self.s, 1.0))
        return sheet

    def neckline(self, sheet: Sheet) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The neck opening as 72 points by angle, the skin points beside them, and outward directions, each (72, 3)."""
        rim = np.unique(sheet.open_edges())
        near = np.hypot(sheet.points[rim, 0], sheet.points[rim, 2] - self.neck[2]) < 0.12 * self.s
        rim = rim[near & (sheet.points[rim, 1] > self.neck[1] - 0.11 * self.s)]
        turn = np.arctan2(sheet.points[rim, 0], sheet.points[rim, 2] - self.neck[2])
        order = np.argsort(turn)
        turn, rim = turn[order], rim[order]
        around = np.linspace(-np.pi, np.pi, 72, endpoint=False)
        wrapped = np.r_[turn - 2 * np.pi, turn, turn + 2 * np.pi]
        loop = np.stack([np.interp(around, wrapped, np.tile(sheet.points[rim, k], 3)) for k in range(3)], 1)
        loop = gaussian_filter1d(loop, 1.5, axis=0, mode="wrap")
        _, near_skin = cKDTree(self.neck_skin).query(loop + np.array([0, 0.012 * self.s, 0]), k=3)
        skin = (self.neck_skin[near_skin] + self.neck_out[near_skin] * 0.0035 * self.s).mean(1)
        skin = gaussian_filter1d(skin, 2.0, axis=0, mode="wrap")
        return loop, skin, unit((loop - self.neck) * (1, 0, 1))

    def collar(self, sheet: Sheet, band: int, turned: float = 0.0, gap_rad: float = 0.0) -> None:
        """A ribbed neck that closes the way from cloth to skin; with `turned` (metres) a collar that folds down over the shoulders."""
        loop, skin, out = self.neckline(sheet)
        s, up = self.s, np.array([0, self.s, 0])
        rows = [skin - up * 0.012, skin + up * 0.004, skin * 0.6 + loop * 0.4 + up * 0.010, loop + out * 0.003 * s + up * 0.004]
        if turned:
            rows = [
                skin - up * 0.010,
                skin + up * 0.010,
                skin + out * 0.005 * s + up * 0.015,
                skin * 0.3 + loop * 0.7 + out * 0.010 * s + up * 0.010,
            ]
            rows += [self.lay(sheet, loop + out * turned * s * k - up * turned * 0.55 * k, 0.005 * s) for k in (0.5, 0.8, 1.0)]
        else:
            rows.append(self.lay(sheet, loop + out * 0.004 * s - up * 0.006, 0.001 * s))
        rows = np.stack(rows)
        rows = np.concatenate([rows, rows[:, :1]], 1)
        triangles = grid_triangles(len(rows), 73)
        angle = np.linspace(-np.pi, np.pi, 73)
        if gap_rad:
            keep = np.abs(angle) > gap_rad
            triangles = triangles[np.tile(keep, len(rows))[triangles].all(1)]
        points = rows.reshape(-1, 3)
        _, near = cKDTree(sheet.points).query(points, k=4)
        weights = sheet.weights[near].mean(1)
        cloth = Sheet(points, weights, triangles, np.zeros((len(points), 5))).compact()
        normals = cloth.normals()
        if ((cloth.points - self.neck) * (1, 0, 1) * normals).sum() < 0:
            cloth = Sheet(cloth.points, cloth.weights, cloth.triangles[:, ::-1], cloth.extra)
        self.emit(cloth.hem(0.002 * s) if turned else cloth, band)

    def lay(self, sheet: Sheet, points: np.ndarray, gap_m: float) -> np.ndarray:
        """Points moved so that they lie outside a sheet by a gap."""
        _, near = cKDTree(sheet.points).query(points, k=4)
        normal = unit(sheet.normals()[near].mean(1))
        height = ((points - sheet.points[near].mean(1)) * normal).sum(1)
        return points + normal * np.clip(gap_m - height, 0, 0.05)[:, None]

    def skirt(self, top_y: float, hem_y: float, flare: float, folds: float, offset_m: float, gap_rad: float = 0.0) -> Sheet:
        """A hanging sheet round the hips: star-shaped about the spine, flared, with folds; open in front if gap_rad > 0."""
        middle = self.body.joint("spine05")[2]
        body = self.base.points[(self.base.extra[:, ARM] < 0.2)]
        near = body[np.abs(body[:, 1] - top_y) < 0.022 * self.s]
        turn = np.arctan2(near[:, 0], near[:, 2] - middle)
        around = np.linspace(-np.pi + gap_rad, np.pi - gap_rad, 89) + np.pi
        angle = (around + np.pi) % (2 * np.pi) - np.pi
        around = np.where(angle == 0, 1e-6, angle)
        if not gap_rad:
            around = np.linspace(-np.pi, np.pi, 89)
        reach = np.hypot(near[:, 0], near[:, 2] - middle)
        distance = np.abs((turn[None] - around[:, None] + np.pi) % (2 * np.pi) - np.pi)
        radius = np.array([reach[d < 0.28].max() if (d < 0.28).any() else reach.mean() for d in distance])
        radius = gaussian_filter1d(radius, 3, mode="nearest" if gap_rad else "wrap") + offset_m * self.s
        rows = []
        for t in np.linspace(0, 1, 13):
            wave = 1 + t**0.7 * folds * (np.sin(11 * around + 0.6) + 0.5 * np.sin(23 * around + 1.9))
            wide = radius * (1 + flare * t**0.8) * wave
            y = np.full_like(wide, top_y - t * (top_y - hem_y))
            rows.append(np.stack([wide * np.sin(around), y, middle + wide * np.cos(around)], 1))
        points = np.concatenate(rows)
        inner = self.base.clip(0.2 - self.base.extra[:, ARM])
        for _ in range(2):
            points = self.lay(inner, points, (offset_m + 0.004) * self.s)
        _, close = cKDTree(inner.points).query(points, k=10)
        weights = inner.weights[close].mean(1)
        triangles = grid_triangles(13, 89)
        sheet = Sheet(points, weights, triangles, np.zeros((len(points), 5)))
        if ((points - (0, 0, middle)) * (1, 0, 1) * sheet.normals()).sum() < 0:
            sheet.triangles = triangles[:, ::-1]
        return sheet.hem(0.003 * self.s)

    def trousers(self, band: int, foot: float = 0.6) -> None:
        """From the waist to the ankles, a little loose below the knee."""
        sheet = self.base.smooth(4, 0.5)
        sheet = sheet.push((0.005 + 0.005 * np.clip((self.hip - sheet.points[:, 1]) / self.hip, 0, 1)) * self.s)
        sheet = sheet.clip(self.waist + 0.01 * self.s - sheet.points[:, 1])
        sheet = sheet.clip(foot - sheet.extra[:, FOOT])
        sheet = sheet.clip(0.3 - sheet.extra[:, ARM])
        self.emit(sheet.hem(0.004 * self.s), band)

    def feet(self, band: int, sole: int, top_y: float, thick_m: float) -> None:
        """Shoes, or boots if the top is high: a shell round the foot with a flat sole."""
        sheet = self.base.smooth(6, 0.5)
        up = np.clip(sheet.points[:, 1] / max(top_y, 0.05), 0, 1)
        sheet = sheet.push((thick_m + 0.006 * up * (top_y > self.ankle + 0.05)) * self.s)
        sheet = sheet.clip(top_y - sheet.points[:, 1])
        sheet = sheet.clip(0.1 - sheet.extra[:, ARM])
        low = 0.014 * self.s
        sheet.points[:, 1] = np.maximum(np.where(sheet.points[:, 1] < low, sheet.points[:, 1] * 0.4, sheet.points[:, 1]), 0.0)
        sheet = sheet.hem(0.004 * self.s)
        self.emit(sheet.clip(sheet.points[:, 1] - 0.008 * self.s), band)
        self.emit(sheet.clip(0.008 * self.s - sheet.points[:, 1]), sole)

    def patches(self, over: Sheet, band: int) -> None:
        """Oval patches on the elbows of a sheet."""
        for side in ("L", "R"):
            elbow = self.body.joint(f"lowerarm01.{side}") + np.array([0, 0, -0.03 * self.s])
            along = unit(self.body.joint(f"wrist.{side}") - self.body.joint(f"lowerarm01.{side}"))
            away = over.points - elbow
            far = np.sqrt((away @ along) ** 2 * 0.4 + np.maximum((away**2).sum(1) - (away @ along) ** 2, 0))
            sheet = over.clip(0.040 * self.s - far)
            back = sheet.clip(elbow[2] + 0.012 * self.s - sheet.points[:, 2])
            if len(back.triangles):
                self.emit(back.push(0.0022 * self.s).hem(0.002 * self.s), band)

    def buttons(self, sheet: Sheet, band: int, at_x: float) -> None:
        """A row of flat round buttons beside the opening."""
        tree, normals = cKDTree(sheet.points), sheet.normals()
        for y in np.linspace(self.neck[1] - 0.05 * self.s, self.waist - 0.04 * self.s, 5):
            front = self.base.points[np.abs(self.base.points[:, 1] - y) < 0.02][:, 2].max()
            _, k = tree.query((at_x, y, front + 0.02))
            out = unit(normals[k])
            across = unit(np.cross(out, (0, 1, 0)))
            turn = np.linspace(0, 2 * np.pi, 12, endpoint=False)
            disc = np.cos(turn)[:, None] * across + np.sin(turn)[:, None] * np.cross(out, across)
            rim = sheet.points[k] + disc * 0.0075 * self.s
            points = np.concatenate([rim + out * 0.001, rim + out * 0.004, sheet.points[k][None] + out * 0.0045])
            i, j = np.arange(12), (np.arange(12) + 1) % 12
            triangles = np.concatenate(
                [np.stack([i, j, i + 12], 1), np.stack([j, j + 12, i + 12], 1), np.stack([i + 12, j + 12, np.full(12, 24)], 1)]
            )
            if (vertex_normals(points, triangles)[24] * out).sum() < 0:
                triangles = triangles[:, ::-1]
            weights = np.repeat(sheet.weights[k][None], 25, 0)
            self.emit(Sheet(points, weights, triangles, np.zeros((25, 5))), band)


def dress(body: Body, garments: dict[str, Garment], patched: bool, wardrobe: Wardrobe) -> list[tuple[Colour, str]]:
    """Put on all garments, inside to outside; the rows of the cloth atlas they use."""
    tailor = Tailor(body, wardrobe)
    s, waist = tailor.s, tailor.waist
    rows = {kind: tailor.band(g.colour, g.pattern) for kind, g in garments.items() if kind != "cap"}
    sole = tailor.band((58, 50, 46))
    if "trousers" in garments:
        tailor.trousers(rows["trousers"])
    if "skirt" in garments:
        tailor.emit(tailor.skirt(waist + 0.01 * s, tailor.knee + 0.03 * s, 0.75, 0.045, 0.010), rows["skirt"])
    closed = next((kind for kind in ("jumper", "dress") if kind in garments), None)
    if "shirt" in garments and not closed:
        outer = bool({"coat", "cardigan"} & set(garments))
        sheet = tailor.upper(0.0075, waist - (0.02 if "skirt" in garments else 0.07) * s, -0.020, sleeves=not outer)
        tailor.emit(sheet.hem(0.003 * s), rows["shirt"])
        tailor.collar(sheet, rows["shirt"])
    if "dress" in garments:
        sheet = tailor.upper(0.0065, waist - 0.01 * s, -0.018)
        tailor.emit(sheet.hem(0.003 * s), rows["dress"])
        tailor.emit(tailor.skirt(waist + 0.01 * s, tailor.knee + 0.03 * s, 0.85, 0.05, 0.010), rows["dress"])
        tailor.collar(sheet, tailor.band((248, 244, 236)), turned=0.030 if body.child > 0.5 else 0.0)
    if "jumper" in garments:
        sheet = tailor.upper(0.0115, waist - 0.09 * s, -0.016)
        tailor.emit(sheet.hem(0.005 * s), rows["jumper"])
        if "shirt" in garments:
            tailor.collar(sheet, rows["shirt"], turned=0.026)
        else:
            tailor.collar(sheet, rows["jumper"])
        if patched:
            tailor.patches(sheet, tailor.band((118, 80, 54)))
    for kind in ("cardigan", "coat"):
        if kind in garments:
            offset, coat = (0.0145 if kind == "coat" else 0.0125), kind == "coat"
            sheet = tailor.upper(offset, waist - (0.02 if coat else 0.06) * s, -0.006, 0.018)
            tailor.emit(sheet.hem(0.005 * s), rows[kind])
            if coat:
                hem_y = tailor.hip - 0.42 * (tailor.hip - tailor.knee)
                tailor.emit(tailor.skirt(waist, hem_y, 0.22, 0.012, 0.0165, 0.24), rows[kind])
                tailor.collar(sheet, rows[kind], turned=0.026, gap_rad=0.30)
                tailor.buttons(sheet, tailor.band((70, 62, 58)), 0.030 * s)
    tops = {"boots": tailor.ankle + 0.52 * (tailor.knee - tailor.ankle), "shoes": tailor.ankle + 0.012 * s}
    for kind, top in tops.items():
        if kind in garments and not (kind == "shoes" and "boots" in garments):
            tailor.feet(rows[kind], sole, top, 0.0105 if kind == "boots" else 0.006)
    return tailor.bands
