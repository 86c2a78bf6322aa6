#!/usr/bin/env node
// npm run bench:fit -- [DIR]: what `maxBytes` leads to for each sequence of screenshots in a folder (by default the
// dashboard's sample tasks) at several limits, in Node: bytes, what was chosen, and the time as a multiple of one run.
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT } from "../../scripts/lib/process.mjs";
import { main, StepError } from "../../scripts/lib/report.mjs";
import { sequencesIn } from "./sequences.mjs";

const LIMITS = [10_000_000, 5_000_000, 1_000_000, 300_000, 100_000, 30_000];
const OPTIONS = { delay: 1000, fit: "none", skipBlank: false };

await main(async () => {
  const folder = resolve(process.argv[2] ?? join(ROOT, "www/public/tasks"));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new StepError(`${folder} is not a folder`);
  const { assembleGif } = await import("task-gif");
  console.log("| sequence | limit | bytes | scale | lossy | colors | dropped | attempts | x one run |");
  console.log(`|---|${"--:|".repeat(8)}`);
  for (const { name, files } of sequencesIn(folder)) {
    const screenshots = files.map((file) => new Blob([readFileSync(join(folder, file))]));
    await assembleGif(screenshots, OPTIONS); // so that no later one has to start the workers
    let before;
    for (const maxBytes of LIMITS) {
      const plain = await assembleGif(screenshots, OPTIONS);
      const since = performance.now();
      const gif = await assembleGif(screenshots, { ...OPTIONS, maxBytes }).catch((error) => error);
      const ratio = ((performance.now() - since) / plain.stats.totalMs).toFixed(2);
      if (gif.code === "CANNOT_FIT") {
        console.log(`| ${name} | ${maxBytes} | ${gif.message.replace(/;.*/, "")} |||||| ${ratio} |`);
        continue;
      }
      if (gif instanceof Error) throw gif;
      const { scale, lossy, colors, dropped, attempts } = gif.reduction;
      const cells = [name, maxBytes, gif.blob.size, scale.toFixed(2), lossy, colors, dropped, attempts, ratio];
      console.log(`| ${cells.join(" | ")} |`);
      // Both must never happen.
      if (gif.blob.size > maxBytes || (before !== undefined && gif.blob.size > before)) process.exitCode = 1;
      before = gif.blob.size;
    }
  }
});
