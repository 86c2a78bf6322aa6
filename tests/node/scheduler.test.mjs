import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { importSource } from "./support/source.mjs";

const {
  "assembly/attempt/schedule": { balance, frameCosts, splitRuns, stealAt },
} = await importSource("assembly/attempt/schedule");

const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 });
const CONTEXT = 0.5;

/** What the longest run costs, its context included. */
function longest(costs, runs) {
  const cost = ({ start, end }) =>
    CONTEXT * ((costs[start - 1] ?? 0) + (costs[start - 2] ?? 0)) + costs.slice(start, end).reduce((a, b) => a + b, 0);
  return Math.max(...runs.map(cost));
}

test("runs cover every frame once, in order, with at most one run a worker", () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 8 }), fc.nat(10), (bytes, workers, skip) => {
      const from = Math.min(skip, bytes.length);
      const runs = splitRuns(frameCosts(bytes), workers, from);
      assert.ok(runs.length <= workers);
      let next = from;
      for (const { start, end } of runs) {
        assert.equal(start, next);
        assert.ok(end > start);
        next = end;
      }
      assert.equal(next, bytes.length);
    }),
  );
});

test("no other division into two runs is noticeably better", () => {
  fc.assert(
    fc.property(sizes, (bytes) => {
      const costs = frameCosts(bytes);
      const best = Math.min(
        ...costs.map((_, at) =>
          longest(costs, at === 0 ? [run(0, costs.length)] : [run(0, at), run(at, costs.length)]),
        ),
      );
      assert.ok(longest(costs, splitRuns(costs, 2)) <= best * 1.01 + 1e-9);
    }),
  );
});

test("a screenshot of the same length as the one before counts as hardly any work", () => {
  const [first, second, third] = frameCosts([500, 500, 900]);
  assert.ok(second < first / 10);
  assert.ok(third > first);
});

test("one frame, or none, is no reason for more than one run", () => {
  assert.deepEqual(splitRuns(frameCosts([]), 4), []);
  assert.deepEqual(splitRuns(frameCosts([7]), 4), [run(0, 1)]);
});

test("a steal takes a rear part, and only when it saves time", () => {
  fc.assert(
    fc.property(sizes, fc.nat(40), fc.nat(3), (bytes, start, busy) => {
      const costs = frameCosts(bytes);
      const rest = run(Math.min(start, costs.length), costs.length);
      const at = stealAt(costs, rest, busy);
      if (at === undefined) return;
      assert.ok(at >= rest.start && at < rest.end);
      const alone = busy + sum(costs, rest.start, rest.end);
      const context = CONTEXT * ((costs[at - 1] ?? 0) + (costs[at - 2] ?? 0));
      const shared = Math.max(busy + sum(costs, rest.start, at), context + sum(costs, at, rest.end));
      assert.ok(shared < alone);
    }),
  );
});

test("a single frame is not stolen from a worker that is about to be idle", () => {
  const costs = [1, 1, 1, 1, 1];
  assert.equal(stealAt(costs, run(4, 5), 0), undefined);
  assert.equal(stealAt(costs, run(5, 5), 2), undefined);
  assert.equal(stealAt(Array(20).fill(1), run(10, 20), 1), 15);
});

test("moves even out what workers have to encode, and never make it worse", () => {
  const frames = fc.array(fc.record({ cost: fc.nat(1000), owner: fc.nat(3) }), { maxLength: 30 });
  fc.assert(
    fc.property(frames, (list) => {
      const costs = list.map(({ cost }) => cost);
      const owners = list.map(({ owner }) => owner);
      const most = (by) =>
        Math.max(
          ...[0, 1, 2, 3].map((owner) =>
            sum(
              costs.filter((_, i) => by[i] === owner),
              0,
              99,
            ),
          ),
        );
      const moves = balance(costs, owners, 4);
      assert.equal(new Set(moves.map(({ planIndex }) => planIndex)).size, moves.length);
      const after = [...owners];
      for (const { planIndex, to } of moves) {
        assert.notEqual(after[planIndex], to);
        after[planIndex] = to;
      }
      assert.ok(moves.length === 0 || most(after) < most(owners));
    }),
  );
});

test("one frame goes where there is nothing to do, and equal shares stay as they are", () => {
  assert.deepEqual(
    balance([5, 5, 5, 5], [0, 0, 0, 0], 2).map(({ to }) => to),
    [1, 1],
  );
  assert.deepEqual(balance([5, 5], [0, 1], 2), []);
  assert.deepEqual(balance([9], [0], 2), []);
  assert.deepEqual(balance([], [], 2), []);
});

function run(start, end) {
  return { start, end };
}

function sum(costs, start, end) {
  return costs.slice(start, end).reduce((a, b) => a + b, 0);
}
