// Two runs compared with the built package: pages whose every pixel is known, and a task of the dashboard.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assembleComparison, compareRuns } from "task-gif/compare";
import { GifPlayer } from "task-gif/inspect";
import { stepsFrom } from "task-gif/runs";
import { png } from "./support/png.mjs";

const FOLDER = new URL("../../www/public/tasks/code-editor/", import.meta.url);
const resolve = (name) => new Blob([readFileSync(new URL(name, FOLDER))]);
const task = stepsFrom(JSON.parse(readFileSync(new URL("task.json", FOLDER), "utf8")), { resolve });

/** A page of 320 x 200 with a block of 40 x 20 of a color. */
const page = (color = [255, 255, 255]) =>
  new Blob([png(320, 200, (x, y) => (x >= 200 && x < 240 && y >= 100 && y < 120 ? color : [255, 255, 255]))]);
const step = (caption, image = page(), more = {}) => ({ caption, image, ...more });
const A = [step("Open the shop"), step("Search", page([0, 0, 200])), step("Pay")];
const B = [step("Open the shop"), step("Close a banner"), step("Search", page([200, 0, 0])), step("Pay")];
const OPTIONS = { effort: "fast", width: 648 };

const outcomes = ({ pairs }) => pairs.map(({ outcome }) => outcome);
const bytesOf = async (gif) => Buffer.from(await gif.blob.arrayBuffer()).toString("base64");

test("each pair is the same, changed or in one run only, and the changed pixels are counted in their boxes", async () => {
  const comparison = await compareRuns(A, { screenshots: B });
  assert.deepEqual(outcomes(comparison), ["same", "onlyB", "changed", "same"]);
  const { same, changed, onlyA, onlyB, pairs } = comparison;
  assert.deepEqual([same, changed, onlyA, onlyB], [2, 1, 0, 1]);
  assert.deepEqual(pairs[2].changes, ["picture"]);
  assert.equal(pairs[2].diffPixelRatio, (40 * 20) / (320 * 200));
  assert.deepEqual(pairs[2].regions, [{ left: 200, top: 100, width: 40, height: 20 }]);
  const mirrored = await compareRuns(B, A);
  assert.deepEqual(outcomes(mirrored), ["same", "onlyA", "changed", "same"]);
});

test("captions, addresses and outcomes count as changes; values in a query do not", async () => {
  const at = (url, more) => [step("Pay", page(), { url, ...more })];
  const changesOf = async (a, b, options) => (await compareRuns(a, b, options)).pairs[0].changes;
  assert.deepEqual(await changesOf(at("https://a.test/x?t=1"), at("https://a.test/x?t=2")), []);
  assert.deepEqual(await changesOf(at("https://a.test/x"), at("https://a.test/y")), ["url"]);
  assert.deepEqual(await changesOf(at("https://a.test/x"), at("https://a.test/x", { failed: true })), ["status"]);
  const pay = (caption, color) => [step(caption, page(color))];
  assert.deepEqual(await changesOf(pay("Pay now"), pay("Pay later", [0, 0, 0])), ["caption", "picture"]);
  assert.deepEqual(await changesOf(pay("Pay now"), pay("Pay later", [0, 0, 0]), { pictures: false }), ["caption"]);
});

test("tolerance and maxDiffPixelRatio say what counts as the same", async () => {
  const [a, b] = [[step("Pay", page([250, 250, 250]))], [step("Pay")]];
  const outcome = async (options) => (await compareRuns(a, b, options)).pairs[0].outcome;
  assert.equal(await outcome({}), "same");
  assert.equal(await outcome({ tolerance: 4 }), "changed");
  assert.equal(await outcome({ tolerance: 4, maxDiffPixelRatio: 0.0125 }), "same");
});

test("what is hidden in both runs does not differ, and is hidden in the GIF", async () => {
  const redact = [{ left: 190, top: 90, width: 60, height: 40 }];
  const [a, b] = [
    [0, 0, 200],
    [200, 0, 0],
  ].map((color) => [step("Pay", page(color), { redact })]);
  const { pairs, gif } = await assembleComparison(a, b, { ...OPTIONS, lossy: 0 });
  assert.equal(pairs[0].outcome, "same");
  const player = await GifPlayer.open(gif.blob);
  const { width, height, data } = await player.frame(0);
  const colors = new Set();
  for (let at = 0; at < width * height * 4; at += 4) colors.add(data.slice(at, at + 3).join());
  assert.ok(!colors.has("0,0,200") && !colors.has("200,0,0"));
  assert.ok(colors.has("0,0,0"));
});

