// Options through the page: captions, cards and limits on the size, and what the page says about them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch } from "./support/browsers.mjs";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { figure, frameDrawn, gifReady, playerText, sampleTask } from "./support/site.mjs";

const TASK = sampleTask("code-editor");

const site = useDashboard();

const choose = (page, selector) =>
  page.evaluate((input) => document.querySelector(`.options ${input}`).click(), selector);
const sizeOf = (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) });

inEachBrowser(({ browser, once }) => {
  test("captions stand in a bar below the page until they are switched off; a title card is one more frame", async () => {
    const page = await browser.openPage(`${site.url}#/task/${TASK.id}`);
    const { width, height } = TASK.viewport;
    const captioned = await gifReady(page);
    const { bytes } = await page.download("a[data-action=download]");
    assert.equal(sizeOf(bytes).width, width);
    assert.ok(sizeOf(bytes).height > height && sizeOf(bytes).height < height * 1.3, `${sizeOf(bytes).height}`);
    const frames = Number(await figure(page, "frames"));

    await choose(page, "input[value=off]");
    const plain = await gifReady(page, captioned);
    assert.equal(sizeOf((await page.download("a[data-action=download]")).bytes).height, height);
    await choose(page, "input[data-option=titleCard]");
    await gifReady(page, plain);
    assert.equal(Number(await figure(page, "frames")), frames + 1);
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });

  once("each frame says why it stays as long as it does", async () => {
    const page = await browser.openPage(`${site.url}#/task/${TASK.id}`);
    const first = await gifReady(page);
    await frameDrawn(page);
    await page.evaluate(() => document.querySelectorAll(".step")[2].click());
    assert.match(await playerText(page, "stay"), /^Stays \d\.\d s: \d\.\d base \+ .*\d\.\d caption/);
    await choose(page, "input[value=fixed]");
    await gifReady(page, first);
    await page.waitFor(() =>
      /as it was set/.test(document.querySelector("task-gif").shadowRoot.querySelector("[part=stay]").textContent),
    );
    assert.equal(await playerText(page, "stay"), "Stays 1.5 s: as it was set");
    await page.close();
  });
});

describe("Chromium", () => {
  test("a preset of the share dialog makes the GIF fit, and the figures say at what cost", async () => {
    const browser = await launch("Chromium");
    try {
      const page = await browser.openPage(`${site.url}#/new`, { memory: { "task-gif.options": { effort: "fast" } } });
      const tasks = ["ceramics-shop", "bike-api", "freight-console"].map(sampleTask);
      await page.setFiles(
        "input[type=file]",
        tasks.flatMap(({ files }) => files),
      );
      await page.click("[data-action=assemble]");
      const before = await gifReady(page);
      assert.ok((await page.download("a[data-action=download]")).bytes.length > 1_000_000);
      await page.click("[data-action=open-share]");
      await page.click("[data-action=fit-1]");
      await gifReady(page, before);
      assert.ok((await page.download("a[data-action=download]")).bytes.length <= 1_000_000);
      assert.match(await page.evaluate(() => document.querySelector("[data-stat=size]").textContent), /reduced/);
      assert.equal(
        await page.evaluate(() => document.querySelector(".options input[data-option=limit]:checked").value),
        "1",
      );
      await page.close();
    } finally {
      await browser.close();
    }
  });
});
