// Reports and screenshots of test tools that keep their pictures in files beside: the runs in them, against what the tools
// did; and what is refused by its name.
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

const captionsOf = ({ screenshots }) => screenshots.map(({ caption }) => caption);
const codesOf = ({ warnings }) => warnings.map(({ code }) => code);
/** The facts of runs whose order is of no account. */
const sortedFacts = async (runs) =>
  (await Promise.all(runs.map(factsOf))).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
/** Some files of a record. */
const only = (files, isWanted) => new Map([...files].filter(([path]) => isWanted(path)));
/** A record whose text is changed. */
const withText = (files, path, change) =>
  new Map([...files, [path, new TextEncoder().encode(change(Buffer.from(files.get(path)).toString()))]]);

const SERENITY = filesOf("serenity-js-3.43.2");
const APPLE = [...SERENITY.keys()].find((path) => path.startsWith("scenario-orders"));
/** The states of the page in four pictures, by their number. */
const SHOTS = filesOf("vitest-4.1.12");
const shot = (state) => SHOTS.get(`__screenshots__/stall.test.js/Stall-orders-an-apple-${state + 1}.png`);

test("Serenity: the tries of a scenario are runs, and the order is that of the photos' times, not of their names", async () => {
  const runs = await readRuns(SERENITY);
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Stall › orders an apple", "passed", "0123", ""],
    ["Stall › uses a coupon", "failed", "001111", ""],
    ["Stall › uses a coupon (retry 1)", "failed", "011", ""],
  ]);
  assert.deepEqual(captionsOf(runs[0]), [
    'Ann navigates to "http://127.0.0.1:8123/stall.html"',
    "Ann enters text into fruit",
    "Ann clicks on add",
    "Ann clicks on checkout",
  ]);
  assert.equal(runs[1].error, "locator.scrollIntoViewIfNeeded: Test timeout of 30000ms exceeded.");
  assert.deepEqual(runs.map(codesOf), [[], ["FAILURE_NOT_SHOWN"], ["FAILURE_NOT_SHOWN"]]);
  assert.ok(runs[0].screenshots.every(({ timestampMs }) => timestampMs >= runs[0].startedAtMs));
  const [all] = await readRuns(SERENITY, { captionsOf: "all" });
  assert.equal(all.screenshots[1].caption, 'Ann enters "Apple" into fruit');
});

test("Serenity BDD: rows of an outline are examples, times name their zone, photos may have no times", async () => {
  const files = withText(SERENITY, APPLE, (text) => {
    const outcome = JSON.parse(text);
    const [row] = outcome.testSteps;
    const untimed = JSON.parse(JSON.stringify(row).replaceAll(/,?"timeStamp":\d+/g, ""));
    untimed.startTime = "2026-11-30T11:06:49.000+01:00[Europe/Berlin]";
    untimed.children[2].result = "FAILURE";
    untimed.children[2].exception = { errorType: "AssertionError", message: "no thanks" };
    untimed.result = "FAILURE";
    outcome.testSteps = [row, untimed];
    outcome.testSource = "Cucumber";
    outcome.dataTable = { headers: ["fruit"], rows: [{ values: ["Apple"] }, { values: ["Pear"] }] };
    return JSON.stringify(outcome);
  });
  const runs = await readRuns(only(files, (path) => path === APPLE || path.endsWith(".png")));
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Stall › orders an apple (example 1)", "passed", "0123", ""],
    ["Stall › orders an apple (example 2)", "failed", "0123", "3"],
  ]);
  assert.deepEqual(
    [runs[1].tool.name, runs[1].error, runs[1].startedAtMs],
    ["Serenity BDD", "no thanks", Date.UTC(2026, 10, 30, 10, 6, 49)],
  );
});

