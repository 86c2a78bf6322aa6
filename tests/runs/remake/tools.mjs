// Tools that make records anew, each of the page stall.html: how one is made, and what is right to be read of it.
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "../../../scripts/lib/browsers.mjs";
import { ROOT } from "../../../scripts/lib/process.mjs";
import { installNpm, installPython, runTool } from "./install.mjs";

const STALL = pathToFileURL(join(ROOT, "tests/runs/remake/stall.html")).href;
const CHROMIUM = findBrowser("chromium");
const ARGS = ["--no-sandbox", "--disable-dev-shm-usage"];
/** Without waits a busy machine paints two states as one. */
const WAIT = "await new Promise((done) => setTimeout(done, 600));";
const LAUNCH = `{ executablePath: ${JSON.stringify(CHROMIUM)}, args: ${JSON.stringify(ARGS)} }`;

const ORDER = [/^Go to /, /^Fill 'Fruit'$/, /^Click 'Add'$/, /^Click 'Checkout'$/];

const PLAYWRIGHT = `import { chromium } from "playwright-core";
const browser = await chromium.launch(${LAUNCH});
const context = await browser.newContext();
await context.tracing.start({ screenshots: true, snapshots: true });
const page = await context.newPage();
await page.goto(${JSON.stringify(STALL)}); ${WAIT}
await page.getByPlaceholder("Fruit").fill("Apple"); ${WAIT}
await page.getByRole("button", { name: "Add" }).click(); ${WAIT}
await page.getByRole("button", { name: "Checkout" }).click(); ${WAIT}
await context.tracing.stop({ path: "trace.zip" });
await browser.close();
`;

const TEST_CONFIG = `export default {
  testDir: ".", workers: 1, outputDir: "test-results",
  use: { trace: "on", launchOptions: ${LAUNCH} },
  reporter: [["task-gif/playwright"], ["json", { outputFile: "report.json" }], ["html", { open: "never" }]],
};
`;

const TEST = `import { expect, test } from "@playwright/test";
const wait = async () => { ${WAIT} };
test("orders an apple", async ({ page }, info) => {
  const keep = async (name) => info.attach(name, { body: await page.screenshot(), contentType: "image/png" });
  await page.goto(${JSON.stringify(STALL)}); await wait(); await keep("stall");
  await page.getByPlaceholder("Fruit").fill("Apple"); await wait(); await keep("typed");
  await page.getByRole("button", { name: "Add" }).click(); await wait(); await keep("added");
  await page.getByRole("button", { name: "Checkout" }).click(); await wait(); await keep("ordered");
  await expect(page.getByText("Thank you")).toBeVisible({ timeout: 500 });
});
`;

const PUPPETEER = `import puppeteer from "puppeteer-core";
const browser = await puppeteer.launch(${LAUNCH});
const page = await browser.newPage();
await page.tracing.start({ path: "trace.json", screenshots: true });
await page.goto(${JSON.stringify(STALL)}); ${WAIT}
await page.type("#fruit", "A"); ${WAIT}
await page.click("#add"); ${WAIT}
await page.click("#checkout"); ${WAIT}
await page.tracing.stop();
await browser.close();
`;

const ALLURE = `import subprocess, allure

def keep(name, state):
    command = [${JSON.stringify(CHROMIUM)}, "--headless", "--screenshot=shot.png", "--window-size=640,360", *${JSON.stringify(ARGS)}]
    subprocess.run([*command, f"${STALL}#{state}"], check=True, capture_output=True)
    with open("shot.png", "rb") as file:
        allure.attach(file.read(), name, allure.attachment_type.PNG)

def test_orders_an_apple():
    with allure.step("Open the stall"):
        keep("stall", 0)
    with allure.step("Type the fruit"):
        keep("typed", 1)
    with allure.step("Add it"):
        keep("added", 2)
    with allure.step("Check out"):
        keep("ordered", 3)
        assert 1 == 2
`;

/**
 * By the name of the package: the version that is known to be read right, and what makes its records in a folder. Each
 * record has a path, the states that its pictures show (neighbors that are the same count once), whether the run failed,
 * what its captions say, how many clicks it has at least, and the codes of its warnings.
 */
export const TOOLS = {
  "playwright-core": {
    version: "1.65.1",
    make(folder, version) {
      installNpm(folder, [`playwright-core@${version}`]);
      writeFileSync(join(folder, "make.mjs"), PLAYWRIGHT);
      const log = runTool(process.execPath, ["make.mjs"], folder);
      return { log, records: [{ path: "trace.zip", states: "0123", captions: ORDER, clicks: 2 }] };
    },
  },
  "@playwright/test": {
    version: "1.65.1",
    make(folder, version) {
      installNpm(folder, [`@playwright/test@${version}`]);
      symlinkSync(ROOT, join(folder, "node_modules/task-gif"), "dir");
      writeFileSync(join(folder, "playwright.config.ts"), TEST_CONFIG);
      writeFileSync(join(folder, "stall.spec.ts"), TEST);
      const log = runTool(process.execPath, ["node_modules/@playwright/test/cli.js", "test"], folder);
      const run = { states: "0123", failed: true };
      return {
        log,
        records: [
          { ...run, path: "report.json" },
          { ...run, path: "playwright-report" },
          { ...run, path: "test-results/stall-orders-an-apple/trace.zip" },
        ],
        gif: "test-results/stall-orders-an-apple/replay.gif",
      };
    },
  },
  "puppeteer-core": {
    version: "25.16.0",
    make(folder, version) {
      installNpm(folder, [`puppeteer-core@${version}`]);
      writeFileSync(join(folder, "make.mjs"), PUPPETEER);
      const log = runTool(process.execPath, ["make.mjs"], folder);
      return { log, records: [{ path: "trace.json", states: "0123", warnings: ["TIMES_RELATIVE"] }] };
    },
  },
  "allure-pytest": {
    version: "2.16.2",
    make(folder, version) {
      const python = installPython(folder, [`allure-pytest==${version}`]);
      writeFileSync(join(folder, "test_stall.py"), ALLURE);
      const log = runTool(python, ["-m", "pytest", "--alluredir", "allure-results", "test_stall.py"], folder);
      const captions = [/Open the stall/, /Type the fruit/, /Add it/, /Check out/];
      return { log, records: [{ path: "allure-results", states: "0123", failed: true, captions }] };
    },
  },
};
