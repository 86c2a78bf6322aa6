// What can be done with a finished GIF beside saving it: reports, snippets, the link and the frame.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch } from "./support/browsers.mjs";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { gifReady, sampleTask } from "./support/site.mjs";

const site = useDashboard();

inEachBrowser(({ browser }) => {
  test("the HTML report holds GIF and transcript in one file; snippets fit what is shown", async () => {
    const task = sampleTask("bike-api");
    const page = await browser.openPage(`${site.url}#/task/${task.id}`);
    const gif = await gifReady(page);
    await page.click("[data-action=open-share]");
    await page.waitFor(() => document.querySelector("dialog[open]"));

    const { name: file, bytes } = await page.download("[data-action=report-html]", ".html");
    assert.match(file, /^use-the-api-reference.*\.html$/);
    const html = bytes.toString("utf8");
    const inside = Buffer.from(/src="data:image\/gif;base64,([^"]+)"/.exec(html)[1], "base64");
    const shown = await page.evaluate(async (url) => (await (await fetch(url)).blob()).size, gif);
    assert.equal(inside.length, shown);
    assert.match(html, /Write the request body/);
    assert.ok(!/<script|src="http/.test(html));

    const snippet = () => page.evaluate(() => document.querySelector(".snippet").textContent);
    assert.match(
      await snippet(),
      new RegExp(`^<img src="${site.url}media/gifs/${task.id}/execution.gif" width="1280" height="\\d+" alt="Use the`),
    );
    await page.evaluate(() => document.querySelector(".dialog input[value=markdown]").click());
    assert.match(await snippet(), /^!\[Use the API reference .*\]\(http:.*execution\.gif\)$/);
    assert.deepEqual(await page.problems(), []);

    await page.press("Escape");
    await page.waitFor(() => document.querySelector("dialog") === null);
    await page.close();
  });
});

describe("Chromium", () => {
  test("the link and the frame on screen go to the clipboard", async () => {
    const browser = await launch("Chromium");
    try {
      const address = `${site.url}#/task/${sampleTask("freight-console").id}`;
      const page = await browser.openPage(address, { stillness: true, clipboard: true });
      await gifReady(page);
      await page.click("[data-action=open-share]");
      await page.click("[data-action=copy-link]");
      await page.waitFor(() => /Link copied/.test(document.querySelector(".toasts").textContent));
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
      await page.click("[data-action=copy-frame]");
      await page.waitFor(() => /Frame copied/.test(document.querySelector(".toasts").textContent));
      const size = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const { width, height } = await createImageBitmap(await item.getType("image/png"));
        return [width, height];
      });
      assert.deepEqual(size, [1280, 720]);
      await page.close();
    } finally {
      await browser.close();
    }
  });
});
