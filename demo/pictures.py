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
    _sky(p, (150, 188, 214), (252, 228, 186), 430)
    p.shape([(0, 410), (220, 372), (520, 404), (800, 380), (1200, 408), (1200, 450), (0, 450)], (150, 166, 140), 0.8)
    _trees(p, 452, 24, (104, 134, 84))
    p.band(430, 860, (164, 176, 96), (98, 128, 62))
    for _ in range(60):
        y = p.chance.uniform(450, 850)
        shade = ((180, 190, 104), (118, 148, 70), (142, 162, 78))[p.chance.integers(3)]
        p.wash((p.chance.uniform(0, 1200), y), (p.chance.uniform(60, 170), 5 + (y - 430) * 0.05), shade, 0.45, 0.9)
    p.shape([(770, 436), (840, 436), (760, 560), (640, 700), (560, 860), (300, 860), (470, 690), (660, 560)], (222, 200, 156), 0.75)
    _windmill(p, 825, 440)
    _woodpile(p, 120, 640)
    for _ in range(330):
        x, y = p.chance.uniform(0, 1200), p.chance.uniform(470, 850)
        on_path = abs(x - (800 - (y - 440) * 0.9)) < 40 + (y - 440) * 0.3
        if on_path or (90 < x < 500 and 480 < y < 660):
            continue
        colour = ((248, 222, 110), (250, 246, 236), (226, 104, 92), (182, 150, 206))[p.chance.integers(4)]
        p.wash((x, y), (3 + (y - 470) * 0.012,) * 2, colour, 0.9, 0.5)
    p.brushed()
    save(p, path, "2019-06-22")


def _windmill(p: Paper, x: float, floor: float) -> None:
    p.wash((x + 30, floor + 6), (110, 12), (92, 112, 62), 0.6, 0.8)
    p.shape([(x - 66, floor), (x - 34, floor - 220), (x + 34, floor - 220), (x + 66, floor)], (232, 218, 192))
    p.shape([(x + 8, floor), (x + 8, floor - 220), (x + 34, floor - 220), (x + 66, floor)], (198, 178, 150), 0.8)
    p.shape([(x - 42, floor - 216), (x - 20, floor - 262), (x + 20, floor - 262), (x + 42, floor - 216)], (158, 84, 62))
    p.shape([(x - 14, floor), (x - 14, floor - 46), (x + 12, floor - 46), (x + 12, floor)], (112, 76, 56))
    for dy in (96, 150):
        p.shape([(x - 12, floor - dy), (x - 12, floor - dy - 22), (x + 8, floor - dy - 22), (x + 8, floor - dy)], (96, 104, 118))
    hub = (x, floor - 226)
    for k in range(4):
        a = 2 * np.pi * (k / 4 + 0.07)
        along, across = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)])
        corners = [hub + along * r + across * w for r, w in ((38, 4), (176, 4), (176, 40), (38, 30))]
        p.shape([tuple(c) for c in corners], (246, 238, 218), 0.85)
        for r in range(40, 180, 22):
            p.ink([tuple(hub + along * r), tuple(hub + along * r + across * 36)], (150, 124, 92), 2.2, 0.2)
        p.ink([hub, tuple(hub + along * 182)], (116, 86, 62), 6, 0.2)


def _woodpile(p: Paper, left: float, floor: float) -> None:
    p.wash((left + 190, floor + 4), (230, 20), (76, 92, 48), 0.8, 0.6)
    for row in range(5):
        for k in range(9 - row):
            centre = (left + 21 * row + 42 * k + 16, floor - 20 - 35 * row)
            p.wash(centre, (21, 20), (112, 78, 52), 1.0, 0.12)
            tone = p.chance.integers(-14, 15)
            p.wash(centre, (17, 16), (214 + tone, 176 + tone, 124 + tone), 1.0, 0.14)
            p.wash(centre, (9, 8.5), (188 + tone, 146 + tone, 98 + tone), 0.8, 0.5)


