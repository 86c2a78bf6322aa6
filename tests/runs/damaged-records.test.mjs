// Records that were cut off, or damaged anywhere: runs with what is left, or an error with a code. Nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRuns } from "task-gif/runs";
import { fileOf, statesOf, textOf } from "./support/fixture-files.mjs";

const RECORDS = [
  "openai-agents-0.24.0/items.json",
  "openai-3.57.0/requests.jsonl",
  "anthropic-2.14.0/browser-toolset/messages.json",
  "google-genai-3.6.1/contents.json",
  "google-genai-3.6.1/interaction.json",
  "ui-tars-1.2.3/data.jsonl",
  "lighthouse-13.5.0/flow.json",
  "puppeteer-25.16.0/trace.json",
  "playwright-mcp-0.0.83/output/session-1795968897815/session.md",
  "playwright-mcp-0.0.56/output/session-1795976801433/session.md",
  "midscene-1.6.2/order.html",
];
const CODES = ["UNKNOWN_RECORD", "UNREADABLE", "LIMIT_EXCEEDED"];
/** Values that stand where others are expected. */
const STRANGE = [
  null,
  0,
  -1,
  1e308,
  "",
  "x",
  [],
  {},
  [[]],
  { type: "image" },
  true,
  "iVBORw0KGgo",
  "data:image/png;base64,",
];

/** A random number generator that gives the same each time: below `end`. */
function randomFrom(seed) {
  let state = seed;
  return (end) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

async function survives(input) {
  let runs;
  try {
    runs = await readRuns(input);
  } catch (error) {
    assert.ok(CODES.includes(error.code), error.stack);
    return;
  }
  for (const run of runs) {
    assert.equal(typeof run.tool.name, "string");
    await statesOf(run);
    for (const { caption, timestampMs, click, number } of run.screenshots) {
      assert.ok(caption === undefined || (typeof caption === "string" && caption !== ""));
      assert.ok(timestampMs === undefined || Number.isFinite(timestampMs));
      assert.ok(click === undefined || (Number.isFinite(click.left) && Number.isFinite(click.top)));
      assert.ok(Number.isInteger(number));
    }
  }
}

for (const path of RECORDS) {
  test(`${path} cut off anywhere, or with bytes changed, ends in runs or in an error with a code`, async () => {
    const random = randomFrom(path.length);
    const text = textOf(path);
    const name = path.split("/").at(-1);
    for (let i = 0; i < 40; i++) {
      await survives(fileOf(name, text.slice(0, random(text.length))));
      const at = random(text.length);
      await survives(fileOf(name, text.slice(0, at) + String.fromCharCode(32 + random(95)) + text.slice(at + 1)));
      await survives(fileOf(name, text.slice(0, at) + text.slice(at + random(400))));
    }
  });
}

/** A copy in which one value, anywhere, is another. */
function damaged(value, random) {
  const copy = structuredClone(value);
  let owner = copy;
  for (;;) {
    const keys = Object.keys(owner);
    if (keys.length === 0) return copy;
    const key = keys[random(keys.length)];
    const inner = owner[key];
    if (typeof inner !== "object" || inner === null || random(5) === 0) {
      if (random(4) === 0 && !Array.isArray(owner)) delete owner[key];
      else owner[key] = STRANGE[random(STRANGE.length)];
      return copy;
    }
    owner = inner;
  }
}

for (const path of RECORDS.filter((each) => /\.jsonl?$/.test(each))) {
  test(`${path} with any value replaced ends in runs or in an error with a code`, async () => {
    const random = randomFrom(path.length * 7);
    const text = textOf(path);
    const value = path.endsWith(".jsonl")
      ? text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : JSON.parse(text);
    for (let i = 0; i < 300; i++) await survives(damaged(damaged(value, random), random));
  });
}

test("Midscene's data with any value replaced end in runs or in an error with a code", async () => {
  const random = randomFrom(3);
  const html = textOf("midscene-0.30.8/order.html");
  const tag = html.lastIndexOf('<script type="midscene_web_dump"');
  const start = html.indexOf("{", tag);
  const end = html.indexOf("</script>", start);
  const dump = JSON.parse(html.slice(start, end));
  for (let i = 0; i < 200; i++) {
    const data = JSON.stringify(damaged(damaged(dump, random), random));
    await survives(fileOf("a.html", `<html></html>${html.slice(tag, start)}${data}</script>`));
  }
});
