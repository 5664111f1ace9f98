"""The visitor's page as the meeting knows it: a microphone that goes away and comes back."""

from meetagain.meeting.live import Meeting
from meetagain.meeting.trouble import MICROPHONE_BACK, MICROPHONE_GONE
from meetagain.schema import wire


async def test_a_microphone_that_goes_is_told_to_the_companion_once_and_the_meeting_goes_on(meeting: Meeting):
    told: list = []
    meeting.journal.listen(told.append)
    for on in (True, False, False):
        await meeting.take(wire.Microphone(on=on))
    await meeting.take(wire.Typed(text="I missed you."))
    assert [(event.level, event.text) for event in told if isinstance(event, wire.Noticed)] == [("look", MICROPHONE_GONE)]
    assert [event.text for event in told if isinstance(event, wire.Heard)] == ["I missed you."]
    assert meeting.phase == "running"
    await meeting.take(wire.Microphone(on=True))
    assert [event.text for event in told if isinstance(event, wire.Noticed)] == [MICROPHONE_GONE, MICROPHONE_BACK]
