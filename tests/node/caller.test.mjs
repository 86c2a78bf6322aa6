// What somebody who calls the package in Node gets to see and to use: errors that lead to their own line, bytes, files.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { assembleGif } from "task-gif";
import { blobsOf } from "./support/fixtures.mjs";

const entry = fileURLToPath(new URL("../../dist/index.node.js", import.meta.url));

function scratch(t) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-caller-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("an error that nobody catches shows its message and the caller's own line, in a screenful", (t) => {
  const script = join(scratch(t), "own-script.mjs");
  const code = `import { assembleGif } from ${JSON.stringify(pathToFileURL(entry).href)};
const shots = [new Blob(["no picture"]), new Blob(["none either"])];
await assembleGif(shots);
`;
  writeFileSync(script, code);
  const { stderr, status } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  assert.notEqual(status, 0);
  assert.match(stderr, /TaskGifError\]?: screenshot 0: /);
  assert.match(stderr, /own-script\.mjs:3:/);
  assert.ok(stderr.length < 4000, `${stderr.length} characters`);
});

test("a GIF gives its bytes and writes itself to a path or a file: URL", async (t) => {
  const folder = scratch(t);
  const gif = await assembleGif(blobsOf("shop").slice(0, 2));
  const bytes = await gif.bytes();
  assert.equal(Buffer.from(bytes.subarray(0, 6)).toString(), "GIF89a");
  assert.equal(bytes.length, gif.blob.size);
  await gif.save(join(folder, "a.gif"));
  await gif.save(pathToFileURL(join(folder, "b.gif")));
  assert.deepEqual(new Uint8Array(readFileSync(join(folder, "a.gif"))), bytes);
  assert.deepEqual(new Uint8Array(readFileSync(join(folder, "b.gif"))), bytes);
});

test("a path that cannot be written to rejects with the system's reason", async () => {
  const gif = await assembleGif(blobsOf("shop").slice(0, 2));
  await assert.rejects(gif.save(join(tmpdir(), "no", "such", "folder", "a.gif")), { code: "ENOENT" });
});
