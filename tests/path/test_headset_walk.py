"""A whole meeting in an emulated headset: head and hands are led, and the page and the server do the rest. No wall time decides anything."""

import math
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# places on the picnic cloth, from its middle, as the stage lays them
SLICE, SOUP = (-0.27, 0.4, 0.07), (0.3, 0.4, 0.13)

pytestmark = pytest.mark.browser


class Headset:
    """What a visitor's body does, in words."""

    def __init__(self, walk) -> None:
        self.walk = walk
        walk.page.evaluate((HERE / "walk.js").read_text())
        walk.page.evaluate("walk.begin()")

    def go(self, most_s: float = 5, speed: float = 0.7, **places) -> bool:
        return self.walk.page.evaluate("([wants, most, speed]) => walk.go(wants, most, speed)", [places, most_s, speed])

    def pinch(self, side: str = "right") -> None:
        self.walk.page.evaluate("side => walk.pinch(side, true)", side)

    def open(self, side: str = "right") -> None:
        self.walk.page.evaluate("side => walk.pinch(side, false)", side)

    def rest(self) -> None:
        self.walk.page.evaluate("walk.rest()")

    def home(self) -> None:
        self.walk.page.evaluate("walk.home()")

    def say(self, text: str) -> None:
        self.walk.page.evaluate("text => meetagain.type(text)", text)

    def of(self, name: str, dx: float = 0, dy: float = 0, dz: float = 0) -> dict:
        return {"of": name, "plus": [dx, dy, dz]}

    def prop(self, name: str) -> dict:
        return self.walk.page.evaluate("name => meetagain.prop(name)", name)

    def take(self, place, side: str = "right", most_s: float = 4) -> None:
        self.go(most_s, **{side: place})
        self.pinch(side)


def test_a_visitor_in_a_headset_is_led_by_head_and_hands_through_the_whole_meeting(walk):
    walk.through_the_doorway("&emulate=quest3", "Enter with the headset")
    assert walk.page.get_by_text("AI portrait").is_visible()
    assert walk.state["immersive"]
    body = Headset(walk)
    for beat in walk.parts():
        PARTS[beat](walk, body)
    walk.was_whole()


def quiet(walk, body) -> None:
    walk.pass_s(6)
    walk.picture("quiet")
    for eighth in range(9):
        turn = eighth * math.pi / 4
        body.go(2, look=[5 * math.sin(turn), 1.2, -5 * math.cos(turn)])
    body.go(4, right=[0.25, 0.08, -0.3], head=[0, 1.1, 0.1], look=[0.2, 0, -0.5])
    body.home()
    body.rest()
    assert {"looked_around", "touched_grass"} <= set(walk.done)
    walk.leaves(40)


def signs(walk, body) -> None:
    walk.pass_s(8)
    x, _, z = walk.page.evaluate("meetagain.anchor('hide_spot').person")
    body.go(4, look=[x, 1.2, z])
    walk.picture("signs")
    walk.until_done("gaze_hide_spot", 4)
    walk.leaves(40)


def appear(walk, body) -> None:
    walk.pass_s(9)
    walk.picture("appear")
    body.go(3, look="chest", head=[0, 1.6, -0.5])
    walk.until_done("visitor_nearer", 8)
    walk.leaves(40)


def words(walk, body) -> None:
    walk.pass_s(8)
    for said in ("I missed you so much.", "What did you call peas?", "Do you remember our trip to Paris?"):
        body.say(said)
        walk.pass_s(4)
        if "peas" in said:
            body.go(1, look="brow")
            walk.picture("words")
        walk.pass_s(9)
    walk.leaves(60)


def touch(walk, body) -> None:
    walk.pass_s(6)
    body.go(5, right="palm_l", head=body.of("chest", 0.1, 0.2, 0.6), look="brow")
    walk.until_done("hand_taken", 6)
    walk.picture("hand")
    body.rest()
    for _ in range(3):
        body.go(2, right=body.of("crown", 0.04, 0.03, 0.02), look="brow")
        body.go(2, right=body.of("crown", -0.04, 0.03, -0.04))
    walk.until_done("hair_stroked", 4)
    walk.picture("stroke")
    body.rest()
    walk.until("s.person.offer === 'hug'", 30)
    hug(walk, body)
    body.home()
    walk.leaves(60)


def hug(walk, body) -> None:
    """Arms round her, and after a while they let go first."""
    body.go(3, head=body.of("chest", 0, 0.3, 0.34), look="chest")
    body.go(3, right=body.of("back", 0.1, 0, 0), left=body.of("back", -0.1, 0, 0))
    walk.until("['closing', 'holding'].includes(s.person.hug)", 12, 0.1)
    walk.pass_s(3.5)
    assert walk.state["person"]["hugDepthM"] < 0.05
    walk.picture("hug")
    body.rest()
    body.home()
    walk.until_done("hug_done", 14)


def along(walk, body) -> None:
    walk.pass_s(3)
    walk.picture("along")
    walk.until_done("arrived", 30)
    body.rest()
    walk.leaves(40)


def show(walk, body) -> None:
    walk.pass_s(3)
    body.go(3, look="prop:cloth")
    stone, _, shell = body.prop("things")["pieces"]
    for n, (x, y, z) in enumerate((stone, shell)):
        body.go(4, head=[x, 0.85, z + 0.3], right=[x, y + 0.05, z], look=[x, y, z])
        body.pinch()
        walk.until_done("thing_picked", 2, n + 1)
        body.go(3, right=[x, 0.75, z])
        walk.pass_s(5)
        if n == 0:
            walk.picture("show")
        body.open()
    body.rest()
    walk.leaves(60)


