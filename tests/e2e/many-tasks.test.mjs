// A list of a thousand tasks: no more cards than are looked at, and a search and filters that leave few.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildDashboard, WWW_DIST } from "../../scripts/lib/dashboard.mjs";
import { serveStatic } from "../../scripts/lib/static-server.mjs";
import { launch } from "./support/browsers.mjs";

const TASKS = 1000;
const LIMIT = 100;
/** Cards that are added when the end of the list comes near. */
const MORE = 60;

const STATUSES = ["finished", "failed", "stopped"];
const all = Array.from({ length: TASKS }, (_, i) => ({
  id: `task-${i}`,
  task: `Order vessel ${i} from the shop`,
  status: STATUSES[i % STATUSES.length],
  created_at: new Date(Date.UTC(2026, 4, 1) + i * 3_600_000).toISOString(),
  finished_at: new Date(Date.UTC(2026, 4, 1) + i * 3_600_000 + 60_000).toISOString(),
  steps: Array.from({ length: 12 }, (_, step) => ({
    next_goal: `Goal ${step} of ${i}`,
    url: `https://shop.example/${i}`,
  })),
  screenshots: [],
})).reverse();

function endpoint(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  if (pathname !== "/api/v1/tasks") return false;
  const page = Number(searchParams.get("page") ?? 1);
  const tasks = all.slice((page - 1) * LIMIT, page * LIMIT);
  const body = { tasks, total_pages: TASKS / LIMIT, page, limit: LIMIT, total_count: TASKS };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  return true;
}

test("of a thousand tasks as many cards are made as are looked at, and a search begins anew", async (t) => {
  await buildDashboard();
  const site = await serveStatic(WWW_DIST, { endpoint });
  t.after(() => site.close());
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const page = await browser.openPage(site.url);
  const cards = () => page.evaluate(() => document.querySelectorAll("[data-task]").length);
  const shown = (count) =>
    page.waitFor(
      (text) => document.querySelector(".page-head p").textContent.startsWith(`${text} tasks`),
      [count.toLocaleString("en")],
    );
  const search = (text) =>
    page.evaluate((value) => {
      const input = document.querySelector("input[type=search]");
      input.value = value;
      input.dispatchEvent(new Event("input"));
    }, text);

  await page.waitFor((id) => document.querySelector(`[data-task="${id}"]`), `task-${TASKS - 1}`);
  await search("vessel");
  // What has come so far is a part of it; the samples are no vessels.
  await shown(TASKS);
  assert.ok((await cards()) <= 2 * MORE, `${await cards()} cards`);

  // Whoever scrolls gets to the end.
  await page.waitFor((count) => {
    scrollTo(0, document.documentElement.scrollHeight);
    return document.querySelectorAll("[data-task]").length === count;
  }, TASKS);
  assert.ok(await page.evaluate(() => document.querySelector(".drop-card")));

  // Another choice begins at its first task, and does not make hundreds of cards anew.
  await search("vessel order");
  const scrolled = await page.evaluate(async () => {
    for (let i = 0; i < 4; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
    return scrollY;
  });
  assert.equal(scrolled, 0);
  assert.ok((await cards()) <= 2 * MORE, `${await cards()} cards`);
  await search("vessel 77");
  const fitting = all.filter(({ task }) => task.includes("77")).length;
  await shown(fitting);
  assert.equal(await cards(), fitting);
  await search("vessel");
  await page.evaluate(() => document.querySelector(".filters input[value=failed]").click());
  await shown(all.filter(({ status }) => status === "failed").length);
  assert.deepEqual(await page.problems(), []);
  await page.close();
});
