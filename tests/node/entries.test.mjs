// Which entry of the package is imported first does not matter.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SHOTS = ["00.png", "03.png"].map((name) => `tests/fixtures/screens/shop/${name}`);

/** Imports the entries in this order, assembles, reads what came out, and tells which workers did it. */
function assembleAfter(entries) {
  const code = `${entries.map((name) => `import "${name}";`).join("")}
    import { readFileSync } from "node:fs";
    const [{ assembleGif }, { inspectGif }] = [await import("task-gif"), await import("task-gif/inspect")];
    const gif = await assembleGif(${JSON.stringify(SHOTS)}.map((path) => readFileSync(path)));
    console.log(gif.stats.workerKind, (await inspectGif(gif)).frames.length);`;
  const args = ["--no-warnings", "--input-type=module", "-e", code];
  return execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" }).trim();
}

for (const first of [
  "task-gif",
  "task-gif/inspect",
  "task-gif/client",
  "task-gif/compare",
  "task-gif/element",
  "task-gif/serve",
]) {
  test(`worker threads assemble when ${first} comes first`, () => {
    assert.equal(assembleAfter([first, "task-gif"]), "node 2");
  });
}