def lake_boat(path: Path) -> None:
    """The rowing boat on Mirrow Lake, July 2019."""
    p = Paper(1200, 860, (236, 228, 206), 31)
    _sky(p, (146, 188, 216), (252, 232, 196), 340)
    p.shape([(0, 330), (300, 262), (560, 316), (840, 250), (1200, 320), (1200, 380), (0, 380)], (146, 170, 164), 0.75)
    _trees(p, 372, 30, (92, 126, 88))
    p.band(362, 860, (158, 192, 196), (58, 108, 136))
    for _ in range(210):
        y = p.chance.uniform(372, 850)
        x, length = p.chance.uniform(0, 1200), p.chance.uniform(24, 90) * (y / 600)
        shade = ((232, 240, 232), (112, 158, 172), (74, 124, 150), (250, 232, 196))[p.chance.integers(4)]
        p.wash((x, y), (length, 2.2 + (y - 372) * 0.008), shade, 0.5, 0.9)
    p.wash((620, 668), (300, 30), (36, 74, 92), 0.7, 0.7)
    for k in range(5):
        p.wash((620 + p.chance.normal(0, 40), 700 + 22 * k), (210 - 30 * k, 7), (74, 112, 92), 0.5, 0.8)
    _captain(p, 470, 560)
    _rower(p, 730, 566)
    _hull(p, [(356, 540), (910, 532)], 650, (88, 134, 92))
    p.ink([(742, 500), (640, 600), (560, 720)], (126, 90, 56), 9, 0.2)
    p.wash((552, 726), (40, 12), (126, 90, 56), 0.95, 0.3)
    p.wash((540, 742), (70, 8), (238, 244, 238), 0.6, 0.8)
    p.brushed()
    save(p, path, "2019-07-14")


def _hull(p: Paper, rail: list[tuple[float, float]], keel: float, colour: tuple) -> None:
    """A clinker-built boat from the side: its rail sags a little, bow and stern curve up."""
    (x0, y0), (x1, y1) = rail
    t = np.linspace(0, 1, 30)
    top = [(x0 + (x1 - x0) * s, y0 + (y1 - y0) * s + 58 * 4 * s * (1 - s) * 0.5) for s in t]
    for plank in range(5):
        share = (plank + 1) / 5
        low = [
            (x + (0.5 - s) * 150 * share**1.6, y + (keel - y) * share * (0.62 + 0.38 * np.sin(np.pi * s)))
            for s, (x, y) in zip(t, top, strict=True)
        ]
        high = [(x + (0.5 - s) * 150 * (share - 0.2) ** 1.6 if share > 0.2 else x, y + (keel - y) * (share - 0.2) * (0.62 + 0.38 * np.sin(np.pi * s)))
                for s, (x, y) in zip(t, top, strict=True)]  # fmt: skip
        shade = tuple(int(c * (1.1 - 0.12 * plank)) for c in colour)
        p.shape([*high, *low[::-1]], shade, 0.97)
        p.ink(low, tuple(int(c * 0.62) for c in colour), 2.4, 0.2)
    p.ink([(x, y - 3) for x, y in top], (248, 244, 230), 13, 0.2)


def _captain(p: Paper, x: float, seat: float) -> None:
    """A small girl in a yellow raincoat, seen from behind the bow, one arm pointing ahead."""
    p.shape([(x - 34, seat + 20), (x - 24, seat - 66), (x + 22, seat - 66), (x + 36, seat + 20)], (244, 196, 48), 1.0)
    p.ink([(x - 18, seat - 52), (x - 54, seat - 76), (x - 92, seat - 92)], (244, 196, 48), 17, 0.2)
    p.wash((x - 98, seat - 95), (9, 8), (236, 190, 156), 1.0, 0.3)
    p.wash((x, seat - 92), (24, 26), (236, 190, 156), 1.0, 0.2)
    p.wash((x + 4, seat - 100), (26, 22), (152, 108, 68), 1.0, 0.3)
    for side in (-1, 1):
        p.ink([(x + 4 + side * 20, seat - 92), (x + 6 + side * 30, seat - 64)], (152, 108, 68), 9, 0.2)
        p.wash((x + 6 + side * 30, seat - 62), (5, 5), (206, 60, 52), 1.0, 0.3)


def _rower(p: Paper, x: float, seat: float) -> None:
    """A man bent to the oars, in a blue shirt and a straw hat."""
    p.shape([(x - 40, seat + 10), (x - 52, seat - 86), (x - 8, seat - 112), (x + 36, seat - 92), (x + 44, seat + 10)], (70, 94, 138), 1.0)
    p.ink([(x - 30, seat - 84), (x - 46, seat - 40), (x + 6, seat - 56)], (86, 112, 158), 19, 0.2)
    p.wash((x + 12, seat - 58), (11, 10), (226, 182, 146), 1.0, 0.3)
    p.wash((x - 18, seat - 138), (26, 30), (226, 182, 146), 1.0, 0.2)
    p.wash((x - 16, seat - 158), (54, 11), (230, 206, 148), 1.0, 0.3)
    p.wash((x - 14, seat - 170), (28, 18), (230, 206, 148), 1.0, 0.25)
    p.ink([(x - 40, seat - 160), (x + 12, seat - 162)], (150, 84, 62), 6, 0.2)


