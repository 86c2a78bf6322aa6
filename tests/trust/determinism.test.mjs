// The same bytes from the same screenshots and options: natively, in Node, Chromium and Firefox, for 1 to 4 workers that
// end in any order. tests/trust/determinism.mjs does it for a hundred option sets and the recorded tasks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { compareEverywhere, generatedJob } from "./support/determinism.mjs";
import { buildNative } from "./support/native.mjs";
import { openPages } from "./support/pages.mjs";

const OPTION_SETS = 24;

let world;
before(async () => {
  world = await openPages();
});
after(() => world?.close());

test(`${OPTION_SETS} option sets give the same bytes natively, in Node and in both browsers`, async () => {
  const jobs = Array.from({ length: OPTION_SETS }, (_, i) => generatedJob(5000 + i));
  const overtaken = await compareEverywhere(jobs, await buildNative(), world.pages);
  assert.ok(overtaken > OPTION_SETS, `only ${overtaken} answers were overtaken`);
});
