// Which steps of a task are shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";
import { importSource } from "./support/source.mjs";

const { assembleGif, GifRecorder } = await importOverFake();
const {
  "task-records/steps-from": { stepsFrom },
} = await importSource("task-records/steps-from");

const step = (number, extra = {}) => ({ image: fakeShot(`shot ${number}`), number, ...extra });
const STEPS = [step(2), step(3, { failed: true }), step(4), step(7, { failed: true })];
const shown = (gif) => gif.frames.flatMap(({ sources }) => sources);

async function recorded(screenshots, options) {
  const recorder = new GifRecorder(options);
  for (const screenshot of screenshots) await recorder.add(screenshot);
  return recorder.finish();
}

test("only the steps asked for are shown, by number, and the others are told of", async () => {
  for (const make of [
    assembleGif,
    recorded,
    (all, options) =>
      assembleGif(
        all.map(async (one) => one),
        options,
      ),
  ]) {
    const gif = await make(STEPS, { steps: [3, 4, 99] });
    assert.deepEqual(
      [shown(gif), gif.stats.unwanted],
      [
        [1, 2],
        [0, 3],
      ],
    );
    const failed = await make(STEPS, { onlyFailed: true });
    assert.deepEqual(
      [shown(failed), failed.stats.unwanted],
      [
        [1, 3],
        [0, 2],
      ],
    );
    const both = await make(STEPS, { onlyFailed: true, steps: [2, 7] });
    assert.deepEqual(shown(both), [3]);
  }
});

test("a screenshot without a number counts by its place", async () => {
  const gif = await assembleGif([fakeShot("a"), fakeShot("b"), fakeShot("c")], { steps: [1, 3] });
  assert.deepEqual(shown(gif), [0, 2]);
});

test("numbers that no screenshot has are a warning", async () => {
  const codesOf = async (steps) => (await assembleGif(STEPS, { steps })).stats.warnings.map(({ code }) => code);
  assert.deepEqual(await codesOf([3, 7]), []);
  assert.deepEqual(await codesOf([3, 5]), ["STEPS_NOT_FOUND"]);
});

test("a time that looks like seconds, and a click outside of its screenshot, are a warning", async () => {
  const codesOf = async (facts, options) =>
    (await assembleGif([step(1, facts), step(2)], options)).stats.warnings.map(({ code }) => code);
  assert.deepEqual(await codesOf({ timestampMs: 1_764_410_400 }), ["TIMESTAMPS_IN_SECONDS"]);
  assert.deepEqual(await codesOf({ timestampMs: 1_764_410_400_000 }), []);
  assert.deepEqual(await codesOf({ click: { left: 90_000, top: 1 } }, { clickMarkers: true }), ["CLICK_OUTSIDE"]);
  assert.deepEqual(await codesOf({ click: { left: 0, top: 0 } }, { clickMarkers: true }), []);
  assert.deepEqual(await codesOf({ click: { left: 90_000, top: 1 } }), []);
});

test("a screenshot's delay is called delayMs: delay is refused", async () => {
  await assert.rejects(assembleGif([step(1, { delay: 500 }), step(2)]), /screenshots\[0\]\.delay: .* expected delayMs/);
});

test("nothing left is an error that says why", async () => {
  await assert.rejects(assembleGif(STEPS, { steps: [1] }), {
    code: "TOO_FEW_SCREENSHOTS",
    message: "expected at least 1 screenshots, found 0 (4 not asked for); add screenshots or lower options.minFrames",
  });
});

test("a name that is nearly redact is refused", async () => {
  await assert.rejects(assembleGif([step(1, { redacted: [] }), step(2)]), {
    name: "TypeError",
    message: "screenshots[0].redacted: there is no such name; expected redact",
  });
});

test("task records say which steps failed", () => {
  const shot = "https://a.com/1.png";
  const failed = (record, options) => stepsFrom(record, options).map((one) => one.failed);
  const verdicts = ["", "Failed - no such button", "Success - clicked", "Typed it. Verdict: Failure"];
  const expected = [true, undefined, true, undefined];
  assert.deepEqual(
    failed({
      steps: verdicts.map((text, i) => ({
        number: i,
        evaluationPreviousGoal: text,
        nextGoal: "go",
        screenshotUrl: shot,
      })),
    }),
    expected,
  );
  const v1 = verdicts.map((text, i) => ({ step: i + 1, evaluation_previous_goal: text }));
  assert.deepEqual(
    failed({ steps: v1 }, { screenshots: v1.map(({ step }) => `https://a.com/step_${step}.png`) }),
    expected,
  );
  const history = verdicts.map((text) => ({
    model_output: { evaluation_previous_goal: text },
    state: { screenshot: shot },
  }));
  assert.deepEqual(failed({ history }), expected);
  history[3].result = [{ error: null }, { error: "timed out" }];
  assert.deepEqual(failed({ history }), [true, undefined, true, true]);
  const record = [{ failed: true }, { error: "no" }, { error: "" }, { failed: false }];
  assert.deepEqual(failed(record.map((one) => ({ ...one, screenshot: shot }))), [true, true, undefined, undefined]);
});
