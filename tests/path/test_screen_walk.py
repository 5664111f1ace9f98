"""A whole meeting on an ordinary screen: keys, mouse and what is written, as somebody without a headset would. No wall time decides anything."""

import math

import pytest

pytestmark = pytest.mark.browser


class Keys:
    """What hands on a keyboard and a mouse do."""

    def __init__(self, walk) -> None:
        self.walk, self.page = walk, walk.page

    def press(self, key: str, after_s: float = 0.2) -> None:
        self.page.keyboard.press(key)
        self.walk.pass_s(after_s, 0.1)

    def hold(self, key: str, seconds: float) -> None:
        self.page.keyboard.down(key)
        self.walk.pass_s(seconds, 0.1)
        self.page.keyboard.up(key)

    def drag(self, x: float, y: float) -> None:
        self.page.mouse.move(240, 150)
        self.page.mouse.down()
        self.page.mouse.move(240 + x, 150 + y, steps=4)
        self.page.mouse.up()
        self.walk.pass_s(0.1, 0.1)

    def write(self, text: str) -> None:
        self.page.keyboard.press("t")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.walk.pass_s(0.1, 0.1)

    def face(self, place: list[float]) -> None:
        """Turn by the arrow keys until the place is ahead."""
        for _ in range(60):
            apart = self.apart(place)
            if abs(apart) < 0.08:
                return
            self.hold("ArrowLeft" if apart > 0 else "ArrowRight", 0.2 if abs(apart) > 0.3 else 0.1)
        raise AssertionError("could not turn there")

    def apart(self, place: list[float]) -> float:
        state = self.walk.state
        way = math.atan2(place[0] - state["head"][0], place[2] - state["head"][2])
        looks = math.atan2(state["gaze"][0], state["gaze"][2])
        return math.remainder(way - looks, 2 * math.pi)

    def use(self, hint: str, most: int = 8) -> None:
        """The key for what is offered, once these words offer it."""
        self.walk.until(f"s.hints.some((one) => one.startsWith({hint!r}))", most)
        self.press("e")


def test_a_visitor_at_a_screen_is_led_by_keys_and_written_words_through_the_whole_meeting(walk):
    walk.through_the_doorway("", "Enter")
    assert walk.page.get_by_text("AI portrait").is_visible()
    assert not walk.state["immersive"]
    keys = Keys(walk)
    for beat in walk.parts():
        PARTS[beat](walk, keys)
    walk.was_whole()


def quiet(walk, keys) -> None:
    walk.pass_s(6)
    walk.picture("quiet")
    keys.drag(120, -20)
    keys.hold("ArrowLeft", 5)
    keys.drag(-120, 20)
    walk.until_done("looked_around", 2)
    walk.leaves(40)


def signs(walk, keys) -> None:
    walk.pass_s(8)
    keys.face(walk.page.evaluate("meetagain.anchor('hide_spot').person"))
    walk.picture("signs")
    walk.until_done("gaze_hide_spot", 3)
    keys.write("Juni? Is that you?")
    walk.until_done("name_called", 1)
    walk.leaves(30)


def appear(walk, keys) -> None:
    walk.pass_s(9)
    keys.face(walk.state["personAt"])
    walk.picture("appear")
    keys.hold("w", 0.8)
    walk.until_done("visitor_nearer", 4)
    walk.leaves(40)


def words(walk, keys) -> None:
    walk.pass_s(8)
    for said in ("I missed you so much.", "What did you call peas?", "Do you remember our trip to Paris?"):
        keys.write(said)
        walk.pass_s(4)
        if "peas" in said:
            walk.picture("words")
        walk.pass_s(9)
    walk.leaves(60)


def touch(walk, keys) -> None:
    walk.pass_s(6)
    keys.face(walk.state["personAt"])
    keys.press("g", 1.5)
    while walk.state["distanceM"] > 0.62:
        keys.hold("w", 0.2)
    keys.press("f")
    walk.until_done("hand_taken", 8)
    walk.picture("hand")
    keys.press("f", 1.5)
    keys.press("r")
    walk.until_done("hair_stroked", 8)
    walk.picture("stroke")
    keys.press("r", 1.5)
    walk.until("s.person.offer === 'hug'", 30)
    keys.press("h")
    walk.until("s.person.hug === 'holding'", 12, 0.1)
    walk.pass_s(3)
    walk.picture("hug")
    keys.press("h")
    walk.until_done("hug_done", 20)
    walk.leaves(60)


def along(walk, keys) -> None:
    walk.pass_s(3)
    walk.picture("along")
    walk.until_done("arrived", 30)
    walk.leaves(40)


def show(walk, keys) -> None:
    walk.pass_s(3)
    for times in (1, 2):
        keys.use("Pick something up")
        walk.until_done("thing_picked", 1, times)
        walk.pass_s(3)
        walk.picture("show")
    walk.leaves(60)


def table(walk, keys) -> None:
    walk.pass_s(3)
    for _ in range(7):
        keys.use("Light a candle")
        walk.pass_s(0.5)
    walk.until_done("candle_lit", 1, 7)
    walk.pass_s(1.5)
    walk.picture("candles")
    keys.use("Blow out the candles")
    walk.until_done("candles_out", 2)
    walk.pass_s(2)
    keys.use("Cut the cake", 60)
    walk.until_done("cake_cut", 1)
    walk.picture("cake")
    keys.use("Taste")
    walk.until_done("bite", 2)
    walk.leaves(120)


def play(walk, keys) -> None:
    walk.pass_s(8)
    walk.picture("bubbles")
    for times in range(1, 6):
        keys.use("Pop a bubble", 20)
        walk.until_done("bubble_popped", 2, times)
        walk.pass_s(1.5)
    assert "round_done" in walk.done
    walk.leaves(80)


def unsaid(walk, keys) -> None:
    walk.pass_s(8)
    keys.write("I'm sorry I was late that day.")
    walk.pass_s(14)
    walk.picture("unsaid")
    keys.write("That's all.")
    walk.leaves(60)


def letter(walk, keys) -> None:
    walk.pass_s(4)
    keys.use("Take the letter")
    walk.until_done("taken", 1)
    walk.pass_s(2)
    walk.picture("letter")
    walk.leaves(60)


def tired(walk, keys) -> None:
    walk.pass_s(12)
    keys.use("Draw up the blanket", 20)
    walk.until_done("blanket_pulled", 1)
    walk.pass_s(2)
    walk.picture("tired")
    keys.use("Tuck in the blanket")
    walk.until_done("tucked_in", 1)
    walk.pass_s(2)
    walk.picture("tucked")
    walk.leaves(60)


def goodbye(walk, keys) -> None:
    walk.pass_s(10)
    walk.picture("goodnight")
    keys.write("Good night, my love.")
    walk.pass_s(20)
    walk.picture("goodbye")
    walk.leaves(60)


def back(walk, keys) -> None:
    walk.pass_s(14)
    assert walk.state["veil"] < 0.1
    walk.picture("return")
    walk.pass_s(34)
    walk.house.press("companion_close")
    walk.wait_for("meetagain.state().ended === 'farewell'")
    walk.pass_s(6)
    walk.page.get_by_text("That was the goodnight.").wait_for()


WALKED = (quiet, signs, appear, words, touch, along, show, table, play, unsaid, letter, tired, goodbye)
PARTS = {**{part.__name__: part for part in WALKED}, "return": back}
