// Records of test reports and agents' folders, as the real tools write them: frames, captions, failures, times.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRuns } from "task-gif/runs";
import { filesOf, fixture } from "./support/fixtures.mjs";
import { statesOf } from "./support/page-state.mjs";

/** Runs of each record: name, status, states that its frames show, captions, indices of failed frames. */
const RECORDS = {
  "allure-pytest-2.16.2": [
    ["test_order[chromium]", "passed", "0123", ["Open the order page", "Type the fruit", "Add it", "Check out"], []],
    ["test_coupon[chromium]", "failed", "0", ["Open the order page"], []],
  ],
  "allure-pytest-2.9.45": [
    ["Order an apple", "passed", "01233", ["Open", "Type", "Fill and add", "final at test level", "teardown"], []],
    ["test_flaky", "failed", "00", ["Open", "teardown"], [1]],
    ["test_flaky (retry 1)", "passed", "00", ["Open", "teardown"], []],
    ["test_assert", "failed", "00", ["before assert", "teardown"], [1]],
    ["test_skipped", "skipped", "", [], []],
    ["test_broken", "failed", "00", ["Open", "teardown"], [1]],
    ["test_param[Pear]", "passed", "11", ["typed Pear", "teardown"], []],
    ["test_param[Fig]", "passed", "11", ["typed Fig", "teardown"], []],
  ],
  "allure-playwright-2.15.1": [
    ["mixed", "failed", "0123", ["A start", "Type", "C added", "Checkout"], [3]],
    ["mixedfail", "failed", "0122", ["A start", "Type", "C added", "Coupon"], [3]],
    ["orders", "passed", "01233", ["Open", "Type the fruit", "added", "ordered", "Click locator('#checkout')"], []],
    ["coupon", "failed", "00", ["open", "Use a coupon"], [1]],
    ["not now", "skipped", "", [], []],
  ],
  "allure-playwright-3.0.9": [
    ["mixed", "passed", "01233", ["A start", "Type", "C added", "Checkout", "Checkout"], []],
    ["mixedfail", "failed", "0122", ["A start", "Type", "C added", "Coupon"], [3]],
    ["orders", "failed", "00", ["Open", "Type the fruit"], [1]],
    ["coupon", "failed", "00", ["open", "Use a coupon"], [1]],
    ["not now", "skipped", "", [], []],
  ],
  "allure-playwright-3.12.2": [
    ["mixed", "passed", "01233", ["A start", "Type", "C added", "Checkout", "Checkout"], []],
    ["mixedfail", "failed", "0122", ["A start", "Type", "C added", "Coupon"], [3]],
  ],
  "allure-wdio-9.32.0": [
    ["orders", "passed", "0123", [undefined, "Type", "Click", "Click"], []],
    ["coupon", "failed", "00", [undefined, undefined], []],
    ["later", "skipped", "", [], []],
  ],
  // Pictures are from before each step, so the first is there twice: nothing was done in step 0.
  "browsergym-0.14.3": [
    ["2026-11-29_19-04-00_scripted_on_openended_5", "stopped", "00012333", Array(8).fill(undefined), []],
  ],
  "codeceptjs-3.5.15": [
    ["uses a coupon", "failed", "011", ['I am on page "/"', 'I fill field "#fruit"', 'I click "Coupon"'], [2]],
    ['orders an "apple"', undefined, "012233", CODECEPT_STEPS(), []],
  ],
  // Slides and traces of the same tests: one run each, and the trace names pictures in the folders of the slides.
  "codeceptjs-4.2.0": [
    ['orders an "apple" <now>', "passed", "012233", CODECEPT_STEPS(), []],
    ["uses a coupon", "failed", "011", ['I am on page "/"', 'I fill field "#fruit"', 'I click "Coupon"'], [2]],
  ],
  "cua-agent-0.9.1": [["Order an apple", undefined, "00123", [undefined, "Click", "Type", "Click", "Click"], []]],
  "pytest-html-3.2.0": [
    ["test_shop.py::test_coupon", "failed", "00", [undefined, undefined], []],
    ["test_shop.py::test_flaky", "failed", "00", [undefined, undefined], []],
    ["test_shop.py::test_flaky (retry 1)", "passed", "0", [undefined], []],
    ["test_shop.py::test_skip", "skipped", "", [], []],
    ["test_shop.py::test_order", "passed", "0123", [undefined, undefined, undefined, undefined], []],
    ['test_shop.py::test_param[Pear "1"]', "passed", "1", [undefined], []],
    ["test_shop.py::test_param[<Fig>]", "passed", "1", [undefined], []],
  ],
  "pytest-html-4.1.1": PYTEST_HTML_4(),
  "pytest-html-4.2.0": PYTEST_HTML_4(),
  "robotframework-4.1.3": ROBOT_SELENIUM(),
  "robotframework-7.5": ROBOT_SELENIUM(),
  "robotframework-json-7.5": ROBOT_SELENIUM(),
  "robotframework-browser-20.6.0": [
    [
      "Orders An Apple",
      "passed",
      "0123",
      ["New Page http://127.0.0.1:8123/", "Fill Text id=fruit", "Click id=add", "Click id=checkout"],
      [],
    ],
    ["Uses A Coupon", "failed", "", [], []],
  ],
  "testcafe-3.7.6": [
    ["test-1, Chrome 156.0.0.0 on Debian 12 (2026-11-29 18-45-59)", undefined, "012", Array(3).fill(undefined), []],
    ["test-2, Chrome 156.0.0.0 on Debian 12 (2026-11-29 18-45-59)", "failed", "00", Array(2).fill(undefined), [1]],
    ["named", undefined, "3", [undefined], []],
  ],
  "testcafe-3.7.6-quarantine": [
    [
      "test-1, run-1, Chrome 156.0.0.0 on Debian 12 (2026-11-29 18-47-26)",
      undefined,
      "012",
      Array(3).fill(undefined),
      [],
    ],
    ["test-2, run-1, Chrome 156.0.0.0 on Debian 12 (2026-11-29 18-47-26)", undefined, "0", [undefined], []],
    ["named", undefined, "3", [undefined], []],
  ],
};

