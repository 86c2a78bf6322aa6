#!/usr/bin/env bash
# sharp 0.35.5 (libvips 8) reads the delay of a GIF's frame in ms, up to the 655,350 that two bytes of hundredths hold, and
# refuses to write any above 65,535: what metadata().delay gives cannot be given back to gif({ delay }), though it is written
# when it is left where it is.
#
# Ran 2026-11-30 (Node 20): a GIF of two frames of 1x1 pixel, which stay for 100 s each.
# Expected: a GIF with these delays. Seen: an error about integers between 0 and 65535; without the option, 100000 and 100000.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund sharp@0.35.5 >/dev/null
cat > delays.mjs <<'JS'
import sharp from "sharp";
// Two colors, a frame of each, delay 10,000 hundredths.
const frame = (code) => [0x21, 0xf9, 4, 4, 0x10, 0x27, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, code, 1, 0];
const gif = Buffer.from([...Buffer.from("GIF89a"), 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, ...frame(0x44), ...frame(0x4c), 0x3b]);
const read = sharp(gif, { animated: true });
const { delay } = await read.metadata();
const kept = await sharp(await read.clone().gif().toBuffer(), { animated: true }).metadata();
let given;
try {
  given = (await read.clone().gif({ delay }).toBuffer()).length > 0 ? "written" : "nothing";
} catch (error) {
  given = error.message.replace(/ but received.*/, "");
}
console.log(`read ${delay}; kept ${kept.delay}; given back: ${given}`);
JS
seen=$(node delays.mjs)
echo "$seen"
expected="read 100000,100000; kept 100000,100000; given back: Expected integer or an array of integers between 0 and 65535 for delay"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
