"""An error that nobody expected comes in; what may stand in a log goes out: its kind and its place, never words of a meeting."""

import traceback
from pathlib import Path

UNSAID = "One line could not be said just now. The portrait goes on with the next."
UNCONNECTED = "The visitor's headset is not connected. It plays a calm goodbye by itself if it does not come back."
MICROPHONE_GONE = (
    "The visitor's microphone is away: unplugged, switched off or asleep. They can write. It is used again as soon as it is back."
)
MICROPHONE_BACK = "The visitor's microphone is back."
VOICELESS = "The computer cannot make new lines into sound just now. What was made ahead is still said, and the meeting goes on."
UNHEARD = "What the visitor says is not understood just now. They can write, or you can speak with them. The meeting goes on."
HEARD_AGAIN = "What the visitor says is understood again."
STUMBLED = "Something went wrong in the meeting just now. It goes on. Stay close, and end it gently if it does not feel right."
NOT_KEPT = "The meeting can no longer be written down: the disk is full or cannot be written. It goes on, but the keepsake ends here."


def place_of(error: BaseException) -> str:
    """For example "KeyError at told.py:61"."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    return f"{type(error).__name__} at {at}"
