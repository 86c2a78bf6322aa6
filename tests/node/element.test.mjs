// What of <task-gif> needs no browser: that it can be imported on a server, and which frame shows which step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LABELS, TaskGifElement } from "task-gif/element";
import { importSource } from "./support/source.mjs";

const { timedSteps } = (await importSource("element/replay/step-times"))["element/replay/step-times"];

test("a server may import it, and nothing happens", async () => {
  assert.equal(globalThis.customElements, undefined);
  const defined = await import("task-gif/define");
  assert.equal(defined.TaskGifElement, TaskGifElement);
  assert.equal(LABELS.step(3, 12, "click Login"), "Step 3 of 12: click Login");
});

const THREE = { startsMs: [0, 100, 400], durationMs: 1000, embedded: [] };
const brief = (known) =>
  timedSteps({ ...THREE, ...known }).map(({ startMs, frame, number, caption }) => [startMs, frame, number, caption]);

test("a GIF that nothing is known about has a step for every frame", () => {
  const expected = [
    [0, 0, 1, ""],
    [100, 1, 2, ""],
    [400, 2, 3, ""],
  ];
  assert.deepEqual(brief({}), expected);
  // Neither more nor fewer steps than frames can be told apart.
  assert.deepEqual(brief({ steps: [{ caption: "a" }, { caption: "b" }] }), expected);
});

test("as many steps as frames stand for one another", () => {
  const steps = [{ number: 2, caption: "a" }, { number: 3 }, { number: 7, caption: "c" }];
  assert.deepEqual(brief({ steps }), [
    [0, 0, 2, "a"],
    [100, 1, 3, ""],
    [400, 2, 7, "c"],
  ]);
});

test("steps that share a frame share its time", () => {
  const steps = [{ caption: "a" }, { caption: "b" }, { caption: "c" }, { caption: "d" }];
  assert.deepEqual(brief({ steps, sources: [[0], [1, 2, 3], []] }), [
    [0, 0, 1, "a"],
    [100, 1, 2, "b"],
    [400, 1, 3, "c"],
    [700, 1, 4, "d"],
  ]);
});

test("frames that only move the progress bar belong to the step before", () => {
  const embedded = [
    { number: 1, frame: 0 },
    { number: 2, frame: 0 },
  ];
  assert.deepEqual(brief({ embedded }), [
    [0, 0, 1, ""],
    [500, 0, 2, ""],
  ]);
});

test("what the page says counts most, then the file, then the assembly", () => {
  const embedded = [{ number: 4, caption: "file", frame: 2 }];
  assert.deepEqual(brief({ embedded }), [[400, 2, 4, "file"]]);
  assert.deepEqual(brief({ embedded, sources: [[], [0], []] }), [[400, 2, 4, "file"]]);
  assert.deepEqual(brief({ embedded, sources: [[], [0], []], steps: [{ caption: "page" }] }), [[100, 1, 1, "page"]]);
  assert.deepEqual(brief({ sources: [[], [0], []] }), [[100, 1, 1, ""]]);
  const steps = [
    { caption: "late", frame: 2 },
    { caption: "early", frame: 0 },
    { caption: "nowhere", frame: 3 },
  ];
  assert.deepEqual(brief({ embedded, sources: [[0], [1], [2]], steps }), [
    [0, 0, 1, "early"],
    [400, 2, 2, "late"],
  ]);
});

test("numbers that do not ascend give way to places", () => {
  const steps = [{ number: 2 }, { number: 2 }, { number: 1 }];
  assert.deepEqual(
    brief({ steps }).map(([, , number]) => number),
    [1, 2, 3],
  );
});
