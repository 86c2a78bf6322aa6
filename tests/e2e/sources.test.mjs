// Where a task's GIF comes from: the task endpoint when it has one, this browser otherwise, and the page says why.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { figure, gifReady, PLAIN, sampleTask } from "./support/site.mjs";

/** What the endpoint says of each sample, by its folder. */
const stories = {
  "freight-console": (task) => ({ ...task, hosted: true }),
  "fastify-docs": (task) => ({ ...task, hosted: false, status: "running", finished_at: null }),
  "code-editor": (task) => ({ ...task, hosted: false, finished_at: "2020-01-01T00:00:00Z" }),
  "bike-api": () => undefined,
  "ceramics-shop": (task) => ({
    ...task,
    hosted: false,
    finished_at: new Date().toISOString(),
    steps: task.steps.slice(0, 1),
  }),
};

const REASONS = {
  "fastify-docs": "not finished",
  "code-editor": "not ready yet",
  "bike-api": "not found",
  "ceramics-shop": "fewer than two screenshots",
};

const site = useDashboard({ change: (task) => (stories[task.folder] ?? ((same) => same))(task) });

inEachBrowser(({ name, browser, once }) => {
  const badge = (page) => page.evaluate(() => document.querySelector(".source-badge").textContent);
  const open = (folder) => browser.openPage(`${site.url}#/task/${sampleTask(folder).id}`, PLAIN);

  test("the server's GIF is shown and downloaded as it is; an option makes one here", async () => {
    const { id } = sampleTask("freight-console");
    const page = await open("freight-console");
    const served = await gifReady(page);
    assert.equal(await badge(page), "From the server");
    assert.equal(await figure(page, "took"), "Server");
    const hosted = Buffer.from(await (await fetch(`${site.url}media/gifs/${id}/execution.gif`)).arrayBuffer());
    assert.deepEqual((await page.download("a[data-action=download]")).bytes, hosted);

    // Options that have no part in it are not shown as if they had; what is made next takes the place of the download.
    const chosen = () =>
      page.evaluate(() => [...document.querySelectorAll(".options input:checked")].map(({ value }) => value));
    assert.deepEqual(await chosen(), ["server"]);
    assert.equal(await page.evaluate(() => document.querySelector(".options-note").hidden), false);
    const waiting = await page.evaluate(() => {
      document.querySelector('.options input[value="0.5"]').click();
      const [share, download] = document.querySelectorAll(".head-actions:not(.head-tools) > *");
      return [share.ariaDisabled, download.ariaDisabled, download.hasAttribute("href")];
    });
    assert.deepEqual(waiting, ["true", "true", false]);
    const made = await gifReady(page, served);
    assert.ok((await chosen()).length > 5 && (await chosen()).includes("0.5"));
    assert.equal(await page.evaluate(() => document.querySelector(".options-note").hidden), true);
    assert.equal(await badge(page), "Assembled here: as you chose");
    const { bytes } = await page.download("a[data-action=download]");
    assert.deepEqual([bytes.readUInt16LE(6), bytes.readUInt16LE(8)], [640, 360]);

    await page.evaluate(() => document.querySelector(".options input[value=server]").click());
    await gifReady(page, made);
    assert.equal(await badge(page), "From the server");
    assert.deepEqual((await page.download("a[data-action=download]")).bytes, hosted);
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });

  // The words are the same everywhere.
  const unavailable = name === "Chromium" ? Object.entries(REASONS) : Object.entries(REASONS).slice(0, 1);
  for (const [folder, reason] of unavailable) {
    test(`without a GIF on the server (${reason}) one is assembled here`, async () => {
      const page = await open(folder);
      await gifReady(page);
      assert.equal(await badge(page), `Assembled here: the server has no GIF (${reason})`);
      const { bytes } = await page.download("a[data-action=download]");
      assert.equal(bytes.toString("latin1", 0, 6), "GIF89a");
      assert.equal(bytes.readUInt16LE(6), sampleTask(folder).viewport.width);
      // A missing task is a 404, which the browser notes by itself.
      assert.deepEqual(
        (await page.problems()).filter((text) => !/404/.test(text)),
        [],
      );
      await page.close();
    });
  }

  once("a preference for this machine lasts until it is taken back", async () => {
    const page = await open("freight-console");
    const served = await gifReady(page);
    await page.evaluate(() => document.querySelector(".options input[value=local]").click());
    await gifReady(page, served);
    await page.evaluate(() => {
      location.hash = "#/";
    });
    await page.click(`[data-task="${sampleTask("freight-console").id}"]`);
    await gifReady(page);
    assert.equal(await badge(page), "Assembled here: as you chose");
    await page.close();
  });
});
