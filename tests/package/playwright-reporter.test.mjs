// The reporter for Playwright Test, in projects that have installed the packed tarball and the real test runner.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspectGif } from "task-gif/inspect";
import { readRuns } from "task-gif/runs";
import { unzip } from "unzipit";
import { statesOf } from "../runs/support/records.mjs";
import { statesOfGif } from "../runs/support/states-of-gif.mjs";
import { readBlocks } from "./blocks/read.mjs";
import { createProject } from "./matrix/project.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STALL = join(ROOT, "tests/runs/remake/stall.html");
const CLI = "node_modules/@playwright/test/cli.js";

/** Tests of one file; the browser is set here, so that the configuration stays as the template has it. */
const spec = (tests) => `import { expect, test } from "@playwright/test";
import { fileURLToPath, pathToFileURL } from "node:url";
const stall = ${JSON.stringify(`file://${STALL}`)};
test.use({ launchOptions: { executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium", args: ["--no-sandbox"] } });
${tests}
`;
/** Waits are no steps; without them a busy machine paints two states as one. */
const PAINT = "  await page.waitForTimeout(600);\n";
const ORDER = `
  await page.goto(stall);
${PAINT}  await page.getByPlaceholder("Fruit").fill("Apple");
${PAINT}  await page.getByRole("button", { name: "Add" }).click();
${PAINT}  await page.getByRole("button", { name: "Checkout" }).click();
${PAINT}`;

let project;

before(() => {
  project = createProject();
  for (const name of ["@playwright", "playwright", "playwright-core"]) {
    symlinkSync(join(ROOT, "node_modules", name), join(project.folder, "node_modules", name), "dir");
  }
});
after(() => project?.remove());

/** Another folder that sees what the project has installed. */
function folderOf(name, files) {
  const folder = join(project.folder, name);
  for (const [path, text] of Object.entries(files)) project.write(join(name, path), text);
  return folder;
}

/** Runs a program of Node; its exit code, and what it says. */
function run(folder, args, env = {}) {
  const variables = { ...process.env, CI: "", NODE_TEST_CONTEXT: undefined, FORCE_COLOR: "0", ...env };
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: folder, env: variables, encoding: "utf8" }, (error, stdout, stderr) =>
      done({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

const runTests = (folder, args = [], env = {}) => run(folder, [join(project.folder, CLI), "test", ...args], env);

/** The results of an HTML report, by the title of their test. */
async function resultsOf(folder) {
  const html = readFileSync(join(folder, "playwright-report/index.html"), "utf8");
  const [, base64] = /id="playwrightReportBase64">data:application\/zip;base64,([^<]+)</.exec(html);
  const { entries } = await unzip(new Uint8Array(Buffer.from(base64, "base64")));
  const results = new Map();
  for (const [name, entry] of Object.entries(entries)) {
    if (name === "report.json") continue;
    for (const { title, results: tries } of (await entry.json()).tests) results.set(title, tries);
  }
  return results;
}

/** The replay that a result of a report has, as bytes. */
function replayOf(folder, { attachments }) {
  const replays = attachments.filter(({ name }) => name === "replay");
  assert.equal(replays.length, 1);
  assert.equal(replays[0].contentType, "image/gif");
  return readFileSync(join(folder, "playwright-report", replays[0].path));
}

const hasReplay = ({ attachments }) => attachments.some(({ name }) => name === "replay");

/** What create-playwright writes; it would ask the registry for the test runner, which is here already. */
async function createFromTemplate(name) {
  const folder = folderOf(name, { "package.json": JSON.stringify({ name: "shop", private: true }) });
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const program of ["npm", "npx"]) writeFileSync(join(bin, program), "#!/bin/sh\n", { mode: 0o755 });
  const create = join(ROOT, "node_modules/create-playwright/index.js");
  const args = [create, "--quiet", "--no-browsers", "--browser", "chromium"];
  const { code, stderr } = await run(folder, args, {
    PATH: `${bin}:${process.env.PATH}`,
    npm_config_user_agent: "npm/10",
  });
  assert.equal(code, 0, stderr);
  return folder;
}

test("a project made from Playwright's own template has a GIF in its HTML report after one line is added", async () => {
  const folder = await createFromTemplate("template");
  const path = join(folder, "playwright.config.ts");
  const config = readFileSync(path, "utf8");
  const line = `  reporter: [["task-gif/playwright"], ["html"]],`;
  assert.match(config, /^ {2}reporter: 'html',$/m);
  writeFileSync(path, config.replace(/^ {2}reporter: 'html',$/m, line));
  rmSync(join(folder, "tests/example.spec.ts"));
  const failing = `test("orders an apple", async ({ page }) => {${ORDER}
    await expect(page.getByText("Thank you")).toBeVisible({ timeout: 500 });
  });`;
  writeFileSync(join(folder, "tests/stall.spec.ts"), spec(failing));
  const { code, stdout, stderr } = await runTests(folder, [], { CI: "1" });
  assert.equal(code, 1, stdout);
  assert.match(stdout, /1 failed/);
  // No package for captions is installed here; that is said once, and what to do.
  const said = stderr.split("\n").filter((it) => it.startsWith("task-gif: "));
  assert.equal(said.length, 1, stderr);
  assert.match(said[0], /npm install @napi-rs\/canvas/);
  const tries = (await resultsOf(folder)).get("orders an apple");
  // The template records a trace on the first retry alone.
  assert.deepEqual(tries.map(hasReplay), [false, true, false]);
  const gif = replayOf(folder, tries[1]);
  assert.equal(await statesOfGif(gif), "0123");
  const own = "test-results/stall-orders-an-apple-chromium-retry1";
  assert.deepEqual(readFileSync(join(folder, own, "replay.gif")), gif);
  // The GIF is no screenshot of the run, and does not hide its trace.
  for (const record of ["playwright-report", "test-results"]) {
    const runs = await readRuns(join(folder, record));
    const recorded = runs.filter(({ screenshots }) => screenshots.length > 0);
    assert.equal(recorded.length, 1, record);
    assert.equal(await statesOf(recorded[0]), "01233", record);
    assert.match(recorded[0].name, /retry 1/);
  }
});

test("captions tell which step failed and why, whatever a result has", async () => {
  const canvas = join(project.folder, "node_modules/@napi-rs");
  symlinkSync(join(ROOT, "node_modules/@napi-rs"), canvas, "dir");
  const folder = folderOf("captions", {
    "package.json": JSON.stringify({ type: "commonjs" }),
    "playwright.config.js": `const { defineConfig } = require("@playwright/test");
module.exports = defineConfig({
  testDir: "tests", workers: 1, use: { trace: "on" },
  reporter: [["task-gif/playwright", { when: "always", gif: { embedSteps: true } }], ["html", { open: "never" }]],
});`,
    "tests/stall.spec.ts": spec(`
test("a click fails", async ({ page }) => {${ORDER}
  await page.getByRole("button", { name: "Pay" }).click({ timeout: 500 });
});
test("a value is wrong", async ({ page }) => {${ORDER}  expect(await page.title()).toBe("Shop"); });
test("passes", async ({ page }) => {${ORDER}});
test("has no page", async () => { expect(1).toBe(2); });
`),
    "tests/attached.spec.ts": spec(`
test.use({ trace: "off" });
test("attaches its own", async ({ page }, info) => {
  await page.goto(stall);
  await test.step("Open the stall", async () => {
    await info.attach("stall", { body: await page.screenshot(), contentType: "image/png" });
  });
  await page.click("#add");
  await page.screenshot({ path: info.outputPath("deep/added.png") });
  await info.attach("added", { path: info.outputPath("deep/added.png"), contentType: "image/png" });
  expect(1).toBe(2);
});
test("attaches what is no trace", async ({}, info) => {
  await info.attach("trace", { body: "no trace", contentType: "application/zip" });
  require("node:fs").writeFileSync(info.outputPath("broken.zip"), "PK\\u0003\\u0004 broken");
  await info.attach("trace", { path: info.outputPath("broken.zip"), contentType: "application/zip" });
});
test("records nothing", async ({ page }) => { await page.goto(stall); });
`),
  });
  const { stdout, stderr, code } = await runTests(folder);
  assert.equal(code, 1, stdout);
  assert.match(stdout, /4 failed/);
  assert.match(stdout, /3 passed/);
  const results = await resultsOf(folder);
  const captions = async (title) => {
    const { steps } = await inspectGif(replayOf(folder, results.get(title)[0]));
    return steps.map(({ caption }) => caption);
  };
  const order = [`Go to file://${STALL}`, "Fill 'Fruit'", "Click 'Add'", "Click 'Checkout'"];
  assert.deepEqual(await captions("a click fails"), [
    ...order,
    "Failed: Click 'Pay'. TimeoutError: locator.click: Timeout 500ms exceeded.",
  ]);
  assert.deepEqual(await captions("a value is wrong"), [
    ...order.slice(0, 3),
    "Click 'Checkout': then the test failed. Error: expect(received).toBe(expected) // Object.is equality",
  ]);
  assert.deepEqual(await captions("passes"), order);
  assert.deepEqual(await captions("attaches its own"), [
    "Open the stall: stall",
    "added: then the test failed. Error: expect(received).toBe(expected) // Object.is equality",
  ]);
  assert.equal(hasReplay(results.get("has no page")[0]), false);
  const said = stderr.split("\n").filter((line) => line.startsWith("task-gif: "));
  assert.equal(said.length, 2, stderr);
  assert.match(said[0], /no GIF for "attached\.spec\.ts › attaches what is no trace": UNREADABLE: /);
  assert.match(said[1], /1 test has no GIF, since there is neither a trace nor a screenshot .*retain-on-failure/);
  rmSync(canvas);
});

test("with when: retry, each try after the first has a GIF, and wrong options end the run before the first test", async () => {
  const config = (options) => `import { defineConfig } from "@playwright/test";
export default defineConfig({ testDir: "tests", retries: 1, use: { trace: "on" },
  reporter: [["task-gif/playwright", ${options}], ["html", { open: "never" }]] });`;
  const folder = folderOf("retry", {
    "package.json": JSON.stringify({ type: "module" }),
    "playwright.config.ts": config(`{ when: "retry", gif: { captions: false } }`),
    "recipe.config.ts": readBlocks().get("recipes.md 1").code,
    "wrong.config.ts": config(`{ when: "sometimes" }`),
    "tests/stall.spec.ts": spec(`
test("is flaky", async ({ page }, { retry }) => {${ORDER} expect(retry).toBe(1); });
test("passes", async ({ page }) => { await page.goto(stall); });
`),
  });
  const { code, stderr } = await runTests(folder);
  assert.equal(code, 0);
  assert.doesNotMatch(stderr, /task-gif: /);
  const results = await resultsOf(folder);
  assert.deepEqual(results.get("is flaky").map(hasReplay), [false, true]);
  assert.deepEqual(results.get("passes").map(hasReplay), [false]);

  // The configuration of the guide: the first try of the flaky test is its only one.
  const recipe = await runTests(folder, ["-c", "recipe.config.ts"]);
  assert.equal(recipe.code, 1, recipe.stdout);
  assert.deepEqual((await resultsOf(folder)).get("is flaky").map(hasReplay), [true]);

  const wrong = await runTests(folder, ["-c", "wrong.config.ts"]);
  assert.notEqual(wrong.code, 0);
  assert.match(
    wrong.stdout + wrong.stderr,
    /options\.when: expected "failed" or "retry" or "always", found "sometimes"/,
  );
  assert.doesNotMatch(wrong.stdout, /passed/);
});