function CODECEPT_STEPS() {
  const field = 'I fill field "#fruit"';
  const looks = ['I see "Apple", "#list"', 'I click "Checkout"', 'I see "Thank you"'];
  return ['I am on page "/"', field, 'I click "Add"', ...looks];
}

function PYTEST_HTML_4() {
  return [
    ["test_shop.py::test_order", "passed", "0123", ["open", "typed", "added", undefined], []],
    ["test_shop.py::test_coupon", "failed", "00", ["open", "on failure"], [1]],
    // Version 4.1 writes the first try twice, 4.2 gives the second one the pictures of the first as well.
    ["test_shop.py::test_flaky", "failed", "00", ["open 1", "on failure"], [1]],
    ["test_shop.py::test_flaky (retry 1)", "passed", "0", ["open 2"], []],
    ["test_shop.py::test_skip::setup", "skipped", "", [], []],
    ['test_shop.py::test_param[Pear "1"]', "passed", "1", ['typed & Pear "1"'], []],
    ["test_shop.py::test_param[<Fig>]", "passed", "1", ["typed & <Fig>"], []],
  ];
}

function ROBOT_SELENIUM() {
  const open = "Opening url 'http://127.0.0.1:8899/'";
  return [
    ["Orders An Apple", "passed", "0123", [open, "Input Text fruit", "Click Button add", "Click Button checkout"], []],
    ["Uses A Coupon", "failed", "000", [open, "Click Button coupon", "Click Button coupon"], [1, 2]],
    ["Loops & Co", "passed", "11", ["Input Text fruit", "Click Button nothing"], [1]],
    ["Skips", "skipped", "", [], []],
    ["Password", "passed", "1", ["Input Password fruit"], []],
  ];
}

for (const [name, expected] of Object.entries(RECORDS)) {
  test(`${name} is read right, from files and from its folder`, async () => {
    const runs = await readRuns(filesOf(name));
    assert.deepEqual(await Promise.all(runs.map(summaryOf)), expected);
    const fromFolder = await readRuns(fixture(name));
    assert.deepEqual(
      fromFolder.map(({ name }) => name),
      runs.map(({ name }) => name),
    );
    for (const { screenshots, warnings } of runs) {
      assert.ok(!warnings.some(({ code }) => code === "PICTURE_MISSING"));
      const times = screenshots.map(({ timestampMs }) => timestampMs);
      assert.deepEqual(times, [...times].sort());
    }
  });
}

async function summaryOf(run) {
  const captions = run.screenshots.map(({ caption }) => caption);
  const failed = run.screenshots.flatMap(({ failed }, i) => (failed ? [i] : []));
  return [run.name, run.status, await statesOf(run), captions, failed];
}

