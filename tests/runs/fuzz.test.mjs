// A short round of the fuzzing, and what longer ones have found.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { readRuns } from "task-gif/runs";
import { FORMATS } from "./fuzz/seeds.mjs";
import { fileOf, textOf } from "./support/fixture-files.mjs";

const FUZZ = fileURLToPath(new URL("fuzz.mjs", import.meta.url));

test("damaged records of every format end in runs or in an error with a code", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [FUZZ, "--runs", "60", "--seed", "7000"]);
  const lines = stdout.trim().split("\n");
  assert.equal(lines.length, FORMATS.length);
  for (const line of lines) assert.match(line, /^[\w-]+ +60 executions, [1-9]/);
});

test("an object where a text belongs is as if it were not there", async () => {
  const strange = JSON.stringify({ type: { toString: 1 } });
  const lines = textOf("ui-tars-1.2.3/data.jsonl").replaceAll('"value":"', '"value":{"toString":1},"was":"');
  const voices = textOf("ui-tars-1.2.3/data.jsonl").replaceAll('"from":"human"', '"from":{"toString":1}');
  const log = textOf("anthropic-2.14.0/cumulative.jsonl").replaceAll(
    '"type":"tool_use"',
    '"type":"tool_use","id":{"toString":1}',
  );
  const trace = textOf("puppeteer-25.16.0/trace.json").replaceAll('"ts":', '"ts":{"toString":1},"was":');
  for (const text of [`${lines}\n${strange}`, voices, log, trace]) {
    await readRuns(fileOf("record.json", text)).catch(({ code }) =>
      assert.match(code, /^(?:UNREADABLE|UNKNOWN_RECORD)$/),
    );
  }
});

test("a report of Playwright Test whose data are no base64 is UNREADABLE, and keeps no other record from being read", async () => {
  const report = textOf("playwright-test-1.65.1/playwright-report/index.html");
  const damaged = report.replace(/(zip;base64,.{100})[^<]+/, "$1===A");
  assert.notEqual(damaged, report);
  await assert.rejects(readRuns(fileOf("index.html", damaged)), { code: "UNREADABLE" });
  const beside = new Map([
    ...fileOf("report/index.html", damaged),
    ...fileOf("items.json", textOf("openai-agents-0.24.0/items.json")),
  ]);
  const [run] = await readRuns(beside);
  assert.ok(run.screenshots.length > 0);
  assert.ok(run.warnings.some(({ code }) => code === "UNREADABLE"));
});

test("an attachment that is no base64 is UNREADABLE when it is asked for", async () => {
  const report = JSON.parse(textOf("playwright-test-1.65.1/report.json"));
  const walk = (value) => {
    if (typeof value !== "object" || value === null) return;
    if (typeof value.body === "string") value.body = "no base64!";
    for (const inner of Object.values(value)) walk(inner);
  };
  walk(report);
  const [run] = await readRuns(fileOf("report.json", JSON.stringify(report)));
  const { image } = run.screenshots[0];
  await assert.rejects(async () => image(), { code: "UNREADABLE" });
});

test("a page of slides with a caption before its first slide is read", async () => {
  const page = `<title>Recorder Result</title><p class="slides__text">Lost</p>
    <figure class="slides__slide"><img src="0.png"><p class="slides__text"><span>I click</span></p></figure>`;
  const picture = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])]);
  const [run] = await readRuns(new Map([...fileOf("index.html", page), ["0.png", picture]]));
  assert.equal(run.screenshots.length, 1);
});

test("a name of a file of Playwright MCP whose digits are no time tells none", async () => {
  const name = "page-2026-99-99T16-14-58-708Z.png";
  const session = `### Tool call: browser_take_screenshot\n- Args\n\`\`\`json\n{}\n\`\`\`\n- Result\n\`\`\`\n[Screenshot of viewport](${name})\n\`\`\`\n`;
  const picture = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])]);
  const [run] = await readRuns(new Map([...fileOf("session-1/session.md", session), [name, picture]]));
  assert.deepEqual([run.screenshots.length, "timestampMs" in run.screenshots[0]], [1, false]);
});
