#!/bin/sh
# Everything that needs no running parts: form and lint, types, unused code.
set -eu
cd "$(dirname "$0")/.."
biome ci --colors=off --error-on-warnings .
for config in packages/*/tsconfig.json packages/*/test/tsconfig.json; do
  tsc -p "$config"
done
tsc -p tsconfig.json
knip --no-progress
echo 'checks passed'
