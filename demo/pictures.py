"""A path comes in, an invented picture lies there: a crayon drawing, two cards, and painted views of the family's places."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from letters import written
from PIL import Image
from strokes import Paper, arc

YELLOW, RED, BLUE, GREEN, BROWN, PINK = (246, 196, 40), (206, 58, 48), (62, 112, 190), (86, 150, 70), (122, 78, 44), (228, 120, 140)
SKIN, GREY, ORANGE, NAVY = (236, 188, 150), (120, 124, 130), (236, 138, 44), (48, 62, 110)


def save(paper: Paper, path: Path, taken: str) -> None:
    """A JPEG with the day it is said to be from."""
    exif = Image.Exif()
    exif[0x0132] = f"{taken.replace('-', ':')} 12:00:00"
    exif.get_ifd(0x8769)[0x9003] = exif[0x0132]
    paper.image().save(path, "JPEG", quality=86, exif=exif)


def drawing(path: Path) -> None:
    """The sun in the middle, because it is the boss; a ferry, a snail, four people and a dog."""
    p = Paper(1100, 800, (250, 247, 238), 7)
    for k in range(7):
        p.crayon(
            [(20, 640 + 22 * k), (280, 652 + 20 * k), (560, 640 + 22 * k), (830, 654 + 20 * k), (1080, 640 + 22 * k)], BLUE, 12, 4, 0.55
        )
    p.crayon(arc((550, 300), 120, 0, 1.02), YELLOW, 14)
    p.scribble(455, 205, 645, 395, YELLOW, 13, 13, 0.65)
    for k in range(13):
        a = 2 * np.pi * k / 13
        p.crayon([(550 + 145 * np.cos(a), 300 + 145 * np.sin(a)), (550 + 205 * np.cos(a), 300 + 205 * np.sin(a))], YELLOW, 11)
    for x in (512, 590):
        p.crayon(arc((x, 275), 8, 0, 1.1), BROWN, 9)
    p.crayon(arc((550, 300), 58, 0.08, 0.42), RED, 9)
    _ferry(p)
    _snail(p)
    for x, tall, coat, hair in ((80, 150, RED, BROWN), (165, 165, GREEN, GREY), (985, 120, NAVY, BROWN), (905, 78, PINK, BROWN)):
        _somebody(p, x, 640, tall, coat, hair)
    _somebody(p, 1040, 640, 96, YELLOW, BROWN, plaits=True)
    p.crayon([(250, 612), (310, 606), (330, 622), (322, 640)], BROWN, 14)
    p.crayon([(252, 616), (250, 642)], BROWN, 9)
    p.crayon([(310, 606), (336, 592), (344, 604)], BROWN, 12)
    for stroke in written("Juni", 930, 735, 44, p.chance, 1.0):
        p.crayon(stroke, RED, 7, 1.2, 0.9)
    save(p, path, "2020-04-11")


def _ferry(p: Paper) -> None:
    p.crayon([(330, 600), (770, 596), (716, 676), (386, 680), (330, 600)], RED, 12)
    p.scribble(372, 612, 728, 668, RED, 12, 11, 0.6)
    p.crayon([(420, 598), (424, 520), (650, 516), (652, 596)], BLUE, 10)
    for x in (462, 530, 598):
        p.crayon(arc((x, 556), 15, 0, 1.05), BLUE, 8)
    p.crayon([(600, 516), (602, 468), (640, 466), (642, 514)], GREY, 10)
    for k in range(3):
        p.crayon(arc((650 + 32 * k, 440 - 16 * k), 18 + 5 * k, 0, 0.95), GREY, 7, 3, 0.5)


def _snail(p: Paper) -> None:
    turns = np.linspace(0, 2.6, 60)
    p.crayon([(210 + (52 - 18 * t) * np.cos(2 * np.pi * t), 770 - 40 + (52 - 18 * t) * np.sin(2 * np.pi * t)) for t in turns], ORANGE, 9)
    p.crayon([(140, 782), (280, 782), (318, 742), (324, 716)], BROWN, 11)
    for x in (334, 312):
        p.crayon([(324, 722), (x, 690)], BROWN, 6)


def _somebody(p: Paper, x: float, floor: float, tall: float, coat: tuple, hair: tuple, plaits: bool = False) -> None:
    head = tall * 0.17
    top = floor - tall
    for side in (-1, 1):
        p.crayon([(x + side * tall * 0.07, floor - tall * 0.32), (x + side * tall * 0.09, floor)], NAVY, 7)
        p.crayon([(x, floor - tall * 0.6), (x + side * tall * 0.3, floor - tall * 0.5)], coat, 7)
    p.crayon(
        [(x, top + 2 * head), (x - tall * 0.17, floor - tall * 0.3), (x + tall * 0.17, floor - tall * 0.3), (x, top + 2 * head)], coat, 10
    )
    p.scribble(x - tall * 0.1, floor - tall * 0.55, x + tall * 0.1, floor - tall * 0.32, coat, 7, 7, 0.7)
    p.crayon(arc((x, top + head), head, 0, 1.05), SKIN, 7)
    p.crayon(arc((x, top + head * 0.85), head, 0.52, 0.98), hair, 8)
    p.crayon(arc((x, top + head * 1.05), head * 0.5, 0.1, 0.4), RED, 4)
    for side in (-1, 1):
        p.crayon(arc((x + side * head * 0.36, top + head * 0.85), 2, 0, 1), NAVY, 4)
        if plaits:
            p.crayon([(x + side * head, top + head), (x + side * head * 1.5, top + head * 2.2)], hair, 7)


def card_to_mum(path: Path) -> None:
    """The card of memory j27, with a snail and the sun in the middle."""
    p = Paper(820, 1080, (252, 246, 232), 11)
    p.crayon(arc((410, 190), 74, 0, 1.02), YELLOW, 12)
    p.scribble(352, 132, 468, 248, YELLOW, 12, 11, 0.6)
    for k in range(11):
        a = 2 * np.pi * k / 11
        p.crayon([(410 + 92 * np.cos(a), 190 + 92 * np.sin(a)), (410 + 130 * np.cos(a), 190 + 130 * np.sin(a))], YELLOW, 9)
    p.crayon(arc((410, 196), 34, 0.08, 0.42), RED, 7)
    for x in (388, 434):
        p.crayon(arc((x, 174), 4, 0, 1), BROWN, 7)
    lines = ["Dear Mum,", "you are my", "favourite mum", "of all the mums", "I had.", "Love, Juni."]
    for number, line in enumerate(lines):
        for stroke in written(line.replace("I", "l"), 90 + p.chance.uniform(-14, 20), 380 + 92 * number, 62, p.chance, 0.9):
            p.crayon(stroke, NAVY, 6.5, 1.2, 0.92)
    turns = np.linspace(0, 2.6, 60)
    p.crayon([(600 + (56 - 19 * t) * np.cos(2 * np.pi * t), 960 + (56 - 19 * t) * np.sin(2 * np.pi * t)) for t in turns], ORANGE, 9)
    p.crayon([(524, 1016), (670, 1016), (708, 974), (714, 948)], BROWN, 11)
    save(p, path, "2020-02-14")


def card_from_matti(path: Path) -> None:
    """The card of memory m15: one line, and the ring that a coin left."""
    p = Paper(1000, 700, (243, 235, 216), 5)
    for number, line in enumerate(["Elli: pick the one who", "makes you laugh in bad", "weather. You did.", "Papa."]):
        for stroke in written(line, 90 + (420 if line == "Papa." else 0), 130 + 118 * number, 56, p.chance, 0.25):
            p.ink([(x + (y - 130) * -0.03, y) for x, y in stroke], width=3.4)
    p.wash((810, 150), (58, 58), (214, 200, 170), 0.5, 0.1)
    p.ink(arc((810, 150), 54, 0, 1), (190, 174, 140), 2.2)
    save(p, path, "2006-06-17")


def _sky(p: Paper, upper: tuple, lower: tuple, horizon: float) -> None:
    p.band(0, horizon, upper, lower)
    for _ in range(7):
        centre = (p.chance.uniform(0, p.size[0]), p.chance.uniform(20, horizon * 0.6))
        p.wash(centre, (p.chance.uniform(60, 150), p.chance.uniform(14, 30)), (255, 246, 230), 0.35, 0.9)


def _trees(p: Paper, base: float, count: int, colour: tuple) -> None:
    for _ in range(count):
        x, size = p.chance.uniform(0, p.size[0]), p.chance.uniform(30, 62)
        shade = tuple(int(np.clip(c + p.chance.normal(0, 12), 0, 255)) for c in colour)
        for _ in range(5):
            centre = (x + p.chance.normal(0, size * 0.4), base - size * 0.7 + p.chance.normal(0, size * 0.3))
            p.wash(centre, (size * 0.6, size * 0.5), shade, 0.7, 0.4)


def windmill_park(path: Path) -> None:
    """Windmill Park in summer, with the woodpile."""
    p = Paper(1200, 860, (240, 228, 200), 21)
    _sky(p, (158, 192, 212), (250, 226, 184), 430)
    _trees(p, 450, 26, (112, 140, 92))
    p.band(430, 860, (152, 168, 92), (104, 132, 66))
    p.shape([(760, 420), (800, 200), (850, 200), (892, 420)], (214, 196, 168))
    p.shape([(790, 204), (825, 160), (860, 204)], (150, 90, 66))
    for k in range(4):
        a = 2 * np.pi * (k / 4 + 0.07)
        tip = (825 + 150 * np.cos(a), 214 + 150 * np.sin(a))
        side = (18 * np.cos(a + 1.57), 18 * np.sin(a + 1.57))
        p.shape([(825, 214), tip, (tip[0] + side[0], tip[1] + side[1]), (825 + side[0], 214 + side[1])], (190, 168, 138), 0.8)
    for row in range(4):
        for k in range(9 - row):
            p.wash((190 + 42 * k + 20 * row, 610 - 36 * row), (21, 19), (150, 112, 74), 0.95, 0.15)
            p.wash((190 + 42 * k + 20 * row, 610 - 36 * row), (12, 11), (206, 170, 122), 0.8, 0.4)
    for _ in range(240):
        x, y = p.chance.uniform(0, 1200), p.chance.uniform(480, 850)
        colour = ((246, 224, 120), (250, 246, 236), (222, 110, 96))[p.chance.integers(3)]
        p.wash((x, y), (3.5 + (y - 480) * 0.008,) * 2, colour, 0.8, 0.5)
    save(p, path, "2019-06-22")


def lake_boat(path: Path) -> None:
    """The rowing boat on Mirrow Lake, July 2019."""
    p = Paper(1200, 860, (236, 228, 206), 31)
    _sky(p, (150, 190, 214), (250, 230, 196), 360)
    _trees(p, 374, 30, (96, 128, 96))
    p.band(366, 860, (140, 178, 190), (72, 122, 146))
    for _ in range(150):
        y = p.chance.uniform(380, 850)
        x, length = p.chance.uniform(0, 1200), p.chance.uniform(20, 80) * (y / 600)
        p.wash((x, y), (length, 2.4), (226, 236, 230), 0.45, 0.9)
    p.shape([(380, 560), (860, 548), (800, 640), (470, 648)], (86, 130, 92))
    p.shape([(380, 560), (860, 548), (852, 562), (390, 574)], (244, 240, 226))
    p.wash((620, 664), (230, 22), (40, 78, 96), 0.5, 0.7)
    p.wash((720, 470), (38, 62), (66, 84, 120), 0.95, 0.25)
    p.wash((722, 392), (24, 27), (228, 184, 150), 0.95, 0.2)
    p.wash((724, 374), (26, 18), (92, 66, 44), 0.9, 0.3)
    p.wash((500, 500), (30, 46), (240, 194, 50), 0.98, 0.2)
    p.wash((500, 440), (20, 22), (232, 190, 156), 0.95, 0.2)
    p.wash((500, 426), (22, 15), (140, 96, 58), 0.9, 0.3)
    p.ink([(690, 500), (600, 640), (560, 700)], (120, 86, 54), 7)
    save(p, path, "2019-07-14")


def harbour_bench(path: Path) -> None:
    """The west bench by the harbour light, in the evening."""
    p = Paper(1200, 860, (240, 222, 196), 41)
    _sky(p, (120, 140, 176), (250, 202, 150), 420)
    p.wash((860, 400), (54, 54), (255, 226, 168), 0.95, 0.3)
    p.band(420, 620, (196, 168, 150), (86, 106, 134))
    for _ in range(90):
        y = p.chance.uniform(428, 612)
        p.wash((860 + p.chance.normal(0, 60 + (y - 420)), y), (p.chance.uniform(14, 46), 2.2), (255, 222, 170), 0.5, 0.9)
    p.band(620, 860, (146, 132, 120), (104, 92, 84))
    p.shape([(150, 420), (172, 210), (220, 210), (242, 420)], (232, 222, 208))
    p.shape([(164, 210), (196, 166), (228, 210)], (176, 66, 52))
    p.wash((196, 226), (22, 16), (255, 232, 170), 0.95, 0.4)
    for y in (560, 596, 650):
        p.shape([(440, y), (820, y), (820, y + 20), (440, y + 20)], (112, 78, 52))
    for x in (470, 780):
        p.shape([(x, 556), (x + 18, 556), (x + 18, 760), (x, 760)], (72, 56, 46))
    save(p, path, "2016-09-03")


def green_boat(path: Path) -> None:
    """The Irja, green with a white rail, on the slip of the yard."""
    p = Paper(1200, 860, (238, 230, 208), 51)
    _sky(p, (166, 190, 204), (244, 228, 198), 380)
    p.shape([(60, 380), (60, 220), (250, 130), (440, 220), (440, 380)], (150, 92, 70))
    p.shape([(190, 380), (190, 270), (310, 270), (310, 380)], (88, 62, 50))
    p.band(380, 860, (176, 164, 132), (132, 118, 92))
    p.shape([(340, 560), (980, 520), (900, 690), (440, 710)], (66, 116, 84))
    p.shape([(340, 560), (980, 520), (972, 540), (352, 580)], (246, 242, 230))
    for k in range(4):
        p.ink([(380 + 10 * k, 600 + 26 * k), (950 - 16 * k, 560 + 30 * k)], (46, 88, 62), 3)
    for x in (520, 800):
        p.shape([(x, 690), (x + 30, 690), (x + 50, 770), (x - 20, 770)], (112, 84, 58))
    save(p, path, "1998-05-30")


def wooden_bird(path: Path) -> None:
    """One of the small birds he carved from alder."""
    p = Paper(900, 700, (226, 214, 192), 61)
    p.band(430, 700, (176, 140, 104), (140, 106, 76))
    p.wash((450, 470), (210, 24), (92, 66, 48), 0.6, 0.8)
    p.wash((440, 380), (150, 92), (190, 140, 92), 1.0, 0.12)
    p.wash((560, 300), (62, 58), (196, 148, 98), 1.0, 0.14)
    p.shape([(606, 292), (660, 306), (608, 318)], (120, 84, 54))
    p.shape([(320, 350), (180, 300), (190, 340), (300, 400)], (176, 126, 80))
    p.wash((576, 286), (7, 7), (48, 34, 26), 1.0, 0.3)
    for k in range(5):
        p.ink([(340 + 24 * k, 360 + 6 * k), (430 + 20 * k, 400 + 4 * k)], (134, 94, 58), 2.4)
    save(p, path, "2014-05-09")


Make = Callable[[Path], None]
DRAWN: dict[str, dict[str, tuple[str, str, Make]]] = {
    "juni": {
        "drawing-ferry.jpg": ("a crayon drawing with the sun in the middle", "", drawing),
        "letter-to-mum.jpg": ("a card for Mum, Valentine's day 2020", "j27", card_to_mum),
        "windmill-park.jpg": ("Windmill Park with the woodpile, a painted view", "", windmill_park),
        "mirrow-lake.jpg": ("captain on Mirrow Lake, a painted view", "", lake_boat),
    },
    "matti": {
        "card-to-elli.jpg": ("the card at Elin's wedding", "m15", card_from_matti),
        "harbour-bench.jpg": ("the west bench by the harbour light, a painted view", "", harbour_bench),
        "green-boat.jpg": ("the Irja on the slip, a painted view", "", green_boat),
        "alder-bird.jpg": ("a bird carved from alder, a painted view", "", wooden_bird),
    },
}
