// Histories that browser-use saved, by version: the right frames, and what differs between versions.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assembleGif } from "../../dist/index.node.js";
import { readRuns, stepsFrom } from "../../dist/runs/index.node.js";

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), "fixtures");
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const load = async (path) => JSON.parse(await readFile(join(FIXTURES, path), "utf8"));

for (const record of [
  "browser-use-0.2.7",
  "browser-use-0.5.11",
  "browser-use-0.13.14/order",
  "browser-use-0.13.14/address-in-task",
  "browser-use-0.13.14/model-error",
]) {
  test(`${record}: frames, numbers, captions, failures, times and clicks are those of the agent`, async () => {
    const { frames } = await load(`${record}/expected.json`);
    const [run, ...others] = await readRuns(join(FIXTURES, record));
    assert.equal(others.length, 0);
    assert.equal(run.tool.name, "browser-use");
    assert.deepEqual(run.warnings, []);
    assert.equal(run.status, record.endsWith("model-error") ? "failed" : "passed");
    const found = run.screenshots.map(({ number, caption, url, failed, timestampMs, click, element }) => ({
      number,
      caption: caption ?? null,
      url,
      failed: failed ?? false,
      atMs: Math.round(timestampMs),
      click: click && [click.left, click.top].map(tenths),
      element: element && [element.left, element.top, element.width, element.height].map(tenths),
    }));
    const wanted = frames.map(({ number, caption, url, failed, atMs, click, element }) => ({
      number,
      caption,
      url,
      failed: failed ?? false,
      atMs,
      click: click?.map(tenths),
      element: element && [element.x, element.y, element.width, element.height].map(tenths),
    }));
    assert.deepEqual(found, wanted);
    const gif = await assembleGif(run.screenshots, { keepDuplicates: true, clickMarkers: true });
    assert.deepEqual(
      gif.frames.map(({ sources }) => sources),
      frames.map((_, i) => [i]),
    );
    const pictures = await Promise.all(run.screenshots.map(({ image }) => bytesOf(image)));
    const beside = frames.map(({ picture }) => picture).filter((picture) => picture.endsWith(".png"));
    for (const [i, picture] of beside.entries()) {
      assert.deepEqual(pictures[i], await readFile(join(FIXTURES, record, picture)), picture);
    }
  });
}

const tenths = (px) => Math.round(px * 10) / 10;

async function bytesOf(image) {
  const source = typeof image === "function" ? await image() : image;
  return typeof source === "string" ? Buffer.from(source, "base64") : Buffer.from(await source.arrayBuffer());
}

/** An item of a history; `number` is what the version saves as `step_number`. */
function item(number, { goal = `goal ${number}`, verdict = "Success", result = [{}], state = {}, ...rest } = {}) {
  return {
    model_output: { evaluation_previous_goal: verdict, next_goal: goal, action: [{ click: { index: 1 } }] },
    result,
    state: {
      url: "https://a.com/",
      interacted_element: [null],
      screenshot_path: `/tmp/x/screenshots/step_${number}.png`,
      ...state,
    },
    metadata: { step_start_time: 1.7e9 + number, step_end_time: 1.7e9 + 0.5 + number, step_number: number },
    ...rest,
  };
}

const inline = { screenshot: PNG, screenshot_path: undefined };
const read = (history) => stepsFrom({ history }, { resolve: (path) => path });
const numbersOf = (history) => read(history).map(({ number }) => number);
const failedOf = (history) => read(history).flatMap(({ number, failed }) => (failed ? [number] : []));

test("numbers of versions that count before they save are one lower, except where the model gave no answer", () => {
  const early = [2, 3, 3, 4].map((number, i) =>
    item(number, { state: inline, ...(i === 2 && { model_output: null }) }),
  );
  assert.deepEqual(numbersOf(early), [1, 2, 3, 3]);
  assert.deepEqual(numbersOf([2, 3, 4].map((number) => item(number))), [2, 3, 4], "paths: newer versions");
  assert.deepEqual(numbersOf([1, 2].map((number) => item(number, { state: inline }))), [1, 2], "it begins with 1");
});