test("times are those of the record: of a step's end in Allure, of the message in Robot Framework", async () => {
  const [allure] = await readRuns(filesOf("allure-pytest-2.16.2"));
  assert.deepEqual(
    allure.screenshots.map(({ timestampMs }) => timestampMs),
    [1795968746080, 1795968746404, 1795968747277, 1795968748077],
  );
  const [robot] = await readRuns(filesOf("robotframework-browser-20.6.0"));
  assert.equal(robot.screenshots[0].timestampMs, Date.UTC(2026, 10, 29, 16, 21, 32, 161));
  assert.equal(robot.startedAtMs, Date.UTC(2026, 10, 29, 16, 21, 30, 167));
  const [old] = await readRuns(filesOf("robotframework-4.1.3"));
  assert.equal(old.screenshots[0].timestampMs, Date.UTC(2026, 10, 29, 18, 37, 33, 854));
  const [cua] = await readRuns(filesOf("cua-agent-0.9.1"));
  assert.equal(new Date(cua.startedAtMs).getUTCFullYear(), 2026);
});

test("errors are plain text of one run, and only of one that failed", async () => {
  const errorsOf = async (name) => (await readRuns(filesOf(name))).map(({ error }) => error?.split("\n")[0]);
  assert.deepEqual(await errorsOf("allure-pytest-2.16.2"), [
    undefined,
    "playwright._impl._errors.TimeoutError: Locator.click: Timeout 1500ms exceeded.",
  ]);
  assert.equal((await errorsOf("robotframework-7.5"))[1], "Button with locator 'coupon' not found.");
  assert.match((await errorsOf("pytest-html-3.2.0"))[0], /^selenium.common.exceptions.NoSuchElementException: /);
  assert.match((await errorsOf("pytest-html-4.2.0"))[1], /^selenium.common.exceptions.NoSuchElementException: /);
});

test("what was typed is in no caption unless captions show all, and secrets in none", async () => {
  const captionsOf = async (name, captionsOf) =>
    (await readRuns(filesOf(name), { captionsOf })).flatMap(({ screenshots }) =>
      screenshots.map(({ caption }) => caption),
    );
  for (const name of ["robotframework-browser-20.6.0", "codeceptjs-4.2.0", "cua-agent-0.9.1", "robotframework-7.5"]) {
    const titles = await captionsOf(name, "titles");
    assert.ok(!titles.some((caption) => /(?:fill|input|type) .*(?:Apple|s3cr3t)/i.test(caption)), name);
    assert.ok(!(await captionsOf(name, "all")).some((caption) => /s3cr3t/.test(caption)), name);
  }
  assert.ok((await captionsOf("robotframework-browser-20.6.0", "all")).includes("Fill Text id=fruit Apple"));
  assert.ok((await captionsOf("codeceptjs-4.2.0", "all")).includes('I fill field "#fruit", "Apple"'));
  assert.ok((await captionsOf("robotframework-7.5", "all")).includes("Input Password fruit •••"));
});

test("clicks of cua-agent are marked on the plain picture, not on the tool's own marked double", async () => {
  const files = filesOf("cua-agent-0.9.1");
  const [run] = await readRuns(files);
  assert.deepEqual(run.screenshots[1].click, { left: 100, top: 110 });
  const plain = [...files].filter(([path]) => path.endsWith("_screenshot_after.png")).map(([, bytes]) => bytes.length);
  const sizes = await Promise.all(run.screenshots.map(async ({ image }) => (await image()).size));
  assert.deepEqual(sizes.toSorted(), plain.toSorted());
});

for (const version of ["2.46.1", "3.18.0"]) {
  for (const adapter of ["wdio-9.32.0", "playwright-3.12.2"]) {
    test(`a site that Allure ${version} generated has the runs of the results it was made of, ${adapter}`, async () => {
      const told = async (name) => {
        const runs = await readRuns(filesOf(name));
        return Promise.all(
          runs.map(async (run) => {
            const { name, status, error, startedAtMs, tool, screenshots } = run;
            const facts = screenshots.map(({ caption, failed, number }) => ({ caption, failed, number }));
            const lines = error?.split("\n")[0];
            return { name, status, error: lines, startedAtMs, tool, facts, states: await statesOf(run) };
          }),
        );
      };
      assert.deepEqual(await told(`allure-report-${version}/${adapter}`), await told(`allure-${adapter}`));
    });
  }
}

test("a record with an empty list called history is not one of browser-use", async () => {
  const files = new Map([["record.json", new Blob(['{"id":"a","name":"b","history":[]}'])]]);
  await assert.rejects(readRuns(files), { code: "UNKNOWN_RECORD" });
  const [run] = await readRuns(new Map([["history.json", new Blob(['{"history":[]}'])]]));
  assert.equal(run.tool.name, "browser-use");
});

