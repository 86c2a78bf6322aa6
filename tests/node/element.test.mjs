// What of <task-gif> needs no browser: that it can be imported on a server, which frame shows which step, and why it
// stays so long.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LABELS, TaskGifElement } from "task-gif/element";
import { importSource } from "./support/source.mjs";

const sources = await importSource("element/replay/step-times", "element/view/delay-text");
const { timedSteps } = sources["element/replay/step-times"];
const { delayText } = sources["element/view/delay-text"];

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

test("a step has the time of all its frames, up to the next step", () => {
  const delays = [
    { startMs: 0, delay: { cameraMs: 100 } },
    { startMs: 100, delay: { baseMs: 400, cameraMs: -100 } },
    { startMs: 400, delay: { baseMs: 600 } },
  ];
  const steps = timedSteps({ ...THREE, delays, sources: [[0], [], [1]] });
  assert.deepEqual(
    steps.map(({ startMs, delay }) => [startMs, delay]),
    [
      [0, { cameraMs: 0, baseMs: 400 }],
      [400, { baseMs: 600 }],
    ],
  );
  // Where the reason of one frame is not known, that of the step is not.
  const [first] = timedSteps({ ...THREE, delays: [{ startMs: 0 }, ...delays.slice(1)], sources: [[0], [], [1]] });
  assert.equal(first.delay, undefined);
});

test("it says why a step stays, and what was asked for", () => {
  const text = (ms, delay) => delayText(LABELS, ms, delay);
  assert.equal(text(1500, undefined), "");
  assert.equal(text(1500, { explicitMs: 1500 }), "Stays 1.5 s: as it was set");
  assert.equal(text(750, { explicitMs: 1500, lengthMs: -750 }), "Stays 0.8 s: 1.5 as it was set \u2212 0.7 length");
  assert.equal(
    text(2800, { baseMs: 900, areaMs: 100, detailMs: 80, captionMs: 1720 }),
    "Stays 2.8 s: 0.9 base + 0.2 change + 1.7 caption",
  );
});

test("the parts add up to the whole, whatever they are, and none is further from its value than a tenth", () => {
  const names = ["baseMs", "areaMs", "detailMs", "captionMs", "heldMs", "tempoMs", "endsMs", "clampMs"];
  const parts = [...names, "explicitMs", "cameraMs", "lengthMs"];
  const record = Object.fromEntries(parts.map((name) => [name, fc.integer({ min: -3000, max: 9000 })]));
  fc.assert(
    fc.property(fc.record(record, { requiredKeys: [] }), (delay) => {
      const whole = Object.values(delay).reduce((sum, ms) => sum + ms, 0);
      if (whole <= 0) return;
      const [stay, why] = delayText(LABELS, whole, delay).split(": ");
      const told = why
        ? why
            .replaceAll(/(^| )\u2212 /g, " + -")
            .split(" + ")
            .filter(Boolean)
        : [];
      const values = told.map((part) => Number.parseFloat(part));
      if (told.length === 1 && /^as/.test(told[0])) return;
      const total = Math.round(values.reduce((sum, value) => sum + value * 10, 0));
      assert.equal(total, Math.round(Number.parseFloat(stay.slice(6)) * 10), `${stay}: ${why}`);
      for (const [i, part] of told.entries()) {
        const name = part.slice(part.indexOf(" ") + 1);
        const key = Object.entries(LABELS.delayParts).find(([, text]) => text === name)[0];
        const known = key === "change" ? (delay.areaMs ?? 0) + (delay.detailMs ?? 0) : delay[`${key}Ms`];
        assert.ok(Math.abs(values[i] * 1000 - known) < 100.001, `${part}: ${known}`);
      }
    }),
    { numRuns: 500 },
  );
});
