// Reports of Cucumber, Behave and Mochawesome: the runs in them, against what the tools did.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRuns } from "task-gif/runs";
import { filesOf } from "./support/fixtures.mjs";
import { statesOf } from "./support/page-state.mjs";

/** What a run is told by: name, outcome, states of the page, which pictures failed. */
async function factsOf(run) {
  const failed = run.screenshots.flatMap(({ failed }, i) => (failed ? [i] : []));
  return [run.name, run.status, await statesOf(run), failed.join()];
}

const only = (files, pattern) => new Map([...files].filter(([path]) => pattern.test(path)));

const TRIES = [
  ["Orders an apple", "passed", "0123", ""],
  ["Uses a coupon", "failed", "0111", "2"],
  ["Uses a coupon (retry 1)", "failed", "0111", "2"],
  ["Orders at the second try", "failed", "0222", "2"],
  ["Orders at the second try (retry 1)", "passed", "023", ""],
  ["Orders a plum", "passed", "013", ""],
  ["Orders a kiwi", "passed", "013", ""],
];
const LAST_TRIES = TRIES.filter(([name], i) => TRIES[i + 1]?.[0] !== `${name} (retry 1)`).map(([name, ...facts]) => [
  name.replace(" (retry 1)", ""),
  ...facts,
]);

for (const [what, fixture, pattern, expected] of [
  ["messages", "cucumber-13.3.0", /ndjson$/, TRIES],
  ["the HTML report", "cucumber-13.3.0", /html$/, TRIES],
  ["JSON, which has the last try of each", "cucumber-13.3.0", /report\.json$/, LAST_TRIES],
  ["an HTML report with its attachments in files", "cucumber-12.2.0", /./, TRIES],
  ["all reports of one run in one folder", "cucumber-13.3.0", /./, TRIES],
]) {
  test(`Cucumber, ${what}: each try of a scenario is a run, with the step that failed`, async () => {
    const runs = await readRuns(only(filesOf(fixture), pattern));
    assert.deepEqual(await Promise.all(runs.map(factsOf)), expected);
    const [first, second] = runs;
    assert.deepEqual(
      first.screenshots.map(({ caption }) => caption),
      ["Given the stall is open", 'When I type "Apple" into "Fruit"', "And I add it", "Then I check out"],
    );
    assert.equal(second.error, "page.click: Timeout 500ms exceeded.");
    assert.equal(second.screenshots.at(-1).caption, "And I apply a coupon");
    if (expected === LAST_TRIES) assert.equal(first.tool.name, "Cucumber");
    else {
      assert.deepEqual(first.tool, { name: "cucumber-js", version: fixture.slice("cucumber-".length) });
      assert.ok(runs.every(({ startedAtMs, screenshots }) => screenshots.every((s) => s.timestampMs >= startedAtMs)));
    }
    assert.ok(runs.every(({ warnings }) => warnings.length === 0));
  });
}

test("Cucumber: a log of something else that begins with a source or a meta is none of its messages", async () => {
  for (const first of ['{"source":{"type":"base64","text":"a page"}}', '{"meta":{"version":"1.2"}}']) {
    const log = new Blob([`${first}\n{"attachment":{"body":"x"}}\n`]);
    await assert.rejects(readRuns(new Map([["log.jsonl", log]])), { code: "UNKNOWN_RECORD" });
  }
});

test("Cucumber: messages that end in a scenario give what came before, with a warning", async () => {
  const text = Buffer.from(filesOf("cucumber-13.3.0").get("messages.ndjson")).toString();
  const end = text.indexOf('{"testCaseFinished"');
  const [run, ...others] = await readRuns(new Map([["messages.ndjson", new Blob([text.slice(0, end - 40)])]]));
  assert.deepEqual([await statesOf(run), run.status, others.length], ["0123", undefined, 0]);
  assert.deepEqual(
    run.warnings.map(({ code }) => code),
    ["RECORD_UNFINISHED"],
  );
});

