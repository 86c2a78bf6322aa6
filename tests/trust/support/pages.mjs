// Pages in both browsers in which functions of in-page.mjs can be called.
import { launchChromium, launchFirefox } from "../../browser/support/browsers.mjs";
import { serve } from "../../browser/support/server.mjs";

/** Opens a page in each browser: `{ pages: [{ name, call }], close }`. */
export async function openPages() {
  const server = await serve();
  const browsers = await Promise.all([launchChromium(), launchFirefox()]);
  const pages = await Promise.all(
    browsers.map(async (browser, i) => {
      const page = await browser.newPage();
      await page.goto(`${server.url}/`);
      const inside = async ([name, given]) => (await import("/trust/in-page.mjs"))[name](...given);
      return { name: ["Chromium", "Firefox"][i], call: (name, ...given) => page.evaluate(inside, [name, given]) };
    }),
  );
  return {
    pages,
    close: async () => {
      await Promise.all(browsers.map((browser) => browser.close()));
      server.close();
    },
  };
}
