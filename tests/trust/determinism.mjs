#!/usr/bin/env node
// The long run of tests/trust/determinism.test.mjs: npm run test:determinism [-- OPTION_SETS]
import { compareEverywhere, generatedJob } from "./support/determinism.mjs";
import { buildNative } from "./support/native.mjs";
import { openPages } from "./support/pages.mjs";
import { recordedJobs } from "./support/recorded.mjs";

const [count = "100"] = process.argv.slice(2);
const recorded = [...recordedJobs([{ effort: "fast" }, { effort: "balanced" }, { effort: "smallest" }])];
const jobs = [...Array.from({ length: Number(count) }, (_, i) => generatedJob(i)), ...recorded];
const [native, world] = await Promise.all([buildNative(), openPages()]);
try {
  const tell = (done) => done % 10 === 0 && console.log(`${done} of ${jobs.length}`);
  const overtaken = await compareEverywhere(jobs, native, world.pages, tell);
  const what = `${count} option sets and ${recorded.length} recorded assemblies: the same bytes natively, in Node, Chromium and Firefox`;
  console.log(`${what}, for 1 to 4 workers; ${overtaken} answers overtook others`);
} finally {
  await world.close();
}
