// What counts as another value of a property of <task-gif>.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importSource } from "./support/source.mjs";

const module = await importSource("element/find-difference");
const { findDifference, copyContent } = module["element/find-difference"];

const blob = new Blob(["picture"]);
const draw = () => {};

test("equal content is no difference, whatever holds it", () => {
  const make = () => ({
    list: [{ image: blob, caption: "Goal", click: { left: 1, top: 2 } }, new URL("https://example.com/a"), Number.NaN],
    nothing: undefined,
    draw,
  });
  assert.equal(findDifference(make(), make()), undefined);
  assert.equal(findDifference([], []), undefined);
  assert.equal(findDifference(Object.create(null), {}), undefined);
});

test("a difference is named by its place", () => {
  const cases = [
    [1, 2, ""],
    [undefined, {}, ""],
    [[], {}, ""],
    [[1, 2], [1, 3], "[1]"],
    [[1], [1, 2], "[1]"],
    [{ a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }, ".a.b[0].c"],
    [{ a: 1 }, {}, ".a"],
    [{ a: 0 }, { a: -0 }, ".a"],
    [new URL("https://example.com/a"), new URL("https://example.com/b"), ""],
  ];
  for (const [a, b, path] of cases) {
    assert.equal(findDifference(a, b), path);
    assert.equal(findDifference(b, a), path);
  }
});

test("what may change unseen is equal only to itself", () => {
  const makers = [
    () => new Blob(["a"]),
    () => new Uint8Array(2),
    () => () => 1,
    () => new (class {})(),
    () => new Map(),
  ];
  for (const make of makers) {
    const value = make();
    assert.equal(findDifference({ value }, { value }), undefined);
    assert.equal(findDifference({ value }, { value: make() }), ".value");
  }
});

test("a list that was changed in its place differs from the copy of what it was", () => {
  const list = [{ image: blob, caption: "Goal" }];
  const copy = copyContent(list);
  assert.equal(findDifference(copy, list), undefined);
  assert.equal(copy[0].image, blob);
  list[0].caption = "Another goal";
  assert.equal(findDifference(copy, list), "[0].caption");
  list.push({ image: blob });
  list[0].caption = "Goal";
  assert.equal(findDifference(copy, list), "[1]");
});

test("a cycle ends", () => {
  const make = () => {
    const value = {};
    value.self = value;
    return value;
  };
  assert.equal(findDifference(copyContent(make()), make()), ".self".repeat(8));
});
