"""The catalogue of weights."""

import re

from meetagain.models.catalogue import catalogue

FREE = {"Apache-2.0", "MIT", "BSD-2-Clause"}


def test_every_file_has_a_hash_a_size_and_a_carrier():
    for name, entry in catalogue().items():
        assert entry.licence in FREE, name
        for file in entry.files:
            assert re.fullmatch(r"[0-9a-f]{64}", file.sha256) and file.bytes > 0, file.name
            assert file.parts and all(re.fullmatch(r"[0-9a-f]{64}", part.sha256) and part.kind in ("pypi", "npm") for part in file.parts)
            assert not file.hub or file.hub.startswith("https://")


def test_packages_that_need_node_have_a_second_address():
    for entry in catalogue().values():
        for file in entry.files:
            if any(part.kind == "npm" for part in file.parts):
                assert file.hub, file.name
