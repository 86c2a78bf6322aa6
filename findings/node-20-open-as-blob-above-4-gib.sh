#!/usr/bin/env bash
# openAsBlob of Node 20 takes the size of a file modulo 4 GiB, without an error.
#
# Ran 2026-11-29 (Node 20.20.2, Linux, x64): a file of 5 GiB that takes no room on the disk.
# Expected: a blob of 5368709120 bytes, as `stat` says, or an error. Seen: a blob of 1073741824 bytes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@20.20.2
truncate -s 5G sparse.bin
size=$(node_modules/node/bin/node -e '
  require("node:fs").openAsBlob("sparse.bin").then(({ size }) => console.log(size));
' 2>/dev/null)
echo "size of the blob: $size"
[ "$size" = 1073741824 ] || { echo "changed: expected 1073741824"; exit 1; }