def harbour_bench(path: Path) -> None:
    """The west bench by the harbour light, in the evening."""
    p = Paper(1200, 860, (240, 222, 196), 41)
    _sky(p, (112, 136, 178), (254, 204, 150), 420)
    p.wash((860, 404), (150, 120), (255, 222, 168), 0.55, 0.95)
    p.shape(arc((860, 404), 44, 0, 1), (255, 236, 186), 0.98)
    p.band(420, 640, (226, 180, 150), (78, 100, 132))
    for _ in range(200):
        y = p.chance.uniform(424, 636)
        near = (y - 420) / 220
        x = p.chance.uniform(0, 1200) if p.chance.random() < 0.5 else 860 + p.chance.normal(0, 26 + 90 * near)
        shade = (255, 224, 172) if abs(x - 860) < 30 + 130 * near else ((150, 150, 162), (96, 116, 146))[p.chance.integers(2)]
        p.wash((x, y), (p.chance.uniform(14, 40) * (0.6 + near), 1.8 + 2 * near), shade, 0.6, 0.9)
    p.shape([(0, 428), (60, 410), (300, 414), (352, 428), (330, 440), (0, 442)], (104, 98, 100))
    p.shape([(150, 420), (168, 206), (222, 206), (240, 420)], (244, 234, 220))
    p.shape([(196, 420), (196, 206), (222, 206), (240, 420)], (204, 184, 176), 0.8)
    for y in (262, 340):
        p.shape(
            [(160 - (y - 262) * 0.06, y), (229 + (y - 262) * 0.06, y), (231 + (y - 262) * 0.06, y + 34), (158 - (y - 262) * 0.06, y + 34)],
            (190, 70, 56),
        )
    p.shape([(158, 206), (232, 206), (226, 194), (164, 194)], (86, 80, 84))
    p.wash((195, 178), (20, 17), (255, 240, 180), 1.0, 0.4)
    p.shape([(166, 166), (195, 136), (224, 166)], (170, 62, 50))
    p.band(640, 860, (160, 142, 126), (104, 90, 82))
    for k in range(7):
        p.ink([(0, 652 + 8 * k + 3.2 * k * k), (1200, 648 + 8 * k + 3.2 * k * k)], (122, 106, 96), 2.5, 0.6)
    _bench(p)
    p.brushed()
    save(p, path, "2016-09-03")


def _bench(p: Paper) -> None:
    p.wash((640, 806), (300, 22), (74, 64, 64), 0.6, 0.8)
    iron = (66, 58, 56)
    for x in (440, 800):
        p.shape([(x, 520), (x + 16, 520), (x + 18, 800), (x + 2, 800)], iron)
        p.shape([(x - 14, 690), (x + 2, 690), (x - 6, 818), (x - 22, 818)], iron)
        p.shape([(x - 20, 640), (x + 18, 634), (x + 18, 646), (x - 20, 652)], iron)
    for y in (532, 570, 608):
        p.shape([(424, y), (834, y), (834, y + 24), (424, y + 24)], (150, 104, 66))
        p.shape([(424, y + 18), (834, y + 18), (834, y + 25), (424, y + 25)], (112, 74, 48), 0.8)
    for k, y in enumerate((676, 690, 704)):
        p.shape([(414 - 8 * k, y), (838 + 4 * k, y), (840 + 4 * k, y + 12), (412 - 8 * k, y + 12)], (166 - 8 * k, 116 - 6 * k, 74 - 4 * k))
    p.wash((548, 668), (34, 14), (62, 82, 120), 1.0, 0.3)
    p.shape([(520, 664), (508, 674), (560, 676), (566, 666)], (48, 64, 98))


