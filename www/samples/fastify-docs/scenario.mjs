/** A documentation site: search with live results, long scrolls, a code block, the dark theme of the site. */

import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";

const origin = "https://docs.web-framework.example";

export default {
  id: "c2a9d6b0-1f7e-4f0b-8f43-0a6c6a1e7d15",
  task: "Find out in the Fastify documentation how large a request body may be by default, and how one route can allow more.",
  status: "finished",
  output: "The default is 1 MiB (1048576 bytes). One route allows more with its own bodyLimit option.",
  createdAt: "2026-05-15T14:40:31.005Z",
  viewport: { width: 1280, height: 800 },
  origin,
  packages: [
    "docsify@5.0.0",
    "fastify@5.12.8",
    "@fontsource-variable/inter@5.3.0",
    "@fontsource-variable/jetbrains-mono@5.3.0",
  ],
  /** docsify asks for Markdown by path; the text comes out of the package's own docs folder. */
  async routes(url, _request, packages) {
    if (url.origin !== origin || !url.pathname.startsWith("/docs/")) return null;
    const file = join(packages.get("fastify"), normalize(decodeURIComponent(url.pathname)));
    const text = await readFile(file, "utf8").catch(() => null);
    if (text === null) return null;
    return {
      body: text.replaceAll(/<h([1-6]) align="center">(.*?)<\/h\1>/g, "# $2"),
      contentType: "text/markdown; charset=utf-8",
    };
  },
  async run({ page, step }) {
    const scrollBy = async (pixels) => {
      await page.mouse.move(800, 400);
      await page.mouse.wheel(0, pixels);
    };
    const scrollTo = (text) =>
      page
        .getByText(text, { exact: false })
        .first()
        .evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 120));
    await step(
      "Open the documentation",
      async () => {
        await page.goto(`${origin}/`);
        await page.waitForSelector(".markdown-section h1");
      },
      { settleMs: 1500 },
    );
    await step(
      "Open the reference of the server options",
      async () => {
        await page.click('.sidebar a[href*="Reference/Server"]');
        await page.waitForURL("**Reference/Server");
      },
      { settleMs: 900 },
    );
    await step("Scroll to read about time limits", () => scrollBy(640), {
      evaluation: "Failed - the text is about time limits, not about sizes",
    });
    await step(
      'Type "body" into the search box',
      () => page.locator("input[type=search]").pressSequentially("body", { delay: 40 }),
      { settleMs: 900 },
    );
    await step(
      "Make the search more exact",
      () => page.locator("input[type=search]").pressSequentially("Limit", { delay: 40 }),
      { settleMs: 900 },
    );
    await step(
      "Open the first result",
      async () => {
        await page.locator(".matching-post a, .results-panel a").first().click();
      },
      { settleMs: 1200 },
    );
    await step("Read the default value", () => scrollTo("Defines the maximum payload"));
    await step(
      "Clear the search and open the reference of routes",
      async () => {
        await page.fill("input[type=search]", "");
        await page.click('.sidebar a[href*="Reference/Routes"]');
      },
      { settleMs: 1000 },
    );
    await step("Scroll to the options of a route", () => scrollBy(900));
    await step("Go on to the option bodyLimit", () => scrollBy(1330), { settleMs: 700 });
  },
};
