"""A body comes in; base shells, measures and a pile of finished layers go out, with texture points and the skin they hide."""

from dataclasses import dataclass, field

import numpy as np
from scipy.ndimage import gaussian_filter, gaussian_filter1d
from scipy.spatial import cKDTree

from meetagain.likeness.body import ARM_JOINTS, Body
from meetagain.likeness.cloth_mesh import Sheet
from meetagain.likeness.cloth_picture import Swatch, rows
from meetagain.likeness.clothes_words import Garment
from meetagain.likeness.parts import Piece, Wardrobe, smoothstep, split_quads, unit, vertex_normals, white

ARM, FORE, HAND, LEG, FOOT = range(5)
BINS, STEPS = 72, 60
HANGING_M = 0.010  # from hanging cloth to what is worn over it: folds need room
BESIDE_M = 0.022  # beyond the edge of what lies beneath, up to where cloth is lifted
BENEATH = ("slip", "tights", "trousers", "socks")  # what a skirt may show when its wearer sits


@dataclass(frozen=True)
class Layer:
    """A finished sheet of a garment with its swatch and its place on the cloth, metres, per vertex or per corner."""

    kind: str
    sheet: Sheet
    swatch: int
    uv: np.ndarray  # (m, 3, 2) metres across and down, per corner
    covers: bool = True  # hides what lies under it
    laps: bool = True  # the edge of another layer under it is not open


@dataclass(frozen=True)
class Dressed:
    """What the clothes leave behind: swatches with their rows in the atlas, the hidden skin, and the layers for the check of fit."""

    swatches: tuple[Swatch, ...]
    heights_m: tuple[float, ...]
    covered: np.ndarray  # (n_vertices,) bool
    layers: tuple[Layer, ...] = field(default=(), repr=False)


