// What happens when memory runs out: the assembly ends in a typed error, and the next one works.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assembleGif, init } from "task-gif";
import { withMostPages } from "./support/capped-wasm.mjs";
import { PNG_END, pixels, png } from "./support/chunks.mjs";
import { screenshots } from "./support/pictures.mjs";

const PAGES = 640;
/** Three bytes a pixel and one a row, unpacked; four a pixel as a raster. */
const tooLarge = () => new Blob([png({ width: 4000, height: 3000 }, pixels(3000 * (4000 * 3 + 1)), PNG_END)]);

test("an assembly that needs more memory than there is fails with a code, and others go on", async () => {
  await init(withMostPages(readFileSync(new URL("../../dist/task_gif_bg.wasm", import.meta.url)), PAGES));
  const before = await (await assembleGif(screenshots(3))).blob.arrayBuffer();
  for (let round = 0; round < 3; round++) {
    const error = await assembleGif([tooLarge(), tooLarge()], { workers: 1 }).catch((reason) => reason);
    assert.equal(error.name, "TaskGifError", String(error));
    assert.ok(["OUT_OF_MEMORY", "WORKER_CRASHED"].includes(error.code), error.message);
    assert.equal(error.frame, 0, error.message);
    const gif = await assembleGif(screenshots(3));
    assert.deepEqual(await gif.blob.arrayBuffer(), before);
    assert.ok(gif.stats.peakMemoryBytes <= gif.stats.workers * PAGES * 65_536);
  }
});
