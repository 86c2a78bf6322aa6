// Steps that are left out, captions and times that are changed: in the GIF, in the link, and undone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { figure, gifReady, sampleTask } from "./support/site.mjs";

const site = useDashboard();
const TASK = sampleTask("code-editor");

/** Changes a field as a person would. */
const set = (page, label, value) =>
  page.evaluate(
    ([name, text]) => {
      const input = document.querySelector(`.edits [aria-label="${name}"]`);
      if (input.type === "checkbox") return input.click();
      input.value = text;
      input.dispatchEvent(new Event("change"));
    },
    [label, value],
  );

inEachBrowser(
  ({ browser }) => {
    test("a step is left out, another gets a caption and a time; the link keeps it, and undo takes it back", async () => {
      const page = await browser.openPage(`${site.url}#/task/${TASK.id}`);
      const first = await gifReady(page);
      const frames = Number(await figure(page, "frames"));
      // What is about to be changed is on screen.
      await page.evaluate(() => document.querySelectorAll("[role=tab]")[2].click());
      await page.evaluate(() => document.querySelector('.edits [aria-label="Caption of step 4"]').focus());
      await page.waitFor(() => document.querySelectorAll(".edit-row")[3].ariaCurrent === "step");
      await set(page, "Show step 3");
      await set(page, "Caption of step 4", "Here it goes wrong");
      await set(page, "Seconds of step 4", "7.5");
      const second = await gifReady(page, first);
      const noteOf = (position) =>
        page.evaluate((at) => document.querySelectorAll(".steps .step")[at].textContent, position);
      await page.waitFor(() => /left out/.test(document.querySelectorAll(".steps .step")[2].textContent));
      assert.match(await noteOf(3), /Here it goes wrong.*7\.5 s/);
      assert.ok(Number(await figure(page, "frames")) < frames);
      const hash = await page.evaluate(() => location.hash);
      assert.equal(hash, `#/task/${TASK.id}?off=3&c4=Here+it+goes+wrong&t4=7500`);
      const bytes = await page.evaluate(() => document.querySelector("[data-stat=size] dd span").title);

      for (let i = 0; i < 3; i++) await page.evaluate(() => document.querySelector("[data-action=undo]").click());
      await gifReady(page, second);
      assert.equal(await page.evaluate(() => location.hash), `#/task/${TASK.id}`);
      assert.equal(await page.evaluate(() => document.querySelector("[data-action=undo]").disabled), true);
      assert.equal(Number(await figure(page, "frames")), frames);
      await page.close();

      // Whoever follows the link sees the same.
      const other = await browser.openPage(`${site.url}${hash}`);
      await gifReady(other);
      await other.waitFor(() => /left out/.test(document.querySelectorAll(".steps .step")[2].textContent));
      assert.equal(await other.evaluate(() => document.querySelector("[data-stat=size] dd span").title), bytes);
      assert.deepEqual(await other.problems(), []);
      await other.close();
    });
  },
  ["Chromium", "Firefox"],
);
