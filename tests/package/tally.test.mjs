// How npm test counts: a suite that ran nothing, or broke before it could count, must not pass.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { countCargo, countNode, failedFiles, Tally } from "../../scripts/lib/tally.mjs";

const none = { passed: 0, failed: 0, skipped: 0 };

function closingLine(tally) {
  const log = mock.method(console, "log", () => {});
  try {
    tally.print();
    return log.mock.calls.at(-1).arguments[0].trim();
  } finally {
    log.mock.restore();
  }
}

test("cargo's results of several binaries are added up", () => {
  const output = `running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
`;
  assert.deepEqual(countCargo(output), { passed: 4, failed: 2, skipped: 1 });
  assert.deepEqual(countCargo("error: could not compile"), none);
});

test("both reporters of Node are understood", () => {
  assert.deepEqual(countNode("ℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ todo 0\n"), {
    passed: 3,
    failed: 2,
    skipped: 0,
  });
  assert.deepEqual(countNode("# pass 2\n# fail 0\n# skipped 1\n"), { passed: 2, failed: 0, skipped: 1 });
});

test("a suite that found no tests has failed", () => {
  const tally = new Tally();
  tally.add("empty", 0, none);
  assert.equal(closingLine(tally), "0 passed, 1 failed");
});

test("a suite that ended with an error has failed, whatever it counted", () => {
  const tally = new Tally();
  tally.add("broken", 1, { passed: 7, failed: 0, skipped: 0 });
  assert.equal(closingLine(tally), "7 passed, 1 failed");
});

test("the closing line has the sum", () => {
  const tally = new Tally();
  tally.add("one", 0, { passed: 2, failed: 0, skipped: 1 });
  tally.add("two", 1, { passed: 3, failed: 4, skipped: 0 });
  tally.skip("three", "no such program here");
  assert.equal(closingLine(tally), "5 passed, 4 failed, 2 skipped");
  assert.equal(tally.failed, 4);
});

test("failed files are those that the closing list names, each once", () => {
  const output = `test at tests/e2e/early.test.mjs:3:1
✖ failing tests:

test at tests/element/b.test.mjs:118:5
✖ a poster lies over the first frame (3 ms)
test at tests/element/b.test.mjs:130:5
✖ a title card (3 ms)
test at tests/element/a.test.mjs:1:1
✖ tests/element/a.test.mjs (3 ms)
`;
  assert.deepEqual(failedFiles(output), ["tests/element/a.test.mjs", "tests/element/b.test.mjs"]);
  assert.deepEqual(failedFiles("ℹ pass 3"), []);
});

test("what passes at its second try has passed, and is named; what fails again, or runs nothing, has failed", () => {
  const outcome = (code, count) => {
    const tally = new Tally();
    tally.add("browser", 1, { passed: 3, failed: 2, skipped: 0 });
    tally.retry("browser", ["a.test.mjs"], code, count);
    return [tally.failed, tally.failedNames, closingLine(tally)];
  };
  assert.deepEqual(outcome(0, { passed: 2, failed: 0, skipped: 0 }), [0, [], "5 passed, 0 failed"]);
  for (const [code, count] of [
    [1, { passed: 1, failed: 1, skipped: 0 }],
    [1, { passed: 2, failed: 0, skipped: 0 }],
    [0, none],
  ])
    assert.deepEqual(outcome(code, count), [2, ["browser"], "3 passed, 2 failed"]);
});
