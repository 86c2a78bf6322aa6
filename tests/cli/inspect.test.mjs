// task-gif inspect: any GIF, to people and to programs.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inspectGif } from "../../dist/inspect.node.js";
import { folderOf } from "../node/support/fixtures.mjs";
import { run, scratch } from "./support/cli.mjs";

/** A GIF of one black pixel, whose delay of 0 browsers do not keep. */
const HASTY = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");

test("shows frames, delays, disposal, tables and sizes, to programs as the library does", async (t) => {
  const folder = scratch(t);
  await run(["make", folderOf("shop"), "-o", "a.gif"], { cwd: folder });
  const { code, stdout } = await run(["inspect", "a.gif", "--json"], { cwd: folder });
  assert.equal(code, 0);
  const bytes = readFileSync(join(folder, "a.gif"));
  const told = JSON.parse(stdout);
  assert.deepEqual(told, { file: "a.gif", bytes: bytes.length, ...(await inspectGif(bytes)) });
  const text = (await run(["inspect", "a.gif"], { cwd: folder })).stdout.toString();
  assert.match(text, new RegExp(`^a\\.gif: ${told.width} x ${told.height}, ${told.frames.length} frames, `));
  const rows = text.split("\n").filter((line) => /^\d+ /.test(line));
  assert.equal(rows.length, told.frames.length);
  const [{ width, height, delayMs, disposal }] = told.frames;
  assert.match(rows[0], new RegExp(`^0 +${width} x ${height} at 0,0 +${delayMs} ms +${disposal} +\\d+ `));
});

test("warns about what decoders do differently", async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, "hasty.gif"), HASTY);
  const { warnings, frames } = JSON.parse((await run(["inspect", "hasty.gif", "--json"], { cwd: folder })).stdout);
  assert.equal(frames[0].delayMs, 0);
  const { stdout } = await run(["inspect", "hasty.gif"], { cwd: folder });
  for (const { code } of warnings)
    assert.match(stdout.toString(), new RegExp(`what decoders do differently:.*${code}`, "s"));
});

test("what is no GIF is named and ends with 3", async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, "a.gif"), "no GIF");
  const { code, stderr } = await run(["inspect", "a.gif"], { cwd: folder });
  assert.equal(code, 3);
  assert.match(stderr, /^task-gif: BAD_GIF: a\.gif: /);
  assert.equal((await run(["inspect"], { cwd: folder })).code, 2);
});
