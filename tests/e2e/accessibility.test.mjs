// For everybody: axe in light, dark and forced colors, the keyboard alone, phone width, and a strict policy.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { BROWSERS, launch } from "./support/browsers.mjs";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { frameDrawn, gifReady, sampleTask } from "./support/site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TASK = `#/task/${sampleTask("freight-console").id}`;

const site = useDashboard();

/** Every state of the page that looks different, as steps from one to the next. */
const states = {
  "the list": async (page) => {
    await page.waitFor(() => document.querySelector(".task-thumb img")?.complete);
  },
  "the list as rows": async (page) => {
    await page.evaluate(() => document.querySelector(".filters input[value=rows]").click());
    await page.waitFor(() => document.querySelector(".task-list.rows"));
  },
  "a range of dates": (page) =>
    page.evaluate(() => {
      const select = document.querySelector(".filters select");
      select.value = "between";
      select.dispatchEvent(new Event("change"));
    }),
  "an empty search": async (page) => {
    await page.evaluate(() => {
      const input = document.querySelector("input[type=search]");
      input.value = "zebra";
      input.dispatchEvent(new Event("input"));
    });
  },
  "a task": async (page) => {
    await go(page, TASK);
    await gifReady(page);
    // The figures come in together with the first picture.
    await frameDrawn(page);
  },
  "its options": (page) => tab(page, 1),
  "its edits": (page) => tab(page, 2),
  "the comparison": (page) => page.evaluate(() => document.querySelector(".stage-head input[value=compare]").click()),
  "the share dialog": async (page) => {
    await page.evaluate(() => document.querySelector("[data-action=open-share]").click());
    await page.waitFor(() => document.querySelector("dialog[open]"));
  },
  "too few screenshots": async (page) => {
    await page.evaluate(() => document.querySelector("dialog").close());
    await go(page, `#/task/${sampleTask("status-page").id}`);
    await page.waitFor(() => document.querySelector("[data-state=too-few]"));
  },
  "the drop zone": async (page) => {
    await go(page, "#/new");
    await page.waitFor(() => document.querySelector(".dropzone"));
  },
  "screenshots in their order": async (page) => {
    await page.setFiles("input[type=file]", sampleTask("code-editor").files.slice(0, 3));
    await page.waitFor(() => document.querySelectorAll(".shot").length === 3);
  },
  nothing: (page) => go(page, "#/nowhere"),
};

const go = (page, hash) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);
const tab = (page, index) => page.evaluate((at) => document.querySelectorAll("[role=tab]")[at].click(), index);

async function findings(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  });
  return violations;
}

async function walk(browser, options, names = Object.keys(states)) {
  const page = await browser.openPage(site.url, { stillness: true, ...options });
  for (const name of names) {
    await states[name](page);
    assert.deepEqual(await findings(page), [], name);
  }
  await page.close();
}

inEachBrowser(
  ({ browser }) => {
    test("axe finds nothing in the light theme", () => walk(browser, {}));
    // Other colors, on the views that have most of them.
    const colorful = ["the list", "a task", "its options", "its edits", "the comparison", "the share dialog"];
    test("axe finds nothing in the dark theme", () => walk(browser, { dark: true }, colorful));
    test("axe finds nothing in forced colors", () => walk(browser, { forcedColors: true }, colorful));

    test("a phone shows every view without scrolling sideways", async () => {
      const page = await browser.openPage(site.url, { width: 360, height: 740, stillness: true });
      for (const [name, reach] of Object.entries(states)) {
        await reach(page);
        const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
        assert.ok(width <= 360, `${name} is ${width} pixels wide`);
      }
      await page.close();
    });

    test("the policy of the page allows its own scripts and WebAssembly, nothing else", async () => {
      const page = await browser.openPage(site.url);
      const policy = await page.evaluate(
        () => document.querySelector("meta[http-equiv=Content-Security-Policy]").content,
      );
      assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
      assert.ok(!policy.includes("unsafe-inline") && !policy.includes("'unsafe-eval'"));
      await page.close();
    });
  },
  ["Chromium"],
);

for (const name of BROWSERS) {
  test(`${name}: from the list to a downloaded GIF with the keyboard alone`, async () => {
    const browser = await launch(name);
    try {
      const page = await browser.openPage(site.url);
      await page.waitFor(() => document.querySelectorAll("[data-task]").length > 0);
      /** Tabs on until the focus is on what is looked for. */
      const tabTo = async (selector) => {
        for (let presses = 0; presses < 60; presses++) {
          await page.press("Tab");
          if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
        }
        assert.fail(`Tab does not lead to ${selector}`);
      };
      await tabTo(".skip-link");
      await tabTo("[data-task]");
      await page.press("Enter");
      await gifReady(page);
      await tabTo("[data-action=open-share]");
      await page.press("Enter");
      await page.waitFor(() => document.querySelector("dialog[open]")?.contains(document.activeElement));
      await page.press("Escape");
      await page.waitFor(() => document.querySelector("dialog") === null);
      await tabTo("[role=tab]");
      await page.press("ArrowRight");
      assert.equal(await page.evaluate(() => document.querySelectorAll("[role=tabpanel]")[0].hidden), true);
      await page.press("ArrowLeft");
      await tabTo(".step");
      await page.press("Tab");
      await page.press("Enter");
      await frameDrawn(page, 0);
      const { bytes } = await page.download("a[data-action=download]", ".gif", async () => {
        await page.evaluate(() => document.querySelector("a[data-action=download]").focus());
        await page.press("Enter");
      });
      assert.equal(bytes.toString("latin1", 0, 6), "GIF89a");
      await page.close();
    } finally {
      await browser.close();
    }
  });
}
