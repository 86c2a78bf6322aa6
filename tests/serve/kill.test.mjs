// Killed at any moment it loses nothing. `npm run test:serve-kill` does the same at 200 moments.
import assert from "node:assert/strict";
import { test } from "node:test";
import { killRepeatedly } from "./support/killing.mjs";
import { scratch } from "./support/server.mjs";

test("killed ten times under load it loses no screenshot, serves no part of a GIF, and finishes every task", async (t) => {
  const { kills, acknowledged, finished } = await killRepeatedly(scratch(t), 10);
  assert.equal(kills, 10);
  // There was load.
  assert.ok(acknowledged > 0 && finished > 0, JSON.stringify({ acknowledged, finished }));
});
