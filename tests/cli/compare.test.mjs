// task-gif compare: two runs side by side.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf } from "../node/support/fixtures.mjs";
import { run, scratch } from "./support/cli.mjs";

/** A folder with some of the pages of a fixture. */
function pages(folder, name, places) {
  mkdirSync(join(folder, name));
  const files = readdirSync(folderOf("shop")).filter((file) => file.endsWith(".png"));
  for (const [i, place] of places.entries()) {
    copyFileSync(join(folderOf("shop"), files[place]), join(folder, name, `step-${i}.png`));
  }
}

test("makes a GIF of two runs and says which steps differ", async (t) => {
  const folder = scratch(t);
  pages(folder, "a", [0, 1, 2]);
  pages(folder, "b", [0, 3, 2]);
  const { code, stderr } = await run(["compare", "a", "b", "-o", "diff.gif"], { cwd: folder });
  assert.equal(code, 0, stderr.toString());
  const told = stderr.toString();
  assert.match(told, /^diff\.gif: 3 frames, /m);
  assert.match(told, /^2 same, 1 changed, 0 only in A, 0 only in B$/m);
  assert.match(told, /^ {4}2 {3}2 {2}.*differs$/m);
  assert.equal(readFileSync(join(folder, "diff.gif")).subarray(0, 6).toString(), "GIF89a");
  const json = await run(["compare", "a", "b", "-o", "-", "--only-different", "--quiet"], { cwd: folder });
  assert.equal(json.stdout.subarray(0, 6).toString(), "GIF89a");
});

test("tells programs every pair", async (t) => {
  const folder = scratch(t);
  pages(folder, "a", [0, 1]);
  pages(folder, "b", [0, 1, 2]);
  const { stdout } = await run(["compare", "a", "b", "--json", "--quiet", "--label-a", "x", "--label-b", "y"], {
    cwd: folder,
  });
  const { output, comparison } = JSON.parse(stdout.toString());
  assert.equal(output, "comparison.gif");
  assert.deepEqual(
    comparison.pairs.map(({ outcome, a, b }) => [outcome, a, b]),
    [
      ["same", 0, 0],
      ["same", 1, 1],
      ["onlyB", undefined, 2],
    ],
  );
});

test("two runs of one record are chosen by number or name", async (t) => {
  const folder = scratch(t);
  pages(folder, "a", [0, 1]);
  const { code, stderr } = await run(["compare", "a", "a", "--run-a", "1", "--run-b", "9"], { cwd: folder });
  assert.equal(code, 2);
  assert.match(stderr.toString(), /NO_SUCH_RUN|there is no run 9/);
});

test("what cannot be is refused with the flag's name, and leaves no file", async (t) => {
  const folder = scratch(t);
  pages(folder, "a", [0, 1]);
  const cases = [
    [["a"], 2, /expected two records or folders/],
    [["a", "a", "--camera", "follow"], 2, /there is no --camera/],
    [["a", "a", "--label-a", "x"], 2, /--label-a and --label-b go together/],
    [["a", "a", "--tolerance", "300"], 2, /--tolerance: expected a whole number from 0 to 255/],
    [["a", "a", "--run", "all"], 2, /two runs are compared/],
    [["a", "a", "--only-different"], 3, /NO_DIFFERENCE: all 2 steps are the same[\s\S]*--only-different/],
    [["a", "missing"], 3, /cannot read missing/],
  ];
  for (const [args, exit, message] of cases) {
    const { code, stderr } = await run(["compare", ...args], { cwd: folder });
    assert.equal(code, exit, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr.toString(), message);
  }
  assert.ok(!existsSync(join(folder, "comparison.gif")));
});
