#!/usr/bin/env bash
# modern-gif 2.1.0 (npm) decodes frames behind one that is to be "restored to previous" (disposal method 3) onto an empty
# canvas: `decodeFrames` loses all that was painted before, where GIF89a asks for the picture as it was before that frame.
#
# Ran 2026-11-30 (Node 20): 4x4 red; a green pixel with method 3, as encoders write a pointer or a mark; a blue pixel beside it.
# Expected in the third frame: 15 pixels red, 1 blue. Seen: 15 pixels transparent, 1 blue. Chromium shows red.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts modern-gif@2.1.0 >/dev/null
cat > decode.mjs <<'JS'
import { decodeFrames } from "modern-gif";
// Four colors, three bits a code, a clear code (4) before each pixel, so that codes keep their size.
const packed = (pixels) => {
  const bits = [...pixels.flatMap((pixel) => [4, pixel]), 5].flatMap((code) => [code & 1, (code >> 1) & 1, code >> 2]);
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => bits.slice(8 * i, 8 * i + 8).reduce((sum, bit, at) => sum | (bit << at), 0));
};
const frame = (disposal, x, y, side, color) => {
  const data = packed(new Array(side * side).fill(color));
  return [0x21, 0xf9, 4, disposal << 2, 10, 0, 0, 0, 0x2c, x, 0, y, 0, side, 0, side, 0, 0, 2, data.length, ...data, 0];
};
const colors = [0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255]; // black, red, green, blue
const gif = new Uint8Array([
  ...Buffer.from("GIF89a"), 4, 0, 4, 0, 0x81, 0, 0, ...colors,
  ...frame(1, 0, 0, 4, 1), ...frame(3, 1, 1, 1, 2), ...frame(1, 2, 2, 1, 3), 0x3b,
]);
const { data } = decodeFrames(gif)[2];
const names = { "255,0,0,255": "red", "0,255,0,255": "green", "0,0,255,255": "blue" };
const counts = {};
for (let i = 0; i < data.length; i += 4) {
  const name = names[data.slice(i, i + 4).join()] ?? "transparent";
  counts[name] = (counts[name] ?? 0) + 1;
}
console.log(Object.entries(counts).map(([name, count]) => `${count} ${name}`).sort().join(", "));
JS
seen=$(node decode.mjs)
echo "third frame: $seen"
expected="1 blue, 15 transparent"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