class Tailor:
    """Cuts garments for one body. Lengths given as metres for an adult of 1.52 m are multiplied by `s`."""

    def __init__(self, body: Body) -> None:
        self.body, self.s = body, body.height_m / (1.35 if body.height_m < 1.35 else 1.52)
        limbs = [ARM_JOINTS, ("lowerarm02", "wrist", "finger", "metacarpal"), ("wrist", "finger", "metacarpal")]
        limbs += [("upperleg", "lowerleg", "foot", "toe"), ("foot", "toe")]
        extra = np.stack([body.weight(*names) for names in limbs], 1)
        triangles = split_quads(body.basis.groups["f_tights"])
        self.skin = Sheet(body.points, body.basis.weights, split_quads(body.basis.groups["f_body"]), extra).compact()
        base = Sheet(body.points, body.basis.weights, triangles, extra).compact().smooth(2, 0.4)
        self.base = Sheet(self.lay(self.skin, base.points, 0.002 * self.s), base.weights, base.triangles, base.extra).smooth(1, 0.3)
        self.neck, self.chest = body.joint("neck01"), body.joint("spine02")[1]
        self.waist, self.hip = body.joint("spine04")[1], body.joint("upperleg01.L")[1]
        self.knee, self.ankle = body.joint("lowerleg01.L")[1], body.joint("foot.L")[1]
        self.axis_z = float(body.joint("spine04")[2] * 0.5 + body.joint("spine02")[2] * 0.5) + 0.012 * self.s
        self.crotch = self.hip - 0.055 * self.s
        skin = np.unique(body.basis.groups["f_body"])
        of_neck = skin[(body.weight("neck", "head")[skin] > 0.2) & (body.points[skin, 1] < body.face.chin[1] + 0.02)]
        self.neck_skin, self.neck_out = body.points[of_neck], body.normals[of_neck]
        self.swatches: list[Swatch] = []
        self.layers: list[Layer] = []
        self.edges: dict[tuple[int, int], np.ndarray] = {}
        self.veils: list[tuple[float, float]] = []  # (top, hem) heights between which hanging cloth hides the legs
        self.shod = 0.0  # height up to which closed shoes hide the feet

    def swatch(self, cloth: Swatch | Garment) -> int:
        """The number of a cloth; a new one if needed."""
        if isinstance(cloth, Garment):
            cloth = Swatch(cloth.colour, cloth.pattern, cloth.second, cloth.tile, cloth.tile_m)
        if cloth not in self.swatches:
            self.swatches.append(cloth)
        return self.swatches.index(cloth)

    def emit(self, kind: str, sheet: Sheet, swatch: int, uv: np.ndarray | None = None, covers: bool = True, laps: bool = False) -> None:
        """Hand a finished sheet over; uv in metres per vertex (n, 2), else worked out from where it lies on the body."""
        if len(sheet.triangles):
            corners = self.chart(sheet) if uv is None else uv[sheet.triangles]
            self.layers.append(Layer(kind, sheet, swatch, corners, covers, covers or laps))

    # --- where a point lies on the cloth ------------------------------------------------------------------------------------------

    def chart(self, sheet: Sheet) -> np.ndarray:
        """Corners (m, 3, 2) in metres: round the trunk and down, along each sleeve, down each leg; seams under the arm, at the back, inside the leg."""
        middle = sheet.points[sheet.triangles].mean(1)
        arm = sheet.extra[sheet.triangles, ARM].mean(1) > 0.5
        leg = ~arm & (sheet.extra[sheet.triangles, LEG].mean(1) > 0.3) & (middle[:, 1] < self.crotch)
        out = self.round_trunk(sheet.points)[sheet.triangles]
        for side, sign in (("L", 1), ("R", -1)):
            on = arm & (middle[:, 0] * sign > 0)
            out[on] = self.along_arm(sheet.points, side, sign)[sheet.triangles[on]]
            on = leg & (middle[:, 0] * sign > 0)
            out[on] = self.down_leg(sheet.points, side, sign)[sheet.triangles[on]]
        across = np.ptp(out[..., 0], axis=1) > 0.25 * self.s
        low = out[..., 0] < 0
        out[..., 0] += np.where(across[:, None] & low, self.turns(arm, leg)[:, None], 0)
        return out

    def turns(self, arm: np.ndarray, leg: np.ndarray) -> np.ndarray:
        """How many metres a full turn is on the cloth (m,), by part."""
        return np.where(arm, 0.21, np.where(leg, 0.30, 0.72)) * self.s

    def round_trunk(self, points: np.ndarray) -> np.ndarray:
        """(n, 2) metres: angle about the spine from the front, and down from the neck."""
        turn = np.arctan2(points[:, 0], points[:, 2] - self.axis_z) / (2 * np.pi)
        return np.stack([turn * 0.72 * self.s, self.neck[1] + 0.06 * self.s - points[:, 1]], 1)

    def along_arm(self, points: np.ndarray, side: str, sign: int) -> np.ndarray:
        """(n, 2) metres: angle about the arm from its outside, and along from the shoulder."""
        start, elbow, wrist = (self.body.joint(f"{name}.{side}") for name in ("upperarm01", "lowerarm01", "wrist"))
        upper, fore = unit(elbow - start), unit(wrist - elbow)
        first = (points - elbow) @ unit(upper + fore) < 0
        far = np.where(first, (points - start) @ upper, np.linalg.norm(elbow - start) + (points - elbow) @ fore)
        turn = np.zeros(len(points))
        for on, origin, line in ((first, start, upper), (~first, elbow, fore)):
            out = np.array([sign * 0.6, 0.8, 0.0])
            out = unit(out - line * (out @ line))
            away = points[on] - origin
            turn[on] = np.arctan2(away @ np.cross(line, out), away @ out) / (2 * np.pi)
        return np.stack([turn * 0.21 * self.s, far + 0.08 * self.s], 1)

    def down_leg(self, points: np.ndarray, side: str, sign: int) -> np.ndarray:
        """(n, 2) metres: angle about the leg from its outside, and down from the waist."""
        centre = self.leg_axis(points[:, 1], side)
        away = points - centre
        turn = np.arctan2(away[:, 2], away[:, 0] * sign) / (2 * np.pi)
        return np.stack([turn * 0.30 * self.s, self.neck[1] + 0.06 * self.s - points[:, 1]], 1)

    def leg_axis(self, y: np.ndarray, side: str) -> np.ndarray:
        """The middle of a leg (n, 3) at heights (n,)."""
        joints = np.array([self.body.joint(f"{name}.{side}") for name in ("foot", "lowerleg01", "upperleg01")])
        return np.stack([np.interp(y, joints[:, 1], joints[:, k]) for k in range(3)], 1)

    # --- how cloth hangs ----------------------------------------------------------------------------------------------------------

    def hang(self, sheet: Sheet, share: float, taper: float = 0.22) -> Sheet:
        """The trunk of a sheet let out: below the chest it falls straight instead of following the waist."""
        trunk = self.strewn(self.base.extra[:, ARM] < 0.25)
        free = smoothstep(0.45, 0.1, sheet.extra[:, ARM]) * smoothstep(
            self.chest + 0.05 * self.s, self.chest - 0.04 * self.s, sheet.points[:, 1]
        )
        return self.let_out(
            sheet, trunk, np.array([[0.0, 0, self.axis_z]]), (self.hip - 0.06 * self.s, self.chest + 0.04 * self.s), share * free, taper
        )

    def hang_legs(self, sheet: Sheet, share: float, taper: float) -> Sheet:
        """The legs of a sheet let out in the same way, each about its own middle."""
        for side, sign in (("L", 1), ("R", -1)):
            mine = (self.base.points[:, 0] * sign > 0) & (self.base.extra[:, LEG] > 0.5) & (self.base.extra[:, FOOT] < 0.3)
            points = self.strewn(mine)
            on = (sheet.points[:, 0] * sign > 0) * smoothstep(self.crotch, self.crotch - 0.05 * self.s, sheet.points[:, 1])
            centre = self.leg_axis(sheet.points[:, 1], side)
            sheet = self.let_out(
                sheet, points - self.leg_axis(points[:, 1], side) * (1, 0, 1), centre, (self.ankle, self.crotch), share * on, taper
            )
        return sheet

    def strewn(self, mine: np.ndarray) -> np.ndarray:
        """Points (k, 3) close together all over the triangles of the base whose corners are all `mine` (n,)."""
        corners = self.base.points[self.base.triangles[mine[self.base.triangles].all(1)]]
        steps = np.linspace(0, 1, 7)
        shares = np.array([(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1 + 1e-9])
        return np.einsum("mkx,sk->msx", corners, shares).reshape(-1, 3)

    def let_out(
        self, sheet: Sheet, form: np.ndarray, centre: np.ndarray, span: tuple[float, float], share: np.ndarray, taper: float
    ) -> Sheet:
        """Points moved away from an axis to at least what lies above them, less `taper` metres a metre; form is relative to the axis if it moves."""
        rel = form - centre if len(centre) == 1 else form
        turn = ((np.arctan2(rel[:, 0], rel[:, 2]) / (2 * np.pi)) % 1 * BINS).astype(int) % BINS
        level = (span[1] - form[:, 1]) / (span[1] - span[0]) * STEPS
        inside = (level >= 0) & (level < STEPS)
        table = np.zeros((STEPS, BINS))
        np.maximum.at(table, (level[inside].astype(int), turn[inside]), np.hypot(rel[inside, 0], rel[inside, 2]))
        table = filled(table)
        fall = taper * (span[1] - span[0]) / STEPS
        for k in range(1, STEPS):
            table[k] = np.maximum(table[k], table[k - 1] - fall)
        table = gaussian_filter(table, (1.5, 2.5), mode=("nearest", "wrap"))
        away = (sheet.points - centre) * (1, 0, 1)
        radius = np.maximum(np.hypot(away[:, 0], away[:, 2]), 1e-6)
        column = (np.arctan2(away[:, 0], away[:, 2]) / (2 * np.pi)) % 1 * BINS
        row = np.clip((span[1] - sheet.points[:, 1]) / (span[1] - span[0]) * STEPS, 0, STEPS - 1)
        goal = table[row.astype(int), column.astype(int) % BINS]
        more = np.maximum(goal - radius, 0) * share
        return Sheet(sheet.points + away / radius[:, None] * more[:, None], sheet.weights, sheet.triangles, sheet.extra)

    def lay(self, sheet: Sheet, points: np.ndarray, gap_m: float) -> np.ndarray:
        """Points moved so that they lie outside a sheet by a gap."""
        _, near = cKDTree(sheet.points).query(points, k=4)
        normal = unit(sheet.normals()[near].mean(1))
        height = ((points - sheet.points[near].mean(1)) * normal).sum(1)
        return points + normal * np.clip(gap_m - height, 0, 0.05)[:, None]

    # --- handing over -------------------------------------------------------------------------------------------------------------

    def finish(self, wardrobe: Wardrobe) -> Dressed:
        """Put every layer into the wardrobe, without what other layers hide."""
        layers = [self.bared(k) for k in range(len(self.layers))]
        heights = [0.0] * len(self.swatches)
        tops = [np.inf] * len(self.swatches)
        for layer in layers:
            if len(layer.uv):
                tops[layer.swatch] = min(tops[layer.swatch], float(layer.uv[..., 1].min()))
        for layer in layers:
            if len(layer.uv):
                heights[layer.swatch] = max(heights[layer.swatch], float(layer.uv[..., 1].max()) - tops[layer.swatch])
        places = rows(heights)
        for layer in layers:
            if len(layer.uv):
                metres = layer.uv.reshape(-1, 2) - (0, tops[layer.swatch])
                wardrobe.add("cloth", piece(layer, places[layer.swatch].uv(metres)))
        return Dressed(tuple(self.swatches), tuple(heights), self.covered(), tuple(layers))

    def bared(self, index: int) -> Layer:
        """A layer without the triangles that later layers hide for good."""
        layer = self.layers[index]
        hidden = np.zeros(len(layer.sheet.points), bool)
        for k in range(index + 1, len(self.layers)):
            hides = self.layers[k].covers or (self.layers[k].laps and layer.kind not in BENEATH)
            if hides and self.layers[k].kind != layer.kind:
                hidden |= self.under(layer.sheet, k, 0.05 * self.s, 0.036 * self.s, index)
        if layer.kind in ("socks", "tights"):
            hidden |= layer.sheet.points[:, 1] < self.shod
        keep = ~hidden[layer.sheet.triangles].all(1)
        sheet = Sheet(layer.sheet.points, layer.sheet.weights, layer.sheet.triangles[keep], layer.sheet.extra)
        return Layer(layer.kind, sheet, layer.swatch, layer.uv[keep], layer.covers, layer.laps)

    def covered(self) -> np.ndarray:
        """Which vertices of the body (n_vertices,) no one can see."""
        body = self.body
        skin = Sheet(body.points, body.basis.weights, split_quads(body.basis.groups["f_body"]), body.points)
        out = np.zeros(len(body.points), bool)
        for k, layer in enumerate(self.layers):
            if layer.covers:
                out |= self.under(skin, k, 0.11 * self.s, 0.020 * self.s)
        for top, hem in self.veils:
            leg = body.weight("upperleg", "lowerleg", "root", "pelvis", "spine05") > 0.5
            out |= leg & (body.points[:, 1] < top) & (body.points[:, 1] > hem)
        out |= (body.weight("foot", "toe") > 0.2) & (body.points[:, 1] < self.shod)
        return out & (body.weight("head", "eye") < 0.2)

    def under(self, inner: Sheet, index: int, reach_m: float, margin_m: float, above: int = -1) -> np.ndarray:
        """Whether points (n,) of a sheet lie under a layer: it is near and outside them, moves with them, and its open edge is not near."""
        over = self.layers[index].sheet
        centres = over.triangles
        spots = np.concatenate([over.points, over.points[centres].mean(1)])
        moves = np.concatenate([over.weights, over.weights[centres].mean(1)])
        far, near = cKDTree(spots).query(inner.points, distance_upper_bound=reach_m)
        found = np.isfinite(far)
        near = np.where(found, near, 0)
        outside = ((spots[near] - inner.points) * inner.normals()).sum(1) > (-0.02 if above < 0 else -0.006) * self.s
        together = (moves[near] * inner.weights).sum(1) > 0.05
        every, open_ = over.points[np.unique(over.open_edges())], self.edge(index, above)
        clear = apart(spots, open_, margin_m)[near] & (apart(spots, every, margin_m)[near] | (far < 0.03 * self.s))
        return found & outside & together & clear

    def edge(self, index: int, above: int) -> np.ndarray:
        """The open edges (k, 3) of a layer that no other layer later than `above` laps over."""
        if (index, above) not in self.edges:
            layer = self.layers[index]
            rim = layer.sheet.points[np.unique(layer.sheet.open_edges())]
            for k, other in enumerate(self.layers):
                if k > above and k != index and other.laps and len(rim):
                    own = cKDTree(other.sheet.points[np.unique(other.sheet.open_edges())]).query(rim)[0] > 0.03 * self.s
                    rim = rim[~(own & (cKDTree(other.sheet.points).query(rim)[0] < 0.03 * self.s))]
            self.edges[index, above] = rim
        return self.edges[index, above]

    def over(self, sheet: Sheet, gap_m: float = 0.0035) -> Sheet:
        """A sheet pushed out of everything that is worn already; where something beneath begins it rises softly, and on a skirt it moves with it."""
        points = self.lay(self.skin, sheet.points, gap_m * self.s)
        for _ in range(2):
            for layer in self.layers:
                hangs = layer.laps and not layer.covers
                points = self.lay_on(layer, points, sheet, (max(gap_m, HANGING_M) if hangs else gap_m) * self.s)
        return Sheet(points, self.moving(points, sheet), sheet.triangles, sheet.extra)

    def lay_on(self, layer: Layer, points: np.ndarray, sheet: Sheet, gap_m: float) -> np.ndarray:
        """Points (n, 3) of a sheet outside a layer, without a step at its edge: what is beyond the edge is lifted less and less."""
        outside = faced(layer.sheet)
        used = np.unique(outside)
        far, near = cKDTree(layer.sheet.points[used]).query(points, k=4)
        normal = unit(vertex_normals(layer.sheet.points, outside)[used][near].mean(1))
        away = points - layer.sheet.points[used][near].mean(1)
        height = (away * normal).sum(1)
        beside = np.linalg.norm(away - normal * height[:, None], axis=1)
        on = (far[:, 0] < 0.05 * self.s) & (sheet.extra[:, ARM] < 0.6) & (beside < BESIDE_M * self.s)
        lift = np.where(on, np.clip(gap_m - height, 0, 0.05), 0)
        if not lift.any():
            return points
        if not len(sheet.triangles):
            return points + normal * lift[:, None]
        moved = normal * lift[:, None]
        eased = Sheet(moved, sheet.weights, sheet.triangles, sheet.extra).smooth(10, 0.6).points
        return points + np.where(on[:, None], moved, eased)

    def moving(self, points: np.ndarray, sheet: Sheet) -> np.ndarray:
        """The sheet's weights (n, n_joints), over hanging cloth those of the cloth, so that the two sit down together."""
        weights = sheet.weights
        for layer in self.layers:
            if layer.laps and not layer.covers and weights.shape[1] > 1:
                far, near = cKDTree(layer.sheet.points).query(points, k=4)
                share = smoothstep(0.06 * self.s, 0.03 * self.s, far[:, 0]) * smoothstep(0.5, 0.2, sheet.extra[:, ARM])
                nearer = 1 / (far + 0.003)
                theirs = (layer.sheet.weights[near] * (nearer / nearer.sum(1, keepdims=True))[..., None]).sum(1)
                weights = weights * (1 - share[:, None]) + theirs * share[:, None]
        return weights


def faced(sheet: Sheet) -> np.ndarray:
    """Triangles (m, 3) of a sheet without its hems, whose normals would not tell which way is out."""
    rim = np.unique(sheet.open_edges())
    kept = sheet.triangles[~np.isin(sheet.triangles, rim).any(1)]
    return kept if len(kept) else sheet.triangles


def apart(points: np.ndarray, others: np.ndarray, margin_m: float) -> np.ndarray:
    """Whether points (n,) are farther than a margin from all others (k, 3)."""
    return cKDTree(others).query(points)[0] > margin_m if len(others) else np.ones(len(points), bool)


def filled(table: np.ndarray) -> np.ndarray:
    """A table (rows, bins) of radii with its empty cells taken from their neighbours in the row, else from the row above."""
    out = table.copy()
    for k in range(len(out)):
        known = np.flatnonzero(out[k] > 0)
        if len(known) < 6:
            out[k] = out[k - 1] if k else out[k]
            continue
        around = np.r_[known - BINS, known, known + BINS]
        out[k] = np.interp(np.arange(BINS), around, np.tile(out[k, known], 3))
    return out


def piece(layer: Layer, uv: np.ndarray) -> Piece:
    """A layer as a piece of the wardrobe; vertices are split where the cloth has a seam, and keep the normal they share."""
    sheet = layer.sheet
    normals = vertex_normals(sheet.points, sheet.triangles)
    key = np.c_[sheet.triangles.ravel(), np.round(uv * 65536).astype(int)]
    _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
    at = sheet.triangles.ravel()[first]
    return Piece(sheet.points[at], normals[at], uv[first], inverse.reshape(-1, 3), sheet.weights[at], white(len(at)))


def smooth_ring(values: np.ndarray, width: float) -> np.ndarray:
    """A closed ring of values (n, ...) made smooth."""
    return gaussian_filter1d(values, width, axis=0, mode="wrap")
