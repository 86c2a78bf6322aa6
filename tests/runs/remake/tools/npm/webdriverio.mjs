// WebdriverIO with its reporter for Allure: a screenshot after each command.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findBrowser } from "../../../../../scripts/lib/browsers.mjs";
import { installNpm, runTool } from "../../install.mjs";
import { CHROMIUM, CHROMIUM_ARGS, STALL } from "../../stall.mjs";

const ARGS = ["--headless=new", "--window-size=640,480", ...CHROMIUM_ARGS];
const CONFIG = `export const config = {
  runner: "local", specs: ["./stall.test.mjs"], maxInstances: 1, logLevel: "error", framework: "mocha",
  capabilities: [{
    browserName: "chrome",
    "goog:chromeOptions": { binary: ${JSON.stringify(CHROMIUM)}, args: ${JSON.stringify(ARGS)} },
    "wdio:chromedriverOptions": { binary: ${JSON.stringify(findBrowser("chromedriver"))} },
  }],
  reporters: [["allure", { outputDir: "allure-results", disableWebdriverStepsReporting: false }]],
};
`;
const TEST = `describe("Stall", () => {
  it("orders an apple", async () => {
    await browser.url(${JSON.stringify(STALL)});
    await browser.takeScreenshot();
    await $("#fruit").setValue("Apple");
    await browser.takeScreenshot();
    await $("#add").click();
    await browser.takeScreenshot();
    await $("#checkout").click();
    await browser.takeScreenshot();
    throw new Error("no thanks");
  });
});
`;

export const webdriverio = {
  version: "9.32.0",
  make(folder, version) {
    const parts = ["cli", "local-runner", "mocha-framework", "allure-reporter"].map(
      (name) => `@wdio/${name}@${version}`,
    );
    installNpm(folder, [`webdriverio@${version}`, ...parts]);
    writeFileSync(join(folder, "wdio.conf.mjs"), CONFIG);
    writeFileSync(join(folder, "stall.test.mjs"), TEST);
    const log = runTool(process.execPath, ["node_modules/@wdio/cli/bin/wdio.js", "run", "wdio.conf.mjs"], folder);
    return {
      log,
      records: [{ path: "allure-results", states: "0123", failed: true, warnings: ["FAILURE_NOT_SHOWN"] }],
    };
  },
};
