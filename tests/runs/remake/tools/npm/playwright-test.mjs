// Playwright Test: its JSON and HTML reports, the trace of a test, and the GIF that task-gif/playwright makes of it.
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../../../scripts/lib/process.mjs";
import { installNpm, runTool } from "../../install.mjs";
import { LAUNCH, STALL, WAIT } from "../../stall.mjs";

const CONFIG = `export default {
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

export const playwrightTest = {
  version: "1.65.1",
  make(folder, version) {
    installNpm(folder, [`@playwright/test@${version}`]);
    symlinkSync(ROOT, join(folder, "node_modules/task-gif"), "dir");
    writeFileSync(join(folder, "playwright.config.ts"), CONFIG);
    writeFileSync(join(folder, "stall.spec.ts"), TEST);
    const log = runTool(process.execPath, ["node_modules/@playwright/test/cli.js", "test"], folder);
    const run = { states: "0123", failed: true };
    const records = ["report.json", "playwright-report", "test-results/stall-orders-an-apple/trace.zip"];
    return {
      log,
      records: records.map((path) => ({ ...run, path })),
      gif: "test-results/stall-orders-an-apple/replay.gif",
    };
  },
};
