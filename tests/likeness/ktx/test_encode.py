"""Pictures become KTX2 files that our own plain reader and the page's own decoder read, close to what they were."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from meetagain.likeness.ktx.encode import Kind, ktx2
from meetagain.likeness.ktx.levels import levels_of

ROOT = Path(__file__).parents[3]
BASIS = ROOT / "client/node_modules/three/examples/jsm/libs/basis"
DECODE = """
const fs = require('fs'), vm = require('vm'), [folder, file, out] = process.argv.slice(1);
const text = `(function(require, __dirname, __filename) { ${fs.readFileSync(folder + '/basis_transcoder.js', 'utf8')}; return BASIS; })`;
const begin = vm.runInThisContext(text)(require, folder, folder + '/basis_transcoder.js');
const basis = { wasmBinary: fs.readFileSync(folder + '/basis_transcoder.wasm'), onRuntimeInitialized() {
  basis.initializeBasis();
  const read = new basis.KTX2File(new Uint8Array(fs.readFileSync(file)));
  const told = { valid: read.isValid(), etc1s: read.isETC1S(), size: [read.getWidth(), read.getHeight()], levels: read.getLevels(),
    alpha: read.getHasAlpha(), started: read.startTranscoding(), done: 0 };
  for (let k = 0; k < told.levels; k += 1) {
    const pixels = new Uint8Array(read.getImageTranscodedSizeInBytes(k, 0, 0, 13));
    told.done += read.transcodeImage(pixels, k, 0, 0, 13, 0, -1, -1);
    fs.writeFileSync(`${out}.${k}`, pixels);
  }
  console.log(JSON.stringify(told));
} };
begin(basis);
"""


def face(side: int) -> np.ndarray:
    """Something like skin: slow changes of tone, a few strokes, some grain."""
    y, x = np.mgrid[:side, :side] / side
    tone = np.stack([225 - 60 * y + 12 * np.sin(7 * x), 180 - 50 * y + 10 * np.cos(5 * y), 160 - 40 * x], -1)
    stroke = 50 * np.exp(-(((y - 0.4 - 0.1 * np.sin(9 * x)) / 0.012) ** 2))
    grain = np.random.default_rng(3).normal(0, 2.5, (side, side, 1))
    return np.clip(tone - stroke[..., None] + grain, 0, 255).astype(np.uint8)


def strands(side: int) -> np.ndarray:
    """Something like hair: grey, with soft gaps."""
    x = np.mgrid[:side, :side][1] + 3 * np.sin(np.mgrid[:side, :side][0] / 11)
    grey = 128 + 60 * np.sin(x / 3)
    return np.stack([grey, grey, grey, 255 * np.clip(np.sin(x / 9) * 2 + 0.5, 0, 1)], -1).astype(np.uint8)


def slopes(side: int) -> np.ndarray:
    """A picture of normals: slow waves."""
    y, x = np.mgrid[:side, :side] / side * 20
    normal = np.stack([0.2 * np.sin(x), 0.2 * np.cos(y), np.ones((side, side))], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    return np.round(normal * 127.5 + 127.5).astype(np.uint8)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / max(1e-9, np.mean((one.astype(float) - other) ** 2))))


@pytest.mark.parametrize(("make", "kind", "least"), [(face, "colour", 37), (strands, "colour", 30), (slopes, "plain", 36)])
def test_a_picture_stays_close_to_what_it_was(reading, make, kind, least):
    picture = make(128)
    read = reading.read_ktx2(ktx2(picture, Kind(kind)))
    assert (read.width, read.height, read.colour) == (128, 128, kind == "colour") and len(read.levels) == 8
    for level, wanted in zip(read.levels, levels_of(picture, colour=kind == "colour"), strict=True):
        assert level.shape == wanted.shape
    assert psnr(read.levels[0][..., :3], picture[..., :3]) > least
    assert psnr(read.levels[1], levels_of(picture, colour=kind == "colour")[1]) > least - 5


def test_tender_changes_of_tone_do_not_become_patches(reading):
    picture = face(128)
    drawn = reading.read_ktx2(ktx2(picture)).levels[0]
    means = [one.reshape(8, 16, 8, 16, 3).mean((1, 3)) for one in (picture, drawn)]  # what an eye sees that is not very near
    assert np.abs(means[0] - means[1]).max() < 2.5 and psnr(*means) > 48


def test_a_plain_colour_is_nearly_that_colour(reading):
    for colour in ((128, 128, 255), (231, 190, 172), (3, 0, 0), (255, 255, 255)):
        picture = np.full((16, 16, 3), colour, np.uint8)
        drawn = reading.read_ktx2(ktx2(picture, Kind.PLAIN)).levels[0]
        assert np.abs(drawn.astype(int) - picture).max() <= 4


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (5, 3), (6, 10), (12, 20)])
@pytest.mark.parametrize("channels", [3, 4])
def test_pictures_of_any_size(reading, size, channels):
    picture = np.random.default_rng(1).integers(90, 130, (*size, channels)).astype(np.uint8)
    read = reading.read_ktx2(ktx2(picture))
    assert [level.shape for level in read.levels] == [one.shape for one in levels_of(picture, colour=True)]
    assert read.levels[-1].shape[:2] == (1, 1) and psnr(read.levels[0], picture) > 22


def test_the_same_picture_gives_the_same_bytes():
    assert ktx2(strands(64)) == ktx2(strands(64))


@pytest.mark.parametrize(
    "picture",
    [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 2), np.uint8), np.zeros((4, 0, 3), np.uint8), np.zeros((4, 4, 3), float)],
    ids=["grey", "two channels", "empty", "not bytes"],
)
def test_what_is_no_picture_is_refused(picture):
    with pytest.raises(ValueError):
        ktx2(picture)


def test_light_is_averaged_in_colours_and_numbers_in_others():
    picture = np.zeros((2, 2, 3), np.uint8)
    picture[:, 0] = 255
    assert levels_of(picture, colour=True)[1][0, 0, 0] == 188 and levels_of(picture, colour=False)[1][0, 0, 0] in (127, 128)


@pytest.mark.parametrize(("make", "kind"), [(face, "colour"), (strands, "colour"), (slopes, "plain")])
def test_the_decoder_of_the_page_reads_the_same(reading, tmp_path, make, kind):
    node = shutil.which("node")
    if not node or not BASIS.is_dir():
        pytest.skip("node or client/node_modules/three is not here")
    data = ktx2(make(64), Kind(kind))
    (tmp_path / "one.ktx2").write_bytes(data)
    done = subprocess.run(
        [node, "-e", DECODE, str(BASIS), str(tmp_path / "one.ktx2"), str(tmp_path / "out")], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    ours = reading.read_ktx2(data).levels
    assert told["valid"] and told["etc1s"] and told["started"] and told["size"] == [64, 64]
    assert told["levels"] == told["done"] == len(ours) == 7 and bool(told["alpha"]) == (make is strands)
    for k, level in enumerate(ours):
        theirs = np.fromfile(tmp_path / f"out.{k}", np.uint8).reshape(*level.shape[:2], 4)[..., : level.shape[2]]
        assert (theirs == level).all()
