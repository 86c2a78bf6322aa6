#!/usr/bin/env bash
# omggif 1.0.10 (npm; Jimp, gifwrap and gif-frames decode with it) gives an image without a Graphic Control Extension the
# delay, the disposal and the transparent color of the image before it. GIF89a (23) gives the extension the scope of one
# image: the pixels that the second image paints in that color are left out.
#
# Ran 2026-11-30 (Node 20): 2x2 red with delay 0.5 s and color 0 (black) as transparent; then 2x2 black with no extension.
# Expected: delay 0, black. Seen: delay 50, red still there. Chromium shows black, as gifuct-js 2.1.2 and sharp 0.35.5 do.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts omggif@1.0.10 >/dev/null
cat > decode.cjs <<'JS'
const { GifReader } = require("omggif");
// Four colors, three bits a code, a clear code (4) before each pixel, so that codes keep their size.
const packed = (pixels) => {
  const bits = [...pixels.flatMap((pixel) => [4, pixel]), 5].flatMap((code) => [code & 1, (code >> 1) & 1, code >> 2]);
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) => bits.slice(8 * i, 8 * i + 8).reduce((sum, bit, at) => sum | (bit << at), 0));
};
const image = (color) => {
  const data = packed([color, color, color, color]);
  return [0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, data.length, ...data, 0];
};
const colors = [0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255]; // black, red, green, blue
const control = [0x21, 0xf9, 4, 1 | (1 << 2), 50, 0, 0, 0];
const bytes = [...Buffer.from("GIF89a"), 2, 0, 2, 0, 0x81, 0, 0, ...colors, ...control, ...image(1), ...image(0), 0x3b];
const gif = new GifReader(Uint8Array.from(bytes));
const pixels = new Uint8Array(16);
gif.decodeAndBlitFrameRGBA(0, pixels);
gif.decodeAndBlitFrameRGBA(1, pixels);
console.log(`delay ${gif.frameInfo(1).delay}, ${pixels[0] === 255 ? "red" : "black"}`);
JS
seen=$(node decode.cjs)
echo "second image: $seen"
expected="delay 50, red"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