test("Nightwatch: a test's pictures are those that its commands saved, and last the one of its failure", async () => {
  const runs = await readRuns(filesOf("nightwatch-3.16.0"));
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Stall › orders an apple", "passed", "0123", ""],
    ["Stall › uses a coupon", "failed", "1", "0"],
    ["Stall › misses a button", "skipped", "", ""],
  ]);
  const opens = "Open http://127.0.0.1:8123/stall.html";
  assert.deepEqual(captionsOf(runs[0]), [opens, "Type into #fruit", "Click #add", "Click #checkout"]);
  assert.match(runs[1].error, /contains text 'Sold out' in 500ms/);
  const [all] = await readRuns(filesOf("nightwatch-3.16.0"), { captionsOf: "all" });
  assert.equal(all.screenshots[1].caption, "Type into #fruit Apple");
});

test("Nightwatch: a report without the folder of its screenshots says which are missing", async () => {
  const runs = await readRuns(only(filesOf("nightwatch-3.16.0"), (path) => path.endsWith(".json")));
  assert.deepEqual(runs.map(codesOf), [["PICTURE_MISSING"], ["PICTURE_MISSING"], ["NO_SCREENSHOTS"]]);
});

test("jest-html-reporters: what a test attached is its run", async () => {
  const runs = await readRuns(filesOf("jest-html-reporters-3.1.7"));
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Stall › orders an apple", "failed", "00", ""],
    ["Stall › uses a coupon", "failed", "0101", ""],
  ]);
  assert.deepEqual(captionsOf(runs[1]), ["open", "typed", "open", "typed"]);
  assert.equal(runs[1].error, "Error: No element found for selector: #coupon");
});

test("wdio-timeline-reporter: tests are told apart, and what may belong to the test before is said", async () => {
  const runs = await readRuns(filesOf("wdio-timeline-reporter-5.1.4"));
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Stall › orders an apple", "passed", "0123", ""],
    ["Stall › uses a coupon", "failed", "3111", ""],
    ["Stall › uses a coupon (retry 1)", "failed", "111", ""],
    ["Stall › is flaky", "failed", "111", ""],
    ["Stall › is flaky (retry 1)", "passed", "122", ""],
    ["Stall › is skipped", "skipped", "", ""],
  ]);
  assert.deepEqual(codesOf(runs[1]), ["MEANING_GUESSED", "FAILURE_NOT_SHOWN"]);
  assert.deepEqual(codesOf(runs[4]), []);
});

test("monocart-reporter: each try has the attachments of its number", async () => {
  const runs = await readRuns(filesOf("monocart-reporter-2.13.1"));
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["stall.spec.ts › Stall › orders an apple", "passed", "01233", ""],
    ["stall.spec.ts › Stall › uses a coupon", "failed", "011", "2"],
    ["stall.spec.ts › Stall › uses a coupon (retry 1)", "failed", "011", "2"],
  ]);
  assert.deepEqual(runs[0].tool, { name: "Playwright Test", version: "1.65.1" });
  assert.deepEqual(captionsOf(runs[0]), ["stall", "typed", "added", "ordered", "screenshot"]);
});

