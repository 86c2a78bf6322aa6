// Records as other people have them: in another encoding, with sorted keys, kept twice, with what their tool left out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { filesOf } from "./support/fixtures.mjs";
import { readRuns, recordPath, statesOf } from "./support/records.mjs";

const TEXT = /\.(?:json|jsonl|html|xml|md)$/;

/** What a record is read as: of each run its tool, how it ended, what its pictures show, and the captions. */
async function readingOf(files) {
  const runs = await readRuns(new Map([...files].map(([path, bytes]) => [path, new Blob([bytes])])));
  const readings = runs.map(async (run) => {
    const captions = run.screenshots.map(({ caption }) => caption);
    return { tool: run.tool.name, name: run.name, status: run.status, states: await statesOf(run), captions };
  });
  return Promise.all(readings);
}

/** The files of a record with other texts. */
const withTexts = (files, change) =>
  new Map([...files].map(([path, bytes]) => [path, TEXT.test(path) ? change(Buffer.from(bytes).toString()) : bytes]));

const ENCODINGS = {
  "UTF-8 with a mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-16": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16, big end first": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
};
const RECORDS = [
  "browser-use-0.5.11",
  "codeceptjs-3.5.15",
  "codeceptjs-4.2.0",
  "pytest-html-3.2.0",
  "pytest-html-4.2.0",
  "robotframework-7.5",
  "robotframework-json-7.5",
];

for (const record of RECORDS) {
  test(`${record} is read the same in every encoding that Windows writes`, async () => {
    const files = filesOf(record);
    const expected = await readingOf(files);
    assert.ok(expected.some(({ states }) => states.length > 1));
    for (const [encoding, encode] of Object.entries(ENCODINGS)) {
      assert.deepEqual(await readingOf(withTexts(files, encode)), expected, encoding);
    }
  });
}

test("the JSON of Robot Framework is known whatever the order of its keys", async () => {
  const files = filesOf("robotframework-json-7.5");
  const sort = (value) => {
    if (Array.isArray(value)) return value.map(sort);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((key) => [key, sort(value[key])]),
    );
  };
  assert.deepEqual(
    await readingOf(withTexts(files, (text) => JSON.stringify(sort(JSON.parse(text))))),
    await readingOf(files),
  );
});

test("results of tests without the fields that tell their tool are no task of browser-use with their pictures", async () => {
  const strip = (text) => JSON.stringify({ ...JSON.parse(text), uuid: undefined });
  await assert.rejects(() => readingOf(withTexts(filesOf("allure-wdio-9.32.0"), strip)), { code: "ORDER_UNKNOWN" });
});

test("a trace that is attached under any name, to a test or its fixture, is that of its test and no run of its own", async () => {
  const trace = readFileSync(recordPath("playwright-test-1.65.1-coupon.zip"));
  const attachment = {
    name: "Playwright trace",
    type: "application/vnd.allure.playwright-trace",
    source: "b-attachment",
  };
  const result = { uuid: "a", historyId: "h", name: "coupon", status: "failed", stage: "finished", start: 1, stop: 2 };
  const container = { uuid: "c", children: ["a"], afters: [{ name: "page", attachments: [attachment] }] };
  for (const files of [
    [["a-result.json", { ...result, attachments: [attachment] }]],
    [
      ["a-result.json", result],
      ["c-container.json", container],
    ],
  ]) {
    const texts = files.map(([name, json]) => [name, Buffer.from(JSON.stringify(json))]);
    const found = await readingOf(new Map([...texts, ["b-attachment", trace]]));
    assert.deepEqual(
      found.map(({ name, tool, states }) => [name, tool, states]),
      [["coupon", "Allure", "011"]],
    );
  }
});

test("a trace in the site of a report is that of its test, too", async () => {
  const result = {
    uid: "1",
    name: "coupon",
    fullName: "order coupon",
    status: "failed",
    time: { start: 1, stop: 2 },
    labels: [{ name: "framework", value: "playwright" }],
    testStage: { attachments: [{ uid: "b", name: "trace", type: "application/zip", source: "b.zip" }], steps: [] },
  };
  const files = new Map([
    ["site/index.html", Buffer.from("<!doctype html><title>Allure Report</title>")],
    ["site/data/test-cases/1.json", Buffer.from(JSON.stringify(result))],
    ["site/data/attachments/b.zip", readFileSync(recordPath("playwright-test-1.65.1-coupon.zip"))],
  ]);
  assert.deepEqual(
    (await readingOf(files)).map(({ tool, states }) => [tool, states]),
    [["Allure (playwright)", "011"]],
  );
});

test("two tests of one name that began in the same millisecond are two runs; the same report twice is one", async () => {
  const files = filesOf("allure-pytest-2.16.2");
  const name = [...files.keys()].find((path) => path.endsWith("-result.json"));
  const result = JSON.parse(Buffer.from(files.get(name)).toString());
  const other = { ...result, uuid: "other", historyId: "other" };
  const both = new Map([...files, ["other-result.json", Buffer.from(JSON.stringify(other))]]);
  const { length } = await readingOf(files);
  assert.equal((await readingOf(both)).length, length + 1);
  const copies = new Map([...files].flatMap(([path, bytes]) => [1, 2].map((n) => [`copy-${n}/${path}`, bytes])));
  assert.equal((await readingOf(copies)).length, length);
});

test("a run without pictures says so, whatever its tool", async () => {
  const history = [
    { model_output: { next_goal: "Order" }, result: [], state: { url: "https://a.example/", title: "" } },
  ];
  const [run] = await readRuns(new File([JSON.stringify({ history })], "history.json"));
  assert.deepEqual([run.screenshots, run.warnings.map(({ code }) => code)], [[], ["NO_SCREENSHOTS"]]);
});
