// task-gif make: whatever it is given, the bytes are those that the library makes of the same screenshots.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { assembleGif } from "../../dist/index.node.js";
import { blobsOf, bytesOf, filesOf, folderOf } from "../node/support/fixtures.mjs";
import { run, scratch, start } from "./support/cli.mjs";

const SHOP = folderOf("shop");

/** What the library makes. */
async function library(screenshots, options) {
  const { blob } = await assembleGif(screenshots, options);
  return Buffer.from(await blob.arrayBuffer());
}

/** The screenshots of a sequence under names of one's own. */
function copies(folder, sequence, nameOf) {
  return filesOf(sequence).map((file, i) => {
    const name = nameOf(i, file);
    copyFileSync(join(folderOf(sequence), file), join(folder, name));
    return name;
  });
}

test("a folder gives the library's bytes, with any number of workers", async (t) => {
  const folder = scratch(t);
  const expected = await library(blobsOf("shop"));
  for (const workers of ["1", "3"]) {
    const { code, stderr } = await run(["make", SHOP, "-o", "a.gif", "--workers", workers], { cwd: folder });
    assert.equal(code, 0, stderr);
    assert.deepEqual(readFileSync(join(folder, "a.gif")), expected);
  }
  assert.deepEqual(readdirSync(folder), ["a.gif"]);
});

test("files are in natural order, as a folder and as a shell lists them; another order is kept", async (t) => {
  const folder = scratch(t);
  const names = copies(folder, "shop", (i, file) => `step_${i + 8}.${file.split(".").pop()}`);
  const expected = await library(blobsOf("shop"));
  assert.ok(names.includes("step_10.png") || names.some((name) => name.startsWith("step_10.")));
  await run(["make", folder, "-o", join(folder, "folder.gif")]);
  await run(["make", ...names.toSorted(), "-o", "list.gif"], { cwd: folder });
  await run(["make", ...names.toReversed(), "-o", "back.gif"], { cwd: folder });
  assert.deepEqual(readFileSync(join(folder, "folder.gif")), expected);
  assert.deepEqual(readFileSync(join(folder, "list.gif")), expected);
  assert.deepEqual(readFileSync(join(folder, "back.gif")), await library(blobsOf("shop").toReversed()));
});

test("files whose names do not say their order are a warning, and --order holds for a list too", async (t) => {
  const folder = scratch(t);
  const words = ["cart", "login", "pay", "start"];
  const [first, ...rest] = filesOf("shop").slice(0, words.length);
  const names = [first, ...rest].map((file, i) => {
    const name = `${words[i]}.${file.split(".").pop()}`;
    copyFileSync(join(folderOf("shop"), file), join(folder, name));
    utimesSync(join(folder, name), 1_700_000_000 - i, 1_700_000_000 - i);
    return name;
  });
  const blobs = blobsOf("shop").slice(0, words.length);
  const guessed = await run(["make", ...names, "-o", "a.gif"], { cwd: folder });
  assert.match(
    guessed.stderr,
    /warning: names have no numbers that say which of "cart\.\w+" and "login\.\w+" comes first/,
  );
  const meant = await run(["make", ...names.toReversed(), "-o", "b.gif"], { cwd: folder });
  assert.doesNotMatch(meant.stderr, /warning/);
  await run(["make", ...names, "-o", "c.gif", "--order", "time"], { cwd: folder });
  assert.deepEqual(readFileSync(join(folder, "a.gif")), await library(blobs));
  const reversed = await library(blobs.toReversed());
  assert.deepEqual(readFileSync(join(folder, "b.gif")), reversed);
  assert.deepEqual(readFileSync(join(folder, "c.gif")), reversed);
});

test("flags are the library's options", async (t) => {
  const folder = scratch(t);
  const flags = ["--delay", "700", "--scale", "0.5", "--max-colors", "32", "--effort", "fast", "--no-skip-blank"];
  await run(["make", SHOP, "-o", "a.gif", "--limits", "inputBytes=10MB,frames=50", ...flags], { cwd: folder });
  const options = { delay: 700, scale: 0.5, maxColors: 32, effort: "fast", skipBlank: false };
  assert.deepEqual(readFileSync(join(folder, "a.gif")), await library(blobsOf("shop"), options));
});

