"""Nothing comes in but the project's own body; a sheet of all face shapes and mouths at 7, 35 and 76 years goes out for the docs.

.venv/bin/python tools/faces_sheet.py        some minutes of one core; writes docs/pictures/faces_7.jpg, faces_35.jpg, faces_76.jpg
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from meetagain.likeness.camera import Camera, look_at
from meetagain.likeness.embedded import portray
from meetagain.likeness.picture import Light, take
from meetagain.likeness.shown import Shown, read_shown
from meetagain.likeness.vrm import VISEMES
from meetagain.schema.person import Look, Person

PEOPLE = {
    7: Look(sex="female", skin="fair", hair="light brown ponytail", eyes="green", clothes="red jumper, blue trousers"),
    35: Look(
        sex="female", skin="brown", hair="black, short curly", eyes="dark", origin={"africa": 1.0}, clothes="green blouse, grey trousers"
    ),
    76: Look(sex="male", skin="light", hair="white, thin, combed back", eyes="blue", clothes="white shirt, grey cardigan"),
}
OUT = Path(__file__).parents[1] / "docs" / "pictures"
COLUMNS, TILE, LINE, QUALITY = 10, (112, 132), 13, 82
CHANGED, LEAST_SEEN = 8, 0.3  # 8-bit steps by which a pixel is another; percent of a tile's pixels below which a shape would not be seen
TOGETHER = {"mouthClose": {"jawOpen": 1.0}}  # shut lips over an open jaw: it is never used alone


def near(shown: Shown) -> Camera:
    """A camera close before the face, a little from the side."""
    eyes = (shown.landmark("eye_l") + shown.landmark("eye_r")) / 2
    tall = float(shown.landmark("crown")[1] - shown.landmark("chin")[1])
    middle = np.array([0.0, eyes[1] - 0.20 * tall, eyes[2] - 0.2 * tall])
    way = np.array([np.sin(0.32), 0.02, np.cos(0.32)])
    return look_at(middle + way * 0.75, middle, float(np.rad2deg(2 * np.arctan(tall * 0.43 / 0.75))), TILE)


def bare(name: str) -> str:
    """The name of a face shape without its side."""
    return name.removesuffix("Left").removesuffix("Right")


def sheet(age: int) -> tuple[Image.Image, dict[str, float]]:
    """The sheet of one age, and how many percent of each tile differ from the face at rest."""
    person = Person("a", "Invented", ("I",), float(age), "x", "y", look=PEOPLE[age])
    shown = read_shown(portray(person).data)
    camera, light = near(shown), Light(shadows=False)
    shapes = sorted({name for part in shown.parts.values() for name in part.deltas})
    sided = {name: [each for each in shapes if bare(each) == name] for name in map(bare, shapes)}
    spoken = {f"mouth {name}": {each: amount for plain, amount in face.items() for each in sided[plain]} for name, face in VISEMES.items()}
    wanted = {"at rest": {}} | {name: {name: 1.0} | TOGETHER.get(name, {}) for name in shapes} | spoken
    rows = -(-len(wanted) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * TILE[0], rows * (TILE[1] + LINE)), (250, 247, 240))
    pen, rest, seen = ImageDraw.Draw(page), None, {}
    for k, (name, face) in enumerate(wanted.items()):
        tile = take(shown.with_face(face), camera, light, fine=2).picture
        rest = tile if rest is None else rest
        seen[name] = 100 * float((np.abs(tile.astype(int) - rest).max(2) > CHANGED).mean())
        x, y = k % COLUMNS * TILE[0], k // COLUMNS * (TILE[1] + LINE)
        page.paste(Image.fromarray(tile), (x, y))
        pen.text((x + 3, y + TILE[1]), name, fill=(70, 60, 54))
    return page, seen


def main(ages: list[int]) -> None:
    """Write the sheets and name the shapes that hardly move the face."""
    for age in ages:
        page, seen = sheet(age)
        page.save(OUT / f"faces_{age}.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True)
        still = {
            name: round(much, 2) for name, much in seen.items() if much < LEAST_SEEN and name not in ("at rest", "mouth sil", "_neutral")
        }
        print(age, "hardly seen:", still or "none", flush=True)


if __name__ == "__main__":
    main([int(age) for age in sys.argv[1:]] or list(PEOPLE))
