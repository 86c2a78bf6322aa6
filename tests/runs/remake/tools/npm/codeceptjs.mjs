// CodeceptJS: the plugin aiTrace, which writes a trace of each test with a screenshot of each step.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNpm, runTool } from "../../install.mjs";
import { LAUNCH, STALL } from "../../stall.mjs";

const CONFIG = `export const config = {
  name: "stall", tests: "./stall_test.js", output: "./output",
  helpers: { Playwright: { url: ${JSON.stringify(STALL)}, browser: "chromium", show: false, chromium: ${LAUNCH} } },
  plugins: { aiTrace: { enabled: true } },
};
`;
const TEST = `Feature("Stall");
Scenario("orders an apple", ({ I }) => {
  I.amOnPage(${JSON.stringify(STALL)});
  I.fillField("#fruit", "Apple");
  I.click("#add");
  I.click("#checkout");
  I.see("Thank you");
});
`;

export const codeceptjs = {
  version: "4.2.0",
  make(folder, version) {
    installNpm(folder, [`codeceptjs@${version}`, "playwright@1.65.1"]);
    writeFileSync(join(folder, "codecept.conf.js"), CONFIG);
    writeFileSync(join(folder, "stall_test.js"), TEST);
    const log = runTool(process.execPath, ["node_modules/codeceptjs/bin/codecept.js", "run"], folder);
    return { log, records: [{ path: "output", states: "0123", failed: true, failedAt: 4 }] };
  },
};
