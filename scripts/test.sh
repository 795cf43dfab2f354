#!/bin/sh
# The whole test suite, from a fresh clone. Installs Chromium and PostgreSQL from Debian where they are missing.
set -eu
cd "$(dirname "$0")/.."
sh scripts/ensure-machine.sh
sh scripts/ready.sh console
sh scripts/check.sh
exec node scripts/run-tests.ts "$@"
