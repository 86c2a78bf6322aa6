// Reports of Playwright Test, made by version 1.65.1: each result is a run.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { readRuns, recordFile, recordPath, statesOf } from "./support/records.mjs";

const FOLDER = "playwright-test-1.65.1";

/** A fixture's files by path, but for those that a filter leaves out. */
function files(keeps = () => true, folder = FOLDER) {
  const root = recordPath(folder);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(root.length + 1));
  return new Map(
    paths.filter(keeps).map((path) => [path, new File([readFileSync(`${root}/${path}`)], basename(path))]),
  );
}

const EXPECTED = [
  ["order.spec.ts › orders an apple", "passed", "01233", [4]],
  ["order.spec.ts › uses a coupon", "failed", "011", [2]],
  ["order.spec.ts › uses a coupon (retry 1)", "failed", "011", [2]],
];

for (const [what, keeps] of [
  ["report.json", (path) => !path.startsWith("playwright-report")],
  ["the HTML report", (path) => path.startsWith("playwright-report")],
  ["both reports, which tell of the same runs", () => true],
]) {
  test(`${what}: each try of a test is a run with its pictures in order`, async () => {
    const runs = await readRuns(files(keeps));
    assert.deepEqual(
      runs.map(({ name, status }) => [name, status]),
      EXPECTED.map(([name, status]) => [name, status]),
    );
    for (const [i, [, status, states, [last]]] of EXPECTED.entries()) {
      assert.equal(await statesOf(runs[i]), states);
      const failed = runs[i].screenshots.flatMap((it, at) => (it.failed ? [at] : []));
      assert.deepEqual(failed, status === "failed" ? [last] : []);
      assert.deepEqual(runs[i].warnings, []);
    }
    assert.equal(runs[0].startedAtMs, Date.parse("2026-11-29T16:05:23.526Z"));
    assert.equal(runs[1].error, "TimeoutError: locator.click: Timeout 1500ms exceeded.");
    assert.equal(runs[0].error, undefined);
  });
}

test("the HTML report joins pictures to the steps that they belong to", async () => {
  const [run] = await readRuns(files((path) => path.startsWith("playwright-report")));
  assert.deepEqual(
    run.screenshots.map(({ caption }) => caption),
    ["Open the order page: order page", "Type the fruit: typed", "Add it: added", "Check out: ordered", "screenshot"],
  );
  const times = run.screenshots.map(({ timestampMs }) => timestampMs);
  assert.deepEqual(times, times.toSorted?.((a, b) => a - b) ?? times);
  assert.equal(times.length, new Set(times).size);
});

test("pictures that a moved report names and that are not there are a warning, unless the caller has them", async () => {
  const report = files((path) => path === "report.json");
  const [run] = await readRuns(report);
  assert.equal(await statesOf(run), "013");
  assert.deepEqual(
    run.warnings.map(({ code }) => code),
    ["PICTURE_MISSING"],
  );
  const asked = [];
  const all = files();
  const [whole] = await readRuns(report, {
    resolve: (reference) => {
      asked.push(reference);
      return [...all.values()].find(({ name }) => name === basename(reference));
    },
  });
  assert.equal(await statesOf(whole), "01233");
  assert.ok(asked.every((reference) => reference.startsWith("/home/user/")));
});

test("traces in folders of results are runs in the order of the tries, and the pictures beside them are theirs", async () => {
  const trace = readFileSync(recordPath("playwright-test-1.65.1-coupon.zip"));
  const picture = readFileSync(recordPath(`${FOLDER}/test-results/order-uses-a-coupon/test-failed-1.png`));
  const folder = (name) => [
    [`test-results/${name}/trace.zip`, new Blob([trace])],
    [`test-results/${name}/test-failed-1.png`, new Blob([picture])],
  ];
  const runs = await readRuns(new Map([...folder("order-uses-a-coupon-retry1"), ...folder("order-uses-a-coupon")]));
  const name = "order.spec.ts:9 › uses a coupon";
  assert.deepEqual(runs.map((run) => run.name).sort(), [name, `${name} (retry 1)`]);
});

