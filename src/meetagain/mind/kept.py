"""Vectors of texts come in and a file goes out, to be read again at an opening; where it is not there or not as it was made, nothing is kept."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

import numpy as np

from meetagain.mind.meaning import WIDTH, encoder_name
from meetagain.schema.artefacts import Meanings
from meetagain.store.folder import PersonFolder, write_whole

REVISION = 1  # raised when the file is written otherwise, or other texts are compared at an opening (docs/architecture.md)
FILE, DESCRIPTION = "meaning.npz", "meaning.json"


class Kept:
    """Vectors by the texts they are of. Only hashes of texts are held."""

    def __init__(self, texts: np.ndarray, vectors: np.ndarray) -> None:
        """texts (n, 32) uint8, sha256 of each; vectors (n, 512) float32."""
        self._row = {row.tobytes(): at for at, row in enumerate(texts)}
        self._vectors = vectors

    def __len__(self) -> int:
        return len(self._row)

    def of(self, text: str) -> np.ndarray | None:
        """(512,) float32, or None for a text that is not among them."""
        at = self._row.get(_digest(text))
        return None if at is None else self._vectors[at]


def write_kept(folder: PersonFolder, vectors: Mapping[str, np.ndarray]) -> Meanings:
    """Write build/meaning.npz and what it was made with. As float32: an opening that reads it is the same to the last bit."""
    out = io.BytesIO()
    texts = np.frombuffer(b"".join(map(_digest, vectors)), np.uint8).reshape(-1, 32)
    np.savez(out, texts=texts, vectors=np.array(list(vectors.values()), np.float32).reshape(-1, WIDTH))
    data = out.getvalue()
    made = Meanings(file=f"build/{FILE}", encoder=encoder_name(), sha256=hashlib.sha256(data).hexdigest(), texts=len(vectors))
    write_whole(folder.build / FILE, data)
    folder.write_json(DESCRIPTION, made)
    return made


def read_kept(folder: PersonFolder) -> Kept | None:
    """What was written, or None: it is not there, was altered, or was made with another encoder. Vectors are then made anew."""
    made = folder.read_json(DESCRIPTION, Meanings)
    if made is None or made.encoder != encoder_name():
        return None
    try:
        data = (folder.build / FILE).read_bytes()
        if hashlib.sha256(data).hexdigest() != made.sha256:
            return None
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            texts, vectors = file["texts"], file["vectors"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    fitting = texts.shape == (len(vectors), 32) and vectors.shape == (len(texts), WIDTH) and vectors.dtype == np.float32
    return Kept(texts, vectors) if fitting else None


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
