// The built package in WebKit, Safari's engine, as Debian has it.
import { test } from "node:test";
import { findWebKit } from "../../scripts/lib/browsers.mjs";
import { testEngine } from "./support/engine-tests.mjs";
import { usePages } from "./support/pages.mjs";
import { launchWebKitBrowser } from "./support/webkit.mjs";

if (findWebKit()) {
  testEngine(usePages(launchWebKitBrowser), { workers: [1, 2, 3, 4], decodes: ["image/bmp"] });
} else {
  test("WebKit", { skip: "WebKit is not installed" }, () => {});
}
