// A task that is still going on, in the dashboard of its server: the list, the task, and its end.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { buildDashboard, WWW_DIST } from "../../scripts/lib/dashboard.mjs";
import { bytesOf } from "../node/support/fixtures.mjs";
import { call, postTask, scratch, serveFor } from "../serve/support/server.mjs";
import { BROWSERS, launch } from "./support/browsers.mjs";
import { frameDrawn, gifReady, playerText } from "./support/site.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function findings(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  });
}

/** Waits until a part of the player of the running task has this text in it. */
function playerSays(page, part, wanted) {
  return page.waitFor(
    ([name, text]) =>
      document.querySelector(".live task-gif")?.shadowRoot.querySelector(`[part~=${name}]`)?.textContent.includes(text),
    [part, wanted],
  );
}

const clickPart = (page, part) =>
  page.evaluate(
    (name) => document.querySelector(".live task-gif").shadowRoot.querySelector(`[part~=${name}]`).click(),
    part,
  );

for (const name of BROWSERS) {
  test(`${name}: a running task grows before one's eyes, and becomes a replay at its end`, async (t) => {
    await buildDashboard();
    const { url, api } = await serveFor(t, scratch(t), ["--dashboard", WWW_DIST]);
    const id = await postTask(api, [], { task: "Buy a kettle", finish: false });
    const post = (step) =>
      call(`${api}/task/${id}/screenshot?step=${step}&next_goal=Goal+${step}`, {
        method: "POST",
        body: SHOTS[step - 1],
      });
    const browser = await launch(name);
    t.after(() => browser.close());

    const page = await browser.openPage(`${url}/#/task/${id}`);
    await playerSays(page, "title", "Waiting for the first screenshot");
    assert.match(await page.evaluate(() => document.querySelector(".head-meta").textContent), /^Running0 steps/);

    await post(1);
    await frameDrawn(page, 0);
    await post(2);
    await playerSays(page, "caption", "Step 2 of 2: Goal 2");
    await frameDrawn(page, 1);

    // Whoever looks at an earlier step stays there, and has a way back.
    await clickPart(page, "step");
    await playerSays(page, "caption", "Step 1 of 2: Goal 1");
    await post(4);
    await playerSays(page, "note", "3 steps so far");
    assert.match(await playerText(page, "caption"), /^Step 1 of 3: Goal 1/);
    await clickPart(page, "newest");
    await playerSays(page, "caption", "Step 3 of 3: Goal 4");

    // A step that comes late has its place all the same.
    await post(3);
    await playerSays(page, "note", "4 steps so far");
    assert.match(await playerText(page, "steps"), /Goal 1.*Goal 2.*Goal 3.*Goal 4/);

    if (name === "Chromium") assert.deepEqual(await findings(page), []);

    // What is there may be replayed at any time, and live is one click away.
    await page.evaluate(() => document.querySelector(".head-actions:not(.head-tools) button").click());
    await gifReady(page);
    await frameDrawn(page);
    await page.evaluate(() => document.querySelector(".live-back button").click());
    await page.waitFor(() => document.querySelector(".live"));

    await call(`${api}/task/${id}/finish`, { method: "POST", json: { output: "Done" } });
    await page.waitFor(() => /^Finished4 steps/.test(document.querySelector(".head-meta").textContent));
    await gifReady(page);
    assert.match(await page.evaluate(() => document.querySelector(".head-output").textContent), /Done/);
    assert.deepEqual(await page.problems(), []);
  });
}

test("the list keeps itself up to date, in place, for those who look at it", async (t) => {
  await buildDashboard();
  const { url, api, events } = await serveFor(t, scratch(t), ["--dashboard", WWW_DIST]);
  const id = await postTask(api, SHOTS.slice(0, 1), { task: "Buy a kettle", finish: false });
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const page = await browser.openPage(`${url}/`);
  await page.waitFor((task) => document.querySelector(`[data-task="${task}"]`), id);
  await page.evaluate(() => {
    document.querySelector(".filters input[value=running]").click();
    document.querySelector("[data-task]").focus();
    globalThis.card = document.activeElement;
  });
  await call(`${api}/task/${id}/screenshot?step=2`, { method: "POST", body: SHOTS[1] });
  await page.waitFor(() => /2 steps/.test(globalThis.card.textContent));
  await page.waitFor(() => /step_2/.test(globalThis.card.querySelector("img").src));
  const second = await postTask(api, SHOTS.slice(0, 1), { task: "Buy a teapot", finish: false });
  await page.waitFor((task) => document.querySelector("[data-task]").dataset.task === task, second);
  assert.ok(await page.evaluate(() => document.activeElement === globalThis.card));
  for (const task of [id, second]) await call(`${api}/task/${task}/finish`, { method: "POST" });
  await page.waitFor(() => /No task fits/.test(document.querySelector("main").textContent));
  // What has not changed is not sent again.
  const isUnchanged = ({ path, status }) => path === "/api/v1/tasks" && status === 304;
  const deadline = Date.now() + 60_000;
  while (!events.some(isUnchanged) && Date.now() < deadline) await new Promise((next) => setTimeout(next, 100));
  assert.ok(events.some(isUnchanged), "the list was never answered with 304");
  assert.deepEqual(await page.problems(), []);
});

test("a server that goes away is named, and what it says afterwards is shown", async (t) => {
  await buildDashboard();
  const folder = scratch(t);
  const first = await serveFor(t, folder, ["--dashboard", WWW_DIST]);
  const id = await postTask(first.api, SHOTS.slice(0, 1), { task: "Buy a kettle", finish: false });
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const page = await browser.openPage(`${first.url}/#/task/${id}`);
  await playerSays(page, "note", "1 step so far");
  await first.stop("SIGKILL");
  await page.waitFor(() => /does not answer/.test(document.querySelector(".live-note").textContent));
  const { port } = new URL(first.url);
  const second = await serveFor(t, folder, ["--dashboard", WWW_DIST, "--port", port]);
  await call(`${second.api}/task/${id}/screenshot?step=2`, { method: "POST", body: SHOTS[1] });
  await playerSays(page, "note", "2 steps so far");
  assert.equal(await page.evaluate(() => document.querySelector(".live-note").textContent), "");
});