test("numbers that do not ascend are of no use: places take their place", () => {
  assert.deepEqual(numbersOf([item(9), item(9), item(9)]), [1, 2, 3]);
  assert.deepEqual(numbersOf([item(3), item(2), item(4)]), [1, 2, 3]);
  assert.deepEqual(numbersOf([item(4), item(5, { metadata: null }), item(6)]), [4, 5, 6], "one is missing");
  assert.deepEqual(numbersOf([item(4, { metadata: null }), item(5), item(6)]), [4, 5, 6], "the first is missing");
  assert.deepEqual(numbersOf([item(1), item(2, { metadata: { step_number: "2" } }), item(2.5)]), [1, 2, 3]);
});

test("a step that was left out takes its verdict with it, and is told of", async () => {
  const history = [2, 3, 5, 6].map((number) =>
    item(number, { state: inline, verdict: number === 5 ? "Failed - no such button" : "Success" }),
  );
  assert.deepEqual(numbersOf(history), [1, 2, 4, 5]);
  assert.deepEqual(failedOf(history), []);
  const [run] = await readRuns({ history });
  assert.deepEqual(
    run.warnings.map(({ code }) => code),
    ["STEPS_MISSING"],
  );
  assert.match(run.warnings[0].message, /^step 3 is not in the history/);
  history.splice(2, 0, item(4, { state: inline }));
  assert.deepEqual(failedOf(history), [3], "where it is there, it is the one that failed");
});

test("an answer that is repeated because the model failed says nothing", () => {
  const history = [item(1), item(2), item(3), item(4)];
  history[2] = {
    ...history[2],
    model_output: { ...history[1].model_output, evaluation_previous_goal: "Failed - typo" },
  };
  history[1] = { ...history[1], model_output: history[2].model_output };
  history[2].result = [{ error: "LLM call timed out after 60 seconds" }];
  assert.deepEqual(
    read(history).map(({ caption }) => caption),
    ["goal 1", "goal 2", undefined, "goal 4"],
  );
  assert.deepEqual(failedOf(history), [1, 3], "step 1 by the verdict of step 2, step 3 by its own error; not step 2");
  history[2].result = [{ error: "Error executing action click: no such element" }];
  assert.deepEqual(read(history).map(({ caption }) => caption)[2], "goal 2", "the agent did the same once more");
});

test("failures that are no errors are seen, and what done says of the task is none of a step", () => {
  const failed = (result) => failedOf([item(1, { result: [result] }), item(2)]).length === 1;
  assert.ok(
    failed({
      extracted_content: "Element index 9999 not available - page may have changed. Try refreshing browser state.",
    }),
  );
  assert.ok(
    failed({
      success: false,
      extracted_content: "Element with index 9 does not exist. Page has 4 interactive elements",
    }),
  );
  assert.ok(failed({ is_done: false, success: false }));
  assert.ok(failed({ error: "timed out" }));
  assert.ok(!failed({ is_done: true, success: false, extracted_content: "Not done." }));
  assert.ok(!failed({ extracted_content: "The shop says: Element index 7 not available" }));
  assert.ok(!failed({ success: null, error: null }));
});

test("times are those of the pictures, whatever steps without a picture have", () => {
  const history = [
    item(1),
    item(2),
    {
      model_output: null,
      result: [{ error: "Failed to complete task in maximum steps" }],
      state: { url: "", screenshot_path: null, interacted_element: [] },
      metadata: null,
    },
  ];
  assert.deepEqual(
    read(history).map(({ timestampMs }) => timestampMs),
    [1_700_000_001_000, 1_700_000_002_000],
  );
  history[1].metadata = null;
  assert.deepEqual(
    read(history).map(({ timestampMs }) => timestampMs),
    [1_700_000_001_000, undefined],
  );
});

test("boxes of a scrolled page are moved to where the element was clicked, others that do not fit are left out", () => {
  const act = (bounds, metadata) => {
    const element = { node_name: "A", bounds };
    const [{ click, element: box }] = read([
      item(1, { result: [{ metadata }], state: { interacted_element: [element] } }),
    ]);
    return [click, box];
  };
  const bounds = { x: 100, y: 900, width: 80, height: 20 };
  const box = { left: 100, top: 900, width: 80, height: 20 };
  const click = { left: 140, top: 910 };
  assert.deepEqual(act(bounds, { click_x: 140, click_y: 910 }), [click, box]);
  assert.deepEqual(act(bounds, { click_x: 140, click_y: 310 }), [
    { left: 140, top: 310 },
    { ...box, top: 300 },
  ]);
  assert.deepEqual(act(bounds, { input_x: 140.4, input_y: 910 })[1], box);
  assert.deepEqual(act(bounds, { click_x: 150, click_y: 910 }), [{ left: 150, top: 910 }, undefined]);
  assert.deepEqual(act(bounds, { click_x: 140, click_y: 1200 })[1], undefined, "no page is scrolled above its top");
  assert.deepEqual(act(bounds, null), [undefined, undefined]);
  assert.deepEqual(act(null, { click_x: 1, click_y: null }), [undefined, undefined]);
});

