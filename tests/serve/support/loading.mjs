// Many clients at once: what they are answered, how fast, and what that costs the server.
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { bytesOf } from "../../node/support/fixtures.mjs";
import { call, serve } from "./server.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);
/** Eight times as often as the documented loop polls. */
const POLL_MS = 250;
const SAMPLE_MS = 500;

/** Lets clients post tasks, poll and download for so long; resolves to counts, latencies of `/gif` and memory. */
export async function load(folder, { clients, seconds, args = [] }) {
  const server = await serve(folder, ["--quiet", ...args]);
  const result = { requests: 0, statuses: {}, errors: [], gifMs: [], tasks: 0, gifs: 0, memory: [] };
  const until = performance.now() + seconds * 1000;
  const sampler = (async () => {
    while (performance.now() < until) {
      result.memory.push(residentBytes(server.child.pid));
      await pause(SAMPLE_MS);
    }
  })();
  await Promise.all(Array.from({ length: clients }, (_, i) => client(server.api, i, clients, until, result)));
  await sampler;
  await server.stop();
  const sorted = result.gifMs.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const { memory, gifMs: _, ...counts } = result;
  return {
    ...counts,
    polls: sorted.length,
    p50: at(0.5),
    p99: at(0.99),
    most: at(1),
    peakBytes: Math.max(...memory),
    memory,
  };
}

async function client(api, index, clients, until, result) {
  await pause((index / clients) * POLL_MS);
  const ask = async (url, init) => {
    const since = performance.now();
    try {
      const answer = await call(url, init);
      result.requests++;
      result.statuses[answer.status] = (result.statuses[answer.status] ?? 0) + 1;
      return { ...answer, ms: performance.now() - since };
    } catch (error) {
      result.errors.push(String(error.cause ?? error));
      return { status: 0, body: {}, ms: 0 };
    }
  };
  const post = async (path, init) => {
    for (;;) {
      const answer = await ask(`${api}${path}`, { method: "POST", ...init });
      if (answer.status !== 429) return answer;
      await pause(Number(answer.headers.get("retry-after")) * 1000);
    }
  };
  while (performance.now() < until) {
    const { id } = (await post("/task", { json: { task: "x" } })).body;
    for (const body of SHOTS) await post(`/task/${id}/screenshot`, { body });
    await post(`/task/${id}/finish`);
    result.tasks++;
    while (performance.now() < until) {
      const { body, ms } = await ask(`${api}/task/${id}/gif`);
      result.gifMs.push(ms);
      if (body.gif) {
        if ((await ask(body.gif)).status === 200) result.gifs++;
        break;
      }
      await pause(POLL_MS);
    }
  }
}

/** Memory of a process that is in use, where the system tells it. */
function residentBytes(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