test("Vitest: screenshots of a file of tests are a run for each test", async () => {
  for (const files of [
    SHOTS,
    new Map([...SHOTS].map(([path, bytes]) => [path.replace(/^__screenshots__\//, ""), bytes])),
  ]) {
    const runs = await readRuns(files);
    assert.deepEqual(await Promise.all(runs.map(factsOf)), [
      ["stall.test.js › Stall-is-flaky", undefined, "0002", ""],
      ["stall.test.js › Stall-orders-an-apple", undefined, "0123", ""],
      ["stall.test.js › Stall-uses-a-coupon", undefined, "11", ""],
    ]);
    assert.ok(runs.every(({ tool, warnings }) => tool.name === "Vitest" && warnings.length === 0));
  }
});

test("Cypress: each try of a test is a run, its failure last, and what tests named is a run of their file", async () => {
  const files = new Map(
    [
      ["stall.cy.js/Stall -- uses a coupon (failed).png", 1],
      ["stall.cy.js/Stall -- uses a coupon.png", 0],
      ["stall.cy.js/Stall -- uses a coupon -- before each hook (failed) (attempt 2).png", 0],
      ["stall.cy.js/Stall -- orders an apple (1).png", 1],
      ["stall.cy.js/Stall -- orders an apple (2).png", 3],
      ["stall.cy.js/Stall -- orders an apple.png", 0],
      ["stall.cy.js/2-added.png", 2],
      ["stall.cy.js/10-ordered.png", 3],
    ].map(([path, state]) => [path, shot(state)]),
  );
  const expected = [
    [undefined, undefined, "23", ""],
    ["Stall › orders an apple", undefined, "013", ""],
    ["Stall › uses a coupon", "failed", "01", "1"],
    ["Stall › uses a coupon (retry 1)", "failed", "0", "0"],
  ];
  const inFolder = await readRuns(new Map([...files].map(([path, bytes]) => [`cypress/screenshots/${path}`, bytes])));
  assert.deepEqual(
    await sortedFacts(inFolder),
    expected.map(([name, ...facts]) => [name ? `stall.cy.js › ${name}` : "stall.cy.js", ...facts]),
  );
  assert.ok(inFolder.every(({ tool }) => tool.name === "Cypress"));
  const bare = await readRuns(new Map([...files].map(([path, bytes]) => [path.replace("stall.cy.js/", ""), bytes])));
  assert.deepEqual(await sortedFacts(bare), expected);
});

for (const [what, paths] of [
  ["the tests of BackstopJS", ["backstop_data/bitmaps_test/2026/a_Open_0_document_0_phone.png"]],
  ["one test of BackstopJS", ["a_Open_0_document_0_phone.png", "a_Added_0_document_1_phone.png", "report.json"]],
  ["the page of BackstopJS", ["a96f1459.png", "b815e28b.png", "divergedWorker.js"]],
  ["jest-image-snapshot", ["__image_snapshots__/stall-test-js-stall-1-snap.png"]],
  ["snapshots of jest, picked", ["stall-test-js-stall-1-snap.png", "stall-test-js-stall-2-snap.png"]],
  ["snapshots of Playwright", ["stall.spec.ts-snapshots/open-1.png"]],
  ["snapshots of Playwright, picked", ["open-1-chromium-linux.png", "added-1-chromium-linux.png"]],
  ["Loki", [".loki/reference/chrome_Stall.png", ".loki/current/chrome_Stall.png"]],
  ["a service of WebdriverIO", ["tests/baseline/desktop/a.png", "tests/actual/desktop/a.png"]],
  ["Testplane", ["html-report/icons/favicon.png", "html-report/images/4e380fa/chrome~current_1796035864340_1.png"]],
]) {
  test(`pictures of a visual comparison are no run: ${what}`, async () => {
    const files = new Map(paths.map((path) => [path, path.endsWith(".png") ? shot(0) : new Blob(["{}"])]));
    await assert.rejects(readRuns(files), { code: "UNKNOWN_RECORD", message: /visual comparison/ });
  });
}

for (const [name, text, expected] of [
  ["testng-results.xml", "<?xml version='1.0'?>\n<testng-results ignored='0' total='2'>", /of TestNG/],
  ["TestResult.xml", '<?xml version="1.0"?><test-run id="0" testcasecount="2">', /of NUnit/],
  [
    "run.trx",
    '<?xml version="1.0"?><TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">',
    /TRX/,
  ],
  ["report.json", '{"numTotalTestSuites":1,"success":false,"testResults":[{}]}', /Jest or Vitest/],
  ["report.json", '{"start":"a","capabilities":{"goog:chromeOptions":{}},"suites":[]}', /of WebdriverIO/],
  ["report.html", "<!doctype html><html><title>Multiple Cucumber HTML Reporter</title></html>", /give the JSON/],
  ["report.json", '{\n  "testSuite": "BackstopJS",\n  "tests": []}', /of BackstopJS/],
  ["report.html", "<!doctype html><html><head><title>Ortoni\n report</title></head></html>", /titled "Ortoni report"/],
  ["report.xml", "<?xml version='1.0'?><!-- <a> --><galen:report>", /root element "galen:report"/],
  ["report.json", '[{"suite":"a","cases":[]}]', /with the fields "suite", "cases"/],
]) {
  test(`a report that nothing is read of is told by its name or by what it says of itself: ${expected.source}`, async () => {
    await assert.rejects(readRuns(new Map([[name, new Blob([text])]])), { code: "UNKNOWN_RECORD", message: expected });
  });
}

test("allure-robotframework: the pictures that keywords log are in HTML, and the files elsewhere", async () => {
  const files = filesOf("allure-robotframework-2.16.2");
  const runs = await readRuns(files);
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Orders", "passed", "0123", ""],
    ["Coupon", "failed", "1", "0"],
  ]);
  assert.deepEqual(captionsOf(runs[0]).slice(1), [
    "SeleniumLibrary.Input Text",
    "SeleniumLibrary.Click Element",
    "SeleniumLibrary.Click Element",
  ]);
  const alone = await readRuns(only(files, (path) => path.startsWith("output/")));
  assert.deepEqual(alone.map(codesOf), [["PICTURE_MISSING"], ["PICTURE_MISSING"]]);
});

test("Detox: the folder of a try says how it ended, its own pictures stand around those of the test", async () => {
  const folder = "artifacts/ios.sim.release.2026-11-30 10-00-00Z";
  const files = new Map(
    [
      ["✗ Stall uses a coupon/testFnFailure.png", 2],
      ["✗ Stall uses a coupon/testDone.png", 2],
      ["✗ Stall uses a coupon/testStart.png", 0],
      ["✗ Stall uses a coupon/1-typed.png", 1],
      ["✗ Stall uses a coupon/DETOX_VISIBILITY_1__SCREEN.png", 3],
      ["✓ Stall uses a coupon (2)/10-ordered.png", 3],
      ["✓ Stall uses a coupon (2)/9-added.png", 2],
    ].map(([path, state]) => [`${folder}/${path}`, shot(state)]),
  );
  const runs = await readRuns(files);
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Stall uses a coupon", "failed", "0122", "2"],
    ["Stall uses a coupon (retry 1)", "passed", "23", ""],
  ]);
  assert.ok(runs.every(({ tool, warnings }) => tool.name === "Detox" && warnings.length === 0));
});

