// The documentation beside the dashboard: reached from its head, readable by everybody, at every width, in both themes.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { DOCS } from "../../scripts/lib/dashboard.mjs";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const site = useDashboard();
let pages;
before(() => {
  pages = readdirSync(DOCS).filter((name) => name.endsWith(".html"));
});

const address = (name) => `${site.url}docs/${name}`;

inEachBrowser(
  ({ browser }) => {
    for (const dark of [false, true]) {
      test(`axe finds nothing in the ${dark ? "dark" : "light"} theme`, async () => {
        for (const name of [
          "index.html",
          "quick-start.html",
          "how-it-works.html",
          "captions.html",
          "api.html",
          "api-main.html",
        ]) {
          const page = await browser.openPage(address(name), { dark, stillness: true });
          await page.evaluate(AXE);
          const found = await page.evaluate(async () => {
            const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
            return violations.map(
              ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
            );
          });
          assert.deepEqual(found, [], name);
          await page.close();
        }
      });
    }

    test("a phone shows every page without scrolling sideways, and its menu folded", async () => {
      const page = await browser.openPage(address("index.html"), { width: 360, height: 740, stillness: true });
      const seen = [];
      for (const name of pages) {
        await page.evaluate((target) => {
          setTimeout(() => location.assign(target));
        }, name);
        await page.waitFor(
          (target) => location.pathname.endsWith(`/${target}`) && document.readyState === "complete",
          name,
        );
        seen.push(
          await page.evaluate(
            (target) => [target, document.scrollingElement.scrollWidth, document.querySelector(".docs-menu").open],
            name,
          ),
        );
      }
      assert.deepEqual(
        seen.filter(([, width, isOpen]) => width > 360 || isOpen),
        [],
      );
      await page.close();
    });

    test("the head leads there and back, and the theme is the same", async () => {
      const page = await browser.openPage(site.url);
      await page.waitFor(() => document.querySelectorAll("[data-task]").length > 0);
      await page.evaluate(() => {
        document.querySelector("button[aria-label^=Theme]").click();
        document.querySelector("button[aria-label^=Theme]").click();
        [...document.querySelectorAll(".topnav a")].find(({ textContent }) => textContent === "Docs").click();
      });
      await page.waitFor(() => document.querySelector("h1")?.textContent === "Documentation");
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
      await page.evaluate(() => document.querySelector(".docs-cards a").click());
      await page.waitFor(() => document.querySelector("h1")?.textContent === "Quick start");
      await page.evaluate(() => document.querySelector(".brand").click());
      await page.waitFor(() => document.querySelectorAll("[data-task]").length > 0);
      await page.close();
    });

    test("the search leads to the heading under which the words stand, and back to the list of pages", async () => {
      const page = await browser.openPage(address("index.html"));
      const search = (text) =>
        page.evaluate((words) => {
          const input = document.querySelector(".docs-search input");
          input.value = words;
          input.dispatchEvent(new Event("input"));
        }, text);
      await search("optimizeDeps exclude");
      await page.waitFor(() => document.querySelector(".docs-search li a"));
      const first = await page.evaluate(() => document.querySelector(".docs-search li a").href);
      assert.match(first, /\/frameworks\.html#bundlers$/);
      await search("maxBytez");
      await page.waitFor(() => document.querySelector(".docs-search [role=status]").textContent.endsWith("found"));
      assert.ok(await page.evaluate(() => /maxBytes/.test(document.querySelector(".docs-search ul").textContent)));
      await search("zzzzqqqq");
      await page.waitFor(() => document.querySelector(".docs-search [role=status]").textContent === "Nothing found");
      assert.equal(await page.evaluate(() => document.querySelector(".docs-menu nav").hidden), true);
      await search("");
      assert.equal(await page.evaluate(() => document.querySelector(".docs-menu nav").hidden), false);
      await search("optimizeDeps exclude");
      await page.waitFor(() => document.querySelector(".docs-search li a"));
      await page.evaluate(() => document.querySelector("form.docs-search").requestSubmit());
      await page.waitFor(() => location.pathname.endsWith("/frameworks.html"));
      await page.close();
    });

    test("pictures are there, and code has a button that copies it", async () => {
      const page = await browser.openPage(address("how-it-works.html"));
      const broken = await page.evaluate(() =>
        [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).map(({ src }) => src),
      );
      assert.deepEqual(broken, []);
      assert.ok(await page.evaluate(() => document.images.length > 0));
      const copied = await page.evaluate(async () => {
        let text = "";
        navigator.clipboard.writeText = async (given) => {
          text = given;
        };
        document.querySelector(".copy-code").click();
        await new Promise((resolve) => setTimeout(resolve));
        return { text, says: document.querySelector(".copy-code").textContent };
      });
      assert.equal(copied.says, "Copied");
      assert.match(copied.text, /->/);
      await page.close();
    });
  },
  ["Chromium"],
);
