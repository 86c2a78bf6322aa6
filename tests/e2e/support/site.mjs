// The built dashboard, served for a test file, and what is known about the sample tasks in it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildDashboard, WWW_DIST } from "../../../scripts/lib/dashboard.mjs";
import { sampleEndpoint } from "../../../scripts/lib/sample-endpoint.mjs";
import { serveStatic } from "../../../scripts/lib/static-server.mjs";

const TASKS = join(WWW_DIST, "tasks");

/**
 * Builds the dashboard unless it is up to date, and serves it with its endpoint; resolves to `{ url, close }`. `change`
 * makes the endpoint tell something else about a task, see `sampleEndpoint`.
 */
export async function serveDashboard({ change } = {}) {
  await buildDashboard();
  return serveStatic(WWW_DIST, { endpoint: sampleEndpoint(TASKS, { change }) });
}

/** Options for `openPage`: GIFs hold the screenshots and nothing else, whatever their size. */
export const PLAIN = { memory: { "task-gif.options": { captions: "off", limit: "none" } } };

/** The sample tasks, newest first, each with the paths of its screenshots. */
export function sampleTasks() {
  const { tasks } = JSON.parse(readFileSync(join(TASKS, "index.json"), "utf8"));
  return tasks.map((task) => ({
    ...task,
    files: task.steps.map(({ screenshot }) => join(TASKS, task.folder, screenshot)),
  }));
}

/** The task in a folder. */
export function sampleTask(folder) {
  return sampleTasks().find((task) => task.folder === folder);
}

/** Waits until the page offers a finished GIF that is not the one before. */
export async function gifReady(page, previous = "") {
  await page.waitFor((before) => {
    const link =
      document.querySelector(".replay-editor[data-state=ready]") && document.querySelector("a[data-action=download]");
    return link && link.href !== before;
  }, previous);
  return page.evaluate(() => document.querySelector("a[data-action=download]").href);
}

/** The text of one figure below the replay: size, duration, frames, took. */
export function figure(page, name) {
  return page.evaluate((key) => document.querySelector(`[data-stat=${key}] dd span`).textContent, name);
}

/** Waits until the player has drawn a frame: this one, or any. */
export async function frameDrawn(page, frame) {
  await page.waitFor(
    (wanted) => {
      const drawn = document.querySelector("task-gif")?.shadowRoot.querySelector("[part=screen]")?.dataset.frame;
      return wanted === "any" ? drawn !== undefined : drawn === wanted;
    },
    String(frame ?? "any"),
  );
}

/** The text of a part of the player. */
export function playerText(page, part) {
  return page.evaluate(
    (name) => document.querySelector("task-gif").shadowRoot.querySelector(`[part~=${name}]`).textContent,
    part,
  );
}
