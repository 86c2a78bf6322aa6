// Drives one scenario and takes the screenshots as a browser agent does: act, let the page settle,
// capture over the DevTools protocol. Nothing leaves the machine: every request is answered from disk.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const contentTypes = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

const extensions = { png: "png", jpeg: "jpg", webp: "webp" };

/**
 * Records a scenario into `outDir` and returns the task record.
 *
 * A scenario has `{ id, task, status, output, createdAt, viewport, format, quality, origin, routes, run }`;
 * `run({ page, step })` calls `step(goal, action, options)` once for each screenshot.
 */
export async function recordTask({ browser, scenario, packages, pagesDir, outDir }) {
  await mkdir(outDir, { recursive: true });
  const { width, height, scale = 1 } = scenario.viewport;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: scenario.colorScheme ?? "light",
    isMobile: scenario.mobile ?? false,
    locale: "en-GB",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.warn(`${scenario.name}: ${error.message}`));
  await context.route("**/*", (route) => answer(route, { scenario, packages, pagesDir }));
  const devtools = await context.newCDPSession(page);

  const clock = plausibleClock(scenario.createdAt);
  const steps = [];
  let before = "Unknown - the task has just started";
  const step = async (goal, action, { settleMs = 450, evaluation } = {}) => {
    await action?.(page);
    await page.waitForTimeout(settleMs);
    const format = scenario.format ?? "png";
    const { data } = await devtools.send("Page.captureScreenshot", {
      format,
      ...(scenario.quality ? { quality: scenario.quality } : {}),
    });
    const screenshot = `${String(steps.length).padStart(3, "0")}.${extensions[format]}`;
    await writeFile(join(outDir, screenshot), Buffer.from(data, "base64"));
    steps.push({
      number: steps.length + 1,
      next_goal: goal,
      evaluation_previous_goal: before,
      url: page.url(),
      screenshot,
      ...clock.next(goal),
    });
    before = evaluation ?? `Success - ${goal.charAt(0).toLowerCase()}${goal.slice(1)}`;
  };
  await scenario.run({ page, step });
  await context.close();

  const task = {
    id: scenario.id,
    task: scenario.task,
    status: scenario.status,
    is_success: scenario.status === "finished",
    created_at: steps[0].started_at,
    finished_at: steps.at(-1).finished_at,
    viewport: { width, height, device_scale_factor: scale },
    output: scenario.output,
    steps,
  };
  await writeFile(join(outDir, "task.json"), `${JSON.stringify(task, null, 2)}\n`);
  return task;
}

/** `/npm/<package>/...` is a package, `scenario.routes` may answer the rest, then the sample's own pages. */
async function answer(route, { scenario, packages, pagesDir }) {
  const url = new URL(route.request().url());
  const own = await scenario.routes?.(url, route.request(), packages);
  if (own) return route.fulfill(own);
  if (url.origin !== scenario.origin) return route.fulfill({ status: 404, body: "" });
  let file = join(pagesDir, normalize(url.pathname));
  const inPackage = /^\/npm\/((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(decodeURIComponent(url.pathname));
  if (inPackage) file = join(packages.get(inPackage[1]) ?? "", normalize(inPackage[2]));
  else if (!extname(file)) file = `${file.endsWith("/") ? join(file, "index") : file}.html`;
  const body = await readFile(file).catch(() => null);
  if (body === null) return route.fulfill({ status: 404, contentType: "text/plain", body: `no file ${url.pathname}` });
  return route.fulfill({ body, contentType: contentTypes[extname(file)] ?? "application/octet-stream" });
}

/**
 * Start and end of each step. Recording takes a second a step and an agent many, so the times are made
 * up: thinking time grows with the length of the goal, with a fixed pattern instead of chance.
 */
function plausibleClock(createdAt) {
  let now = Date.parse(createdAt);
  let turn = 0;
  return {
    next(goal) {
      const started = now + 180 + ((turn * 97) % 240);
      now = started + 2600 + goal.length * 41 + ((turn * 1373) % 2900);
      turn += 1;
      return { started_at: new Date(started).toISOString(), finished_at: new Date(now).toISOString() };
    },
  };
}