test("browser_use.beta: pictures are from after the step, and what is repeated stays", () => {
  const beta = [1, 2, 3].map((number) =>
    item(number, {
      goal: "",
      verdict: "",
      state: { interacted_element: [], screenshot_path: `/tmp/t/${Math.min(number, 2)}.png` },
      model_output: { evaluation_previous_goal: "", next_goal: "", memory: `I did ${number}.\nMore.`, action: [] },
    }),
  );
  assert.deepEqual(
    read(beta).map(({ number, caption, timestampMs, image }) => [number, caption, timestampMs, image]),
    [
      [1, "I did 1.", 1_700_000_001_500, "/tmp/t/1.png"],
      [2, "I did 2.", 1_700_000_002_500, "/tmp/t/2.png"],
      [3, "I did 3.", 1_700_000_003_500, "/tmp/t/2.png"],
    ],
  );
  assert.deepEqual(
    numbersOf([{ ...beta[0], metadata: { step_number: 57, step_end_time: 5 } }]),
    [1],
    "a count of events",
  );
});

test("a first page that shows nothing has no frame, one that shows something has", async () => {
  const { history } = await load("browser-use-0.2.7/history.json");
  assert.equal(history[0].state.url, "about:blank");
  const run = async (options) => (await readRuns({ history }, options))[0].screenshots.map(({ number }) => number);
  assert.deepEqual(await run({}), [2, 3, 4, 5, 6]);
  assert.deepEqual(await run({ skipBlank: false }), [1, 2, 3, 4, 5, 6]);
  const gif = await assembleGif(stepsFrom({ history }), { keepDuplicates: true });
  assert.deepEqual([gif.frames.length, gif.stats.blank], [5, [0]]);
  for (const { state } of history) state.url = "about:blank";
  assert.deepEqual(await run({}), [2, 3, 4, 5, 6], "pages of set_content have no other address");
  history[0].state = {
    ...history[0].state,
    url: "chrome://new-tab-page-third-party/",
    screenshot: history[1].state.screenshot,
  };
  assert.deepEqual(await run({}), [2, 3, 4, 5, 6]);
});

test("damaged histories end in a run or in one short line, and never in another order", async () => {
  const { history } = await load("browser-use-0.2.7/history.json");
  const text = JSON.stringify({ history });
  let state = 1;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const values = [null, "", 0, -1, 1e300, [], {}, [null], "x", true, { x: {} }];
  for (let n = 0; n < 400; n++) {
    const damaged = JSON.parse(text);
    for (let k = 0; k <= random(3); k++) {
      const path = [damaged, ...Array(1 + random(5))].reduce((at) => {
        const names = typeof at === "object" && at !== null ? Object.keys(at) : [];
        return names.length > 0 && typeof at[names[random(names.length)]] === "object"
          ? (at[names[random(names.length)]] ?? at)
          : at;
      });
      if (typeof path !== "object" || path === null) continue;
      const names = Object.keys(path);
      if (names.length > 0) path[names[random(names.length)]] = values[random(values.length)];
    }
    let steps;
    try {
      steps = stepsFrom(damaged, { resolve: (path) => path });
    } catch (error) {
      assert.ok(error instanceof TypeError, String(error));
      assert.ok(error.message.length <= 300 && !/iVBOR|\n/.test(error.message), error.message);
      continue;
    }
    const places = steps.map(({ image }) => history.findIndex((one) => one.state.screenshot === image));
    const told = places.filter((place) => place >= 0);
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    );
    for (const { number, timestampMs } of steps) {
      assert.ok(Number.isSafeInteger(number) && number >= 0);
      assert.ok(timestampMs === undefined || Number.isFinite(timestampMs));
    }
  }
});
