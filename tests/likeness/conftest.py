"""Bodies that the tests write themselves: a figure of tubes and balls with a human skeleton, as VRM 0, VRM 1.0 or plain GLB."""

import io
import json
import struct
from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image

from meetagain.likeness.body import Body
from meetagain.likeness.camera import look_at
from meetagain.likeness.cloth_picture import cloth_picture, rows
from meetagain.likeness.clothes import dress
from meetagain.likeness.embedded import EmbeddedLikeness
from meetagain.likeness.glb import strongest
from meetagain.likeness.head_parts import kept_skin, skin_piece
from meetagain.likeness.parts import Piece, Wardrobe
from meetagain.likeness.photos.seen import Sight
from meetagain.likeness.picture import Light, take
from meetagain.likeness.shown import Part, Shown, read_shown
from meetagain.likeness.words import Choices
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.person import Look, Person

#: bone: (parent, place in metres of a grown person with arms stretched out, left is +X)
SKELETON = {
    "hips": ("", (0, 0.95, 0)), "spine": ("hips", (0, 1.05, 0)), "chest": ("spine", (0, 1.2, 0)), "neck": ("chest", (0, 1.45, 0)),
    "head": ("neck", (0, 1.55, 0.01)), "leftEye": ("head", (0.032, 1.63, 0.07)), "rightEye": ("head", (-0.032, 1.63, 0.07)),
}  # fmt: skip
for _side, _sign in (("left", 1), ("right", -1)):
    SKELETON |= {
        f"{_side}Shoulder": ("chest", (_sign * 0.04, 1.4, 0)),
        f"{_side}UpperArm": (f"{_side}Shoulder", (_sign * 0.17, 1.4, 0)),
        f"{_side}LowerArm": (f"{_side}UpperArm", (_sign * 0.43, 1.4, 0)),
        f"{_side}Hand": (f"{_side}LowerArm", (_sign * 0.67, 1.4, 0)),
        f"{_side}UpperLeg": ("hips", (_sign * 0.09, 0.9, 0)),
        f"{_side}LowerLeg": (f"{_side}UpperLeg", (_sign * 0.09, 0.5, 0)),
        f"{_side}Foot": (f"{_side}LowerLeg", (_sign * 0.09, 0.08, -0.02)),
        f"{_side}Toes": (f"{_side}Foot", (_sign * 0.09, 0.02, 0.1)),
    }
    for _k, _finger in enumerate(("Index", "Middle", "Ring", "Little")):
        _above = f"{_side}Hand"
        for _n, _part in enumerate(("Proximal", "Intermediate", "Distal")):
            SKELETON[f"{_side}{_finger}{_part}"] = (_above, (_sign * (0.75 + 0.03 * _n), 1.4, 0.03 - 0.02 * _k))
            _above = f"{_side}{_finger}{_part}"
MIXAMO = {
    "hips": "Hips", "spine": "Spine", "chest": "Spine1", "neck": "Neck", "head": "Head", "Eye": "Eye", "Shoulder": "Shoulder",
    "UpperArm": "Arm", "LowerArm": "ForeArm", "Hand": "Hand", "UpperLeg": "UpLeg", "LowerLeg": "Leg", "Foot": "Foot", "Toes": "ToeBase",
}  # fmt: skip


@dataclass
class Figure:
    """What is written into one file. Turn any of it before `bytes()`."""

    document: dict = field(default_factory=dict)
    blob: bytearray = field(default_factory=bytearray)
    nodes: dict[str, int] = field(default_factory=dict)

    def bytes(self) -> bytes:
        self.document["buffers"] = [{"byteLength": len(self.blob)}]
        text = json.dumps(self.document).encode()
        text += b" " * (-len(text) % 4)
        blob = bytes(self.blob) + b"\0" * (-len(self.blob) % 4)
        head = struct.pack("<III", 0x46546C67, 2, 28 + len(text) + len(blob))
        return head + struct.pack("<II", len(text), 0x4E4F534A) + text + struct.pack("<II", len(blob), 0x004E4942) + blob

    def view(self, data: bytes) -> int:
        self.blob.extend(b"\0" * (-len(self.blob) % 4))
        self.document.setdefault("bufferViews", []).append({"buffer": 0, "byteOffset": len(self.blob), "byteLength": len(data)})
        self.blob.extend(data)
        return len(self.document["bufferViews"]) - 1

    def accessor(self, array: np.ndarray, component: int, kind: str) -> int:
        entry = {"bufferView": self.view(array.tobytes()), "componentType": component, "count": len(array), "type": kind}
        if kind == "VEC3":
            entry |= {"min": array.min(0).tolist(), "max": array.max(0).tolist()}
        self.document.setdefault("accessors", []).append(entry)
        return len(self.document["accessors"]) - 1


