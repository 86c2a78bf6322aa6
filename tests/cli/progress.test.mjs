// What is seen while a GIF is made: a bar on a terminal, a line for each phase elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importSource } from "../node/support/source.mjs";

const { "../cli/progress-display": progress } = await importSource("../cli/progress-display");
const CLEAR = "\r\x1b[K";

/** A display on a screen that keeps what is written. */
function open(screen) {
  const written = [];
  const display = new progress.ProgressDisplay({ write: (text) => written.push(text), ...screen });
  return { display, written };
}

const at = (phase, done, total, ratio) => ({ phase, done, total, ratio });

test("a terminal has one line that is drawn anew, and is gone afterwards", () => {
  const { display, written } = open({ isTTY: true, columns: 60 });
  display.show(at("analyze", 1, 10, 0.25));
  display.show(at("encode", 10, 10, 1));
  display.line("a.gif: done");
  assert.deepEqual(written, [
    `${CLEAR}[######------------------]  25 %  comparing screenshots 1/10`.slice(0, CLEAR.length + 59),
    `${CLEAR}[########################] 100 %  writing frames 10/10`,
    CLEAR,
    "a.gif: done\n",
  ]);
});

test("it is drawn no more often than can be seen, but always at the end", () => {
  const { display, written } = open({ isTTY: true, columns: 0 });
  for (let i = 0; i < 100; i++) display.show(at("analyze", i, 100, i / 200));
  display.show(at("encode", 1, 1, 1));
  assert.ok(written.length < 20, `${written.length} times`);
  assert.match(written.at(-1), /100 % {2}writing frames 1\/1$/);
});

test("elsewhere there is one line for each phase", () => {
  const { display, written } = open({});
  for (const phase of ["analyze", "plan", "encode"]) {
    for (let i = 0; i < 3; i++) display.show(at(phase, i, 3, 0.5));
  }
  assert.deepEqual(written, ["comparing screenshots (3)\n", "choosing colors (3)\n", "writing frames (3)\n"]);
});