def table(walk, body) -> None:
    walk.pass_s(2)
    body.take("prop:match")
    light_the_candles(walk, body)
    walk.picture("candles")
    body.open()
    body.rest()
    x, y, z = body.prop("candles")["at"]
    body.go(4, head=[x, y + 0.12, z + 0.28], look=[x, y, z])
    walk.until_done("candles_out", 4)
    body.home()
    walk.pass_s(3)
    body.take([x, y - 0.06, z])
    body.open()
    walk.until_done("cake_cut", 3)
    walk.picture("cake")
    for spot in (SLICE, SOUP):
        eaten = walk.done.count("bite")
        body.take(body.of("prop:cloth", *spot))
        body.go(4, right=to_the_mouth(walk))
        walk.until_done("bite", 3, eaten + 1)
        body.open()
    body.rest()
    walk.leaves(120)


def light_the_candles(walk, body) -> None:
    """The match's head is brought to one wick after the other."""
    for x, y, z in body.prop("cake")["pieces"]:
        if walk.done.count("candle_lit") == len(body.prop("cake")["pieces"]):
            break
        for _ in range(2):  # the hand goes by what is still missing
            state, match = walk.state, body.prop("match")
            head = tip_of(match, state["right"])
            missing = [x - head[0], y + 0.066 - head[1], z - head[2]]
            body.go(3, right=[a + b for a, b in zip(state["right"], missing, strict=True)])
        walk.pass_s(0.2)
    walk.until_done("candle_lit", 2, len(body.prop("cake")["pieces"]))


def tip_of(match: dict, hand: list[float]) -> list[float]:
    """The corner of the match's box that is farthest from the hand that holds it."""
    corners = [[match[which][n] for n, which in enumerate(chosen)] for chosen in CORNERS]
    return max(corners, key=lambda corner: math.dist(corner, hand))


CORNERS = [(a, b, c) for a in ("least", "most") for b in ("least", "most") for c in ("least", "most")]


def to_the_mouth(walk) -> list[float]:
    x, y, z = walk.state["head"]
    return [x, y - 0.09, z - 0.05]


def play(walk, body) -> None:
    walk.pass_s(6)
    body.go(2, look="chest")
    for n in range(60):
        near = nearest_bubble(walk, body)
        if near is not None:
            body.go(1.5, right=near, speed=1.0)
        else:
            walk.pass_s(0.5)
        if n == 5:
            walk.picture("bubbles")
        if "round_done" in walk.done:
            break
    assert "round_done" in walk.done, walk.done
    walk.picture("play")
    body.rest()
    walk.leaves(80)


def nearest_bubble(walk, body) -> list[float] | None:
    head = walk.state["head"]
    within = [at for at in body.prop("bubbles")["pieces"] if math.dist(at, head) < 1.4]
    return min(within, key=lambda at: math.dist(at, head), default=None)


def unsaid(walk, body) -> None:
    walk.pass_s(8)
    body.say("I'm sorry I was late that day.")
    body.go(2, look="brow")
    walk.pass_s(12)
    walk.picture("unsaid")
    body.say("That's all.")
    walk.leaves(60)


def letter(walk, body) -> None:
    walk.pass_s(4)
    body.go(3, look="prop:letter")
    body.take("prop:letter")
    walk.until_done("taken", 2)
    body.go(3, right=body.of("prop:cloth", 0, 0.75, 0.45), look=body.of("prop:cloth", 0, 0.75, 0.45))
    walk.pass_s(2)
    walk.picture("letter")
    walk.leaves(60)
    body.open()
    body.rest()


def tired(walk, body) -> None:
    walk.until("s.veil < 0.1 && s.meeting > 0 && meetagain.prop('blanket') !== null", 30, 0.1)
    walk.pass_s(1)
    walk.picture("tired")
    body.go(3, look="prop:blanket")
    draw_up(walk, body)
    for _ in range(2):
        body.take(blanket_edge(body))
        body.open()
    walk.until_done("tucked_in", 3)
    walk.picture("tucked")
    body.go(3, head=body.of("brow", 0.12, 0.16, 0), look="brow")
    walk.until_done("kissed_brow", 3)
    body.home()
    body.rest()
    walk.leaves(60)


def blanket_edge(body) -> list[float]:
    box = body.prop("blanket")
    return [box["at"][0] + 0.3, box["most"][1], box["least"][2] + 0.05]


def draw_up(walk, body) -> None:
    """The edge is taken at the foot of the bed and drawn towards the pillow."""
    x, y, z = blanket_edge(body)
    body.go(5, head=[x + 0.55, y + 0.6, z - 0.2], right=[x, y, z])
    body.pinch()
    body.go(4, right=[x, y + 0.1, z - 0.6], head=[x + 0.55, y + 0.6, z - 0.6])
    body.open()
    walk.until_done("blanket_pulled", 2)


def goodbye(walk, body) -> None:
    walk.pass_s(10)
    body.go(2, look="brow")
    walk.picture("goodnight")
    body.say("Good night, my love.")
    walk.pass_s(20)
    walk.picture("goodbye")
    walk.leaves(60)


def back(walk, body) -> None:
    walk.pass_s(14)
    assert walk.state["veil"] < 0.1
    walk.picture("return")
    walk.pass_s(34)
    walk.page.evaluate("meetagain.emulated.takeOff()")
    walk.wait_for("meetagain.state().ended === 'farewell'")
    walk.wait_for("document.querySelector('.closing')?.textContent.includes('That was the goodnight')")


WALKED = (quiet, signs, appear, words, touch, along, show, table, play, unsaid, letter, tired, goodbye)
PARTS = {**{part.__name__: part for part in WALKED}, "return": back}
