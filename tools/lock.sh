#!/usr/bin/env bash
# pyproject.toml comes in, requirements/run.txt and dev.txt with hashes and without any host name go out. Needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p requirements
common=(--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --only-binary :all: -q)
uv pip compile pyproject.toml --group build "${common[@]}" -o requirements/run.txt
uv pip compile pyproject.toml --group dev "${common[@]}" -o requirements/dev.txt
