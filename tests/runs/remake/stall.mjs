// The page that all records are of, and the browser that shows it.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "../../../scripts/lib/browsers.mjs";
import { ROOT } from "../../../scripts/lib/process.mjs";

export const STALL = pathToFileURL(join(ROOT, "tests/runs/remake/stall.html")).href;
export const CHROMIUM = findBrowser("chromium");
export const CHROMIUM_ARGS = ["--no-sandbox", "--disable-dev-shm-usage"];

/** Options of `launch` of Playwright and Puppeteer, as JavaScript. */
export const LAUNCH = `{ executablePath: ${JSON.stringify(CHROMIUM)}, args: ${JSON.stringify(CHROMIUM_ARGS)} }`;
/** A statement of JavaScript. Without waits a busy machine paints two states as one. */
export const WAIT = "await new Promise((done) => setTimeout(done, 600));";

/** Puts screenshots of the four states into a folder, `shots/0.png` to `shots/3.png`, for tools that drive no browser. */
export function makeScreenshots(folder) {
  mkdirSync(join(folder, "shots"));
  for (let state = 0; state < 4; state++) {
    const path = join(folder, `shots/${state}.png`);
    const args = ["--headless", `--screenshot=${path}`, "--window-size=640,360", ...CHROMIUM_ARGS, `${STALL}#${state}`];
    execFileSync(CHROMIUM, args, { stdio: "ignore" });
  }
}
