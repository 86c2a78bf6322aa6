// The built package in Firefox.
import { launchFirefox } from "./support/browsers.mjs";
import { testEngine } from "./support/engine-tests.mjs";
import { usePages } from "./support/pages.mjs";

testEngine(usePages(launchFirefox), { workers: [1, 2, 3], decodes: ["image/avif", "image/bmp"] });
