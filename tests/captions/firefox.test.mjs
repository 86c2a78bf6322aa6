// Captions drawn in Firefox.
import { after, before, test } from "node:test";
import { launchFirefox } from "../browser/support/browsers.mjs";
import { inBrowser } from "./support/in-browser.mjs";

let browser;
before(async () => {
  browser = await launchFirefox();
});
after(() => browser?.close());

inBrowser(test, () => browser);
