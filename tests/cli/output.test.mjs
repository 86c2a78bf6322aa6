// What the command line finds out before the work: where the result goes, and whether captions can be drawn.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { folderOf } from "../node/support/fixtures.mjs";
import { run, scratch } from "./support/cli.mjs";

const SHOP = folderOf("shop");
const WITHOUT_CANVAS = fileURLToPath(new URL("support/no-canvas.mjs", import.meta.url));
const withoutCanvas = { NODE_OPTIONS: `--import ${WITHOUT_CANVAS}` };

test("an output whose ending is not that of a GIF is refused before the work", async (t) => {
  const folder = scratch(t);
  for (const [name, meant] of [
    ["out.mp4", "out.gif"],
    ["out.webp", "out.gif"],
    ["my.run.PNG", "my.run.gif"],
  ]) {
    const { code, stderr } = await run(["make", SHOP, "-o", name], { cwd: folder });
    assert.equal(code, 2, stderr);
    assert.match(
      stderr,
      new RegExp(`^task-gif: USAGE: -o ${name}: only GIFs are written, .*\n  as in: -o ${meant}\n$`),
    );
  }
  assert.deepEqual(readdirSync(folder), []);
  for (const name of ["out.gif", "OUT.GIF", "plain"]) {
    assert.equal((await run(["make", SHOP, "-q", "-o", name], { cwd: folder })).code, 0, name);
    assert.equal(readFileSync(join(folder, name)).subarray(0, 6).toString(), "GIF89a");
  }
  const { stdout } = await run(["make", SHOP, "-q", "-o", "-"], { cwd: folder });
  assert.equal(stdout.subarray(0, 6).toString(), "GIF89a");
});

test("a folder that cannot be written to is found before the work", {
  skip: process.getuid?.() === 0 && "root may write anywhere",
}, async (t) => {
  const folder = scratch(t);
  mkdirSync(join(folder, "locked"));
  chmodSync(join(folder, "locked"), 0o500);
  const { code, stderr } = await run(["make", SHOP, "-o", "locked/a.gif"], { cwd: folder });
  assert.equal(code, 6);
  assert.match(stderr, /^task-gif: OUTPUT: cannot write locked\/a\.gif: /);
});

test("where nothing can be written is found before anything is read", {
  skip: !existsSync("/proc/self"),
}, async (t) => {
  // No screenshot is there either: that would be the next thing to fail.
  const { code, stderr } = await run(["make", "missing.png", "-o", "/proc/self/a.gif"], { cwd: scratch(t) });
  assert.equal(code, 6, stderr);
  assert.match(stderr, /^task-gif: OUTPUT: cannot write \/proc\/self\/a\.gif: /);
});

test("the check of an output leaves nothing behind and an old file as it is", async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, "a.gif"), "old");
  const { code } = await run(["make", "missing.png", "-o", "a.gif"], { cwd: folder });
  assert.equal(code, 3);
  assert.deepEqual(readdirSync(folder), ["a.gif"]);
  assert.equal(readFileSync(join(folder, "a.gif"), "utf8"), "old");
});

for (const [what, flag] of [
  ["captions", ["--captions"]],
  ["a title", ["--title", "Buy a vase"]],
  ["step numbers", ["--step-numbers"]],
  ["the look of captions", ["--caption-theme", "dark"]],
]) {
  test(`${what} that cannot be drawn end the command before the work, with the command that works`, async (t) => {
    const folder = scratch(t);
    const { code, stderr } = await run(["make", SHOP, "-o", "a.gif", ...flag], {
      cwd: folder,
      env: { ...withoutCanvas, npm_command: "" },
    });
    assert.equal(code, 1, stderr);
    assert.match(stderr, /^task-gif: CAPTIONS_UNAVAILABLE: .*@napi-rs\/canvas.*\n {2}npm install @napi-rs\/canvas\n/);
    assert.deepEqual(readdirSync(folder), []);
  });
}

test("with npx the command that works names both packages and repeats what was asked for", async (t) => {
  const { stderr } = await run(["make", SHOP, "-o", "it's.gif", "--captions", "--title", "Buy a vase"], {
    cwd: scratch(t),
    env: { ...withoutCanvas, npm_command: "exec" },
  });
  const command = `npx -p task-gif -p @napi-rs/canvas task-gif make ${SHOP} -o 'it'\\''s.gif' --captions --title 'Buy a vase'`;
  assert.ok(stderr.split("\n").includes(`  ${command}`), stderr);
});

test("--no-captions-required makes the GIF without them and says so once", async (t) => {
  const folder = scratch(t);
  const flags = ["--captions", "--title", "Buy a vase", "--no-captions-required", "-q"];
  const { code, stderr } = await run(["make", SHOP, "-o", "a.gif", ...flags], { cwd: folder, env: withoutCanvas });
  assert.equal(code, 0, stderr);
  assert.equal(stderr.match(/cannot be drawn/g)?.length, 1, stderr);
  await run(["make", SHOP, "-o", "plain.gif", "-q"], { cwd: folder });
  assert.deepEqual(readFileSync(join(folder, "a.gif")), readFileSync(join(folder, "plain.gif")));
});

test("--no-captions-required alone asks for no captions", async (t) => {
  const folder = scratch(t);
  await run(["make", SHOP, "-o", "a.gif", "--no-captions-required", "-q"], { cwd: folder });
  await run(["make", SHOP, "-o", "plain.gif", "-q"], { cwd: folder });
  assert.deepEqual(readFileSync(join(folder, "a.gif")), readFileSync(join(folder, "plain.gif")));
});

test("warnings are printed with flags in them, also where no progress is wanted", async (t) => {
  const { code, stderr } = await run(["make", SHOP, "-o", "a.gif", "--scale", "2", "-q"], { cwd: scratch(t) });
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^warning: --scale asks for 840 x 520, but the largest screenshot has 420 x 260 .*--background\n$/,
  );
});

test("sizes count in thousands, binary units in steps of 1024", async (t) => {
  for (const [size, bytes] of [
    ["0.2KB", 200],
    ["0.2kb", 200],
    ["0.0002MB", 200],
    ["0.25KiB", 256],
    ["200", 200],
  ]) {
    const { stderr } = await run(["make", SHOP, "-o", "a.gif", "--max-bytes", size], { cwd: scratch(t) });
    assert.match(stderr, new RegExp(`CANNOT_FIT.*\\b${bytes}\\b`), size);
  }
});

for (const [report, gif, target] of [
  ["docs/report.md", "media/replay.gif", "../media/replay.gif"],
  ["report.md", "media/a b#1.gif", "media/a%20b%231.gif"],
  ["docs/deep/report.md", "replay.gif", "../../replay.gif"],
  ["docs/report.md", "docs/50%.gif", "50%25.gif"],
]) {
  test(`a report at ${report} links to ${gif} as ${target}`, async (t) => {
    const folder = scratch(t);
    for (const path of [report, gif]) mkdirSync(join(folder, dirname(path)), { recursive: true });
    const { code, stderr } = await run(["make", SHOP, "-q", "-o", gif, "--report", report], { cwd: folder });
    assert.equal(code, 0, stderr);
    const [, found] = /!\[.*\]\(<(.*)>\)/.exec(readFileSync(join(folder, report), "utf8"));
    assert.equal(found, target);
    assert.ok(existsSync(join(folder, dirname(report), decodeURIComponent(found))));
  });
}
