// The built package, served to a browser from two origins.
import { after, before } from "node:test";
import { filesOf } from "../../node/support/fixtures.mjs";
import { serve } from "./server.mjs";

export const OPTIONS = { delay: 1000, fit: "none" };

/** The screenshots of a fixture. */
export const sequence = (folder) => ({ folder, files: filesOf(folder) });

/**
 * Starts the browser before the tests of a file and ends it behind them. Gives `{ inPage, here, elsewhere }`: the first runs
 * a function of in-page.mjs on a fresh page, the others are the servers once the tests run.
 */
export function usePages(launch) {
  const pages = { inPage };
  let browser;
  before(async () => {
    [browser, pages.here, pages.elsewhere] = await Promise.all([launch(), serve(), serve()]);
  });
  after(async () => {
    await browser?.close();
    pages.here?.close();
    pages.elsewhere?.close();
  });

  async function inPage(name, argument, { path = "/", base = "" } = {}) {
    const page = await browser.newPage();
    try {
      await page.goto(pages.here.url + path);
      const call = async ([module, key, value]) => (await import(module))[key](value);
      return await page.evaluate(call, ["/support/in-page.mjs", name, { base, options: OPTIONS, ...argument }]);
    } finally {
      await page.close();
    }
  }
  return pages;
}
