// Faults in the running library, in Node with real workers; tests/trust/faults.mjs does it a thousand times.
import assert from "node:assert/strict";
import { test } from "node:test";
import { workers } from "./support/faulty-workers.mjs";

const { runJobs } = await import("./support/faulty-jobs.mjs");

const JOBS = 200;
/** Two assemblies share the workers at a time, with at most three each. */
const MOST_WORKERS = 6;

test("disturbed assemblies end as they should, the others are right, and no worker is left over", async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 100_000);
  t.diagnostic(`seed ${seed}; repeat with SEED=${seed}`);
  const urls = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (...given) => {
    const url = createObjectURL(...given);
    urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    urls.delete(url);
    revokeObjectURL(url);
  };
  t.after(() => Object.assign(URL, { createObjectURL, revokeObjectURL }));
  const seen = await runJobs(JOBS, seed);
  t.diagnostic(JSON.stringify(seen));
  assert.equal(seen.right + seen.kill + seen.trap + seen.abort + seen.stall + seen.damage, JOBS);
  // Workers that were ended are still leaving for a moment.
  for (let turn = 0; turn < 100 && workers.live.size > MOST_WORKERS; turn++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(workers.live.size <= MOST_WORKERS, `${workers.live.size} workers live`);
  assert.equal(urls.size, 0);
});
