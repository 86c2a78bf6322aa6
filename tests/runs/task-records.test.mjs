// Records of tasks as files: what lies beside them, how they are encoded, what is missing, and who owns which picture.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assembleGif } from "../../dist/index.node.js";
import { readRuns } from "../../dist/runs/index.node.js";

const SCREENS = join(dirname(fileURLToPath(import.meta.url)), "fixtures/browser-use-0.5.11/screenshots");
const [A, B, C] = await Promise.all(
  ["step_2", "step_3", "step_4"].map((name) => readFile(join(SCREENS, `${name}.png`))),
);

/** Files as a caller has them: a map of paths. Objects are written as JSON. */
const filesOf = (files) =>
  new Map(
    Object.entries(files).map(([path, content]) => {
      const isRaw = content instanceof Uint8Array || typeof content === "string";
      return [path, new Blob([isRaw ? content : JSON.stringify(content)])];
    }),
  );
const readFiles = (files, options) => readRuns(filesOf(files), options);

async function shown(run) {
  const pictures = [];
  for (const { image } of run.screenshots) {
    const source = typeof image === "function" ? await image() : image;
    const bytes = typeof source === "string" ? Buffer.from(source, "base64") : Buffer.from(await source.arrayBuffer());
    pictures.push(["A", "B", "C"][[A, B, C].findIndex((one) => one.equals(bytes))]);
  }
  return pictures.join("");
}

const STEPS = [1, 2].map((number) => ({ number, next_goal: `goal ${number}`, screenshot: `${number}.png` }));
const V1 = {
  id: "t",
  status: "finished",
  task: "buy",
  steps: [1, 2].map((step) => ({
    id: `${step}`,
    step,
    next_goal: "g",
    evaluation_previous_goal: "",
    url: "https://a.com",
  })),
};

test("texts of every encoding are read", async () => {
  const text = JSON.stringify({ task: "Größe", steps: STEPS });
  const utf16 = (isBig) => {
    const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
    return isBig ? bytes.swap16() : bytes;
  };
  for (const content of [
    text,
    `\uFEFF${text}`,
    utf16(false),
    utf16(true),
    text.replace('"steps"', '"cost": NaN, "steps"'),
  ]) {
    const [run] = await readFiles({ "task.json": content, "1.png": A, "2.png": B });
    assert.equal(await shown(run), "AB");
    assert.equal(run.name, "Größe");
  }
  const lines = STEPS.map((step) => JSON.stringify(step)).join("\n");
  for (const content of [`${lines}\n`, lines, `${lines}\n{"number": 3, "scre`]) {
    const [run] = await readFiles({ "steps.jsonl": content, "1.png": A, "2.png": B });
    assert.equal(await shown(run), "AB", "JSON lines, the last cut off or not");
  }
});

test("what had to be guessed of a text is a warning: its encoding, a last line that is cut off", async () => {
  const latin1 = (value) => Buffer.from(JSON.stringify(value), "latin1");
  const far = { ...STEPS[1], note: "x".repeat(5000), next_goal: "Größe" };
  for (const steps of [
    [{ ...STEPS[0], next_goal: "Größe" }, STEPS[1]],
    [STEPS[0], far],
  ]) {
    const [run] = await readFiles({ "task.json": latin1({ steps }), "1.png": A, "2.png": B });
    assert.equal(await shown(run), "AB");
    assert.ok(run.screenshots.some(({ caption }) => caption === "Größe"));
    assert.deepEqual(
      run.warnings.map(({ code }) => code),
      ["MEANING_GUESSED"],
    );
  }
  const lines = STEPS.map((step) => JSON.stringify(step)).join("\n");
  const [cut] = await readFiles({ "steps.jsonl": `${lines}\n{"number": 3, "scre`, "1.png": A, "2.png": B });
  assert.deepEqual(
    cut.warnings.map(({ code }) => code),
    ["RECORD_UNFINISHED"],
  );
  const steps = [3, 2, 1].map((number) => ({ number, screenshot: `${number}.png` }));
  const [turned] = await readFiles({ "task.json": { steps }, "1.png": A, "2.png": B, "3.png": C });
  assert.deepEqual([await shown(turned), turned.warnings[0].code], ["ABC", "ORDER_GUESSED"]);
});

test("pictures are found beside the record, wherever it was written", async () => {
  for (const [named, path] of [
    ["/tmp/agent_1/screenshots/one.png", "screenshots/one.png"],
    ["C:\\Users\\me\\run\\screenshots\\one.png", "screenshots/one.png"],
    ["file:///home/me/run/screenshots/one.png", "screenshots/one.png"],
    ["file:///home/me/run/my%20shots/one.png", "my shots/one.png"],
    ["screenshots/10:32 one.png", "screenshots/10:32 one.png"],
    [".\\one.png", "one.png"],
    ["../other/one.png", "one.png"],
  ]) {
    for (const folder of ["", "run 7/"]) {
      const record = { steps: [{ next_goal: "g", screenshot: named }] };
      const [run] = await readFiles({ [`${folder}task.json`]: record, [`${folder}${path}`]: A });
      assert.equal(await shown(run), "A", `${named} in "${folder}"`);
      assert.deepEqual(run.warnings, []);
    }
  }
});

