// Captions drawn in WebKit, where it is installed.
import { after, before, test } from "node:test";
import { findWebKit } from "../../scripts/lib/browsers.mjs";
import { launchWebKitBrowser } from "../browser/support/webkit.mjs";
import { OTHER_ADVANCES } from "./support/goldens.mjs";
import { inBrowser } from "./support/in-browser.mjs";

if (findWebKit()) {
  let browser;
  before(async () => {
    browser = await launchWebKitBrowser();
  });
  after(() => browser?.close());

  inBrowser(test, () => browser, OTHER_ADVANCES);
} else {
  test("captions in WebKit", { skip: "WebKit is not installed; npm run setup -- --test" }, () => {});
}