def ball(centre, radius, rings=10, turns=14):
    a, t = (m.ravel() for m in np.meshgrid(np.linspace(0, np.pi, rings), np.arange(turns + 1) / turns * 2 * np.pi, indexing="ij"))
    normal = np.stack([np.sin(a) * np.sin(t), np.cos(a), np.sin(a) * np.cos(t)], 1)
    k = np.arange((rings - 1) * (turns + 1)).reshape(rings - 1, turns + 1)[:, :-1].ravel()
    down = k + turns + 1
    faces = np.concatenate([np.stack([k, down, k + 1], 1), np.stack([k + 1, down, down + 1], 1)])
    return np.array(centre) + normal * np.array(radius), normal, np.stack([t / 2 / np.pi, a / np.pi], 1), faces


def tube(start, end, radius):
    start, end = np.array(start, float), np.array(end, float)
    points, normal, uv, faces = ball((0, 0, 0), (radius, 1, radius), 8, 8)
    way = end - start
    y = way / np.linalg.norm(way)
    x = np.cross(y, (0.1, 0.3, 1.0))
    x /= np.linalg.norm(x)
    turn = np.stack([x, y, np.cross(x, y)])
    points[:, 1] = (points[:, 1] + 1) / 2 * np.linalg.norm(way)
    return start + points @ turn, normal @ turn, uv, faces


def face_moves(points: np.ndarray) -> dict[str, np.ndarray]:
    """Movements of the head's points by ARKit names."""
    low = np.exp(-((np.linalg.norm(points - (0, 1.55, 0.09), axis=1) / 0.03) ** 2))[:, None]
    lids = {
        s: np.exp(-((np.linalg.norm(points - (x, 1.63, 0.09), axis=1) / 0.025) ** 2))[:, None]
        for s, x in (("Left", 0.032), ("Right", -0.032))
    }
    out = {
        "jawOpen": low * (0, -0.02, 0),
        "mouthPucker": low * (0, 0, 0.01),
        "mouthFunnel": low * (0, 0.002, 0.008),
        "browInnerUp": (lids["Left"] + lids["Right"]) * (0, 0.006, 0),
    }
    for s, sign in (("Left", 1), ("Right", -1)):
        half = (points[:, :1] * sign > 0) * low
        out |= {
            f"eyeBlink{s}": lids[s] * (0, -0.012, 0),
            f"mouthSmile{s}": half * (sign * 0.008, 0.006, 0),
            f"mouthStretch{s}": half * (sign * 0.01, 0, 0),
        }
    return out


