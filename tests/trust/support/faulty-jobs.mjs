// Many assemblies of which some are disturbed: what becomes of each, and what is left over.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { workers } from "./faulty-workers.mjs";
import { between, generator, screenshots } from "./pictures.mjs";

const { assembleGif } = await import("task-gif");

const KINDS = 10;
const AT_ONCE = 4;
const DISTURBANCES = ["kill", "trap", "abort", "stall", "damage"];

const digest = async ({ blob }) =>
  createHash("sha256")
    .update(new Uint8Array(await blob.arrayBuffer()))
    .digest("hex");
const shotsOf = (kind) => screenshots(kind + 1, { count: 3 + (kind % 6), side: 80 });

/** A stream that begins like a screenshot and never goes on. */
const stalled = () => new Response(new ReadableStream({ start: (to) => to.enqueue(Uint8Array.of(0x89, 0x50)) }));

/** Bytes in use after everything that can be let go of is. */
export function memoryInUse() {
  setFlagsFromString("--expose_gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Runs so many jobs, a tenth of them disturbed; resolves to counts. Fails as soon as a job ends otherwise than it
 * should: the same bytes as undisturbed, also where a worker was lost, or the one error that fits.
 */
export async function runJobs(count, seed, tell = () => {}) {
  const random = generator(seed);
  const expected = [];
  for (let kind = 0; kind < KINDS; kind++) expected.push(await digest(await assembleGif(shotsOf(kind))));
  const seen = { right: 0, kill: 0, trap: 0, abort: 0, stall: 0, damage: 0 };
  const memory = [];
  for (let done = 0; done < count; done += AT_ONCE) {
    // One disturbance among the jobs that share workers: two in one job would rightly end it.
    const disturbed = random() < 0.1 * AT_ONCE ? between(random, 0, AT_ONCE - 1) : -1;
    const jobs = Array.from({ length: Math.min(AT_ONCE, count - done) }, async (_, place) => {
      const kind = between(random, 0, KINDS - 1);
      const disturbance = place === disturbed ? DISTURBANCES[between(random, 0, DISTURBANCES.length - 1)] : undefined;
      await runJob(kind, expected[kind], disturbance, random);
      seen[disturbance ?? "right"]++;
    });
    await Promise.all(jobs);
    workers.fault = undefined;
    if (done % 100 === 0) {
      memory.push(memoryInUse());
      tell(done, { ...seen, live: workers.live.size, memory: memory.at(-1) });
    }
  }
  return { ...seen, faults: workers.faults, started: workers.started, memory };
}

async function runJob(kind, expected, disturbance, random) {
  const shots = shotsOf(kind);
  const controller = new AbortController();
  const options = { workers: between(random, 1, 3), signal: controller.signal };
  switch (disturbance) {
    case "kill":
    case "trap":
      workers.after = between(random, 0, 6);
      workers.fault = disturbance;
      break;
    case "abort": {
      const phase = ["analyze", "plan", "encode"][between(random, 0, 2)];
      options.onProgress = (progress) => progress.phase === phase && controller.abort();
      return assert.rejects(assembleGif(shots, options), { name: "AbortError" });
    }
    case "stall":
      shots[1] = stalled();
      setTimeout(() => controller.abort(), 30);
      return assert.rejects(assembleGif(shots, options), { name: "AbortError" });
    case "damage":
      shots[2] = new Blob([(await shots[2].arrayBuffer()).slice(0, 40)]);
      return assert.rejects(assembleGif(shots, options), { code: "DECODE_FAILED", frame: 2 });
  }
  assert.equal(await digest(await assembleGif(shots, options)), expected, `kind ${kind}, ${disturbance}`);
}
