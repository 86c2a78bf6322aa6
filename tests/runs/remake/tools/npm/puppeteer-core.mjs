// Puppeteer: a DevTools trace with screenshots.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNpm, runTool } from "../../install.mjs";
import { LAUNCH, STALL, WAIT } from "../../stall.mjs";

const SCRIPT = `import puppeteer from "puppeteer-core";
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

export const puppeteerCore = {
  version: "25.16.0",
  make(folder, version) {
    installNpm(folder, [`puppeteer-core@${version}`]);
    writeFileSync(join(folder, "make.mjs"), SCRIPT);
    const log = runTool(process.execPath, ["make.mjs"], folder);
    return { log, records: [{ path: "trace.json", states: "0123", warnings: ["TIMES_RELATIVE"] }] };
  },
};
