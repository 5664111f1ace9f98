"""What every likeness backend must do, ours and one of another package that comes through the same door."""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import pytest

from meetagain import backends
from meetagain.likeness.body import make_body
from meetagain.likeness.glb import Rig, write_glb
from meetagain.likeness.landmarks import landmarks, torso
from meetagain.likeness.parts import Piece, Wardrobe, split_quads
from meetagain.motion.body import Body
from meetagain.motion.vrm import chunks, read_rig
from meetagain.schema.archive import Archive, Memory
from meetagain.schema.artefacts import Likeness
from meetagain.schema.person import Look, Person

PARTS = ["skin", "eyes", "hair", "cloth", "overlay"]
PLACES = [
    "mouth",
    "chin",
    "eye_l",
    "eye_r",
    "crown",
    "brow",
    "chest",
    "belly",
    "back",
    "cheek_l",
    "cheek_r",
    "ear_l",
    "ear_r",
    "palm_l",
    "palm_r",
    "seat",
    "knee_l",
    "knee_r",
    "sole_l",
    "sole_r",
]
JUNI = Person(
    id="x",
    full_name="Juniper Orrel",
    called=("Juni",),
    age_shown=7,
    relation_to_visitor="daughter",
    calls_visitor="Mum",
    look=Look(),
    fictional=True,
)
NOTHING = Archive(items=(), memory=Memory(facts=()))


class Elsewhere:
    """An engine of another house: a plain clay figure of the right size."""

    def build(self, person: Person, archive: Archive, root: Path, out: Path) -> Likeness:
        """As LikenessBackend.build."""
        body = make_body(person)
        skin = split_quads(body.basis.groups["f_body"])
        used, inverse = np.unique(skin, return_inverse=True)
        wardrobe, n = Wardrobe(), len(used)
        for name in PARTS:
            faces = inverse.reshape(-1, 3) if name == "skin" else np.array([[0, 1, 2]])
            moves = body.actions[:, used] if name in ("skin", "overlay") else None
            piece = Piece(body.points[used], body.normals[used], np.zeros((n, 2)), faces, body.basis.weights[used], np.ones((n, 4)), moves)
            wardrobe.add(name, piece)
        about = {
            "name": person.name, "portrait": True, "age_years": person.age_shown, "height_m": body.height_m, "is_child": person.is_child,
            "eye_height_m": float(body.face.middle[1]), "landmarks": landmarks(body), "torso": torso(body),
        }  # fmt: skip
        rig = Rig(body.basis.joints, body.basis.parents, body.heads)
        out.write_bytes(write_glb(wardrobe, rig, body.basis.face_names, {}, about))
        return Likeness(
            f"build/{out.name}", body.height_m, about["eye_height_m"], rig.names, body.basis.face_names, wardrobe.triangles(), ""
        )


@pytest.fixture(scope="module")
def another_package(tmp_path_factory):
    """A package that offers a likeness engine, installed as packages are."""
    place = tmp_path_factory.mktemp("site")
    info = place / "clay-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: clay\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[meetagain.likeness]\nclay = {__name__}:Elsewhere\n")
    sys.modules.setdefault(__name__, sys.modules[Elsewhere.__module__])
    sys.path.insert(0, str(place))
    yield
    sys.path.remove(str(place))


@pytest.fixture(scope="module", params=[*sorted(backends.installed("likeness")), "clay"])
def built(request, another_package, tmp_path_factory):
    root = tmp_path_factory.mktemp(request.param)
    (root / "build").mkdir()
    backend = backends.load("likeness", request.param)
    return backend, backend.build(JUNI, NOTHING, root, root / "build" / "likeness.vrm"), root


def test_the_file_is_as_the_page_expects(built):
    _, likeness, root = built
    document, _ = chunks((root / likeness.file).read_bytes())
    assert [mesh["name"] for mesh in document["meshes"]] == PARTS and document["extensions"]["VRMC_vrm"]["specVersion"] == "1.0"
    assert all("rotation" not in node and "scale" not in node and "matrix" not in node for node in document["nodes"])
    assert tuple(document["meshes"][0]["extras"]["targetNames"]) == likeness.blendshapes
    custom = document["extensions"]["VRMC_vrm"]["expressions"]["custom"]
    assert len([name for name in custom if name.startswith("viseme_")]) == 15
    about = document["scenes"][0]["extras"]["meetagain"]
    assert about["portrait"] is True and set(PLACES) <= set(about["landmarks"]) and about["torso"]["half_width_m"] > 0.05


def test_it_can_be_moved(built):
    _, likeness, root = built
    rig = read_rig(root / likeness.file)
    assert rig.names == likeness.joints and abs(rig.height_m - likeness.height_m) < 1e-3
    assert {"root", "head", "eye.L", "eye.R", "wrist.L", "foot.R"} <= set(Body(rig).at)


def test_it_keeps_to_the_budget(built):
    _, likeness, root = built
    assert likeness.triangles <= 60_000 and (root / likeness.file).stat().st_size <= 12_000_000


def test_what_it_says_of_itself_is_so(built):
    _, likeness, root = built
    data = (root / likeness.file).read_bytes()
    document = json.loads(data[20 : 20 + struct.unpack("<I", data[12:16])[0]])
    count = sum(document["accessors"][p["indices"]]["count"] // 3 for mesh in document["meshes"] for p in mesh["primitives"])
    assert count == likeness.triangles and 1.0 < likeness.height_m < 1.4 and 0.8 < likeness.eye_height_m / likeness.height_m < 0.95


def test_the_same_person_gives_the_same_bytes(built):
    backend, likeness, root = built
    backend.build(JUNI, NOTHING, root, root / "build" / "again.vrm")
    assert (root / "build" / "again.vrm").read_bytes() == (root / likeness.file).read_bytes()
