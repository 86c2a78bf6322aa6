// The command line, the library in Node and the library in Chromium make the same file, with the defaults of each.
//
//   SCREENSHOTS=DIR node --test tests/browser/same-bytes.test.mjs    # on other sequences than the sample tasks
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assembleGif } from "task-gif";
import { sequencesIn } from "../bench/sequences.mjs";
import { run, scratch } from "../cli/support/cli.mjs";
import { launchChromium } from "./support/browsers.mjs";
import { serve } from "./support/server.mjs";

const SAMPLES = fileURLToPath(new URL("../../www/public/tasks", import.meta.url));
const FOLDER = process.env.SCREENSHOTS ? resolve(process.env.SCREENSHOTS) : SAMPLES;
let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launchChromium(), serve({ screens: FOLDER })]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

const digestOf = (bytes) => createHash("sha256").update(new Uint8Array(bytes)).digest("hex");

async function fromCommandLine(t, paths) {
  const output = join(scratch(t), "replay.gif");
  const { code, stderr } = await run(["make", ...paths, "-o", output, "--quiet"]);
  assert.equal(code, 0, stderr);
  return digestOf(readFileSync(output));
}

async function fromNode(paths) {
  const { blob } = await assembleGif(paths.map((path) => new Blob([readFileSync(path)])));
  return digestOf(await blob.arrayBuffer());
}

async function fromChromium(folder, files) {
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    const call = async (argument) => (await import("/support/in-page.mjs")).assemble(argument);
    return (await page.evaluate(call, { base: "", folder, files })).digest;
  } finally {
    await page.close();
  }
}

for (const { name, files } of sequencesIn(FOLDER)) {
  test(`the command line makes the bytes that Chromium makes: ${name}`, async (t) => {
    const paths = files.map((file) => join(FOLDER, file));
    const expected = await fromChromium(".", files);
    assert.equal(await fromCommandLine(t, paths), expected);
    assert.equal(await fromNode(paths), expected);
  });
}
