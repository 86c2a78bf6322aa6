// stepsFrom: lists of steps in other words, units and orders than those of the tools that are known.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepsFrom } from "../../dist/runs/index.node.js";
import { inOrder, PLACEHOLDER, PNG } from "./support/step-records.mjs";

test("an empty page is left to the assembly, which sees whether its picture shows something", () => {
  const steps = [
    { url: "about:blank", screenshot: PNG },
    { url: "about:blank", screenshot: PLACEHOLDER },
  ];
  assert.deepEqual(
    stepsFrom({ steps }).map(({ number, url }) => [number, url]),
    [[1, "about:blank"]],
  );
});

test("records are read as tools write them", () => {
  const steps = [{ number: 1, screenshot: PNG }, null, { number: 3, screenshot: `b'${PNG}'` }];
  const expected = inOrder([
    { number: 1, image: PNG },
    { number: 3, image: PNG },
  ]);
  assert.deepEqual(stepsFrom({ steps }), expected, "null in place of a step");
  assert.deepEqual(stepsFrom(`\uFEFF${JSON.stringify({ steps })}`), expected, "a byte order mark");
  assert.deepEqual(stepsFrom(`${JSON.stringify(steps[0])}\n\r\n${JSON.stringify(steps[2])}\n`), expected, "JSON lines");
  const text = JSON.stringify({ note: 'NaN "quoted\\', at: "AT", steps }).replace('"AT"', "[NaN, -Infinity, Infinity]");
  assert.deepEqual(stepsFrom(text), expected, "Python's numbers");
  const large = JSON.stringify({ junk: "x\\".repeat(4_000_000), at: 0, steps }).replace('"at":0', '"at":NaN');
  assert.deepEqual(stepsFrom(large), expected, "the same in megabytes");
  assert.deepEqual(stepsFrom({ steps: null, screenshots: null, status: "running" }), []);
  assert.deepEqual(stepsFrom({ screenshots: ["https://m.com/step_1.png"] }).length, 1);
  assert.deepEqual(
    stepsFrom([PNG, null, PNG]).map(({ number }) => number),
    [1, 3],
    "a list of pictures",
  );
});

test("pictures, clicks and times have other names too", () => {
  for (const step of [
    { image: PNG },
    { screenshot_base64: PNG },
    { screenshotBase64: PNG },
    { screenshot: null, image_url: `data:image/png;base64,${PNG}` },
    { screenshot: { data: PNG, media_type: "image/png" } },
    { image: { source: { type: "base64", data: PNG } } },
    { image_url: { url: PNG } },
  ]) {
    const [shown, ...others] = stepsFrom({ steps: [step] });
    assert.equal(others.length, 0);
    assert.equal(String(shown.image).replace(/^data:image\/png;base64,/, ""), PNG, JSON.stringify(Object.keys(step)));
  }
  const steps = [
    { screenshot: PNG, click: { x: 3, y: 4.5 }, timestamp: 1_764_400_000 },
    { screenshot: PNG, click: [3, 4.5], timestamp: 1_764_400_000_000 },
    { screenshot: PNG, click: { left: 3, top: 4.5 }, timestamp: "2025-11-29 07:06:40" },
    { screenshot: PNG, click: [3], element: [1, 2, 3, 4], timestamp: "soon" },
    { screenshot: PNG, click: { x: Number.NaN, y: 1 }, element: { x: 1, y: 2, width: 3, height: 4 }, timestamp: 0 },
  ];
  const read = stepsFrom({ steps });
  assert.deepEqual(
    read.map(({ click }) => click),
    [...Array(3).fill({ left: 3, top: 4.5 }), undefined, undefined],
  );
  assert.deepEqual(
    read.map(({ timestampMs }) => timestampMs),
    [...Array(3).fill(1_764_400_000_000), undefined, undefined],
  );
  assert.deepEqual(read.map(({ element }) => element)[4], { left: 1, top: 2, width: 3, height: 4 });
  assert.equal(read[3].element, undefined, "four numbers may be two corners");
});

test("times are read in the unit that people can only mean, and in no other form than those that are sure", () => {
  const timeOf = (step) => stepsFrom({ steps: [{ screenshot: PNG, ...step }] })[0].timestampMs;
  const same = Date.UTC(2026, 10, 29, 10, 0, 0, 250);
  for (const timestamp of [
    "2026-11-29T10:00:00.25Z",
    "2026-11-29 10:00:00,250",
    "2026-11-29T11:00:00.25+01:00",
    "2026-11-29 11:00:00.25 +0100 CET",
    "20261129T100000,250Z",
    same / 1000,
    String(same / 1000),
    same,
    same * 1e3,
    same * 1e6,
  ]) {
    assert.equal(timeOf({ timestamp }), same, String(timestamp));
  }
  const second = Date.UTC(2026, 10, 29, 10);
  for (const timestamp of ["20261129100000", "2026-11-29 10:00 UTC"]) {
    assert.equal(timeOf({ timestamp }), second, timestamp);
  }
  for (const timestamp of [
    "2026-02-30",
    "11/12/2026",
    "29.11.2026",
    "step 3",
    "2026-11-29 10:00 CET",
    "Nov 29, 2026",
  ]) {
    assert.equal(timeOf({ timestamp }), undefined, timestamp);
  }
  assert.equal(timeOf({ timestampMs: 1500 }), 1500);
  assert.equal(timeOf({ timestamp: "3" }), undefined, "seconds from the start, or milliseconds");
});