test("--max-bytes counts in thousands and is never exceeded; what cannot fit leaves no file and ends with 4", async (t) => {
  const folder = scratch(t);
  const whole = (await library(blobsOf("shop"))).length;
  const limit = Math.floor((whole * 0.6) / 1000);
  const args = ["make", SHOP, "-o", "a.gif", "--json", "--max-bytes"];
  const { code, stdout, stderr } = await run([...args, `${limit}KB`], { cwd: folder });
  assert.equal(code, 0, stderr);
  const told = JSON.parse(stdout);
  assert.equal(readFileSync(join(folder, "a.gif")).length, told.bytes);
  assert.ok(told.bytes <= limit * 1000, `${told.bytes} of ${limit * 1000}`);
  assert.ok(told.reduction.attempts > 1);
  const same = await library(blobsOf("shop"), { maxBytes: limit * 1000 });
  assert.deepEqual(readFileSync(join(folder, "a.gif")), same);

  const none = await run(["make", SHOP, "-o", "b.gif", "--max-bytes", "200"], { cwd: folder });
  assert.equal(none.code, 4);
  assert.match(none.stderr, /CANNOT_FIT: .*; raise --max-bytes or give fewer screenshots$/m);
  assert.deepEqual(readdirSync(folder), ["a.gif"]);
});

test("--max-duration takes times with a unit and says what was given up; --speed divides them", async (t) => {
  const folder = scratch(t);
  const args = ["make", SHOP, "-o", "a.gif", "--json", "--max-duration", "2.5s", "--speed", "1.25"];
  const { code, stdout, stderr } = await run(args, { cwd: folder });
  assert.equal(code, 0, stderr);
  const { durationMs, reduction } = JSON.parse(stdout);
  assert.ok(durationMs <= 2500 && reduction.length.leftOut.length > 0, `${durationMs}`);
  assert.match(stderr, /, shortened from \d+\.\d s, \d steps left out$/m);
  const same = await library(blobsOf("shop"), { maxDuration: 2500, speed: 1.25 });
  assert.deepEqual(readFileSync(join(folder, "a.gif")), same);
  for (const [value, message] of [
    ["20 parsecs", /--max-duration: expected a time such as 20s or 1500ms, found "20 parsecs"/],
    ["20", /--max-duration: expected milliseconds, at least 1000, found 20; did you mean 20000\?/],
  ]) {
    const wrong = await run(["make", SHOP, "-o", "b.gif", "--max-duration", value], { cwd: folder });
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, message);
  }
});

test("standard output gets the GIF and nothing else", async () => {
  const { code, stdout, stderr } = await run(["make", SHOP, "-o", "-"]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(stdout, await library(blobsOf("shop")));
  assert.match(
    stderr,
    /^comparing screenshots \(\d+\)\nchoosing colors\nwriting frames \(\d+\)\nstandard output: \d+ frames/,
  );
});

test("--json tells programs what was made, --quiet says nothing", async (t) => {
  const folder = scratch(t);
  const { stdout, stderr } = await run(["make", SHOP, "-o", "a.gif", "--json", "--quiet"], { cwd: folder });
  const told = JSON.parse(stdout);
  assert.equal(stderr, "");
  assert.equal(told.bytes, readFileSync(join(folder, "a.gif")).length);
  assert.equal(told.output, "a.gif");
  assert.equal(told.files.length, filesOf("shop").length);
  assert.equal(told.frames.at(-1).startMs + told.frames.at(-1).delayMs, told.durationMs);
});

test("reads histories of browser-use, with pictures inside and in files", async (t) => {
  const folder = scratch(t);
  const names = copies(folder, "shop", (i, file) => `${i}.${file.split(".").pop()}`);
  const item = (i, state) => ({
    model_output: { next_goal: `Goal ${i}` },
    state: { url: "https://shop.example/", ...state },
  });
  const inline = bytesOf("shop").map((bytes, i) => item(i, { screenshot: bytes.toString("base64") }));
  const byPath = names.map((name, i) => item(i, { screenshot_path: join(folder, name) }));
  const expected = await library(blobsOf("shop").map((image, i) => ({ image, caption: `Goal ${i}`, number: i + 1 })));
  for (const [name, history] of Object.entries({ inline, byPath })) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ history }));
    const { code, stderr } = await run(["make", `${name}.json`], { cwd: folder });
    assert.equal(code, 0, stderr);
    assert.deepEqual(readFileSync(join(folder, `${name}.gif`)), expected);
  }
});

