// Records the built dashboard with the tool itself: the picture at the top of the README.
//
//   npm run build && node scripts/record-readme.mjs
//
// Chromium is taken from CHROMIUM_PATH or its usual place.

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { buildDashboard, WWW_DIST } from "./lib/dashboard.mjs";
import { sampleEndpoint } from "./lib/sample-endpoint.mjs";
import { serveStatic } from "./lib/static-server.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, "www", "media", "dashboard.gif");
const { assembleGif } = await import(join(root, "dist", "index.node.js"));

await buildDashboard();
const { url, close } = await serveStatic(WWW_DIST, { endpoint: sampleEndpoint(join(WWW_DIST, "tasks")) });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"],
});
// Nothing moves by itself, so that each screenshot is what the step says.
const context = await browser.newContext({ viewport: { width: 1240, height: 880 }, reducedMotion: "reduce" });
const page = await context.newPage();
const devtools = await context.newCDPSession(page);
const screenshots = [];

try {
  const ready = () => page.waitForSelector(".replay-editor[data-state=ready] canvas[data-frame]");
  const choose = (selector) => page.locator(selector).check({ force: true });

  await step("Open the dashboard", () => page.goto(url), 1600);
  await step("Search for a task", () => page.locator("input[type=search]").pressSequentially("rotterdam"), 1400);
  await step(
    "Open the replay",
    async () => {
      await page.locator("[data-task]").first().click();
      await ready();
      // A click leaves the page scrolled and the pointer on what is now below it.
      await page.mouse.move(0, 0);
    },
    2200,
  );
  await step("Choose a step", () => page.locator(".step").nth(4).click(), 1600);
  await step("Compare the screenshot with its frame", () => choose("input[value=compare]"), 1600);
  await step("Look at single pixels", () => page.getByRole("radio", { name: "2:" }).check({ force: true }), 1600);
  await step(
    "Go back to the replay in the dark theme",
    async () => {
      await choose("input[value=replay]");
      await page.click("[aria-label^=Theme]");
      await page.click("[aria-label^=Theme]");
    },
    2200,
  );
  await step(
    "Ask for half the size",
    async () => {
      const before = await page.getAttribute("a[data-action=download]", "href");
      await page.getByRole("tab", { name: "Options" }).click();
      await choose('.options input[value="0.5"]');
      await page.waitForFunction((href) => {
        const link = document.querySelector("a[data-action=download]");
        return link && link.href !== href && document.querySelector("[data-state=ready]");
      }, before);
      await ready();
    },
    2600,
  );
} finally {
  await browser.close();
  await close();
}

const gif = await assembleGif(screenshots, { effort: "smallest" });
await mkdir(dirname(output), { recursive: true });
await writeFile(output, Buffer.from(await gif.blob.arrayBuffer()));
console.log(`${output}: ${gif.frames.length} frames, ${Math.round(gif.blob.size / 1024)} KiB`);

/** Acts, lets the page settle, and keeps a screenshot that will stay for `delayMs`. */
async function step(caption, action, delayMs) {
  await action();
  await page.waitForTimeout(500);
  await page.evaluate(() => scrollTo(0, 0));
  const { data } = await devtools.send("Page.captureScreenshot", { format: "png" });
  screenshots.push({ image: data, caption, delayMs });
}
