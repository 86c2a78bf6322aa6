#!/usr/bin/env node
// Makes records anew with the real tools, and reads them with the built package: a new version of a tool shows at once
// what it broke. Needs the registries of npm and PyPI, Chromium and Python; it is no part of the tests.
//
//   npm run test:records [-- TOOL@VERSION ...]      as in: npm run test:records -- playwright-core@1.52.0
//
// Without arguments, every tool in the version that is known to be read right. `--keep` leaves the folders.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readRuns } from "task-gif/runs";
import { TOOLS } from "./remake/tools.mjs";
import { statesOf } from "./support/records.mjs";
import { statesOfGif } from "./support/states-of-gif.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { keep: { type: "boolean" } } });
const wanted = positionals.length > 0 ? positionals : Object.keys(TOOLS);

for (const argument of wanted) {
  const at = argument.lastIndexOf("@");
  const name = at > 0 ? argument.slice(0, at) : argument;
  const tool = TOOLS[name];
  if (!tool) throw new TypeError(`there is no tool ${name}; there are: ${Object.keys(TOOLS).join(", ")}`);
  const version = at > 0 ? argument.slice(at + 1) : tool.version;
  const folder = mkdtempSync(join(tmpdir(), "task-gif-records-"));
  try {
    const { log, records, gif } = tool.make(folder, version);
    const checks = records.map((record) => [record.path, () => check(folder, record)]);
    if (gif) checks.push([gif, () => checkGif(join(folder, gif), records[0].states)]);
    let isRight = true;
    for (const [path, checking] of checks) isRight = (await report(`${name} ${version}: ${path}`, checking)) && isRight;
    if (!isRight) console.log(`      what the tool said:\n${log.slice(-2000)}`.replaceAll("\n", "\n      "));
  } catch (error) {
    fail(`${name} ${version}`, error.stderr || error.stack);
  } finally {
    if (values.keep) console.log(`  ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether a check holds. */
async function report(what, checking) {
  try {
    console.log(`ok    ${what}: ${await checking()}`);
    return true;
  } catch (error) {
    fail(what, error.message);
    return false;
  }
}

function fail(what, why) {
  process.exitCode = 1;
  console.log(`wrong ${what}\n${why}`.replaceAll("\n", "\n      "));
}

/** Reads a record of one run; returns its states. */
async function check(folder, { path, states, captions, clicks = 0, failed = false, failedAt, warnings = [] }) {
  const runs = await readRuns(join(folder, path));
  assert.equal(runs.length, 1, `${runs.length} runs`);
  const [run] = runs;
  const shown = await statesOf(run);
  assert.equal(withoutRepeats(shown), states);
  if (failed) assert.equal(run.status, "failed");
  if (failedAt !== undefined) {
    const failures = run.screenshots.flatMap((screenshot, i) => (screenshot.failed ? [i] : []));
    assert.deepEqual(failures, [failedAt], "another picture shows the failure");
  }
  assert.deepEqual(
    run.warnings.map(({ code }) => code),
    warnings,
  );
  assert.ok(run.screenshots.filter(({ click }) => click).length >= clicks, "clicks are missing");
  captions?.forEach((caption, i) => {
    assert.match(run.screenshots[i].caption, caption);
  });
  return shown;
}

async function checkGif(path, states) {
  const shown = await statesOfGif(new Uint8Array(readFileSync(path)));
  assert.equal(withoutRepeats(shown), states);
  return shown;
}

function withoutRepeats(states) {
  return states.replace(/(.)\1+/g, "$1");
}
