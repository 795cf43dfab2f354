#!/bin/sh
# Everything that needs no running parts: form and lint, types, unused code.
set -eu
cd "$(dirname "$0")/.."
biome ci --colors=off --error-on-warnings .
for package in packages/*/; do
  [ -f "$package/tsconfig.json" ] && tsc -p "$package"
done
tsc -p tsconfig.json
knip --no-progress
echo 'checks passed'