def figure(kind: str = "vrm1", bones=None, height=1.0, up_z=False) -> Figure:
    """vrm0 (faces -Z), vrm1, arkit (Mixamo names, centimetres), oculus, or plain (no face shapes)."""
    out, skeleton = Figure(), {k: v for k, v in SKELETON.items() if bones is None or k in bones}
    places = {name: np.array(at, float) * height for name, (_, at) in skeleton.items()}
    turn = np.diag([-1.0, 1, -1]) if kind == "vrm0" else np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]) if up_z else np.eye(3)
    size = 100.0 if kind == "arkit" else 1.0
    places = {name: turn @ at * size for name, at in places.items()}
    nodes = _nodes(out, skeleton, places, kind)
    order = list(skeleton)
    inverse = np.tile(np.eye(4, dtype=np.float32), (len(order), 1, 1))
    for k, name in enumerate(order):  # every joint is turned a quarter about Z, as makers' joints are
        world = np.eye(4)
        world[:3, :3], world[:3, 3] = QUARTER, places[name]
        inverse[k] = np.linalg.inv(world).T
    out.document["skins"] = [
        {"joints": [out.nodes[name] for name in order], "inverseBindMatrices": out.accessor(inverse.reshape(-1, 16), 5126, "MAT4")}
    ]
    picture = io.BytesIO()
    Image.fromarray(np.tile(np.array([[[220, 180, 160]]], np.uint8), (64, 64, 1))).save(picture, "PNG")
    image = out.view(picture.getvalue())
    out.document |= {
        "asset": {"version": "2.0"},
        "images": [{"bufferView": image, "mimeType": "image/png"}],
        "textures": [{"source": 0}],
        "scene": 0,
    }
    out.document["materials"] = [
        {"name": "Face_SKIN", "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}},
        {"name": "EyeIris", "pbrMetallicRoughness": {"baseColorFactor": [0.2, 0.3, 0.2, 1]}},
        {"name": "Hair", "pbrMetallicRoughness": {"baseColorFactor": [0.3, 0.2, 0.1, 1]}},
        {"name": "Tops_CLOTH", "pbrMetallicRoughness": {"baseColorFactor": [0.2, 0.4, 0.6, 1]}},
    ]

    def put(material: int, shapes: list[tuple[str, tuple]], named: dict[str, np.ndarray] | None = None) -> int:
        points, normals, uv, faces = (np.concatenate(part) for part in zip(*[s for _, s in shapes], strict=True))
        starts = np.cumsum([0] + [len(s[0]) for _, s in shapes])
        faces = np.concatenate([s[3] + start for (_, s), start in zip(shapes, starts, strict=False)])
        shapes = [(bone if bone in order else "hips", shape) for bone, shape in shapes]
        joint = np.repeat([order.index(bone) for bone, _ in shapes], [len(s[0]) for _, s in shapes])
        weight = np.zeros((len(points), 4), np.float32)
        weight[:, 0] = 1
        attributes = {
            "POSITION": out.accessor((points * height @ turn.T * size).astype(np.float32), 5126, "VEC3"),
            "NORMAL": out.accessor((normals @ turn.T).astype(np.float32), 5126, "VEC3"),
            "TEXCOORD_0": out.accessor(uv.astype(np.float32), 5126, "VEC2"),
            "JOINTS_0": out.accessor(np.c_[joint, np.zeros((len(joint), 3))].astype(np.uint16), 5123, "VEC4"),
            "WEIGHTS_0": out.accessor(weight, 5126, "VEC4"),
        }
        primitive = {
            "attributes": attributes,
            "indices": out.accessor(faces.astype(np.uint16).ravel(), 5123, "SCALAR"),
            "material": material,
        }
        mesh: dict = {"name": out.document["materials"][material]["name"], "primitives": [primitive]}
        if named:
            moves = {word: (delta * height @ turn.T * size).astype(np.float32) for word, delta in named.items()}
            primitive["targets"] = [{"POSITION": out.accessor(delta, 5126, "VEC3")} for delta in moves.values()]
            mesh |= {"extras": {"targetNames": list(moves)}, "weights": [0.0] * len(moves)}
        out.document.setdefault("meshes", []).append(mesh)
        nodes.append({"name": mesh["name"], "mesh": len(out.document["meshes"]) - 1, "skin": 0})
        return len(nodes) - 1

    head = ball((0, 1.6, 0), (0.075, 0.11, 0.09), 40, 40)
    face = put(0, [("head", head)], words_of(kind, head[0]))
    put(
        1,
        [
            (f"{s}Eye" if f"{s}Eye" in order else "head", ball((x, 1.63, 0.075), (0.012,) * 3))
            for s, x in (("left", 0.032), ("right", -0.032))
        ],
    )
    put(2, [("head", ball((0, 1.63, -0.01), (0.085, 0.1, 0.09)))])
    put(3, _limbs(skeleton))
    nodes[out.nodes["hips"]]["translation"] = places["hips"].tolist()
    out.document["scenes"] = [{"nodes": [out.nodes["hips"], *range(len(skeleton), len(nodes))]}]
    _says(out, kind, face)
    return out


QUARTER = np.array([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])


def _nodes(out: Figure, skeleton: dict, places: dict, kind: str) -> list[dict]:
    nodes: list[dict] = []
    for k, (name, (parent, _)) in enumerate(skeleton.items()):
        while parent and parent not in skeleton:
            parent = SKELETON[parent][0]
        out.nodes[name] = k
        bare = name.removeprefix("left").removeprefix("right")
        side = name[: len(name) - len(bare)].capitalize()
        called = f"mixamorig:{side}{MIXAMO[bare]}" if kind in ("arkit", "oculus", "plain") and bare in MIXAMO else name
        nodes.append({"name": called})
        if parent:
            nodes[out.nodes[parent]].setdefault("children", []).append(k)
            nodes[k]["translation"] = (QUARTER.T @ (places[name] - places[parent])).tolist()
        else:
            nodes[k] |= {"rotation": [0, 0, float(np.sin(np.pi / 4)), float(np.cos(np.pi / 4))]}
    out.document["nodes"] = nodes
    return nodes


def _limbs(skeleton: dict) -> list[tuple[str, tuple]]:
    parts = [
        ("hips", ball((0, 0.95, 0), (0.15, 0.12, 0.1))),
        ("spine", tube((0, 1.0, 0), (0, 1.22, 0), 0.13)),
        ("chest", ball((0, 1.3, 0), (0.17, 0.16, 0.1))),
    ]
    if "neck" in skeleton:
        parts.append(("neck", tube((0, 1.4, 0), (0, 1.56, 0), 0.05)))
    for bone, (parent, at) in skeleton.items():
        limb = (
            parent.removeprefix("left").removeprefix("right") in ("UpperArm", "LowerArm", "UpperLeg", "LowerLeg", "Foot")
            or "Distal" in bone
            or "Intermediate" in bone
        )
        if limb and parent in skeleton:
            parts.append(
                (
                    parent,
                    tube(
                        SKELETON[parent][1],
                        at,
                        0.05 if "Leg" in parent or "Foot" in parent else 0.012 if "mediate" in bone or "Distal" in bone else 0.04,
                    ),
                )
            )
    return parts


def words_of(kind: str, points: np.ndarray) -> dict[str, np.ndarray]:
    """The same movements under the names of each way of writing."""
    moves = face_moves(points)
    if kind == "arkit":
        return {f"blendShape1.{name.replace('Left', '_L').replace('Right', '_R')}": delta for name, delta in moves.items()}
    if kind == "oculus":
        mouths = {
            v: moves["jawOpen"] * 0.5 + moves["mouthPucker"] * 0.1 * k
            for k, v in enumerate(("PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"))
        }
        return {f"viseme_{v}": delta for v, delta in mouths.items()} | {
            "eyesClosed": moves["eyeBlinkLeft"] + moves["eyeBlinkRight"],
            "mouthSmile": moves["mouthSmileLeft"] + moves["mouthSmileRight"],
        }
    if kind == "plain":
        return {}
    both = {
        "A": moves["jawOpen"],
        "I": moves["mouthStretchLeft"] + moves["mouthStretchRight"],
        "U": moves["mouthPucker"],
        "E": moves["jawOpen"] * 0.4,
        "O": moves["mouthFunnel"],
    }
    return both | {"Blink": moves["eyeBlinkLeft"] + moves["eyeBlinkRight"], "Joy": moves["mouthSmileLeft"] + moves["mouthSmileRight"]}


def _says(out: Figure, kind: str, face: int) -> None:
    names = list(out.document["meshes"][0].get("extras", {}).get("targetNames", []))
    if kind == "vrm1":
        preset = {"aa": "A", "ih": "I", "ou": "U", "ee": "E", "oh": "O", "blink": "Blink", "happy": "Joy"}
        out.document |= {"extensionsUsed": ["VRMC_vrm"], "extensions": {"VRMC_vrm": {
            "specVersion": "1.0",
            "meta": {"name": "x", "authors": ["Ana Lind"], "licenseUrl": "https://vrm.dev/licenses/1.0/", "avatarPermission": "everyone", "modification": "allowModification"},
            "humanoid": {"humanBones": {bone: {"node": node} for bone, node in out.nodes.items()}},
            "expressions": {"preset": {k: {"morphTargetBinds": [{"node": face, "index": names.index(v), "weight": 1.0}]} for k, v in preset.items()}},
        }}}  # fmt: skip
    if kind == "vrm0":
        groups = [{"name": n, "presetName": n.lower(), "binds": [{"mesh": 0, "index": k, "weight": 100}]} for k, n in enumerate(names)]
        out.document |= {"extensionsUsed": ["VRM"], "extensions": {"VRM": {
            "meta": {"title": "x", "author": "Ana Lind", "allowedUserName": "Everyone", "licenseName": "CC_BY"},
            "humanoid": {"humanBones": [{"bone": bone, "node": node} for bone, node in out.nodes.items()]},
            "blendShapeMaster": {"blendShapeGroups": groups},
        }}}  # fmt: skip


@pytest.fixture
def write_figure(tmp_path):
    """Writes a figure into a person's items; the path as person.yaml names it."""

    def write(made: Figure | bytes, name: str = "her.vrm") -> str:
        (tmp_path / "items").mkdir(exist_ok=True)
        (tmp_path / "items" / name).write_bytes(made if isinstance(made, bytes) else made.bytes())
        return f"items/{name}"

    return write


@pytest.fixture(name="figure")
def figure_fixture():
    return figure


LOOK = Look(height_cm=121, hair="light brown bob", eyes="grey-green", clothes="red jumper, blue trousers")
SOMEBODY = Person(
    id="a", full_name="Anna Test", called=("Anna",), age_shown=7, relation_to_visitor="daughter", calls_visitor="Mum", look=LOOK
)


@pytest.fixture(scope="session")
def child_file(tmp_path_factory):
    """One small child, built once for all tests of the room."""
    out = tmp_path_factory.mktemp("shown") / "likeness.vrm"
    EmbeddedLikeness().build(SOMEBODY, Archive(items=(), memory=Memory(facts=())), out.parent, out)
    return out


@pytest.fixture(scope="session")
def child_shown(child_file):
    return read_shown(child_file.read_bytes())


# --- photographs of invented people: a dressed body before a plain wall, with landmarks ---

POSE_JOINTS = {
    11: "upperarm01.L", 12: "upperarm01.R", 13: "lowerarm01.L", 14: "lowerarm01.R", 15: "wrist.L", 16: "wrist.R", 23: "upperleg01.L",
    24: "upperleg01.R", 25: "lowerleg01.L", 26: "lowerleg01.R", 27: "foot.L", 28: "foot.R", 31: "toe2-1.L", 32: "toe2-1.R",
}  # fmt: skip


def take_photograph(
    body: Body, choices: Choices, yaw_deg: float = 0.0, size: tuple[int, int] = (420, 620), light: Light | None = None
) -> Sight:
    """One full-length picture from 3.5 m."""
    wardrobe = Wardrobe()
    worn = dress(body, choices.garments, False, wardrobe)
    wardrobe.add("skin", skin_piece(body, *kept_skin(body, worn.covered)))
    cloth = cloth_picture(list(worn.swatches), rows(list(worn.heights_m)))
    skin = np.full((4, 4, 3), choices.skin, np.uint8)
    parts = {name: as_part(wardrobe.pieces[name], picture) for name, picture in (("skin", skin), ("cloth", cloth))}
    shown = Shown(parts, body.basis.joints, body.basis.parents, body.heads, {})
    turn = np.radians(yaw_deg)
    middle = np.array([0, 0.5 * body.height_m, 0])
    eye = middle + np.array([np.sin(turn), 0.05, np.cos(turn)]) * 3.5
    camera = look_at(eye, middle, float(np.degrees(2 * np.arctan(0.56 * body.height_m / 3.5))), size)
    taken = take(shown, camera, light or Light(shadows=False), fine=1)
    pose = np.zeros((33, 4))
    for k, name in POSE_JOINTS.items():
        at, _ = camera.seen(body.joint(name)[None])
        pose[k] = (*at[0], 0, 1)
    for k, name in ((29, "foot.L"), (30, "foot.R")):
        at, _ = camera.seen(body.joint(name)[None] * (1, 0.3, 1) - (0, 0, 0.03))
        pose[k] = (*at[0], 0, 1)
    for k, spot in ((0, body.face.nose), (9, body.face.mouth), (10, body.face.mouth), (2, body.face.eyes[0]), (5, body.face.eyes[1])):
        at, _ = camera.seen(np.asarray(spot)[None])
        pose[k] = (*at[0], 0, 1)
    return Sight("photo", taken.picture, None, taken.person, pose)


def as_part(pieces: list[Piece], picture: np.ndarray) -> Part:
    """Pieces of one material as a Part."""
    starts = np.cumsum([0] + [len(p.points) for p in pieces])
    joints, weights = strongest(np.concatenate([p.weights for p in pieces]))
    read = np.concatenate([picture / 255.0, np.ones((*picture.shape[:2], 1))], 2).astype(np.float32)
    return Part(
        *(np.concatenate([getattr(p, key) for p in pieces]) for key in ("points", "normals", "uv", "colour")),
        np.concatenate([p.triangles + s for p, s in zip(pieces, starts, strict=False)]),
        joints,
        weights,
        None,
        read,
    )


@pytest.fixture(scope="session")
def photograph():
    """A function (body, choices, yaw_deg, size, light) -> Sight."""
    return take_photograph
