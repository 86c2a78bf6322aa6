// Lists of steps of tools that nobody knows: other words for the facts of a step, other orders, pictures in other places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRuns } from "task-gif/runs";
import { png } from "../node/support/png.mjs";

const PICTURES = [0, 1, 2, 3, 4, 5].map((i) => png(300 + i, 200, () => [40 * i, 90, 120]));
const BASE64 = PICTURES.map((bytes) => bytes.toString("base64"));

const read = (value, files = {}) => {
  const contents = { "record.json": JSON.stringify(value), ...files };
  return readRuns(new Map(Object.entries(contents).map(([path, content]) => [path, new Blob([content])])));
};
/** Which pictures a run shows, by their places in `PICTURES`; -1 for one that cannot be read. */
const shownBy = ({ screenshots }) =>
  Promise.all(
    screenshots.map(async ({ image }) => {
      const source = typeof image === "function" ? await image().catch(() => undefined) : image;
      if (typeof source === "string") return BASE64.indexOf(source.replace(/^data:[^,]*,/, ""));
      return source ? BASE64.indexOf(Buffer.from(await source.arrayBuffer()).toString("base64")) : -1;
    }),
  );
const codesOf = ({ warnings }) => warnings.map(({ code }) => code);
const steps = (facts) => [0, 1, 2].map((i) => ({ screenshot: BASE64[i], ...facts(i) }));
/** One fact of the second of three steps that say something. */
async function factOf(name, said) {
  const [run] = await read({ steps: steps((i) => (i === 1 ? said : {})) });
  assert.deepEqual(codesOf(run), []);
  return run.screenshots[1][name];
}

test("a step that failed is known by any of the words for it, and by none for the contrary", async () => {
  for (const said of [
    { failed: "true" },
    { error: true },
    { error: ["gone"] },
    { errors: [{ message: "gone" }] },
    { error_message: "gone" },
    { exception: "gone" },
    { isError: true },
    { success: "False" },
    { passed: false },
    { ok: false },
    { status: "timedOut" },
    { status: "broken" },
    { status: "timed out" },
    { result: "fail" },
    { result: { success: false } },
    { verdict: "Fail" },
  ])
    assert.equal(await factOf("failed", said), true, JSON.stringify(said));
  for (const said of [
    { failed: "false" },
    { error: "None" },
    { error: {} },
    { errors: [] },
    { success: "true" },
    { ok: true },
    { result: "Done" },
    { status: 500 },
  ])
    assert.equal(await factOf("failed", said), undefined, JSON.stringify(said));
});

test("captions, addresses and times are found under other names", async () => {
  for (const name of ["instruction", "step_name", "name", "label", "step", "action"])
    assert.equal(await factOf("caption", { [name]: "Open the shop" }), "Open the shop", name);
  assert.equal(await factOf("caption", { name: "shot_2.png" }), undefined);
  assert.equal(await factOf("caption", { action: "Type 'hunter2' into the password" }), undefined);
  for (const said of [
    { current_url: "https://a.test/" },
    { pageURL: "https://a.test/" },
    { page: { url: "https://a.test/" } },
  ])
    assert.equal(await factOf("url", said), "https://a.test/");
  for (const said of [
    { timestamp_ms: 1_764_410_400_000 },
    { ts: 1_764_410_400 },
    { end_time: "2025-11-29T10:00:00Z" },
    { datetime: "Sat, 29 Nov 2025 10:00:00 GMT" },
    { created_at: { $date: "2025-11-29T11:00:00+01:00" } },
  ])
    assert.equal(await factOf("timestampMs", said), 1_764_410_400_000, JSON.stringify(said));
});

test("times in a form that is not sure are not taken, and that is said", async () => {
  for (const times of [
    [1500, 3000, 4500],
    [1.5, 3, 4.5],
    ["11/12/2026 10:00", "11/12/2026 10:01", "11/12/2026 10:02"],
  ]) {
    const [run] = await read({ steps: steps((i) => ({ timestamp: times[i] })) });
    assert.deepEqual(codesOf(run), ["TIMES_UNKNOWN"]);
    assert.ok(run.screenshots.every((shot) => shot.timestampMs === undefined));
  }
});