test("Maestro: flows that share a folder are told apart, and so is what a flow keeps in its own", async () => {
  const commands = (status, error) =>
    new Blob([
      JSON.stringify([
        { command: { launchAppCommand: {} }, metadata: { status: "COMPLETED", timestamp: 1796033211000 } },
        { command: { tapOnElement: {} }, metadata: { status, timestamp: 1796033212000, error } },
      ]),
    ]);
  const files = new Map([
    ["tests/commands-(a_b).json", commands("FAILED", { message: "Element not found: Coupon" })],
    ["tests/screenshot-❌-1796033212500-(a_b).png", shot(1)],
    ["tests/screenshot-⚠️-1796033211500-(a_b).png", shot(0)],
    ["tests/commands-(c).json", commands("COMPLETED")],
    ["tests/screenshot-✅-1796033212600-(c).png", shot(3)],
    ["new/login/artifacts/commands.json", commands("FAILED", { message: "no" })],
    ["new/login/artifacts/screenshot-❌-1796033212500.png", shot(2)],
    ["new/login/artifacts/takeScreenshot/1-open.png", shot(0)],
    ["new/login/artifacts/takeScreenshot/2-typed.png", shot(1)],
  ]);
  const runs = await readRuns(files);
  assert.deepEqual(
    (await Promise.all(runs.map(factsOf))).sort(([a], [b]) => (a < b ? -1 : 1)),
    [
      ["a_b", "failed", "01", "1"],
      ["c", "passed", "3", ""],
      ["login", "failed", "012", "2"],
    ],
  );
  assert.equal(runs.find(({ name }) => name === "a_b").error, "Element not found: Coupon");
});

