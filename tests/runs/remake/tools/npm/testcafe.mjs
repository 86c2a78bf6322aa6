// TestCafe: the folder of its screenshots.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNpm, runTool } from "../../install.mjs";
import { CHROMIUM, CHROMIUM_ARGS, STALL } from "../../stall.mjs";

const TEST = `import { Selector } from "testcafe";
fixture("Stall").page(${JSON.stringify(STALL)});
test("orders an apple", async (t) => {
  await t.takeScreenshot();
  await t.typeText("#fruit", "Apple").takeScreenshot();
  await t.click("#add").takeScreenshot();
  await t.click("#checkout").takeScreenshot();
  await t.expect(Selector("h1").innerText).eql("Thank you", { timeout: 500 });
});
`;

export const testcafe = {
  version: "3.7.6",
  make(folder, version) {
    installNpm(folder, [`testcafe@${version}`]);
    writeFileSync(join(folder, "stall.test.mjs"), TEST);
    const browser = `chrome:${CHROMIUM}:headless ${CHROMIUM_ARGS.join(" ")}`;
    const cli = "node_modules/testcafe/bin/testcafe.js";
    const args = [
      cli,
      browser,
      "stall.test.mjs",
      "--screenshots",
      "path=screenshots,takeOnFails=true",
      "--skip-js-errors",
    ];
    const log = runTool(process.execPath, args, folder);
    return { log, records: [{ path: "screenshots", states: "0123" }] };
  },
};