test("reads a task of API v1, whose screenshots stand beside it", async (t) => {
  const folder = scratch(t);
  copies(folder, "shop", (i, file) => `step_${i + 1}.${file.split(".").pop()}`);
  const steps = filesOf("shop").map((_, i) => ({
    id: `s${i}`,
    step: i + 1,
    next_goal: `Goal ${i + 1}`,
    url: "https://a.example/",
  }));
  writeFileSync(
    join(folder, "task.json"),
    JSON.stringify({ id: "t", task: "Buy", status: "finished", output: null, steps }),
  );
  const expected = await library(
    blobsOf("shop").map((image, i) => ({ image, caption: `Goal ${i + 1}`, number: i + 1 })),
  );
  for (const given of ["task.json", "."]) {
    const { code, stderr } = await run(["make", given, "-o", "a.gif"], { cwd: folder });
    assert.equal(code, 0, stderr);
    assert.deepEqual(readFileSync(join(folder, "a.gif")), expected);
  }
});

test("a failed input is named by file and place, and leaves the output as it was", async (t) => {
  const folder = scratch(t);
  const names = copies(folder, "shop", (i, file) => `step_${i + 1}.${file.split(".").pop()}`);
  writeFileSync(join(folder, names[2]), readFileSync(join(folder, names[2])).subarray(0, 200));
  writeFileSync(join(folder, "a.gif"), "before");
  const { code, stderr, stdout } = await run(["make", folder, "-o", "a.gif", "--json"], { cwd: folder });
  assert.equal(code, 3);
  const { error } = JSON.parse(stdout);
  assert.equal(error.frame, 2);
  assert.equal(error.file, join(folder, names[2]));
  assert.ok(error.message.startsWith(`${join(folder, names[2])} (screenshot 3 of ${names.length}): `), error.message);
  assert.match(stderr, /--on-bad-frame skip/);
  assert.equal(readFileSync(join(folder, "a.gif"), "utf8"), "before");
  assert.deepEqual(readdirSync(folder).sort(), ["a.gif", ...names].sort());
  const skip = await run(["make", folder, "-o", "a.gif", "--on-bad-frame", "skip", "--json"], { cwd: folder });
  assert.equal(skip.code, 0);
  assert.ok(skip.stderr.includes(`left out: ${error.message}\n`), skip.stderr);
  assert.equal(JSON.parse(skip.stdout).stats.skipped[0].file, error.file);
});

test("a folder that is still growing is taken as it grows", async (t) => {
  const [folder, source] = [scratch(t), bytesOf("shop")];
  const output = join(scratch(t), "a.gif");
  const nameOf = (i) => join(folder, `step_${i + 1}.png`);
  writeFileSync(nameOf(0), source[0]);
  const { done } = start(["make", folder, "--watch", "--idle", "4", "-o", output]);
  for (let i = 1; i < source.length; i++) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    // In two parts, as a slow writer does; once it takes its time.
    writeFileSync(nameOf(i), source[i].subarray(0, source[i].length >> 1));
    await new Promise((resolve) => setTimeout(resolve, i === 2 ? 700 : 20));
    writeFileSync(nameOf(i), source[i]);
  }
  const { code, stderr } = await done;
  assert.equal(code, 0, stderr);
  assert.deepEqual(readFileSync(output), await library(source));
});

test("a link and a pipe are written through", { skip: process.platform === "win32" }, async (t) => {
  const cwd = scratch(t);
  writeFileSync(join(cwd, "old.gif"), "old");
  symlinkSync("old.gif", join(cwd, "link.gif"));
  execFileSync("mkfifo", ["pipe"], { cwd });
  const fromPipe = readFile(join(cwd, "pipe"));
  for (const output of ["link.gif", "pipe"]) {
    const { code, stderr } = await run(["make", SHOP, "-o", output], { cwd });
    assert.equal(code, 0, stderr);
  }
  const expected = await library(blobsOf("shop"));
  assert.deepEqual(readFileSync(join(cwd, "old.gif")), expected);
  assert.equal(readlinkSync(join(cwd, "link.gif")), "old.gif");
  assert.deepEqual(await fromPipe, expected);
  assert.deepEqual(readdirSync(cwd).sort(), ["link.gif", "old.gif", "pipe"]);
});

test("Ctrl-C ends it at once and leaves nothing", { skip: process.platform === "win32" }, async (t) => {
  const folder = scratch(t);
  const { child, done } = start(["make", SHOP, "--effort", "smallest", "-o", "a.gif"], { cwd: folder });
  child.stderr.once("data", () => child.kill("SIGINT"));
  const { code } = await done;
  assert.equal(code, 130);
  assert.equal(existsSync(join(folder, "a.gif")), false);
  assert.deepEqual(readdirSync(folder), []);
});
