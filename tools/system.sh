#!/bin/sh
# Puts the browser and the Chinese fonts of the browser tests in place, from the Debian packages of the machine.
# Where that is not possible it says so: the tests then skip themselves by name, except with CI=true.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
# Without fontconfig or without a Chinese font, pages would be rows of empty boxes.
if ! { command -v fc-list >/dev/null 2>&1 && fc-list :lang=zh | grep -q .; }; then missing="$missing fonts-noto-cjk fontconfig"; fi
[ -n "$missing" ] || exit 0

without() {
    echo "browser tests: missing$missing; $1" >&2
    [ "${CI:-}" = true ] && exit 1
    exit 0
}
command -v apt-get >/dev/null 2>&1 || without "no apt-get here"
as=""
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || without "neither root nor sudo"
    as="sudo -n"
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
{ $as apt-get update -qq && $as apt-get install -y -qq --no-install-recommends $missing; } </dev/null >/dev/null \
    || without "apt-get could not install it"
