"""A real browser with a made-up microphone: refused at the doorway, and taken away in the middle of a meeting."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from meetagain.meeting.trouble import MICROPHONE_BACK, MICROPHONE_GONE
from meetagain.schema import wire

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("MEETAGAIN_PICTURES", "")
MADE_UP = "--use-fake-device-for-media-stream"  # it beeps; whether it may be used, the browser decides as ever


@pytest.fixture
def mute(visit: Callable, hearing_house):
    """A visitor's page in a browser that has a microphone and was not allowed to use it."""
    return visit(hearing_house, MADE_UP)


def picture(walk, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        walk.page.evaluate("window.meetagain?.screenshotReady()")
        walk.page.screenshot(path=Path(PICTURES) / f"microphone-{name}.png")


def voice_card(walk):
    """The doorway, where the microphone is tried."""
    walk.page.goto(f"http://{walk.house.at}/?clock=manual")
    for step in ("notice", "acknowledged_portrait", "adult", "beside_them", "comfort"):
        card = walk.page.locator(f'.card[data-step="{step}"]')
        card.wait_for()
        if step == "beside_them":
            card.locator("input").fill("Rosa")
        card.locator("button.main").click()
    card = walk.page.locator('.card[data-step="voice"]')
    card.wait_for()
    return card


def entered(walk, card) -> None:
    card.get_by_role("button", name="Go on").click()
    walk.page.locator('.card[data-step="wants_to_go_in"] button.main').click()
    walk.page.get_by_role("button", name="Enter", exact=True).click(timeout=120_000)
    walk.wait_for("window.meetagain?.state().phase === 'running'")


def notices(walk) -> list[str]:
    return [event.text for event in walk.house.journal() if isinstance(event, wire.Noticed) and "microphone" in event.text]


def told(walk, words: str, most: int = 100) -> None:
    """Until the visitor reads these words; microphones keep the wall's time."""
    for _ in range(most):
        walk.pass_s(0.2, 0.1)
        if any(words in caption for caption in walk.captions):
            return
        walk.page.wait_for_timeout(100)
    raise AssertionError((words, walk.captions))


def test_a_refusal_is_told_in_plain_words_and_can_be_tried_again(mute):
    card = voice_card(mute)
    card.get_by_role("button", name="Try the microphone").click()
    refused = card.get_by_role("status").filter(has_text=re.compile("may not use the microphone"))
    refused.wait_for()
    assert card.get_by_role("button", name="I would rather write").is_visible()
    picture(mute, "refused")
    mute.page.context.grant_permissions(["microphone"])
    card.get_by_role("button", name="Try").click()
    card.get_by_role("button", name="Go on").wait_for()
    assert "may not" not in card.inner_text()
    picture(mute, "tried")


def test_where_it_goes_away_in_the_meeting_the_visitor_writes_and_is_heard_again_when_it_is_back(mute):
    mute.page.context.grant_permissions(["microphone"])
    card = voice_card(mute)
    card.get_by_role("button", name="Try").click()
    entered(mute, card)
    while mute.state["beat"] != "words":
        mute.house.press("next")
        mute.pass_s(0.5)
    companion = mute.page.context.browser.new_page()
    companion.goto(f"http://{mute.house.at}/companion")
    companion.get_by_text("Juni").first.wait_for()
    mute.page.context.clear_permissions()  # the browser ends the track, as it does for a plug that is pulled
    told(mute, "You are not heard just now")
    picture(mute, "gone")
    companion.get_by_text(MICROPHONE_GONE).first.wait_for()
    if PICTURES:
        companion.screenshot(path=Path(PICTURES) / "microphone-companion.png")
    companion.close()
    assert notices(mute) == [MICROPHONE_GONE]

    mute.page.keyboard.press("t")
    mute.page.keyboard.type("Do you remember the rabbit?")
    mute.page.keyboard.press("Enter")
    mute.pass_s(6)
    heard = [event for event in mute.house.journal() if isinstance(event, wire.Heard) and event.typed]
    assert [event.text for event in heard] == ["Do you remember the rabbit?"]
    answers = [event for event in mute.house.journal() if isinstance(event, wire.SpeechStarted) and event.turn >= heard[0].turn]
    assert any("j05" in answer.cites for answer in answers)

    mute.page.context.grant_permissions(["microphone"])
    told(mute, "You are heard again")
    assert notices(mute) == [MICROPHONE_GONE, MICROPHONE_BACK]
    assert mute.faults == []
