// What the test files begin with: the dashboard, and a browser for each group of tests.
import { after, before, describe, test } from "node:test";
import { BROWSERS, launch } from "./browsers.mjs";
import { serveDashboard } from "./site.mjs";

/** Serves the dashboard while the tests of a file run; what is returned has its `url` as soon as they do. */
export function useDashboard(options) {
  const site = { url: undefined };
  let server;
  before(async () => {
    server = await serveDashboard(options);
    site.url = server.url;
  });
  after(() => server?.close());
  return site;
}

/**
 * Defines tests for each browser, one after the other. `define` gets `{ name, browser, once }`, where `once` is `test`
 * in one of the browsers: for what does not depend on the browser.
 */
export function inEachBrowser(define, names = BROWSERS) {
  for (const name of names) {
    describe(name, () => {
      let launched;
      before(async () => {
        launched = await launch(name);
      });
      after(() => launched?.close());
      const browser = { openPage: (...given) => launched.openPage(...given) };
      define({ name, browser, once: name === "Chromium" ? test : () => {} });
    });
  }
}