test("a step with attachments and steps of its own: the files' times say which came first, or a warning does", async () => {
  const files = filesOf("allure-pytest-2.16.2");
  const [path] = [...files.keys()].filter((path) => path.endsWith("-result.json"));
  const result = JSON.parse(Buffer.from(files.get(path)).toString());
  const [first] = result.steps[0].attachments;
  result.steps[0].attachments = [];
  result.attachments = [first];
  files.set(path, Buffer.from(JSON.stringify(result)));
  const filed = (timeOf) =>
    [...files].map(([path, bytes]) => new File([bytes], path, { lastModified: timeOf(path) ?? result.start }));
  const guessed = (await readRuns(filed(() => 0))).find(({ name }) => name === result.name);
  assert.deepEqual(await statesOf(guessed), "1230");
  assert.deepEqual(
    guessed.warnings.map(({ code }) => code),
    ["ORDER_GUESSED"],
  );
  const known = (await readRuns(filed(() => result.start + 1))).find(({ name }) => name === result.name);
  assert.deepEqual(await statesOf(known), "0123");
  assert.deepEqual(known.warnings, []);
});

test("a picture that is nowhere is left out, and a warning names it", async () => {
  const files = filesOf("robotframework-browser-20.6.0");
  files.delete("browser/screenshot/robotframework-browser-screenshot-1.jpeg");
  const [run] = await readRuns(files);
  assert.deepEqual([await statesOf(run), run.screenshots.map(({ number }) => number)], ["023", [1, 3, 4]]);
  const [{ code, message }] = run.warnings;
  assert.equal(code, "PICTURE_MISSING");
  assert.match(message, /robotframework-browser-screenshot-1\.jpeg/);
  const resolved = await readRuns(files, {
    resolve: () => new Blob([filesOf("testcafe-3.7.6").values().next().value]),
  });
  assert.equal(resolved[0].screenshots.length, 4);
});

test("an output.xml that ends in the middle gives what came before, with a warning", async () => {
  const files = filesOf("robotframework-7.5");
  const text = Buffer.from(files.get("output.xml")).toString();
  const end = text.indexOf("custom/added-1.png");
  files.set("output.xml", Buffer.from(text.slice(0, end)));
  const runs = await readRuns(files);
  const run = runs.at(-1);
  assert.deepEqual([await statesOf(run), run.status, run.warnings.at(-1).code], ["01", undefined, "RECORD_DAMAGED"]);
});

test("entities that a DTD declares are not expanded", async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE robot [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
    <robot generator="Robot 7.5 (x)"><suite name="s"><test name="&b;"><status status="PASS"/></test></suite></robot>`;
  const runs = await readRuns(new Map([["output.xml", Buffer.from(bomb)]]));
  assert.ok(runs.every(({ name }) => !name.includes("aa")));
});

test("XML that is nested deeper than the limit is refused", async () => {
  const deep = `<robot generator="Robot 7.5 (x)"><suite name="s"><test name="t">${"<kw name='k'>".repeat(600)}`;
  await assert.rejects(readRuns(new Map([["output.xml", Buffer.from(deep)]])), { code: "LIMIT_EXCEEDED" });
});

test("a failed test of CodeceptJS ends with the picture that screenshotOnFail kept, where its slides have none", async () => {
  // As stepByStepReport of 3.6.10 writes it: the step that failed has no slide.
  const [picture] = [...filesOf("codeceptjs-3.5.15")].find(([path]) => path.endsWith(".failed.png")).slice(1);
  const page = `<html><head><title>Recorder Result</title></head><body><a class="navbar-brand">Stall<small>uses a coupon</small></a>
    <div class="item active"><img src="0000.png"><div class="carousel-caption "><h2>I fill field "#fruit"</h2></div></div></body></html>`;
  const [run, ...others] = await readRuns(
    new Map([
      ["output/record_1/index.html", new Blob([page])],
      ["output/record_1/0000.png", new Blob([picture])],
      ["output/uses_a_coupon.failed.png", new Blob([picture])],
      ["output/uses_another.failed.png", new Blob([picture])],
    ]),
  );
  assert.deepEqual([run.name, run.status, others.length], ["uses a coupon", "failed", 0]);
  assert.deepEqual(
    run.screenshots.map(({ failed }) => failed === true),
    [false, true],
  );
});

test("a report of Allure in a single file has the runs of the same report in many", async () => {
  const runs = await readRuns(filesOf("allure-single-file-3.18.0"));
  assert.deepEqual(await Promise.all(runs.map(async (run) => [run.name, run.status, await statesOf(run)])), [
    ["mixed", "passed", "01233"],
    ["mixedfail", "failed", "0122"],
  ]);
  assert.equal(runs[1].screenshots.at(-1).failed, true);
});