test("a picture that is gone is a warning, and fails the assembly unless bad frames are skipped", async () => {
  const steps = [...STEPS, { number: 3, next_goal: "goal 3", screenshot: "/tmp/secret?token=1/gone.png" }];
  const [run] = await readFiles({ "task.json": { steps }, "1.png": A, "2.png": B });
  assert.deepEqual(
    run.warnings.map(({ code }) => code),
    ["PICTURE_MISSING"],
  );
  await assert.rejects(assembleGif(run.screenshots), { code: "UNREADABLE", frame: 2 });
  const gif = await assembleGif(run.screenshots, { onBadFrame: "skip" });
  assert.deepEqual(
    gif.stats.skipped.map(({ frame }) => frame),
    [2],
  );
  const resolved = await readFiles({ "task.json": { steps }, "1.png": A, "2.png": B }, { resolve: async () => C });
  assert.deepEqual(resolved[0].warnings, []);
  assert.equal((await assembleGif(resolved[0].screenshots)).frames.length, 3);
});

test("API v1 does not name its screenshots: they are the pictures beside it, or in the one folder there", async () => {
  for (const screenshots of [undefined, null, []]) {
    const [run] = await readFiles({ "task.json": { ...V1, screenshots }, "step_1.png": A, "step_2.png": B });
    assert.equal(await shown(run), "AB");
    assert.deepEqual([run.tool.name, run.name, run.status], ["browser-use Cloud", "buy", "passed"]);
  }
  const [below] = await readFiles({ "x/task.json": V1, "x/shots/step_2.png": B, "x/shots/step_1.png": A });
  assert.equal(await shown(below), "AB");
  assert.deepEqual(
    below.screenshots.map(({ number, caption }) => [number, caption]),
    [
      [1, "g"],
      [2, "g"],
    ],
  );
  const gif = Buffer.from("GIF89a-made-of-them");
  const [made] = await readFiles({ "task.json": V1, "a.gif": gif, "step_1.png": A, "step_2.png": B });
  assert.equal(await shown(made), "AB", "a GIF is no screenshot");
  const [neither] = await readFiles({ "task.json": V1, "a/step_1.png": A, "b/step_1.png": B });
  assert.equal(neither.screenshots.length, 0, "two folders: nobody knows which");
});

test("a list of steps of something else is no task", async () => {
  const flow = { steps: [{ name: "Navigation", lhr: {} }], name: "flow" };
  await assert.rejects(readFiles({ "flow.json": flow }), { code: "UNKNOWN_RECORD" });
  const [run, ...others] = await readFiles({
    "flow.json": flow,
    "run/task.json": { steps: STEPS },
    "run/1.png": A,
    "run/2.png": B,
  });
  assert.equal(others.length, 0);
  assert.equal(await shown(run), "AB");
  await assert.rejects(readFiles({ "products.json": [{ image: "cart.png" }, { image: "bag.png" }] }), {
    code: "UNKNOWN_RECORD",
  });
});

test("what keeps no screenshots is said to", async () => {
  const events = [{ runId: "r", id: 1, ts: "2026-03-02T09:00:00Z", type: "message", data: {} }];
  await assert.rejects(readFiles({ "events.json": { events } }), ({ code, message }) => {
    return code === "UNKNOWN_RECORD" && /events\.json.*API v4.*only a video/.test(message);
  });
});

test("every record in a folder is a run of its own, each in its own order", async () => {
  const at = (seconds) => new Date(1_764_400_000_000 + seconds * 1000).toISOString();
  const task = (...seconds) => ({ steps: STEPS.map((step, i) => ({ ...step, finished_at: at(seconds[i]) })) });
  const runs = await readFiles({
    "a/task.json": task(5, 0),
    "a/1.png": A,
    "a/2.png": B,
    "b/task.json": task(0, 5),
    "b/1.png": B,
    "b/2.png": C,
  });
  assert.deepEqual(await Promise.all(runs.map(shown)), ["AB", "BC"]);
  const [back, forth] = await Promise.all(runs.map(({ screenshots }) => assembleGif(screenshots)));
  assert.deepEqual(
    back.frames.map(({ sources }) => sources),
    [[0], [1]],
  );
  assert.deepEqual(
    back.stats.warnings.map(({ code }) => code),
    ["CLOCK_SET_BACK"],
  );
  assert.deepEqual(forth.stats.warnings, []);
  const loose = runs[0].screenshots.map(({ keepOrder: _, ...screenshot }) => screenshot);
  assert.deepEqual(
    (await assembleGif(loose)).frames.map(({ sources }) => sources),
    [[1], [0]],
  );
});

test("skip means skip: whatever stands in place of a picture is left out and told of", async () => {
  const { openAsBlob } = await import("node:fs");
  const bad = [
    null,
    undefined,
    "",
    {},
    { image: null },
    42,
    new Blob([]),
    "data:image/png;base64,",
    Promise.reject(new Error("gone")),
    () => {
      throw new Error("gone");
    },
    { image: async () => undefined },
  ];
  for (const wrap of [
    (list) => list,
    (list) => list.map(async (one) => one),
    async function* (list) {
      for (const one of list) yield one instanceof Promise ? { image: () => one } : one;
    },
  ]) {
    const list = wrap([new Blob([A]), ...bad, await openAsBlob(join(SCREENS, "step_3.png"))]);
    const gif = await assembleGif(list, { onBadFrame: "skip" });
    assert.deepEqual(
      gif.frames.map(({ sources }) => sources),
      [[0], [bad.length + 1]],
    );
    assert.deepEqual(
      gif.stats.skipped.map(({ frame }) => frame).sort((a, b) => a - b),
      bad.map((_, i) => i + 1),
    );
    for (const { error } of gif.stats.skipped) assert.ok(error.message.length <= 300, error.message);
  }
  await assert.rejects(assembleGif([new Blob([A]), null]), {
    name: "TypeError",
    message: /^screenshots\[1\]: expected a Blob/,
  });
  const misspelled = [new Blob([A]), { image: new Blob([B]), redacted: [] }];
  await assert.rejects(assembleGif(misspelled, { onBadFrame: "skip" }), /there is no such name; expected redact/);
});
