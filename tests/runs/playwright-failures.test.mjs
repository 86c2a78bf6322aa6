// Which picture of a failed test shows the failure: HTML reports, JSON reports, and traces that Allure holds. The trees of
// steps are as Playwright 1.64.1 writes them for a test with hooks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readRuns, recordPath, statesOf, zipOf } from "./support/records.mjs";

const FOLDER = "playwright-test-1.65.1/test-results";
const PICTURE = readFileSync(recordPath(`${FOLDER}/order-uses-a-coupon/test-failed-1.png`));
const STARTED = "2026-11-30T01:39:20.000Z";

const at = (ms) => new Date(Date.parse(STARTED) + ms).toISOString();
const step = (title, ms, fields = {}) => ({
  title,
  startTime: at(ms),
  duration: 10,
  steps: [],
  attachments: [],
  ...fields,
});
const attach = (name, ms, index) => step(`Attach "${name}"`, ms, { attachments: [index] });
const image = (name) => ({ name, contentType: "image/png", path: `data/${name}.png` });

/** An HTML report of one test. */
async function htmlReport(attachments, steps, status = "failed") {
  const result = {
    retry: 0,
    startTime: STARTED,
    duration: 1000,
    steps,
    status,
    attachments,
    errors: status === "failed" ? ["it failed"] : [],
  };
  const file = {
    fileName: "stall.spec.ts",
    tests: [{ title: "orders", path: [], projectName: "", results: [result] }],
  };
  const archive = await zipOf([["file.json", JSON.stringify(file)]]).arrayBuffer();
  const zip = Buffer.from(archive).toString("base64");
  const page = `<html></html><template id="playwrightReportBase64">data:application/zip;base64,${zip}</template>`;
  const pictures = attachments.map(({ path }) => [`report/${path}`, new Blob([PICTURE])]);
  return new Map([["report/index.html", new Blob([page])], ...pictures]);
}

const failedOf = ({ screenshots }) => screenshots.flatMap(({ failed }, i) => (failed ? [i] : []));

test("what a hook attaches after a failure does not show it", async () => {
  const attachments = ["open", "typed", "screenshot", "after"].map(image);
  const [run] = await readRuns(
    await htmlReport(attachments, [
      step("Before Hooks", 0, {
        duration: 100,
        steps: [step("beforeEach hook", 0, { steps: [attach("open", 90, 0)] })],
      }),
      step("Fill", 100),
      attach("typed", 200, 1),
      step("Click", 300, { error: "timed out" }),
      step("After Hooks", 400, {
        steps: [step("afterEach hook", 450, { steps: [attach("after", 480, 3)] })],
        attachments: [2],
      }),
    ]),
  );
  assert.deepEqual(failedOf(run), [2]);
  assert.deepEqual(
    run.screenshots.map(({ timestampMs }) => timestampMs - run.startedAtMs),
    [100, 210, 450, 490],
  );
});

test("a soft assertion is marked on the picture that follows it, not on the last", async () => {
  const [run] = await readRuns(
    await htmlReport(["typed", "added"].map(image), [
      step('Expect "soft toHaveText"', 0, { error: "not so" }),
      attach("typed", 20, 0),
      step("Click", 40),
      attach("added", 60, 1),
    ]),
  );
  assert.deepEqual(failedOf(run), [0]);
});

test("what failed within a step that held in the end is no failure", async () => {
  const tried = step('Expect "toPass"', 0, { steps: [step('Expect "toBe"', 0, { error: "not yet" })] });
  const [run] = await readRuns(
    await htmlReport(["typed", "added"].map(image), [tried, attach("typed", 20, 0), attach("added", 60, 1)], "passed"),
  );
  assert.deepEqual(failedOf(run), []);
});

test("in a JSON report the picture that Playwright took at the failure shows it", async () => {
  const report = JSON.parse(readFileSync(recordPath("playwright-test-1.65.1/report.json"), "utf8"));
  const [, failing] = report.suites[0].specs;
  const [result] = failing.tests[0].results;
  result.attachments.push({ name: "after", contentType: "image/png", body: PICTURE.toString("base64") });
  const own = result.attachments.find(({ path }) => path?.endsWith("test-failed-1.png"));
  const files = new Map([
    ["report.json", new Blob([JSON.stringify(report)])],
    ["test-results/order-uses-a-coupon/test-failed-1.png", new Blob([PICTURE])],
  ]);
  const runs = await readRuns(files);
  const run = runs.find(({ status }) => status === "failed");
  assert.ok(own);
  assert.equal(failedOf(run).length, 1);
  assert.equal(failedOf(run)[0], run.screenshots.length - 2);
});

test("a trace that Allure holds is the run of its test, and no run of its own", async () => {
  const result = {
    uuid: "a",
    historyId: "h",
    name: "uses a coupon",
    status: "failed",
    stage: "finished",
    start: Date.parse(STARTED),
    stop: Date.parse(STARTED) + 5000,
    labels: [{ name: "framework", value: "playwright" }],
    steps: [{ name: "trace", attachments: [{ name: "trace", type: "application/zip", source: "b-attachment.zip" }] }],
  };
  const runs = await readRuns(
    new Map([
      ["allure-results/a-result.json", new Blob([JSON.stringify(result)])],
      ["allure-results/b-attachment.zip", new Blob([readFileSync(recordPath("playwright-test-1.65.1-coupon.zip"))])],
    ]),
  );
  assert.deepEqual(
    runs.map(({ name, tool }) => [name, tool.name]),
    [["uses a coupon", "Allure (playwright)"]],
  );
  assert.equal(await statesOf(runs[0]), "011");
  assert.deepEqual(failedOf(runs[0]), [2]);
});
