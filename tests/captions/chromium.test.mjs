// Captions drawn in Chromium.
import { after, before, test } from "node:test";
import { launchChromium } from "../browser/support/browsers.mjs";
import { inBrowser } from "./support/in-browser.mjs";

let browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

inBrowser(test, () => browser);
