#!/usr/bin/env node
// The long run of tests/trust/browsers.test.mjs: npm run test:decoders [-- ANIMATIONS]
import { conform } from "./support/conform.mjs";
import { buildNative } from "./support/native.mjs";
import { openPages } from "./support/pages.mjs";

const [count = "300"] = process.argv.slice(2);
const [native, world] = await Promise.all([buildNative(), openPages()]);
try {
  const seeds = Array.from({ length: Number(count) }, (_, i) => i);
  const frames = await conform(seeds, native, world.pages, (done, seen) =>
    console.log(`${done} animations, ${seen} frames`),
  );
  console.log(
    `${count} animations, ${frames} frames: the same in the player, gif-dispose, Pillow, ffmpeg, Chromium and Firefox`,
  );
} finally {
  await world.close();
}
