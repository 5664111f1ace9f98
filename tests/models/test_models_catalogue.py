"""The catalogue of weights."""

import re

from meetagain.models.catalogue import catalogue
from meetagain.models.state import broken, trusted

FREE = {"CC0-1.0", "Apache-2.0", "MIT", "BSD-2-Clause"}


def test_every_file_has_a_hash_a_size_and_a_carrier():
    for name, entry in catalogue().items():
        assert entry.licence in FREE, name
        for file in entry.files:
            assert re.fullmatch(r"[0-9a-f]{64}", file.sha256) and file.bytes > 0, file.name
            assert file.parts and all(
                re.fullmatch(r"[0-9a-f]{64}", part.sha256) and part.kind in ("pypi", "npm", "installed") for part in file.parts
            )
            assert not file.hub or file.hub.startswith("https://")


def test_packages_that_need_node_have_a_second_address():
    for entry in catalogue().values():
        for file in entry.files:
            if any(part.kind == "npm" for part in file.parts):
                assert file.hub, file.name


def test_what_is_installed_with_us_is_what_the_catalogue_says():
    assert trusted("sentence-encoder")
    installed = [file for entry in catalogue().values() for file in entry.files if file.parts[0].kind == "installed"]
    assert installed and all(file.sha256 == file.parts[0].sha256 for file in installed)


def test_what_was_changed_after_it_was_installed_is_not_trusted(monkeypatch, tmp_path):
    (tmp_path / "resources").mkdir()
    for file in catalogue()["sentence-encoder"].files:
        (tmp_path / file.parts[0].member).write_bytes(b"x" * file.bytes)
    monkeypatch.setattr("meetagain.models.state._package_folder", lambda package: tmp_path)
    assert not trusted("sentence-encoder")
    assert "sentence-encoder" in broken()
