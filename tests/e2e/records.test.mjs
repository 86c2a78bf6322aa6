// Records of other tools: dropped or chosen, told apart by their contents, chosen among, replayed with captions and clicks.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { gifReady } from "./support/site.mjs";

const record = (path) => fileURLToPath(new URL(`../fixtures/records/${path}`, import.meta.url));
const TRACE = record("playwright-1.65.1-order.zip");
const LOG = record("openai-agents-0.24.0/items.json");

const site = useDashboard();

inEachBrowser(({ browser, once }) => {
  const goals = (page) =>
    page.evaluate(() => [...document.querySelectorAll(".step-goal")].map((element) => element.textContent));

  /** Drops files, as `{ name: path }`, anywhere on the page. */
  const drop = async (page, paths) => {
    const files = await Promise.all(
      paths.map(async (path) => ({ name: basename(path), base64: (await readFile(path)).toString("base64") })),
    );
    await page.evaluate((dropped) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of dropped) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent("dragover", options));
      document.body.dispatchEvent(new DragEvent("drop", options));
    }, files);
  };

  test("a dropped Playwright trace becomes a captioned replay with its failed step", async () => {
    const page = await browser.openPage(site.url);
    await drop(page, [TRACE]);
    await gifReady(page);
    assert.equal(await page.evaluate(() => location.hash), "#/record");
    const steps = await goals(page);
    assert.ok(steps.length >= 4, steps.join());
    assert.match(steps[0], /^Go to /);
    assert.ok(steps.includes("Click 'Checkout'"), steps.join());
    assert.equal(await page.evaluate(() => document.querySelectorAll(".step .badge.bad").length), 1);
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });

  test("a record with several runs is a list to choose from, and the way back leads to it", async () => {
    const page = await browser.openPage(`${site.url}#/new`);
    await drop(page, [TRACE, LOG]);
    await page.waitFor(() => document.querySelectorAll(".run-card").length === 2);
    // Each shows what it came to.
    await page.waitFor(
      () => [...document.querySelectorAll(".run-card img")].filter(({ naturalWidth }) => naturalWidth > 0).length === 2,
    );
    await page.click("[data-run='2']");
    await gifReady(page);
    assert.equal(await page.evaluate(() => location.hash), "#/record/2");
    await page.click(".back");
    await page.waitFor(() => document.querySelectorAll(".run-card").length === 2);
    await page.close();
  });

  once("a file that holds no run is named for what it is", async () => {
    const page = await browser.openPage(`${site.url}#/new`);
    await page.setFiles("input[type=file]", [record("README.md")]);
    await page.waitFor(() => document.querySelector("[role=alert]"));
    const alert = await page.evaluate(() => document.querySelector("[role=alert]").textContent);
    assert.match(alert, /README\.md is nothing we can replay/);
    assert.match(alert, /UNKNOWN_RECORD/);
    await page.close();
  });

  once("after a reload the page says that files are not kept", async () => {
    const page = await browser.openPage(`${site.url}#/record`);
    await page.waitFor(() => document.querySelector(".notice-title"));
    assert.match(await page.evaluate(() => document.querySelector(".notice").textContent), /not open any more/);
    await page.close();
  });
});
