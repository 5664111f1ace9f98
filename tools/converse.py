"""Conversations of tests/replay come in; each is played with the mind as it is now and printed to be read aloud.

--record keeps what is said as what is expected from now on; --page prints docs/conversations.md.
"""

import sys
from pathlib import Path

from meetagain.bench.conversation import as_page, as_text, play, read_conversation, record

HEAD = """# Two conversations

Both families' words are invented. What the portrait says is what the software says: these pages are made from the conversations that the tests replay
(`tests/replay/conversations`, printed by `tools/converse.py --page`). Where it says *listens*, the portrait looks at the visitor, breathes and nods.
"""

if __name__ == "__main__":
    files = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    if "--record" in sys.argv:
        for file in files:
            record(file)
    written = [read_conversation(file) for file in files]
    if "--page" in sys.argv:
        print("\n\n".join([HEAD.rstrip(), *(as_page(one, play(one)) for one in written)]))
    else:
        for one in written:
            print(as_text(one, play(one)), "\n")