test("Cucumber: examples of an outline with one name, and scenarios of one name in two features, are told apart", async () => {
  const [feature] = JSON.parse(Buffer.from(filesOf("cucumber-13.3.0").get("report.json")).toString());
  for (const element of feature.elements) if (/plum|kiwi/.test(element.name)) element.name = "Orders a fruit";
  const other = { ...feature, name: "Market", uri: "market.feature", elements: feature.elements.slice(0, 1) };
  const runs = await readRuns(new Map([["report.json", new Blob([JSON.stringify([feature, other])])]]));
  assert.deepEqual(
    runs.map(({ name }) => name),
    [
      "Stall › Orders an apple",
      "Uses a coupon",
      "Orders at the second try",
      "Orders a fruit",
      "Orders a fruit (example 2)",
      "Market › Orders an apple",
    ],
  );
});

test("Cucumber: the values of a step about a secret are in no caption", async () => {
  const text = Buffer.from(filesOf("cucumber-13.3.0").get("report.json")).toString();
  const secret = text.replace('I type \\"Apple\\" into \\"Fruit\\"', 'I type \\"hunter2\\" as my password');
  const [run] = await readRuns(new Map([["report.json", new Blob([secret])]]), { captionsOf: "all" });
  assert.equal(run.screenshots[1].caption, "When I type ••• as my password");
});

test("Cucumber, JSON of Java and Ruby: a background and hooks beside the steps belong to the scenario", async () => {
  const [feature] = JSON.parse(Buffer.from(filesOf("cucumber-13.3.0").get("report.json")).toString());
  const [before, given, ...steps] = feature.elements[1].steps;
  const after = steps.pop();
  const elements = [
    { keyword: "Background", type: "background", name: "", steps: [given] },
    {
      ...feature.elements[1],
      before: [before],
      steps: steps.map(({ embeddings = [], ...step }) => ({
        ...step,
        after: [{ result: { status: "passed" }, embeddings }],
      })),
      after: [after],
      start_timestamp: "2026-11-30T07:00:00.000Z",
    },
  ];
  const [run] = await readRuns(new Map([["report.json", new Blob([JSON.stringify([{ ...feature, elements }])])]]));
  assert.deepEqual(await factsOf(run), ["Uses a coupon", "failed", "0111", "2"]);
  assert.equal(run.startedAtMs, Date.UTC(2026, 10, 30, 7));
  assert.equal(run.screenshots[1].caption, 'When I type "Pear" into "Fruit"');
});

test("Behave: scenarios are runs, and the background that it lists once is none", async () => {
  const runs = await readRuns(filesOf("behave-1.3.3"));
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Orders an apple", "passed", "0123", ""],
    ["Uses a coupon", "failed", "011", "2"],
    ["Orders at the second try", "failed", "022", "2"],
    ["Orders a plum -- @1.1", "passed", "013", ""],
    ["Orders a kiwi -- @1.2", "passed", "013", ""],
  ]);
  assert.equal(runs[0].tool.name, "Behave");
});

for (const [what, pattern] of [
  ["JSON", /json$|shots/],
  ["the page", /html$|shots/],
  ["both", /./],
]) {
  test(`Mochawesome, ${what}: the pictures in the context of a test are its run`, async () => {
    const runs = await readRuns(only(filesOf("mochawesome-8.1.1"), pattern));
    assert.deepEqual(await Promise.all(runs.map(factsOf)), [
      ["Stall › orders an apple", "passed", "0123", ""],
      ["Stall › with a coupon › applies it", "failed", "011", "2"],
      ["Stall › with a coupon › keeps files", "passed", "123", ""],
      ["Stall › with a coupon › is flaky", "passed", "03", ""],
      ["Stall › with a coupon › is skipped", "skipped", "", ""],
    ]);
    assert.deepEqual(runs[0].tool, { name: "Mochawesome", version: "8.1.1" });
    assert.equal(runs[1].error, "TimeoutError: page.click: Timeout 500ms exceeded.");
    assert.deepEqual(
      runs[0].screenshots.map(({ caption }) => caption),
      ["Open the stall", "Type the fruit", "Add it", "Check out"],
    );
  });
}

test("Mochawesome: pictures of a failed test that are not told to show the failure are a warning", async () => {
  const text = Buffer.from(filesOf("mochawesome-8.1.1").get("mochawesome.json")).toString();
  const report = text.replace('\\"title\\": \\"failure\\"', '\\"title\\": \\"the end\\"');
  assert.notEqual(report, text);
  const runs = await readRuns(new Map([["mochawesome.json", new Blob([report])]]));
  assert.deepEqual(
    runs[1].warnings.map(({ code }) => code),
    ["FAILURE_NOT_SHOWN"],
  );
});
