// After the first visit the page needs no network: the server is shut down and everything goes on.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { BROWSERS, launch } from "./support/browsers.mjs";
import { gifReady, sampleTask, serveDashboard } from "./support/site.mjs";

for (const name of BROWSERS) {
  describe(name, () => {
    test("a reload without a server shows the list, a replay that was looked at, and assembles new ones", async () => {
      const site = await serveDashboard();
      const browser = await launch(name);
      try {
        const page = await browser.openPage(site.url);
        await page.waitFor(() => document.querySelectorAll("[data-task]").length > 0);
        await page.waitFor(() => navigator.serviceWorker.controller !== null);
        const { id } = sampleTask("code-editor");
        await page.click(`[data-task="${id}"]`);
        const online = await gifReady(page);
        const bytes = (address) => fetch(address).then(async (response) => (await response.blob()).size);
        const size = await page.evaluate(bytes, online);
        await site.close();

        await page.reload();
        const offline = await gifReady(page);
        assert.equal(await page.evaluate(bytes, offline), size);
        const badge = await page.evaluate(() => document.querySelector(".source-badge").textContent);
        assert.match(badge, /^Assembled here: the server does not answer/);

        await page.evaluate(() => {
          location.hash = "#/";
        });
        await page.waitFor(() => document.querySelector(".task-thumb img")?.naturalWidth > 0);
        await page.evaluate(() => {
          location.hash = "#/new";
        });
        await page.setFiles("input[type=file]", sampleTask("code-editor").files.slice(4, 7));
        await page.click("[data-action=assemble]");
        await gifReady(page);
      } finally {
        await browser.close();
      }
    });
  });
}

test("the build names its files to the worker, each of which exists, and the manifest can be installed", async () => {
  const site = await serveDashboard();
  try {
    const read = async (path) => (await fetch(new URL(path, site.url))).text();
    const files = JSON.parse(/FILES=(\[.*?\])/.exec(await read("sw.js"))[1]);
    assert.ok(files.some((file) => file.endsWith(".wasm")) && files.some((file) => file.includes("worker")));
    for (const file of files) assert.equal((await fetch(new URL(file, site.url))).status, 200, file);
    const manifest = JSON.parse(await read("manifest.webmanifest"));
    assert.equal(manifest.display, "standalone");
    for (const { src } of manifest.icons) {
      assert.match((await fetch(new URL(src, site.url))).headers.get("content-type"), /^image\/svg/);
    }
  } finally {
    await site.close();
  }
});
