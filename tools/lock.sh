#!/bin/sh
# Rewrites the locked versions from pyproject.toml. Needs uv, which `make lock` puts into the environment.
set -eu
compile="uv pip compile --quiet --generate-hashes --no-annotate --no-header --python-version 3.11"
$compile pyproject.toml --group build --group dev --output-file requirements/dev.txt
$compile pyproject.toml --group build --constraints requirements/dev.txt --output-file requirements/runtime.txt
$compile --group node --output-file requirements/node.txt
