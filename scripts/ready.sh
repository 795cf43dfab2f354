#!/bin/sh
# Makes a fresh clone ready: dependencies as the lockfile has them, and the console built when its sources are newer.
# Says nothing when there is nothing to do. Usage: scripts/ready.sh [console]
set -eu
cd "$(dirname "$0")/.."

if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'Installing dependencies …' >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
  touch node_modules/.package-lock.json
fi

if [ "${1:-}" = console ]; then
  page=packages/web/dist/index.html
  if [ ! -f "$page" ] || [ -n "$(find packages/web packages/api/src -newer "$page" -type f -not -path '*/dist/*' -not -path '*/node_modules/*' | head -n 1)" ]; then
    echo 'Building the console …' >&2
    npm run --silent build --workspace packages/web >&2
  fi
fi
