// The task client in a page in Chromium, with CORS and preflights as they are.
import { inChromium } from "./support/environments.mjs";
import { runSuite } from "./support/suite.mjs";

runSuite("Chromium", inChromium, { sequences: 500 });