test("WebdriverIO's Allure results: a query is no caption of what was done", async () => {
  const files = filesOf("allure-wdio-9.32.0");
  const isResult = (path) => path.endsWith("-result.json");
  assert.ok([...files].some(([path, bytes]) => isResult(path) && Buffer.from(bytes).includes('"elementClick"')));
  const queried = [...files.keys()].filter(isResult).reduce((all, path) => {
    return withText(all, path, (json) => json.replaceAll('"elementClick"', '"findElements"'));
  }, files);
  const captions = (await readRuns(queried)).flatMap(captionsOf);
  assert.ok(captions.length > 0 && !captions.includes("findElements") && !captions.includes("Click"));
});

test("Qase: each try is a run in the order of its beginning; steps caption their pictures, and the failed one is marked", async () => {
  const runs = await readRuns(filesOf("qase-pytest-9.0.0"));
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["test_stall › test_orders", "failed", "0123", "3"],
    ["test_stall › test_plain", "passed", "01", ""],
  ]);
  assert.deepEqual(runs.map(captionsOf), [
    ["Open the stall", "Type the fruit", "Add it", "Check out"],
    ["a", "b"],
  ]);
  assert.equal(runs[0].error, "AssertionError: assert 1 == 2");
  assert.ok(runs[0].screenshots.every(({ timestampMs }) => timestampMs >= runs[0].startedAtMs));
  assert.deepEqual(runs.map(codesOf), [[], []]);
});

test("Qase, of Playwright Test: pictures without an extension are read, and what Playwright took at the end shows the failure", async () => {
  const files = filesOf("playwright-qase-reporter-2.7.0");
  const runs = await readRuns(files);
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["stall.spec.ts › orders an apple", "failed", "01233", "4"],
    ["stall.spec.ts › orders an apple (retry 1)", "failed", "01233", "4"],
    ["stall.spec.ts › looks", "passed", "00", ""],
  ]);
  assert.deepEqual(captionsOf(runs[0]), ["stall", "typed", "added", "ordered", undefined]);
  assert.match(runs[0].error, /^Error: expect\(locator\)\.toBeVisible\(\) failed/);
  const [alone] = await readRuns(only(files, (path) => path.startsWith("results/")));
  assert.deepEqual(codesOf(alone), ["PICTURE_MISSING"]);
});

test("Qase: where a test and its steps have pictures, which came first is a guess", async () => {
  const path = [...filesOf("qase-pytest-9.0.0")].find(
    ([path, bytes]) => /^results/.test(path) && /test_orders/.test(Buffer.from(bytes)),
  )[0];
  const files = withText(filesOf("qase-pytest-9.0.0"), path, (text) => {
    const result = JSON.parse(text);
    result.attachments = result.steps.pop().execution.attachments;
    return JSON.stringify(result);
  });
  const run = (await readRuns(files)).find(({ name }) => /test_orders/.test(name));
  assert.deepEqual([await statesOf(run), codesOf(run)], ["0123", ["ORDER_GUESSED", "FAILURE_NOT_SHOWN"]]);
});

test("wdio-html-nice-reporter: each try is a run, its pictures in the order of its events, messages before them as captions", async () => {
  const files = filesOf("wdio-html-nice-reporter-8.1.7");
  const runs = await readRuns(files);
  assert.deepEqual(await Promise.all(runs.map(factsOf)), [
    ["Stall › orders an apple", "failed", "0123", ""],
    ["Stall › looks", "failed", "01", ""],
    ["Stall › looks (retry 1)", "passed", "01", ""],
  ]);
  assert.deepEqual(runs.map(codesOf), [["FAILURE_NOT_SHOWN"], ["FAILURE_NOT_SHOWN"], []]);
  assert.deepEqual(captionsOf(runs[2]), ["Look at the stall", undefined]);
  assert.equal(runs[1].error, "once more");
  const nested = withText(files, "report-0-0.json", (text) => {
    const report = JSON.parse(text);
    return JSON.stringify({
      ...report,
      suites: [{ ...report.suites[0], tests: [], suites: report.suites }, ...report.suites],
    });
  });
  assert.equal((await readRuns(nested)).length, 3);
});
