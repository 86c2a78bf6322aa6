// task-gif poster: one frame of a GIF as a PNG.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { TaskGif } from "../../dist/index.node.js";
import { folderOf } from "../node/support/fixtures.mjs";
import { run, scratch } from "./support/cli.mjs";

/** The size of a PNG. */
function sizeOf(png) {
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test("writes the most telling frame beside the GIF, or a step as wide as asked for", async (t) => {
  const folder = scratch(t);
  await run(["make", folderOf("shop"), "-o", "a.gif"], { cwd: folder });
  assert.equal((await run(["poster", "a.gif"], { cwd: folder })).code, 0);
  const bytes = readFileSync(join(folder, "a.gif"));
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  const poster = readFileSync(join(folder, "a.png"));
  assert.deepEqual(sizeOf(poster), [width, height]);
  const gif = new TaskGif({ blob: new Blob([bytes]), frames: [] });
  assert.ok(poster.equals(Buffer.from(await (await gif.poster()).arrayBuffer())));
  const { code, stdout } = await run(["poster", "a.gif", "--step", "2", "--width", "64", "-o", "-"], { cwd: folder });
  assert.equal(code, 0);
  assert.deepEqual(sizeOf(stdout), [64, Math.round((height * 64) / width)]);
});

test("what cannot be is refused with the flag's name, and leaves no file", async (t) => {
  const folder = scratch(t);
  await run(["make", folderOf("shop"), "-o", "a.gif"], { cwd: folder });
  const cases = [
    [["a.gif", "--step", "99"], 2, /--step: expected a whole number from 1 to \d+, found 99/],
    [["a.gif", "--width", "0"], 2, /--width: expected a whole number from 1/],
    [["a.gif", "-o", "a.webp"], 2, /only PNG is written/],
    [[], 2, /expected one GIF/],
    [["missing.gif"], 3, /missing\.gif/],
  ];
  for (const [args, exit, message] of cases) {
    const { code, stderr } = await run(["poster", ...args], { cwd: folder });
    assert.equal(code, exit, args.join(" "));
    assert.match(stderr.toString(), message);
  }
  assert.ok(!existsSync(join(folder, "a.png")) && !existsSync(join(folder, "a.webp")));
});
