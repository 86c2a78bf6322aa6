// What the dashboard says when there is nothing to replay: the same words as everywhere, on the server it belongs to.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { buildDashboard, packDashboard } from "../../scripts/lib/dashboard.mjs";
import { bytesOf } from "../node/support/fixtures.mjs";
import { postTask, scratch, serveFor } from "../serve/support/server.mjs";
import { launch } from "./support/browsers.mjs";

before(async () => {
  await buildDashboard();
  packDashboard();
});

/** A server without tasks, and a browser. */
async function open(t) {
  const server = await serveFor(t, scratch(t));
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  return { ...server, browser };
}

const heading = (page) => page.evaluate(() => document.querySelector(".notice :is(h1, h2)").textContent);

test("a task that is unknown does not exist, and there is a way back", async (t) => {
  const { url, browser } = await open(t);
  const page = await browser.openPage(`${url}/#/task/nope`);
  // On a slow machine, "The server does not answer" comes before.
  await page.waitFor(() => document.querySelector(".notice-title"));
  assert.equal(await heading(page), "This task does not exist");
  const text = await page.evaluate(() => document.querySelector(".notice").textContent);
  assert.doesNotMatch(text, /Try again|connection|[A-Z]+_[A-Z]/);
  await page.click(".notice a");
  await page.waitFor(() => document.querySelector(".page.list"));
});

test("a task that ended with one screenshot shows it, and what came of the task apart from that", async (t) => {
  const { url, api, browser } = await open(t);
  const id = await postTask(api, bytesOf("shop").slice(0, 1));
  const page = await browser.openPage(`${url}/#/task/${id}`);
  await page.waitFor(() => document.querySelector("[data-state=too-few]"));
  assert.equal(await heading(page), "Only one screenshot was taken");
  const { card, output } = await page.evaluate(() => ({
    card: document.querySelector(".too-few").textContent,
    output: document.querySelector(".head-output").textContent,
  }));
  assert.doesNotMatch(card, /Done|TOO_FEW/);
  assert.equal(output, "Done");
});

test("a server that is gone is named while it is asked again", async (t) => {
  const { url, browser, stop } = await open(t);
  const page = await browser.openPage(`${url}/#/task/nope`);
  await page.waitFor(() => document.querySelector(".notice"));
  await stop("SIGKILL");
  await page.evaluate(() => {
    location.hash = "#/task/other";
  });
  await page.waitFor(() => /does not answer/.test(document.querySelector(".notice h2")?.textContent));
  // The last word, when all retries are over.
  await page.waitFor(() => /cannot be reached/.test(document.querySelector(".notice h2")?.textContent));
});
