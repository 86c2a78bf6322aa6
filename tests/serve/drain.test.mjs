// Whatever is killed, nothing is lost and nothing made twice. `npm run test:serve-drain` does the same with more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drain } from "./support/draining.mjs";
import { withoutRedis } from "./support/redis.mjs";
import { scratch } from "./support/server.mjs";

test("servers, workers and Redis are killed, and every task that ended has its GIF, made by one at a time", {
  skip: withoutRedis,
}, async (t) => {
  const { tasks, server, worker, redis } = await drain(t, scratch(t), { tasks: 40, kills: 10 });
  assert.deepEqual([tasks, server, worker, redis], [40, 2, 7, 1]);
});
