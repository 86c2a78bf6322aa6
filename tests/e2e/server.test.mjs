// The dashboard on the server that it belongs to: tasks that were posted there are listed and shown.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { buildDashboard, packDashboard, WWW_DIST } from "../../scripts/lib/dashboard.mjs";
import { bytesOf } from "../node/support/fixtures.mjs";
import { gifUrl, postTask, scratch, serveFor } from "../serve/support/server.mjs";
import { BROWSERS, launch } from "./support/browsers.mjs";
import { gifReady, sampleTask, sampleTasks } from "./support/site.mjs";

test("a posted task is listed beside the samples, and its GIF is the server's", async (t) => {
  await buildDashboard();
  const { url, api } = await serveFor(t, scratch(t), ["--dashboard", WWW_DIST]);
  const id = await postTask(api, bytesOf("shop"), { task: "Buy a kettle" });
  const gif = Buffer.from(await (await fetch(await gifUrl(api, id))).arrayBuffer());
  const browser = await launch("Chromium");
  t.after(() => browser.close());

  const page = await browser.openPage(`${url}/`);
  await page.waitFor(() => document.querySelector("[data-task]"));
  const ids = await page.evaluate(() => [...document.querySelectorAll("[data-task]")].map((card) => card.dataset.task));
  assert.deepEqual(ids, [id, ...sampleTasks().map((sample) => sample.id)]);
  // Its card shows the poster.
  await page.waitFor(() => document.querySelector(".task-thumb img")?.naturalWidth > 0);
  assert.equal(
    await page.evaluate(() => document.querySelector(".task-thumb img").src),
    `${url}/posters/${id}/poster.png`,
  );
  await page.click(`[data-task="${id}"]`);
  await gifReady(page);
  assert.equal(await page.evaluate(() => document.querySelector(".source-badge").textContent), "From the server");
  assert.deepEqual((await page.download("a[data-action=download]")).bytes, gif);
  assert.match(await page.evaluate(() => document.body.textContent), /Buy a kettle.*Goal 1/s);
  assert.deepEqual(await page.problems(), []);
});

test("the package has a dashboard of its own, which assembles too", async (t) => {
  await buildDashboard();
  packDashboard();
  const { url, api } = await serveFor(t, scratch(t));
  const id = await postTask(api, bytesOf("shop").slice(0, 3), { finish: false });
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const page = await browser.openPage(`${url}/#/task/${id}`);
  await page.click(".head-actions:not(.head-tools) button");
  await gifReady(page);
  assert.match(await page.evaluate(() => document.querySelector(".source-badge").textContent), /^Assembled here/);
  const { bytes } = await page.download("a[data-action=download]");
  assert.equal(bytes.subarray(0, 6).toString(), "GIF89a");
  await page.close();
});

test("the package has the documentation at /docs, with its font, its pictures and a search", async (t) => {
  await buildDashboard();
  packDashboard();
  const { url } = await serveFor(t, scratch(t));
  const answer = await fetch(`${url}/docs`, { redirect: "manual" });
  assert.deepEqual([answer.status, answer.headers.get("location")], [302, "docs/"]);
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const page = await browser.openPage(`${url}/docs`);
  assert.equal(await page.evaluate(() => document.querySelector("h1").textContent), "Documentation");
  await page.waitFor(() => document.fonts.check("16px 'Inter Variable'"));
  await page.evaluate(() => {
    const input = document.querySelector(".docs-search input");
    input.value = "redact boxes";
    input.dispatchEvent(new Event("input"));
  });
  await page.waitFor(() => document.querySelectorAll(".docs-search li a").length > 0);
  assert.deepEqual(await page.problems(), []);
  await page.close();
});

for (const name of BROWSERS) {
  test(`${name}: a first visitor is two clicks away from a GIF below 10 MB`, async (t) => {
    await buildDashboard();
    const folder = scratch(t);
    const { files, id } = sampleTask("code-editor");
    cpSync(dirname(files[0]), join(folder, "code-editor"), { recursive: true });
    const { url } = await serveFor(t, folder, ["--dashboard", WWW_DIST, "--keep-days", "forever"]);
    const browser = await launch(name);
    t.after(() => browser.close());
    const page = await browser.openPage(`${url}/`);
    await page.click(`[data-task="${id}"]`);
    await gifReady(page);
    const { bytes } = await page.download("a[data-action=download]");
    assert.equal(bytes.toString("latin1", 0, 6), "GIF89a");
    assert.ok(bytes.length < 10_000_000);
    assert.deepEqual(await page.problems(), []);
  });
}

test("a task is renamed and deleted where it is shown; what a person put there is not", async (t) => {
  await buildDashboard();
  const folder = scratch(t);
  const { files, id: byHand } = sampleTask("code-editor");
  cpSync(dirname(files[0]), join(folder, "code-editor"), { recursive: true });
  const { url, api } = await serveFor(t, folder, ["--dashboard", WWW_DIST]);
  const id = await postTask(api, bytesOf("shop").slice(0, 2), { task: "Buy a ketle" });
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const page = await browser.openPage(`${url}/#/task/${id}`);
  await gifReady(page);
  await page.click("[data-action=rename]");
  await page.evaluate(() => {
    document.querySelector("dialog[open] input").value = "Buy a kettle";
  });
  await page.press("Enter");
  await page.waitFor(() => document.querySelector("h1").textContent === "Buy a kettle");
  await page.waitFor(() => document.activeElement.matches("[data-action=rename]"));
  assert.equal((await (await fetch(`${api}/task/${id}`)).json()).task, "Buy a kettle");
  await page.click("[data-action=delete]");
  await page.click("dialog[open] [type=submit]");
  await page.waitFor(() => document.querySelector("[data-task]"));
  const ids = await page.evaluate(() => [...document.querySelectorAll("[data-task]")].map((card) => card.dataset.task));
  assert.ok(!ids.includes(id));
  assert.equal((await fetch(`${api}/task/${id}`)).status, 404);
  await page.click(`[data-task="${byHand}"]`);
  await gifReady(page);
  assert.equal(await page.evaluate(() => document.querySelector("[data-action=delete]")), null);
  assert.deepEqual(await page.problems(), []);
});
