// Traces of Playwright that were made by its versions: which picture belongs to which action, and what is said of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importSource } from "../node/support/source.mjs";
import { readRuns, recordFile, statesOf } from "./support/records.mjs";

/** A trace, its format, and what its steps show. */
const TRACES = [
  ["playwright-1.30.0-order", "01223"],
  ["playwright-1.30.0-popup-without-snapshots", "041013"],
  ["playwright-1.35.1-mobile", "01124242230"],
  ["playwright-1.40.1-order", "01223"],
  ["playwright-1.40.1-popup", "041013"],
  ["playwright-1.40.1-early-paint", "0123"],
  ["playwright-1.43.1-popup-without-snapshots", "0144243"],
  ["playwright-1.48.2-slow-navigation", "023433"],
  ["playwright-1.52.0-popup", "041013"],
  ["playwright-1.54.2-mobile", "01124242230"],
  ["playwright-1.58.2-dialog", "0213"],
  ["playwright-1.62.1-iframe", "012"],
  ["playwright-1.62.1-keyboard", "00122"],
  ["playwright-1.63.0-order", "01223"],
  ["playwright-1.63.0-two-pages", "0213243"],
  ["playwright-1.65.1-order", "01223"],
  ["playwright-1.65.1-popup", "01243"],
  ["playwright-1.65.1-scripts", "02243"],
  ["playwright-1.65.1-two-pages-without-snapshots", "0213243"],
  ["playwright-test-1.40.1-order", "0123"],
  ["playwright-test-1.52.0-order", "0123"],
  ["playwright-test-1.65.1-coupon", "011"],
];

const read = async (name, options) => (await readRuns(recordFile(`${name}.zip`), options))[0];

for (const [name, states] of TRACES) {
  test(`each action of ${name} has the picture of what it did`, async () => {
    assert.equal(await statesOf(await read(name)), states);
  });
}

test("a trace tells its title, its tool, when it began and when its steps ended", async () => {
  const run = await read("playwright-1.65.1-order");
  assert.equal(run.name, "Order fruit");
  assert.deepEqual(run.tool, { name: "Playwright", version: "1.65.1" });
  assert.deepEqual(run.warnings, []);
  const times = run.screenshots.map(({ timestampMs }) => timestampMs);
  const ended = [1795969954837, 1795969955102, 1795969955191, 1795969957506, 1795969957610];
  for (const [i, ms] of ended.entries()) assert.ok(Math.abs(times[i] - ms) <= 1, `${times[i]} is ${ms}`);
  assert.ok(run.startedAtMs < times[0]);
});

test("captions are plain words, and tell what was typed only when asked", async () => {
  const captions = async (options) =>
    (await read("playwright-1.65.1-popup", options)).screenshots.map((it) => it.caption);
  const [, fill, ...others] = await captions();
  assert.equal(fill, "Fill 'Fruit'");
  assert.deepEqual(others, ["Click 'Add'", "Run a script in the page", "Click 'Checkout'"]);
  assert.equal((await captions({ captionsOf: "all" }))[1], "Fill 'Fruit' with 'Apple'");
});

test("an element is called by the name of its role, whichever way a version writes selectors", async () => {
  const { "runs/formats/playwright-trace/describe-selector": module } = await importSource(
    "runs/formats/playwright-trace/describe-selector",
  );
  for (const selector of ['internal:role=button[name="Add"i]', 'role=button[name="Add"i]', "text=Add", 'text="Add"'])
    assert.equal(module.describeSelector(selector), "'Add'");
});

test("what was typed into a password field is in no caption and in no other field", async () => {
  const run = await read("playwright-1.58.2-dialog", { captionsOf: "all" });
  assert.equal(run.screenshots[2].caption, "Fill #pw");
  assert.ok(!JSON.stringify(run).includes("hunter2"));
});

test("an action that failed is marked, in every version", async () => {
  for (const name of [
    "playwright-1.30.0-order",
    "playwright-1.40.1-order",
    "playwright-1.63.0-order",
    "playwright-1.65.1-order",
  ]) {
    const { screenshots } = await read(name);
    assert.deepEqual(
      screenshots.map(({ failed }) => failed === true),
      [false, false, false, true, false],
      name,
    );
  }
});

test("clicks stand on the picture before them, in its pixels", async () => {
  const { screenshots } = await read("playwright-1.65.1-order");
  const [, typed, , failed] = screenshots;
  assert.deepEqual(rounded(typed.click), [229.4, 122.6]);
  assert.deepEqual(rounded(failed.click), [290.1, 122.3]);
  assert.deepEqual(
    screenshots.map(({ click }) => click !== undefined),
    [false, true, false, true, false],
  );
});

test("a click in another window is not marked on the picture of the first", async () => {
  const { screenshots } = await read("playwright-1.65.1-popup");
  assert.equal(screenshots[3].click, undefined);
  assert.deepEqual(rounded(screenshots[1].click), [229.4, 122.6]);
});

test("the test runner's steps, errors and attachments are joined to the trace", async () => {
  const run = await read("playwright-test-1.65.1-coupon");
  assert.equal(run.status, "failed");
  assert.equal(run.error, "TimeoutError: locator.click: Timeout 1500ms exceeded.");
  assert.deepEqual(
    run.screenshots.map(({ caption }) => caption),
    [
      "Open the order page: Go to http://127.0.0.1:8123/",
      "Type the fruit: Fill 'Fruit'",
      "Use a coupon: Click 'Coupon'",
    ],
  );
  assert.deepEqual(
    run.screenshots.map(({ failed }) => failed === true),
    [false, false, true],
  );
  for (const { image } of run.screenshots) {
    const head = new Uint8Array(await (await image()).slice(0, 4).arrayBuffer());
    assert.deepEqual([...head], [0x89, 0x50, 0x4e, 0x47], "the PNG that was attached, not the JPEG of the screencast");
  }
});

test("steps of the test runner are joined to their actions in formats that have ids of their own for them", async () => {
  const titles = ["Open the order page: Go to", "Type the fruit: Fill", "Add it: Click", "Check out: Click"];
  for (const name of ["playwright-test-1.40.1-order", "playwright-test-1.52.0-order"]) {
    const run = await read(name);
    assert.equal(run.status, "passed", name);
    for (const [i, title] of titles.entries()) assert.ok(run.screenshots[i].caption.startsWith(title), name);
  }
});

const rounded = ({ left, top }) => [left, top].map((px) => Math.round(px * 10) / 10);
