// The alignment of two runs' steps: a pure function, so properties of it over any runs.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { alignSteps } from "task-gif/compare";

const CAPTIONS = ["Open the shop", "Search for a lamp", "Open the cart", "Pay", "Pay by card", "カートを開く"];
const URLS = ["https://shop.test/", "https://shop.test/cart?token=1", "https://shop.test/pay", "about:blank", "no url"];
const step = fc.record(
  {
    caption: fc.oneof(fc.constantFrom(...CAPTIONS), fc.string({ maxLength: 12 })),
    url: fc.constantFrom(...URLS),
    number: fc.integer({ min: 1, max: 6 }),
  },
  { requiredKeys: [] },
);
const run = fc.array(step, { maxLength: 8 });

const places = (pairs, side) => pairs.map((pair) => pair[side]).filter((place) => place !== undefined);
const matches = (pairs, [first, second] = ["a", "b"]) =>
  pairs.filter(({ a, b }) => a !== undefined && b !== undefined).map((pair) => [pair[first], pair[second]]);

test("every step of both runs occurs exactly once, in its order", () => {
  fc.assert(
    fc.property(run, run, (a, b) => {
      const pairs = alignSteps(a, b);
      assert.deepEqual(places(pairs, "a"), [...a.keys()]);
      assert.deepEqual(places(pairs, "b"), [...b.keys()]);
      for (const { similarity } of pairs) assert.ok(similarity >= 0 && similarity <= 1, String(similarity));
    }),
  );
});

test("a run aligned with itself is a pair of equal steps each", () => {
  fc.assert(
    fc.property(run, (a) => {
      assert.deepEqual(
        alignSteps(a, structuredClone(a)),
        a.map((_, i) => ({ a: i, b: i, similarity: 1 })),
      );
    }),
  );
});

test("the same steps are pairs whichever run is the first", () => {
  fc.assert(
    fc.property(run, run, (a, b) => {
      assert.deepEqual(matches(alignSteps(a, b)), matches(alignSteps(b, a), ["b", "a"]));
    }),
  );
});

test("a run without some of its steps is aligned with what is left of it", () => {
  const unique = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { minLength: 1 });
  fc.assert(
    fc.property(unique, fc.infiniteStream(fc.boolean()), (names, kept) => {
      const all = names.map((name, i) => ({ caption: `Step ${name} of ${name}`, number: i + 1 }));
      const some = all.filter(() => kept.next().value);
      const pairs = matches(alignSteps(all, some));
      assert.deepEqual(
        pairs,
        some.map((step, i) => [all.indexOf(step), i]),
      );
    }),
  );
});

test("an inserted step moves those behind it, and steps that have nothing in common are no pair", () => {
  const a = ["Open the shop", "Search for a lamp", "Pay"].map((caption, i) => ({ caption, number: i + 1 }));
  const b = ["Open the shop", "Close a banner", "Search for a lamp", "Pay"].map((caption, i) => ({
    caption,
    number: i + 1,
  }));
  assert.deepEqual(matches(alignSteps(a, b)), [
    [0, 0],
    [1, 2],
    [2, 3],
  ]);
  const strange = [{ caption: "Fly" }];
  assert.deepEqual(alignSteps(strange, [{ caption: "Swim" }]), [
    { a: 0, similarity: 0 },
    { b: 0, similarity: 0 },
  ]);
});

test("values of a query make no step another one, and bare screenshots go by their numbers", () => {
  const at = (url) => [{ url }];
  assert.equal(alignSteps(at("https://a.test/x?token=1#top"), at("https://a.test/x?token=2"))[0].similarity, 1);
  const bare = (numbers) => numbers.map((number) => ({ number }));
  assert.deepEqual(matches(alignSteps(bare([1, 2, 3]), bare([1, 3]))), [
    [0, 0],
    [2, 1],
  ]);
});
