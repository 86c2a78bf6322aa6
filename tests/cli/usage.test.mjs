// What the command line says to people: help, mistakes and how to mend them, exit codes by kind of failure.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf } from "../node/support/fixtures.mjs";
import { run, scratch } from "./support/cli.mjs";

const SHOP = folderOf("shop");

test("help teaches by example, for the whole and for each command", async () => {
  for (const args of [[], ["--help"], ["help"]]) {
    const { code, stdout } = await run(args);
    assert.equal(code, 0);
    assert.match(stdout.toString(), /Learn by example:\n\n {2}task-gif make /);
  }
  const { stdout } = await run(["make", "--help"]);
  assert.match(stdout.toString(), /# every frame 1\.5 s, half the size\n {2}task-gif make shots\/\*\.png --delay 1500/);
  assert.match(stdout.toString(), /--max-colors 2-256/);
  assert.match((await run(["--version"])).stdout.toString(), /^task-gif \d+\.\d+\.\d+\n$/);
});

for (const [what, args, expected] of [
  [
    "an unknown command",
    ["mkae", "x"],
    /^task-gif: USAGE: there is no command mkae\n {2}did you mean task-gif make\?\n$/,
  ],
  ["an unknown flag", ["make", SHOP, "--efort", "fast"], /there is no --efort; did you mean --effort\?/],
  ["a flag without its value", ["make", SHOP, "--effort"], /--effort.*argument missing/],
  [
    "a value of the wrong kind",
    ["make", SHOP, "--width", "wide"],
    /USAGE: --width: expected a whole number from 1 to 65535, found "wide"/,
  ],
  [
    "a value out of range",
    ["make", SHOP, "--max-colors", "1"],
    /--max-colors: expected a whole number from 2 to 256, found 1/,
  ],
  ["no input", ["make"], /USAGE: no screenshots were given\n {2}as in: task-gif make/],
  ["two uses of standard output", ["make", SHOP, "-o", "-", "--json"], /--json and -o - both want standard output/],
  ["a limit without a number", ["make", SHOP, "--limits", "frames=many"], /--limits: expected a size such as 10MB/],
]) {
  test(`${what} is a mistake of the command line: exit code 2, and what to write instead`, async (t) => {
    const { code, stderr } = await run(args, { cwd: scratch(t) });
    assert.equal(code, 2, stderr);
    assert.match(stderr, expected);
  });
}

test("what cannot be read ends with 3, what exceeds a limit with 4, what cannot be written with 6", async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, "bad.json"), "{}");
  writeFileSync(join(folder, "note.txt"), "no picture");
  const cases = [
    [3, ["make", "missing.png"], /UNREADABLE: cannot read missing\.png: there is no such file or folder/],
    [
      3,
      ["make", "shots/*.png"],
      /cannot read shots\/\*\.png: .*\n.*patterns are not expanded: give the folder, as in shots/,
    ],
    [3, ["make", "-"], /cannot read -: .*\n.*no pipe/],
    [2, ["make", SHOP, "-o", ""], /expected the name of a file to write, found an empty one/],
    [3, ["make", "."], /UNKNOWN_RECORD: expected .*; found 2 files/],
    [3, ["make", "bad.json"], /UNKNOWN_RECORD: expected .*; found bad\.json, JSON/],
    [3, ["make", "note.txt", "note.txt"], /UNKNOWN_RECORD: expected .*; found note\.txt, text/],
    [4, ["make", SHOP, "--limits", "frames=2"], /LIMIT_EXCEEDED/],
    [6, ["make", SHOP, "-o", "none/a.gif"], /OUTPUT: cannot write none\/a\.gif: there is no folder none/],
    [6, ["make", SHOP, "-o", "."], /OUTPUT: cannot write \.: it is a folder/],
  ];
  for (const [expected, args, message] of cases) {
    const { code, stderr } = await run(args, { cwd: folder });
    assert.equal(code, expected, stderr);
    assert.match(stderr, message);
  }
});
