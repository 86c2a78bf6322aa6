#!/usr/bin/env node
// npm run bench:responsiveness -- [dashboard library element]: 200 screenshots come in and become a GIF, in Chromium, with
// the page's thread at full speed and six times slower. Prints the longest tasks of that thread in ms of processor time:
// what is longer than 50 ms, a person notices.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/process.mjs";
import { main, StepError } from "../../scripts/lib/report.mjs";
import { gifReady, sampleTasks, serveDashboard } from "../e2e/support/site.mjs";
import { tasksOf } from "./page-tasks.mjs";
import { serve } from "./server.mjs";

const SCREENSHOTS = 200;
const RATES = [1, 6];
/** What counts as long, in ms. */
const LONG_MS = 50;
const LISTED = 5;
const OPTIONS = { effort: "fast", scale: 0.5 };

const SCENES = { dashboard, library, element };

await main(async () => {
  const named = process.argv.slice(2);
  const unknown = named.find((name) => !(name in SCENES));
  if (unknown) throw new StepError(`there is no "${unknown}"; there are: ${Object.keys(SCENES).join(", ")}`);
  if (!existsSync(join(ROOT, "dist/index.js"))) throw new StepError("dist is missing", "Build it with: npm run build");
  console.log(`| page | slower | tasks | of 1 ms | over ${LONG_MS} ms | longest, ms | what they did |`);
  console.log("|---|--:|--:|--:|--:|---|---|");
  for (const name of named.length > 0 ? named : Object.keys(SCENES)) {
    for (const rate of RATES) console.log(rowOf(name, rate, await SCENES[name](rate)));
  }
});

function rowOf(name, rate, tasks) {
  const longest = tasks.toSorted((a, b) => b.busyMs - a.busyMs).slice(0, LISTED);
  const count = (ms) => tasks.filter(({ busyMs }) => busyMs > ms).length;
  if (count(LONG_MS) > 0) process.exitCode = 1;
  const partsOf = ({ parts }) => parts[0]?.name ?? "unknown";
  const cells = [name, `${rate}x`, tasks.length, count(1), count(LONG_MS)];
  cells.push(longest.map(({ busyMs }) => busyMs.toFixed(0)).join(", "), longest.map(partsOf).join(", "));
  return `| ${cells.join(" | ")} |`;
}

/** Files are chosen, laid out and assembled; the list of steps is complete. */
async function dashboard(rate) {
  const site = await serveDashboard();
  try {
    const sources = sampleTasks().flatMap(({ files }) => files.slice(1));
    const files = Array.from({ length: SCREENSHOTS }, (_, index) => sources[index % sources.length]);
    const saved = JSON.stringify({ ...OPTIONS, scale: String(OPTIONS.scale) });
    const setUp = (page) => page.addInitScript((text) => localStorage.setItem("task-gif.options", text), saved);
    return await tasksOf(`${site.url}#/new`, { rate, setUp }, async (page, traced) => {
      await page.waitForSelector(".dropzone");
      await traced(async () => {
        const all = (selector) =>
          page.waitForFunction(
            ([css, count]) => document.querySelectorAll(css).length === count,
            [selector, SCREENSHOTS],
          );
        await page.setInputFiles("input[type=file]", files);
        await all(".shot");
        await page.locator("[data-action=assemble]").click();
        await gifReady({
          waitFor: (test, given) => page.waitForFunction(test, given),
          evaluate: (work) => page.evaluate(work),
        });
        await all(".step");
      });
    });
  } finally {
    await site.close();
  }
}

/** `assembleGif` with blobs. */
async function library(rate) {
  return onPage(rate, async ({ blobs, options }) => {
    const { assembleGif } = await import("task-gif");
    const gif = await assembleGif(blobs, options);
    return gif.bytes();
  });
}

/** `<task-gif>` with screenshots and captions, until its player plays. */
async function element(rate) {
  return onPage(rate, async ({ blobs, options }) => {
    await import("/dist/element/define.js");
    const replay = document.createElement("task-gif");
    replay.options = options;
    replay.screenshots = blobs.map((image, i) => ({ image, number: i + 1, caption: `Step ${i + 1}` }));
    document.body.append(replay);
    await new Promise((resolve, reject) => {
      replay.addEventListener("statechange", ({ detail }) => {
        if (detail.state === "ready") setTimeout(resolve, 1000);
        if (detail.state === "error") reject(new Error(detail.message));
      });
    });
  });
}

/** Runs `work({ blobs, options })` in the page of the benchmark. */
async function onPage(rate, work) {
  const screenshots = join(ROOT, "www/public/tasks");
  const server = await serve({ screenshots });
  try {
    const sources = sampleTasks().flatMap(({ folder, steps }) =>
      steps.slice(1).map((step) => `${folder}/${step.screenshot}`),
    );
    const paths = Array.from({ length: SCREENSHOTS }, (_, index) => `/screenshots/${sources[index % sources.length]}`);
    return await tasksOf(server.url, { rate }, async (page, traced) => {
      await page.evaluate(async (all) => {
        globalThis.blobs = await Promise.all(all.map(async (path) => (await fetch(path)).blob()));
      }, paths);
      await traced(() =>
        page.evaluate(`(${work})({ blobs: globalThis.blobs, options: ${JSON.stringify(OPTIONS)} }).then(() => {})`),
      );
    });
  } finally {
    await server.close();
  }
}