test("clicks are found under other names; a place that is no click is none, nor are parts of the sides", async () => {
  for (const said of [
    { click: { x: "120", y: "80" } },
    { click: "120, 80" },
    { click: { coordinates: [120, 80] } },
    { clickX: 120, clickY: 80 },
    { click_position: [120, 80] },
    { action: { type: "left_click", coordinate: [120, 80] } },
    { action: "click", x: 120, y: 80 },
  ])
    assert.deepEqual(await factOf("click", said), { left: 120, top: 80 }, JSON.stringify(said));
  for (const said of [
    { x: 120, y: 80 },
    { action: { type: "scroll", x: 120, y: 80 } },
    { click: [0, 0.5] },
    { click: [1, 0.25] },
  ])
    assert.equal(await factOf("click", said), undefined, JSON.stringify(said));
});

test("numbers that go back are a warning; a list that begins with its last step is turned round, be there two", async () => {
  const shown = async (numbers) => {
    const [run] = await read({ steps: numbers.map((number, i) => ({ number, screenshot: BASE64[i] })) });
    return [await shownBy(run), codesOf(run)];
  };
  assert.deepEqual(await shown([2, 1]), [[1, 0], ["ORDER_GUESSED"]]);
  assert.deepEqual(await shown([2, 1, 3]), [[0, 1, 2], ["ORDER_GUESSED"]]);
  assert.deepEqual(await shown([1, 2, 1, 2]), [[0, 1, 2, 3], ["ORDER_GUESSED"]]);
  assert.deepEqual(await shown([1, 2, 2, 5]), [[0, 1, 2, 3], []]);
  const v2 = {
    id: "t",
    status: "finished",
    steps: [3, 2, 1].map((number, i) => ({ number, nextGoal: "g", screenshotUrl: BASE64[i] })),
  };
  const [run] = await read(v2);
  assert.deepEqual([await shownBy(run), codesOf(run)], [[2, 1, 0], ["ORDER_GUESSED"]]);
  const item = (step_number, i) => ({
    model_output: {},
    result: [],
    state: { url: "", screenshot: BASE64[i] },
    metadata: { step_number },
  });
  const [mixed] = await read({ history: [2, 1, 3].map(item) });
  assert.deepEqual([await shownBy(mixed), codesOf(mixed)], [[0, 1, 2], ["ORDER_GUESSED"]]);
});

test("a list that several runs were written to is as many runs", async () => {
  const list = [0, 1, 2].flatMap((i) =>
    ["a", "b"].map((session_id, k) => ({ session_id, step: i + 1, screenshot: BASE64[i + 3 * k] })),
  );
  const runs = await read(list);
  assert.deepEqual(
    runs.map(({ name }) => name),
    ["a", "b"],
  );
  assert.deepEqual(await Promise.all(runs.map(shownBy)), [
    [0, 1, 2],
    [3, 4, 5],
  ]);
});

test("pictures of a record that are not those of its steps are left out with a warning", async () => {
  for (const value of [
    { steps: steps((i) => ({ screenshot_after: BASE64[i + 3] })) },
    { steps: steps((i) => (i === 1 ? { steps: [{ screenshot: BASE64[4] }] } : {})) },
    { steps: steps(() => ({})), final_screenshot: BASE64[5] },
  ]) {
    const [run] = await read(value);
    assert.deepEqual([await shownBy(run), codesOf(run)], [[0, 1, 2], ["MEANING_GUESSED"]]);
  }
  const [plain] = await read({ steps: steps((i) => (i === 1 ? { screenshot: "N/A" } : {})) });
  assert.deepEqual([await shownBy(plain), codesOf(plain)], [[0, 2], ["STEPS_WITHOUT_SCREENSHOT"]]);
});

test("a picture that is gone is not taken from another record of the same name", async () => {
  const record = JSON.stringify({
    steps: [1, 2].map((n) => ({ number: n, caption: "c", screenshot: `/old/shots/${n}.png` })),
  });
  const files = {
    "run1/r.json": record,
    "run1/shots/1.png": PICTURES[0],
    "run1/shots/2.png": PICTURES[1],
    "run2/r.json": record,
  };
  const readFiles = (all) =>
    readRuns(new Map(Object.entries(all).map(([path, content]) => [path, new Blob([content])])));
  const [, second] = await readFiles({ ...files, "run2/shots/1.png": PICTURES[2] });
  assert.deepEqual([await shownBy(second), codesOf(second)], [[2, -1], ["PICTURE_MISSING"]]);
  const [, bare] = await readFiles(files);
  assert.deepEqual([await shownBy(bare), codesOf(bare)], [[-1, -1], ["PICTURE_MISSING"]]);
});

