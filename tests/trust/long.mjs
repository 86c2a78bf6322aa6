#!/usr/bin/env node
// The long run of tests/trust/browsers.test.mjs, and all that is made of recorded screenshots:
// npm run test:decoders [-- ANIMATIONS [FOLDER OF FOLDERS OF SCREENSHOTS, those of the dashboard]]
import { which } from "../../scripts/lib/process.mjs";
import { conform, generatedAnimation } from "./support/conform.mjs";
import { buildNative } from "./support/native.mjs";
import { openPages } from "./support/pages.mjs";
import { recordedJobs } from "./support/recorded.mjs";

const SETS = [{ effort: "fast" }, { effort: "balanced" }, { effort: "smallest" }, { compat: true }];

const [count = "300", folder] = process.argv.slice(2);
const [native, world] = await Promise.all([buildNative(), openPages()]);
const tell = ({ gifs, frames }) => console.log(`${gifs} GIFs, ${frames} frames`);
const run = (jobs) => conform(jobs, native, world.pages, tell);
try {
  const generated = await run(generatedAnimations());
  const recorded = await run(recordedJobs(SETS, folder));
  const gifsicle = which("gifsicle") ? "; gifsicle says nothing" : "";
  console.log(
    `${generated.gifs} animations of ${generated.frames} frames and ${recorded.gifs} GIFs of recorded screenshots, ` +
      `${recorded.frames} frames: the same in the player, gif-dispose, Pillow, ffmpeg, modern-gif, Chromium, Firefox, Java's Toolkit and ` +
      `GdkPixbuf${gifsicle}`,
  );
  const absent = [...new Set([...generated.absent, ...recorded.absent])];
  if (absent.length > 0) console.log(`not installed here: ${absent.join(", ")}`);
} finally {
  await world.close();
}

function* generatedAnimations() {
  for (let seed = 0; seed < Number(count); seed++) yield generatedAnimation(seed);
}