test("a list that begins with its end is turned round, where numbers or times of three steps or more say so", () => {
  const step = (name, facts) => ({ screenshot: PNG, caption: name, ...facts });
  const order = (steps) =>
    stepsFrom(steps)
      .map(({ caption, number }) => `${caption}${number}`)
      .join(" ");
  const at = (seconds) => ({ timestamp: 1_764_400_000 + seconds });
  assert.equal(order([step("c", at(9)), step("b", at(5)), step("a", at(1))]), "a1 b2 c3");
  assert.equal(order([step("c", { number: 7 }), step("b", { number: 5 }), step("a", { number: 4 })]), "a4 b5 c7");
  assert.equal(
    order([step("a", { number: 1, ...at(9) }), step("b", { number: 2, ...at(5) }), step("c", { number: 3, ...at(1) })]),
    "a1 b2 c3",
  );
  assert.equal(order([step("a", at(9)), step("b", at(5))]), "a1 b2", "of two, the clock may have been set back");
  assert.equal(order([step("a", at(9)), step("b", at(1)), step("c", at(5))]), "a1 b2 c3");
  const messages = ["c", "b", "a"].map((summary, i) => {
    return { summary, screenshotUrl: PNG, createdAt: new Date(1_764_400_000_000 - i * 1000).toISOString() };
  });
  assert.equal(order(messages), "a1 b2 c3");
});

test("a missing screenshot in a list keeps its place, and an empty field of a step does not hide the list", () => {
  const steps = ["a", "b", "c"].map((next_goal, i) => ({ id: `${i}`, step: i + 1, next_goal }));
  const captions = (record) => stepsFrom(record).map(({ caption }) => caption);
  assert.deepEqual(captions({ steps, screenshots: [PNG, null, PNG] }), ["a", "c"]);
  assert.deepEqual(captions({ steps, screenshots: ["step_1.png", null, "step_3.png"] }), ["a", "c"]);
  const empty = steps.map((step) => ({ ...step, screenshot_url: null }));
  assert.deepEqual(captions({ steps: empty, screenshots: [PNG, PNG, PNG] }), ["a", "b", "c"]);
});

test("steps fail in other words too, and numbers may be texts", () => {
  const failed = (facts) => stepsFrom({ steps: [{ screenshot: PNG, ...facts }] })[0].failed;
  for (const facts of [{ status: "FAILED" }, { status: "error" }, { success: false }, { error: { message: "x" } }]) {
    assert.equal(failed(facts), true, JSON.stringify(facts));
  }
  for (const facts of [
    { status: "done" },
    { success: true },
    { error: {} },
    { error: [] },
    { error: "" },
    { error: false },
  ]) {
    assert.equal(failed(facts), undefined, JSON.stringify(facts));
  }
  assert.equal(stepsFrom([{ step: "12", screenshot: PNG }])[0].number, 12);
  assert.equal(stepsFrom([{ screenshot: PNG, click: { x: 0.5, y: 0.25 } }])[0].click, undefined, "no pixels");
});

test("files of a machine need a resolver, whatever their names look like", () => {
  for (const screenshot of [
    "C:\\shots\\10:32.png",
    "file:///home/user/1.png",
    "\\\\host\\share\\1.png",
    "shots\\1.png",
  ]) {
    assert.throws(() => stepsFrom([{ screenshot }]), /^TypeError: options\.resolve: expected a function/, screenshot);
    assert.deepEqual(stepsFrom([{ screenshot }], { resolve: (name) => name })[0].image, screenshot);
  }
  assert.equal(stepsFrom([{ screenshot: "shot 10:32.png" }])[0].image, "shot 10:32.png");
});

test("anything else is refused with what was expected", () => {
  const flow = { steps: [{ name: "Navigation", lhr: { audits: {} } }], name: "flow" };
  for (const record of [null, 7, "no json", {}, [1], { steps: 7 }, [{ something: 1 }], flow, { history: [{ a: 1 }] }]) {
    assert.throws(
      () => stepsFrom(record),
      /^TypeError: record: expected a task of API v1 or v2/,
      JSON.stringify(record),
    );
  }
  assert.throws(() => stepsFrom(flow, { screenshots: ["step_1.png"] }), /found an object with steps, name$/);
  const run = { id: "r", status: "completed", recordingUrl: "https://m.com/1.mp4" };
  const events = [{ runId: "r", id: 1, ts: "2026-03-02T09:00:00Z", type: "message", data: {} }];
  for (const record of [run, { events }, events]) {
    assert.throws(
      () => stepsFrom(record),
      /^TypeError: record: .*browser-use's API v4, which keeps none, only a video/,
    );
  }
  for (const text of [`{"steps": [{"screenshot": "${PNG}"`, `${PNG} {`, `{"screenshot": "${PNG}" x}`, "<html>", " "]) {
    assert.throws(
      () => stepsFrom(text),
      ({ message }) => message.length <= 300 && !/iVBOR|\n/.test(message) && /^record: expected/.test(message),
      text,
    );
  }
  assert.throws(() => stepsFrom([], { resolver: () => "" }), /^TypeError: options\.resolver: there is no such name/);
  assert.throws(
    () => stepsFrom([], { screenshots: "a" }),
    /^TypeError: options\.screenshots: expected an array of addresses/,
  );
  assert.deepEqual(stepsFrom([]), []);
});
