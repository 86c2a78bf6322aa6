// Playwright as a library: the trace of four actions.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNpm, runTool } from "../../install.mjs";
import { LAUNCH, STALL, WAIT } from "../../stall.mjs";

const SCRIPT = `import { chromium } from "playwright-core";
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
const CAPTIONS = [/^Go to /, /^Fill 'Fruit'$/, /^Click 'Add'$/, /^Click 'Checkout'$/];

export const playwrightCore = {
  version: "1.65.1",
  make(folder, version) {
    installNpm(folder, [`playwright-core@${version}`]);
    writeFileSync(join(folder, "make.mjs"), SCRIPT);
    const log = runTool(process.execPath, ["make.mjs"], folder);
    return { log, records: [{ path: "trace.zip", states: "0123", captions: CAPTIONS, clicks: 2 }] };
  },
};
