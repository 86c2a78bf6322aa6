// npm run test:serve-drain: 500 tasks are taken in and made while servers, workers and Redis are killed 60 times, or as
// many as are given: node tests/serve/drain.mjs TASKS KILLS
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drain } from "./support/draining.mjs";
import { withoutRedis } from "./support/redis.mjs";

/** Long enough for tasks to be waiting until the last kill. */
const WORK_MS = 700;
const AWAY_MS = 20_000;

if (withoutRedis) throw new Error(withoutRedis);
const [tasks = 500, kills = 60] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "task-gif-drain-"));
const ends = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const since = performance.now();
  const done = await drain({ after: (end) => ends.unshift(end) }, folder, {
    tasks,
    kills,
    workMs: WORK_MS,
    awayMs: AWAY_MS,
    say: console.log,
  });
  const { server, worker, redis, screenshots } = done;
  console.log(`${server + worker + redis} kills: ${worker} of workers, ${server} of servers, ${redis} of Redis`);
  console.log(`${screenshots} acknowledged screenshots, all there; ${done.tasks} finished tasks, all with a whole GIF`);
  console.log(`none made by two at a time; ${Math.round((performance.now() - since) / 1000)} s`);
} finally {
  for (const end of ends) await end();
}