def green_boat(path: Path) -> None:
    """The Irja, green with a white rail, on the slip of the yard."""
    p = Paper(1200, 860, (238, 230, 208), 51)
    _sky(p, (158, 188, 208), (250, 232, 200), 380)
    p.band(330, 390, (132, 166, 180), (104, 142, 162))
    _shed(p)
    p.band(380, 860, (188, 174, 140), (130, 114, 88))
    for _ in range(90):
        y = p.chance.uniform(392, 850)
        shade = ((204, 190, 154), (146, 130, 100), (170, 158, 112))[p.chance.integers(3)]
        p.wash((p.chance.uniform(0, 1200), y), (p.chance.uniform(30, 110), 3 + (y - 380) * 0.02), shade, 0.5, 0.9)
    for x in (700, 980):
        p.shape([(x, 384), (x + 18, 384), (x - 320, 860), (x - 372, 860)], (142, 110, 80), 0.8)
    p.wash((640, 742), (340, 26), (84, 72, 58), 0.75, 0.7)
    for x in (480, 790):
        p.shape([(x - 10, 650), (x + 44, 650), (x + 64, 752), (x - 34, 752)], (112, 82, 56))
    _hull(p, [(320, 520), (960, 502)], 690, (70, 124, 88))
    for stroke in written("Irja", 392, 560, 44, p.chance, 0.25):
        p.ink(stroke, (248, 244, 230), 4, 0.3)
    for k, x in enumerate((1010, 1040, 1066)):
        p.ink([(x, 470 - 12 * k), (x - 30, 760)], (168, 126, 82), 8, 0.2)
    p.brushed()
    save(p, path, "1998-05-30")


def _shed(p: Paper) -> None:
    p.shape([(60, 384), (60, 226), (250, 130), (440, 226), (440, 384)], (166, 84, 66))
    for x in range(78, 440, 19):
        p.ink([(x, 384), (x, 226 - (min(x - 60, 440 - x) * 0.5))], (138, 64, 52), 2.2, 0.3)
    p.shape([(190, 384), (190, 262), (310, 262), (310, 384)], (70, 52, 46))
    p.wash((250, 350), (34, 26), (230, 176, 104), 0.55, 0.8)
    for a, b in (((46, 236), (252, 126)), ((248, 126), (454, 236))):
        p.ink([a, b], (92, 72, 66), 13, 0.3)
    p.shape([(106, 300), (106, 262), (150, 262), (150, 300)], (240, 226, 186))
    p.shape([(350, 300), (350, 262), (394, 262), (394, 300)], (240, 226, 186))


def wooden_bird(path: Path) -> None:
    """One of the small birds he carved from alder, on the workshop table."""
    p = Paper(900, 700, (226, 214, 192), 61)
    p.band(0, 430, (196, 186, 164), (232, 216, 184))
    p.wash((180, 150), (200, 170), (255, 240, 204), 0.6, 0.95)
    p.band(430, 700, (176, 134, 94), (128, 92, 64))
    for k in range(9):
        p.ink([(0, 448 + 28 * k), (460, 442 + 29 * k + p.chance.normal(0, 5)), (900, 450 + 28 * k)], (146, 106, 72), 2.4, 1.2)
    p.wash((460, 500), (220, 26), (84, 58, 42), 0.75, 0.8)
    body = [
        (250, 396),
        (300, 352),
        (388, 318),
        (470, 300),
        (520, 262),
        (566, 244),
        (612, 252),
        (634, 284),
        (626, 322),
        (600, 372),
        (562, 430),
        (494, 478),
    ]
    body += [(410, 490), (344, 470), (300, 436), (210, 422), (150, 392), (164, 374)]
    p.shape(body, (198, 146, 96), 1.0)
    p.wash((440, 440), (130, 48), (158, 108, 68), 0.7, 0.8)
    p.wash((560, 280), (52, 34), (226, 178, 124), 0.7, 0.8)
    p.wash((400, 350), (100, 34), (218, 168, 114), 0.6, 0.9)
    p.shape([(630, 278), (690, 296), (628, 306)], (132, 92, 60), 1.0)
    p.wash((590, 276), (8, 8), (48, 34, 26), 1.0, 0.3)
    for k in range(6):
        p.ink([(300 + 30 * k, 384 + 8 * k), (400 + 22 * k, 430 + 2 * k)], (138, 94, 58), 3, 0.5)
    for _ in range(26):
        x, y = p.chance.uniform(90, 820), p.chance.uniform(520, 680)
        p.ink(arc((x, y), p.chance.uniform(7, 18), p.chance.random(), p.chance.random() + 0.7), (230, 192, 142), 3.2, 0.4)
    p.brushed()
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