test("HTML reports of earlier versions have their data in a script", async () => {
  const page = readFileSync(recordPath(`${FOLDER}/playwright-report/index.html`), "utf8");
  const [whole, data] = /<template id="playwrightReportBase64">([^<]*)<\/template>/.exec(page);
  const forms = [
    `<script>\nwindow.playwrightReportBase64 = "${data}";</script>`, // 1.30 to 1.52
    `<script id="playwrightReportBase64" type="application/zip">${data}</script>`, // 1.58
  ];
  for (const form of forms) {
    const report = files((path) => path.startsWith("playwright-report"));
    report.set("playwright-report/index.html", new Blob([page.replace(whole, () => form)]));
    assert.deepEqual(
      (await readRuns(report)).map(({ name }) => name),
      EXPECTED.map(([name]) => name),
    );
  }
});

const PROJECT = "playwright-test-1.65.1-project";
const TESTS = ["order.spec.mjs › orders", "order.spec.mjs › fails", "order.spec.mjs › fails (retry 1)"];

test("a blob report tells of each try as the HTML report does, steps and all", async () => {
  const read = (part) => readRuns(files((path) => path.startsWith(part), PROJECT));
  const [html, blob] = [await read("playwright-report"), await read("blob-report")];
  const told = (runs) =>
    runs.map(({ name, status, error, startedAtMs, screenshots, warnings }) => {
      const captions = screenshots.map(({ caption, timestampMs, failed }) => [caption, timestampMs, failed]);
      return { name, status, error, startedAtMs, captions, warnings };
    });
  assert.deepEqual(told(blob), told(html));
  assert.deepEqual(
    blob.map(({ name }) => name),
    TESTS,
  );
  assert.deepEqual(
    blob.map(({ screenshots }) => screenshots.at(-1).failed),
    [undefined, true, true],
  );
  assert.ok(blob.every(({ tool }) => tool.version === "1.65.1"));
});

test("a project with reports and results beside each other has each try once", async () => {
  const project = files(undefined, PROJECT);
  const data = (end) =>
    [...project].filter(([path]) => path.startsWith("playwright-report/data") && path.endsWith(end));
  // The runner copies traces and pictures from the folders of results into its report.
  for (const [i, [, trace]] of data(".zip").entries()) project.set(`test-results/test-${i}/trace.zip`, trace);
  for (const [i, [, picture]] of data(".png").entries())
    project.set(`test-results/more-${i}/test-failed-1.png`, picture);
  assert.deepEqual(
    (await readRuns(project)).map(({ name }) => name),
    TESTS,
  );
  for (const path of project.keys()) if (path.startsWith("blob-report")) project.delete(path);
  assert.deepEqual(
    (await readRuns(project)).map(({ name }) => name),
    TESTS,
  );
  // What the report does not hold is a run of its own.
  project.set("test-results/other/trace.zip", recordFile("playwright-test-1.65.1-coupon.zip"));
  assert.deepEqual(
    (await readRuns(project)).map(({ name }) => name),
    [...TESTS, "order.spec.ts:9 › uses a coupon"],
  );
});

test("pictures of single elements are left out where the steps tell, else it is said that they may be such", async () => {
  const shown = async (input) => {
    const [{ screenshots, warnings }] = await readRuns(input);
    return [screenshots.map(({ caption }) => caption), warnings.map(({ code }) => code)];
  };
  assert.deepEqual(await shown(files((path) => path.startsWith("blob-report"), PROJECT)), [
    ["open", "added", "screenshot"],
    ["CUT_OUTS_SKIPPED"],
  ]);
  // Steps of version 1.40 do not name their attachments.
  assert.deepEqual(await shown(recordFile("playwright-test-1.40.1-blob.zip")), [
    ["open", "added", "the button", "screenshot"],
    ["MEANING_GUESSED"],
  ]);
});
