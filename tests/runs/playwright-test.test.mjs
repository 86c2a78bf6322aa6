// Reports of Playwright Test, made by version 1.65.1: each result is a run.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { readRuns, recordPath, statesOf } from "./support/records.mjs";

const FOLDER = "playwright-test-1.65.1";

/** The fixture's files by path, but for those that a filter leaves out. */
function files(keeps = () => true) {
  const root = recordPath(FOLDER);
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