test("a GIF has a frame for each pair: both screenshots in their own pixels, boxes around what differs", async () => {
  const { gif, shown } = await assembleComparison(A, B, { ...OPTIONS, lossy: 0, labels: ["before", "after"] });
  assert.equal(shown.length, 4);
  assert.deepEqual(
    gif.steps.map(({ caption, number }) => [number, caption]),
    [
      [1, "Open the shop"],
      [2, "Close a banner"],
      [3, "Search"],
      [4, "Pay"],
    ],
  );
  assert.equal(gif.width, 644);
  const player = await GifPlayer.open(gif.blob);
  const { width, data } = await player.frame(gif.steps[2].frame);
  const at = (x, y) => [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3)];
  const isBox = (x, y) => at(x, y).join() === "255,59,107";
  const top = [...Array(gif.height).keys()].find((y) => at(220, y).join() === "0,0,200");
  assert.ok(top > 100, "the labels are above");
  assert.deepEqual(at(324 + 220, top), [200, 0, 0]);
  for (const left of [0, 324]) {
    const sides = [...Array(320).keys()].filter((x) => isBox(left + x, top + 10));
    assert.ok(sides.some((x) => x < 200) && sides.some((x) => x >= 240), `a box at ${left}`);
  }
  const same = await player.frame(gif.steps[3].frame);
  assert.ok(!same.data.some((_, i) => i % 4 === 0 && same.data.slice(i, i + 3).join() === "255,59,107"));
});

test("the same bytes from any number of workers; only what differs where that is asked for", async () => {
  const other = task
    .toSpliced(3, 1)
    .map((each, i) => (i === 5 ? { ...each, redact: [{ left: 9, top: 9, width: 90, height: 90 }] } : each));
  const one = await assembleComparison(task, other, { ...OPTIONS, workers: 1 });
  const four = await assembleComparison(task, other, { ...OPTIONS, workers: 4 });
  assert.equal(await bytesOf(one.gif), await bytesOf(four.gif));
  const { shown, gif, same, pairs } = await assembleComparison(task, other, { ...OPTIONS, onlyDifferent: true });
  assert.deepEqual(
    shown.map(({ outcome }) => outcome),
    ["onlyA", "changed"],
  );
  assert.equal(gif.steps.length, 2);
  assert.equal(same + 2, pairs.length);
  await assert.rejects(assembleComparison(A, A, { onlyDifferent: true }), { code: "NO_DIFFERENCE" });
});

test("wrong arguments are refused by name, and a screenshot that cannot be read is told with its run", async () => {
  await assert.rejects(compareRuns(A, "b"), { name: "TypeError", message: /^b: expected a run or an array/ });
  await assert.rejects(compareRuns(A, [{ image: page(), delayMs: 1 }]), { message: /^b\[0\]\.delayMs/ });
  await assert.rejects(compareRuns(A, B, { tolerence: 1 }), { message: /did you mean tolerance/ });
  await assert.rejects(assembleComparison(A, B, { camera: "follow" }), { message: /options\.camera/ });
  await assert.rejects(assembleComparison(A, B, { labels: ["one"] }), { message: /options\.labels/ });
  await assert.rejects(assembleComparison([], []), { code: "TOO_FEW_SCREENSHOTS" });
  const broken = [step("Open the shop", new Blob(["no picture"]))];
  await assert.rejects(compareRuns(A, broken), {
    code: "UNKNOWN_FORMAT",
    message: /^run B, screenshot 0: expected PNG/,
  });
  await assert.rejects(assembleComparison(broken, B), { code: "UNKNOWN_FORMAT", message: /^run A, screenshot 0: / });
});

test("an aborted comparison rejects with the reason of its signal and leaves the workers to others", async () => {
  const controller = new AbortController();
  const running = compareRuns(task, task, { signal: controller.signal });
  const reason = new Error("enough");
  setTimeout(() => controller.abort(reason), 5);
  await assert.rejects(running, reason);
  await assert.rejects(compareRuns(A, B, { signal: AbortSignal.abort(reason) }), reason);
  assert.equal((await compareRuns(A, A)).same, 3);
});

test("a run without screenshots has no pairs, and one compared with nothing is in one run only", async () => {
  assert.deepEqual((await compareRuns([], [])).pairs, []);
  const { gif, onlyA } = await assembleComparison(A, [], OPTIONS);
  assert.deepEqual([onlyA, gif.steps.length], [3, 3]);
});
