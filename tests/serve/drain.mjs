// npm run test:serve-drain [-- TASKS KILLS WORK_MS AWAY_SECONDS]: so many tasks are taken in and made while servers, workers
// and Redis are killed so many times, and Redis once is away for so many seconds. A GIF is simulated by WORK_MS of
// waiting: tasks have to be waiting until the last kill. REDIS_SERVER names the program of Valkey, to try that.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drain } from "./support/draining.mjs";
import { withoutRedis } from "./support/redis.mjs";

if (withoutRedis) throw new Error(withoutRedis);
const numbers = process.argv.slice(2).map(Number);
if (!numbers.every((number) => Number.isInteger(number) && number >= 0)) throw new Error("expected whole numbers");
const [tasks = 500, kills = 60, workMs = 700, awaySeconds = 20] = numbers;
const folder = mkdtempSync(join(tmpdir(), "task-gif-drain-"));
const ends = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const since = performance.now();
  const done = await drain({ after: (end) => ends.unshift(end) }, folder, {
    tasks,
    kills,
    workMs,
    awayMs: awaySeconds * 1000,
    say: console.log,
  });
  const { server, worker, redis, screenshots, takenWhileAway } = done;
  console.log(`${server + worker + redis} kills: ${worker} of workers, ${server} of servers, ${redis} of Redis`);
  console.log(`${takenWhileAway} screenshots were acknowledged while Redis was away for ${awaySeconds} s`);
  console.log(`${screenshots} acknowledged screenshots, all there; ${done.tasks} finished tasks, all with a whole GIF`);
  console.log(`none made by two at a time; ${Math.round((performance.now() - since) / 1000)} s`);
} finally {
  for (const end of ends) await end();
}
