"""Files of conversations come in; each is played with the mind as it is now and printed to be read aloud. --record keeps what is said."""

import sys
from pathlib import Path

from meetagain.bench.conversation import as_text, play, read_conversation, record

if __name__ == "__main__":
    for name in [word for word in sys.argv[1:] if word != "--record"]:
        if "--record" in sys.argv:
            record(Path(name))
        written = read_conversation(Path(name))
        print(as_text(written, play(written)), "\n")
