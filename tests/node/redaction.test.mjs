// Redaction: nothing of what is hidden gets anywhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assembleGif, GifRecorder } from "task-gif";
import { reportHtml, reportMarkdown } from "task-gif/report";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";
import { png } from "./support/png.mjs";

const WIDTH = 60;
const HEIGHT = 40;
const BOX = { left: 10.5, top: 8, width: 19.2, height: 11 };
const isHidden = (x, y) => x >= 10 && x < 30 && y >= 8 && y < 19;

/** Eleven screenshots of a page that changes, with `secret(x, y, i)` where the box is. */
function shots(secret) {
  return Array.from({ length: 11 }, (_, i) =>
    png(WIDTH, HEIGHT, (x, y) => {
      if (isHidden(x, y)) return secret(x, y, i);
      return (x * 7 + y * 3 + i * (x > 40 ? 5 : 0)) % 11 === 0 ? [x * 4, y * 6, i * 20] : [250, 250, 245];
    }),
  );
}

const black = shots(() => [0, 0, 0]);
const secrets = [
  shots((x, y, i) => [200 - x, 17 * (i + 1), (y * 31) % 256]),
  shots((x, y, i) => ((x + y + i) % 2 === 0 ? [255, 0, 255] : [1, 2, 3])),
];
const covered = (images) => images.map((image) => ({ image, redact: [BOX] }));
const bytes = async (gif) => Buffer.from(await gif.blob.arrayBuffer());

/** What a stats says, without what is allowed to differ: times, and the size of what came in. */
function told({ width, height, durationMs, frames, stats }) {
  const { outputBytes, paletteKind, blank, skipped } = stats;
  return { width, height, durationMs, frames, outputBytes, paletteKind, blank, skipped };
}

for (const options of [
  {},
  { scale: 0.5 },
  { width: 37 },
  { fit: "none", width: 50, height: 50 },
  { effort: "smallest" },
  { camera: "follow" },
  { maxBytes: 7500, progressBar: true },
]) {
  test(`the GIF and its stats do not depend on what is hidden: ${JSON.stringify(options)}`, async () => {
    const expected = await assembleGif(black, options);
    for (const images of secrets) {
      for (const workers of [1, 2, 3]) {
        const gif = await assembleGif(covered(images), { ...options, workers });
        assert.ok((await bytes(gif)).equals(await bytes(expected)), `${workers} workers`);
        assert.deepEqual(told(gif), told(expected));
      }
      const recorder = new GifRecorder(options);
      for (const screenshot of covered(images)) await recorder.add(screenshot);
      assert.ok((await bytes(await recorder.finish())).equals(await bytes(expected)), "recorded");
    }
  });
}

test("a written report does not depend on what is hidden, whatever it is given", async () => {
  const told = async (images) => {
    const gif = (await bytes(await assembleGif(covered(images)))).buffer;
    return reportHtml({ steps: covered(images), gif }) + reportMarkdown({ steps: covered(images), gif: "replay.gif" });
  };
  const [first, ...others] = await Promise.all([black, ...secrets].map(told));
  for (const other of others) assert.equal(other, first);
});

test("without a box what is there is shown, so that the test above can fail", async () => {
  assert.ok(!(await bytes(await assembleGif(secrets[0]))).equals(await bytes(await assembleGif(black))));
});

test("a box that hides nothing fails the assembly, also where bad screenshots are skipped", async () => {
  const list = covered(secrets[0]);
  for (const redact of [[{ left: 60, top: 0, width: 9, height: 9 }], [{ left: 5, top: 5, width: 0, height: 9 }]]) {
    list[4] = { image: secrets[0][4], redact: [BOX, ...redact] };
    for (const onBadFrame of ["error", "skip"]) {
      await assert.rejects(assembleGif(list, { onBadFrame }), {
        code: "REDACTION_FAILED",
        frame: 4,
        message:
          /^screenshot 4: a redaction box cannot be applied \(.* cover nothing of 60 x 40\); nothing was encoded$/,
      });
    }
  }
});

test("what is to be done to a screenshot is known wherever it is looked at again", async () => {
  const fake = await importOverFake();
  const list = Array.from({ length: 24 }, (_, i) => ({
    image: fakeShot(`shot ${i}`),
    redact: [{ left: i, top: 0, width: 1, height: 1 }],
  }));
  const expected = await (await fake.assembleGif(list, { workers: 1 })).blob.text();
  assert.match(expected, /shot 7 \{"redact":\[\{"left":7,"top":0,"width":1,"height":1\}\]\}/);
  // With room for few frames most are decoded once more, whoever encodes them.
  for (const budget of [1, 3, Number.POSITIVE_INFINITY]) {
    fake.world.budget = budget;
    for (let seed = 1; seed <= 6; seed++) {
      fake.workers.seed(seed);
      const gif = await fake.assembleGif(list, { workers: 1 + (seed % 3) });
      assert.equal(await gif.blob.text(), expected, `budget ${budget}, seed ${seed}`);
    }
  }
});
