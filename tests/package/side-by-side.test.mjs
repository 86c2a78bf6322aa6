// npm test runs suites side by side, except those that would get into each other's way.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runSideBySide } from "../../scripts/lib/side-by-side.mjs";
import { SECTIONS, suitesOf } from "../../scripts/lib/suites.mjs";

test("everything runs once, what is alone runs alone and in its place, and a lock is had by one", async () => {
  const item = fc.record({
    alone: fc.boolean(),
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
        if ([...running].some(({ alone }) => alone)) assert.equal(running.size, 1);
        const locks = [...running].flatMap(({ lock }) => lock ?? []);
        assert.equal(new Set(locks).size, locks.length);
        for (let i = 0; i < mine.turns; i++) await new Promise((resolve) => setImmediate(resolve));
        running.delete(mine);
      });
      assert.equal(new Set(started).size, items.length);
      for (const [place, { alone }] of items.entries()) if (alone) assert.equal(started[place], items[place]);
    }),
  );
});

test("a failure of the runner itself is not lost", async () => {
  await assert.rejects(
    runSideBySide([{}, {}], 2, () => Promise.reject(new Error("no"))),
    { message: "no" },
  );
});

test("the suite with servers runs alone, and those of cargo one after another", () => {
  const suites = SECTIONS.flatMap(suitesOf).filter(({ skip }) => !skip);
  for (const { name, alone, lock } of suites) {
    if (/\/serve$/.test(name)) assert.equal(alone, true, name);
    if (name.startsWith("cargo ")) assert.equal(lock, "cargo", name);
  }
});
