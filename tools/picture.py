"""A folder of pictures that a walk through a meeting left (MEETAGAIN_PICTURES) comes in; the README's picture goes out.

MEETAGAIN_PICTURES=out .venv/bin/pytest tests/path/test_screen_walk.py && .venv/bin/python tools/picture.py out
"""

import sys
from pathlib import Path

from PIL import Image

PARTS = ("appear", "candles", "letter", "goodnight")
OUT = Path(__file__).parents[1] / "docs" / "pictures" / "meeting.jpg"
WIDTH, HEIGHT, GAP = 720, 405, 8


def main(folder: Path) -> None:
    """Four moments, two by two."""
    sheet = Image.new("RGB", (2 * WIDTH + GAP, 2 * HEIGHT + GAP), (246, 238, 226))
    for n, part in enumerate(PARTS):
        found = sorted(folder.glob(f"*-{part}.jpg"))
        if not found:
            raise SystemExit(f"No picture of the part {part} in {folder}.")
        moment = Image.open(found[0]).convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        sheet.paste(moment, ((n % 2) * (WIDTH + GAP), (n // 2) * (HEIGHT + GAP)))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(OUT, "JPEG", quality=88, optimize=True, progressive=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
