// The task client in a page in Firefox.
import { inFirefox } from "./support/environments.mjs";
import { runSuite } from "./support/suite.mjs";

runSuite("Firefox", inFirefox, { sequences: 200 });
