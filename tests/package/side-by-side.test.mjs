// npm test runs suites side by side, except those that would wait for each other.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runSideBySide } from "../../scripts/lib/side-by-side.mjs";
import { SECTIONS, suitesOf } from "../../scripts/lib/suites.mjs";

test("everything runs once, never more than asked for at once, and a lock is had by one", async () => {
  const item = fc.record({
    lock: fc.constantFrom(undefined, undefined, "a", "b"),
    turns: fc.nat(4),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), async (items, most) => {
      const running = new Set();
      const started = [];
      await runSideBySide(items, most, async (mine) => {
        started.push(mine);
        running.add(mine);
        assert.ok(running.size <= most);
        const locks = [...running].flatMap(({ lock }) => lock ?? []);
        assert.equal(new Set(locks).size, locks.length);
        for (let i = 0; i < mine.turns; i++) await new Promise((resolve) => setImmediate(resolve));
        running.delete(mine);
      });
      assert.equal(new Set(started).size, items.length);
    }),
  );
});

test("a failure of the runner itself is not lost", async () => {
  await assert.rejects(
    runSideBySide([{}, {}], 2, () => Promise.reject(new Error("no"))),
    { message: "no" },
  );
});

test("commands of cargo run one after another; what waits for servers and browsers has a second try", () => {
  const suites = SECTIONS.flatMap(suitesOf).filter(({ skip }) => !skip);
  for (const { name, lock, retry } of suites) {
    assert.equal(lock, /^cargo |tests\/node$/.test(name) ? "cargo" : undefined, name);
    const isTimed = /tests\/(serve|e2e|element|browser|trust|captions)$/.test(name);
    assert.equal(typeof retry, isTimed ? "function" : "undefined", name);
  }
});