test("names of pictures may have in them what addresses use for something else", async () => {
  for (const nameOf of [(n) => `step #${n}.png`, (n) => `${n}0%25.png`, (n) => `what?${n}.png`]) {
    const [run] = await read(
      { steps: [1, 2].map((n) => ({ caption: "c", screenshot: nameOf(n) })) },
      { [nameOf(1)]: PICTURES[0], [nameOf(2)]: PICTURES[1] },
    );
    assert.deepEqual([await shownBy(run), codesOf(run)], [[0, 1], []], nameOf(1));
  }
});

test("records of tools that nobody knows are runs of their own, be they called the same and begun at the same time", async () => {
  const record = (i) =>
    JSON.stringify({
      task: "Buy",
      started_at: "2026-11-30T10:00:00Z",
      steps: [{ screenshot: BASE64[i] }, { screenshot: BASE64[i + 1] }],
    });
  const runs = await readRuns(new Map([0, 2].map((i) => [`${i}/r.json`, new Blob([record(i)])])));
  assert.deepEqual(await Promise.all(runs.map(shownBy)), [
    [0, 1],
    [2, 3],
  ]);
});

test("API v1: pictures beside the task are in the order of their names, and names that count otherwise are a warning", async () => {
  const task = {
    id: "t",
    task: "buy",
    status: "finished",
    steps: [1, 2, 3].map((step) => ({ step, next_goal: `g${step}` })),
  };
  const beside = async (names) => {
    const [run] = await read(task, Object.fromEntries(names.map((name, i) => [name, PICTURES[i]])));
    return [await shownBy(run), codesOf(run)];
  };
  assert.deepEqual(await beside(["login.png", "login (1).png", "login (2).png"]), [[0, 1, 2], []]);
  assert.deepEqual(await beside(["9.59 AM.png", "12.01 PM.png", "1.00 PM.png"]), [[0, 1, 2], []]);
  assert.deepEqual(await beside(["step_0.png", "step_1.png", "step_2.png"]), [[0, 1, 2], ["STEPS_NOT_MATCHED"]]);
  const [shown, codes] = await beside([1, 2, 3].map((n) => `${"9f3b2c1d"}-1111-4aaa-8bbb-12345678${n}abc.png`));
  assert.deepEqual([shown, codes.includes("ORDER_UNKNOWN")], [[], true]);
});

test("API v1: verdicts are those of the next step by number, however the steps are listed", async () => {
  const listed = [3, 1, 2].map((step) => ({
    step,
    next_goal: `g${step}`,
    evaluation_previous_goal: step === 3 ? "Was not successful" : "",
  }));
  const task = { id: "t", task: "buy", status: "finished", steps: listed };
  const factsOf = ({ screenshots }) => screenshots.map(({ caption, failed }) => [caption, failed]);
  const right = [
    ["g1", undefined],
    ["g2", true],
    ["g3", undefined],
  ];
  const [named] = await read(task, { "step_1.png": PICTURES[0], "step_2.png": PICTURES[1], "step_3.png": PICTURES[2] });
  assert.deepEqual([factsOf(named), codesOf(named)], [right, []]);
  const [placed] = await read({ ...task, screenshots: BASE64.slice(0, 3) });
  assert.deepEqual([factsOf(placed), codesOf(placed)], [right, ["ORDER_GUESSED"]]);
  const said = async (evaluation_previous_goal) =>
    (
      await read({
        ...task,
        steps: [{ step: 1 }, { step: 2, evaluation_previous_goal }],
        screenshots: BASE64.slice(0, 2),
      })
    )[0].screenshots[0].failed;
  for (const verdict of ["Failed", "Not successful: no button", "The action was not successful.", "Error: gone"])
    assert.equal(await said(verdict), true, verdict);
  for (const verdict of ["Success - no errors", "Errors: none", "Error-free", "Unknown"])
    assert.equal(await said(verdict), undefined, verdict);
});

test("elements of tools that nobody knows are turned round where their numbers descend", async () => {
  const [run] = await read({ trajectory: [3, 2, 1].map((index, i) => ({ index, obs: { screenshot: BASE64[i] } })) });
  assert.deepEqual(
    [await shownBy(run), codesOf(run)],
    [
      [2, 1, 0],
      ["MEANING_GUESSED", "ORDER_GUESSED"],
    ],
  );
});
