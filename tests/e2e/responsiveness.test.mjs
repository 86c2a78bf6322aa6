// Two hundred screenshots at once: the page stays responsive while it takes them in and while it assembles.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch } from "./support/browsers.mjs";
import { useDashboard } from "./support/setup.mjs";
import { gifReady, sampleTasks } from "./support/site.mjs";

const SCREENSHOTS = 200;
/** What counts as long. */
const LONG_MS = 50;

const site = useDashboard();

test("no task of the page's own thread is long while 200 screenshots come in and become a GIF", async () => {
  const browser = await launch("Chromium");
  try {
    const sources = sampleTasks().flatMap(({ files }) => files.slice(1));
    const files = Array.from({ length: SCREENSHOTS }, (_, index) => sources[index % sources.length]);
    const page = await browser.openPage(`${site.url}#/new`, {
      memory: { "task-gif.options": { effort: "fast", scale: "0.5" } },
    });
    await page.waitFor(() => document.querySelector(".dropzone"));
    const tasks = await page.traceTasks(async () => {
      await page.setFiles("input[type=file]", files);
      await page.waitFor((count) => document.querySelectorAll(".shot").length === count, SCREENSHOTS);
      await page.click("[data-action=assemble]");
      await gifReady(page);
      await page.waitFor((count) => document.querySelectorAll(".step").length === count, SCREENSHOTS);
    });
    // Work there was; it came in pieces.
    assert.ok(tasks.filter(({ busyMs }) => busyMs > 1).length > 50, `${tasks.length} tasks were traced`);
    const long = tasks.filter(({ busyMs }) => busyMs > LONG_MS);
    assert.deepEqual(long, []);
    await page.close();
  } finally {
    await browser.close();
  }
});
