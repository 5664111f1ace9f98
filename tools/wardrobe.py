"""People in clothes and every clip that they can be seen in come in; a table of what comes through their cloth, in millimetres, goes out.

.venv/bin/python tools/wardrobe.py           the demo people and others, all clips; a quarter of an hour of one core
.venv/bin/python tools/wardrobe.py juni      one of them
"""

import sys

import numpy as np

from meetagain.likeness.body import Body, make_body
from meetagain.likeness.clothes import dress
from meetagain.likeness.glb import strongest
from meetagain.likeness.head_parts import kept_skin, skin_piece
from meetagain.likeness.landmarks import landmarks
from meetagain.likeness.parts import Wardrobe
from meetagain.likeness.poke import attitudes, pokes
from meetagain.likeness.words import read_look
from meetagain.motion.body import Body as Mover
from meetagain.motion.embedded import make_clips
from meetagain.motion.style import style_of
from meetagain.motion.vrm import Rig
from meetagain.schema.person import Look, Person

PEOPLE = {
    "juni": (7, Look(height_cm=121, build="slim", sex="female", clothes="yellow raincoat over a striped shirt, red wellies")),
    "matti": (76, Look(height_cm=176, build="broad", sex="male", clothes="blue knitted jersey with leather elbows, cap")),
    "girl": (7, Look(sex="female", clothes="blue check dress, red cardigan, red shoes")),
    "woman": (35, Look(sex="female", clothes="green jumper, brown skirt, brown shoes")),
    "gran": (76, Look(sex="female", clothes="long flowery dress, grey cardigan, slippers")),
    "man": (35, Look(sex="male", clothes="white shirt, blue blazer, grey trousers, black shoes")),
    "coat": (35, Look(sex="female", clothes="long grey coat, red dress, boots")),
}
CLIPS = {
    "ground": ("sit", "sit_down", "stand_up", "eat", "drink", "blow_candles"),
    "bench": ("sit_bench", "sit_bench_down", "sit_bench_up"),
    "kneeling": ("kneel", "kneel_down", "kneel_up"),
    "lying": ("lie", "lie_down", "sit_up", "sleep"),
    "going": ("walk", "run", "run_open_arms", "jump", "hop"),
}
MOMENTS = 5


def rig_of(body: Body, wardrobe: Wardrobe) -> Rig:
    """What motion needs of a body in its clothes."""
    marks = {name: (m["joint"], body.joint(m["joint"]) + np.array(m["offset"])) for name, m in landmarks(body).items()}
    pieces = wardrobe.pieces["skin"] + wardrobe.pieces["cloth"]
    points, normals = (np.concatenate([getattr(p, key) for p in pieces]) for key in ("points", "normals"))
    joints, shares = strongest(np.concatenate([p.weights for p in pieces]))
    return Rig(body.basis.joints, body.basis.parents, body.heads, points, normals, joints, shares, marks, body.height_m)


def worst(name: str) -> dict[tuple[str, str], dict[str, tuple[float, float, str]]]:
    """(garment, what lies beneath) -> group of clips -> deepest in millimetres, share of points outside, and in which clip."""
    age, look = PEOPLE[name]
    person = Person(name, name, (name,), age, "x", "y", look=look)
    body, wardrobe = make_body(person), Wardrobe()
    worn = dress(body, read_look(person).garments, False, wardrobe)
    wardrobe.add("skin", skin_piece(body, *kept_skin(body, worn.covered)))
    group = {clip: key for key, clips in CLIPS.items() for clip in clips}
    out: dict = {}
    for clip in make_clips(Mover(rig_of(body, wardrobe)), style_of(person)):
        for poke in pokes(body, worn, attitudes(body, clip.turns, clip.root_m), max(1, len(clip.turns) // MOMENTS)):
            row = out.setdefault((poke.garment, poke.through), {})
            key = group.get(clip.name, "standing")
            row[key] = max(row.get(key, (0.0, 0.0, "")), (round(1000 * poke.deepest_m, 1), round(poke.share, 3), clip.name))
    return out


def main(names: list[str]) -> None:
    """Markdown rows: who, garment over what, and per group of clips the deepest in millimetres with the share of points."""
    columns = ("standing", *CLIPS)
    print("| who | what over what |", " | ".join(columns), "|\n|", " --- |" * (len(columns) + 2))
    for name in names:
        for (garment, beneath), row in worst(name).items():
            cells = [f"{row[key][0]:.0f} ({100 * row[key][1]:.0f} %)" if row.get(key, (0,))[0] else "0" for key in columns]
            if any(cell != "0" for cell in cells):
                print(f"| {name} | {garment} over {beneath} |", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(PEOPLE))
