#!/bin/sh
# Installs what the tests need beyond npm: Chromium, PostgreSQL and strace, from Debian. Says nothing and takes no time
# when all of it is there. Without root it only says what is missing; tests that need it then fail by name.
set -eu

missing=
has() { command -v "$1" >/dev/null 2>&1; }
has chromium || has chromium-browser || has google-chrome || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
has strace || missing="$missing strace"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! has apt-get; then
  echo "Missing for the full tests:$missing. Install these packages, or run this as root on Debian." >&2
  exit 0
fi

echo "Installing$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
# No server of the system's own is wanted, only the programs.
mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] ||
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
# shellcheck disable=SC2086 # the names are separate words
if ! { apt-get update && apt-get install --yes --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "Could not install$missing." >&2
  exit 1
fi
