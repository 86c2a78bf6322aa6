// Many clients at once get answers, not errors. `npm run test:serve-load` does the same for a minute, and measures.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/loading.mjs";
import { scratch } from "./support/server.mjs";

test("64 clients that post and poll get no error but 429", async (t) => {
  const { statuses, errors } = await load(scratch(t), { clients: 64, seconds: 3 });
  assert.deepEqual(errors, []);
  assert.deepEqual(
    Object.keys(statuses).filter((status) => status !== "200" && status !== "429"),
    [],
  );
  assert.ok(statuses[200] > 64, JSON.stringify(statuses));
});
