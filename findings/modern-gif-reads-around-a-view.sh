#!/usr/bin/env bash
# modern-gif 2.1.0 (npm) ignores where a Uint8Array begins in its buffer: `decode` and `decodeFrames` read from the start of
# the buffer. A GIF cut out of a larger file, and any small file that Node reads into its pool, is "not a 87a/89a GIF".
#
# Ran 2026-11-30 (Node 20): the same 43 bytes as an array of their own, and as a part of a larger one.
# Expected: one frame both times. Seen: one frame, then the error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts modern-gif@2.1.0 >/dev/null
cat > decode.mjs <<'JS'
import { decode } from "modern-gif";
const pixel = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const own = new Uint8Array(pixel);
const larger = new Uint8Array([...Buffer.from("before"), ...own]);
const tried = (bytes) => {
  try {
    return `${decode(bytes).frames.length} frame`;
  } catch (error) {
    return error.message;
  }
};
console.log(`${tried(own)} | ${tried(larger.subarray(6))}`);
JS
seen=$(node decode.mjs)
echo "$seen"
expected="1 frame | This is not a 87a/89a GIF data."
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
