// The list of steps inside a GIF: read back by the library, passed over by other decoders.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { assembleGif } from "task-gif";
import { inspectGif } from "task-gif/inspect";
import { findPython } from "../../scripts/lib/browsers.mjs";
import { bytesOf } from "./support/fixtures.mjs";

const STEPS = bytesOf("shop").map((image, i) => ({
  image,
  number: i + 3,
  caption: `Step ${i}: „größer“ 在商店里 🪑`,
  url: `https://shop.example/${i}`,
  timestampMs: 1_767_225_600_000 + 5000 * i,
  ...(i > 0 && { failed: i === 2 }),
}));
const OPTIONS = { delay: 1000, embedSteps: true };

test("steps are read back with the image of the file that shows each", async () => {
  for (const progressBar of [false, true]) {
    const gif = await assembleGif(STEPS, { ...OPTIONS, progressBar });
    const { steps, frames, warnings } = await inspectGif(gif);
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      steps.map(({ frame: _, ...step }) => step),
      STEPS.map(({ image: _, ...step }) => step),
    );
    const starts = frames.map((_, i) => frames.slice(0, i).reduce((sum, { delayMs }) => sum + delayMs, 0));
    for (const { startMs, sources } of gif.frames) {
      for (const source of sources) assert.equal(starts[steps[source].frame], startMs, `step ${source}`);
    }
  }
});

test("the list is only there when it is asked for, and nothing else changes", async () => {
  const [without, embedded] = await Promise.all([assembleGif(STEPS, { delay: 1000 }), assembleGif(STEPS, OPTIONS)]);
  assert.deepEqual((await inspectGif(without)).steps, []);
  const [plain, listed] = await Promise.all(
    [without, embedded].map(async ({ blob }) => Buffer.from(await blob.arrayBuffer())),
  );
  const at = listed.indexOf("!\xff\x0bTASK-GIF1.0", 0, "latin1");
  const more = listed.length - plain.length;
  assert.ok(more > 0 && at > 0);
  assert.ok(Buffer.concat([listed.subarray(0, at), listed.subarray(at + more)]).equals(plain));
  assert.ok(at <= 13 + 768 + 19, "nothing but header, color table and loop stand before it");
});

test("steps without facts have a number, and merged ones the same image", async () => {
  const images = bytesOf("shop");
  const gif = await assembleGif([images[0], images[1], images[1]], OPTIONS);
  const { steps } = await inspectGif(gif);
  assert.deepEqual(steps, [
    { number: 1, frame: 0 },
    { number: 2, frame: 1 },
    { number: 3, frame: 1 },
  ]);
});

/** Digests of all composed frames by Pillow, and their delays. */
const PILLOW = `
import hashlib, json, sys, warnings
from PIL import Image, ImageSequence
warnings.simplefilter("error")
frames = []
with Image.open(sys.argv[1]) as gif:
    for frame in ImageSequence.Iterator(gif):
        frames.append([frame.info.get("duration"), hashlib.sha256(frame.convert("RGB").tobytes()).hexdigest()])
print(json.dumps(frames))
`;

/** What a program says of two GIFs, one with the list of steps and one without, must be the same. */
async function compare(decode) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-steps-"));
  try {
    const said = [];
    for (const embedSteps of [false, true]) {
      const gif = await assembleGif(STEPS, { ...OPTIONS, embedSteps, progressBar: true });
      const path = join(folder, `${embedSteps}.gif`);
      writeFileSync(path, Buffer.from(await gif.blob.arrayBuffer()));
      said.push(decode(path));
    }
    assert.ok(said[0].length > 500);
    assert.equal(said[1], said[0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("Pillow reads past it", async () => {
  await compare((path) => execFileSync(findPython() ?? "python3", ["-c", PILLOW, path], { encoding: "utf8" }));
});

test("ffmpeg reads past it, without a word", async () => {
  const options = ["-v", "warning", "-xerror", "-i"];
  await compare((path) => execFileSync("ffmpeg", [...options, path, "-f", "framemd5", "-"], { encoding: "utf8" }));
});
