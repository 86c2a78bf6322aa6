// Two tasks of a server side by side: chosen in the list, stepped together, what differs marked, the GIF of both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { buildDashboard, WWW_DIST } from "../../scripts/lib/dashboard.mjs";
import { bytesOf } from "../node/support/fixtures.mjs";
import { call, postTask, scratch, serveFor } from "../serve/support/server.mjs";
import { BROWSERS, launch } from "./support/browsers.mjs";

const SHOTS = bytesOf("shop");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A finished task with these pages and goals. */
async function post(api, task, steps) {
  const id = await postTask(api, [], { task, finish: false });
  for (const [i, [goal, shot]] of steps.entries()) {
    const query = new URLSearchParams({ step: String(i + 1), next_goal: goal });
    await call(`${api}/task/${id}/screenshot?${query}`, { method: "POST", body: SHOTS[shot] });
  }
  await call(`${api}/task/${id}/finish`, { method: "POST", json: { output: "Done" } });
  return id;
}

const BEFORE = [
  ["Open the shop", 0],
  ["Search for a kettle", 1],
  ["Open the kettle", 2],
];
const AFTER = [
  ["Open the shop", 0],
  ["Close a banner", 4],
  ["Search for a kettle", 3],
  ["Open the kettle", 2],
];

/** Places of the steps that the two players show, from 0. */
const shown = (page) =>
  page.evaluate(() => [...document.querySelectorAll("task-gif")].map(({ stepIndex }) => stepIndex));
const rows = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".pair-row")].map((row) =>
      row.querySelector(".badge").textContent.replace(/\d.*%/, "n %"),
    ),
  );

for (const name of BROWSERS) {
  test(`${name}: two tasks are chosen in the list, stepped together, and saved as one GIF`, async (t) => {
    await buildDashboard();
    const { url, api } = await serveFor(t, scratch(t), ["--dashboard", WWW_DIST]);
    const a = await post(api, "Buy a kettle, before", BEFORE);
    const b = await post(api, "Buy a kettle, after", AFTER);
    const browser = await launch(name);
    t.after(() => browser.close());

    const page = await browser.openPage(url);
    await page.waitFor((id) => document.querySelector(`[data-task="${id}"]`), b);
    await page.click("[data-action=compare]");
    await page.click(`[data-task="${a}"]`);
    await page.click(`[data-task="${b}"]`);
    await page.waitFor(() => document.querySelectorAll(".pair-row").length === 4);
    assert.match(await page.evaluate(() => location.hash), new RegExp(`^#/compare/${a}/${b}`));
    assert.deepEqual(await rows(page), ["Same", "Only in B", "Differs: n % of pixels", "Same"]);
    assert.equal(
      await page.evaluate(() => document.querySelector(".head-meta").textContent),
      "2 same, 1 different, 0 only in A, 1 only in B",
    );

    // It begins at the first difference, and the link keeps where one is.
    const ready = () =>
      page.waitFor(() => [...document.querySelectorAll("task-gif")].every(({ state }) => state === "ready"));
    await ready();
    assert.match(await page.evaluate(() => location.hash), /\?step=2$/);
    assert.equal(
      await page.evaluate(() => document.querySelector(".no-step:not([hidden])").textContent),
      "A has no such step",
    );
    await page.click('[aria-label="Next step"]');
    await page.waitFor(
      () => [...document.querySelectorAll("task-gif")].map(({ stepIndex }) => stepIndex).join() === "1,2",
    );
    await page.evaluate(() => document.querySelectorAll(".pair-row")[3].click());
    await page.waitFor(
      () => [...document.querySelectorAll("task-gif")].map(({ stepIndex }) => stepIndex).join() === "2,3",
    );
    if (name === "Chromium") {
      await page.evaluate(AXE);
      const findings = await page.evaluate(async () => {
        const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
      });
      assert.deepEqual(findings, []);
    }

    await page.reload();
    await page.waitFor(() => document.querySelectorAll(".pair-row").length === 4);
    await ready();
    assert.deepEqual(await shown(page), [2, 3]);

    const { name: file, bytes } = await page.download("[data-action=download-comparison]");
    assert.equal(file, `compare-${a}-${b}.gif`);
    assert.equal(bytes.subarray(0, 6).toString(), "GIF89a");
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });
}
