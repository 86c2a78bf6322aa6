// Pages of the test server in a browser, with an element in them.
import assert from "node:assert/strict";
import { launch } from "../../e2e/support/browsers.mjs";
import { filesOf } from "../../node/support/fixtures.mjs";
import { serve } from "./server.mjs";

export { BROWSERS } from "../../e2e/support/browsers.mjs";

/** Files of the recorded screenshots: 8, two of which are the same. */
export const FILES = filesOf("shop");

/** The eight steps of the recorded screenshots. */
export const STEPS = FILES.map((_, i) => ({ number: i + 1, caption: `Goal ${i + 1}` }));

/** Starts a browser and two servers, of which the second is another origin; `{ here, elsewhere, open, close }`. */
export async function start(name, files) {
  const [browser, here, elsewhere] = await Promise.all([launch(name), serve(files), serve(files)]);
  return {
    here,
    elsewhere,
    async open(path = "/page", options = {}) {
      const page = await browser.openPage(here.url + path, options);
      await page.waitFor(() => globalThis.isLoaded);
      return { ...page, place: placer(page), until: waiter(page), rows: rowsOf(page) };
    },
    async close() {
      await browser.close();
      here.close();
      elsewhere.close();
    },
  };
}

/** `place(attributes, properties, slot)` for properties that are plain data. */
function placer(page) {
  return (attributes, properties = {}, slot = "") =>
    page.evaluate(
      (given) => {
        globalThis.place(given.attributes, given.properties, given.slot);
      },
      { attributes, properties, slot },
    );
}

/** `rows(count)` waits until the transcript, which comes in slices, has so many rows, and resolves to their texts. */
function rowsOf(page) {
  return async (count) => {
    await page.waitFor((wanted) => globalThis.part("steps")?.childElementCount === wanted, count);
    return page.evaluate(() => [...globalThis.part("steps").children].map((row) => row.textContent));
  };
}

/** `until(state)` waits for a state; resolves to what the last change to it told, and to what is then to be read. */
function waiter(page) {
  return async (state) => {
    await page.waitFor((wanted) => ["error", wanted].includes(globalThis.element.state), state);
    const found = await page.evaluate(() => ({
      ...globalThis.told.findLast(({ type }) => type === "statechange"),
      text: globalThis.element.shadowRoot.textContent,
    }));
    assert.equal(found.state, state, found.message);
    return found;
  };
}
