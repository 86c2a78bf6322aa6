// Logs of computer use as frameworks around the vendors' APIs keep them: LangChain, the AI SDK, the Agents SDK in JavaScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readRuns, recordFile, recordPath, statesOf } from "./support/records.mjs";

/** A log, the tool that it is of, and whether what its pictures show is a guess. */
const LOGS = [
  ["langchain-core-1.8.3/model-dump.json", "LangChain", true],
  ["langchain-core-1.8.3/dumpd.json", "LangChain", true],
  ["langchain-core-1.8.3/messages-to-dict.json", "LangChain", true],
  ["langchain-core-1.8.3/content-blocks.json", "LangChain", true],
  ["langchain-core-1.8.3/computer-calls.json", "LangChain", true],
  ["ai-6.0.326/messages.json", "AI SDK", true],
  ["ai-6.0.326/steps.json", "AI SDK", true],
  ["openai-agents-js-0.20.0/state.json", "OpenAI computer use", false],
  ["mcp-2.3.0/calls.json", "MCP", true],
];

for (const [path, tool, isGuess] of LOGS) {
  test(`${path} is one run with a picture for each call`, async () => {
    const runs = await readRuns(recordFile(path));
    assert.equal(runs.length, 1);
    const [run] = runs;
    assert.equal(await statesOf(run), "0123");
    assert.equal(run.tool.name, tool);
    assert.deepEqual(
      run.warnings.map(({ code }) => code),
      isGuess ? ["MEANING_GUESSED"] : [],
    );
  });
}

test("messages of LangChain tell the task and what was said", async () => {
  const [run] = await readRuns(recordFile("langchain-core-1.8.3/model-dump.json"));
  assert.equal(run.name, "Order an apple");
  assert.deepEqual(
    run.screenshots.map(({ caption }) => caption),
    ["Step 0", "Step 1", "Step 2", "Step 3"],
  );
});

test("a log of requests and answers of Anthropic's API in rows is one run", async () => {
  const picture = JSON.parse(readFileSync(recordPath("mcp-2.3.0/calls.json"), "utf8"))[0].result.content[0].data;
  const source = { type: "base64", media_type: "image/png", data: picture };
  const call = (i) => ({
    role: "assistant",
    content: [{ type: "tool_use", id: `t${i}`, name: "computer", input: { action: "screenshot" } }],
  });
  const result = (i) => ({
    role: "user",
    content: [{ type: "tool_result", tool_use_id: `t${i}`, content: [{ type: "image", source }] }],
  });
  const task = { role: "user", content: "Order an apple" };
  const rows = [
    { request: { messages: [task] }, response: call(0) },
    { request: { messages: [task, call(0), result(0)] }, response: call(1) },
    { request: { messages: [task, call(0), result(0), call(1), result(1)] }, response: call(2) },
  ];
  const [run] = await readRuns(new Blob([rows.map((row) => JSON.stringify(row)).join("\n")]));
  assert.deepEqual([run.name, run.screenshots.length], ["Order an apple", 2]);
});

test("answers that begin with reasoning are several answers, not one that was sent again", async () => {
  const { generatedItems } = JSON.parse(readFileSync(recordPath("openai-agents-js-0.20.0/state.json"), "utf8"));
  const items = generatedItems.map(({ rawItem }) => rawItem);
  const rows = [0, 1, 2, 3].flatMap((i) => {
    const [reasoning, call, output] = items.slice(3 * i, 3 * i + 3);
    return [{ object: "response", output: [reasoning, call] }, { data: output }];
  });
  const [run] = await readRuns(new Blob([JSON.stringify(rows)]));
  assert.equal(await statesOf(run), "0123");
});

test("a call of LangChain that failed is marked", async () => {
  const messages = JSON.parse(readFileSync(recordPath("langchain-core-1.8.3/model-dump.json"), "utf8"));
  const results = messages.filter(({ type }) => type === "tool");
  results[2].status = "error";
  const [run] = await readRuns(new Blob([JSON.stringify(messages)]));
  assert.deepEqual(
    run.screenshots.map(({ failed }) => failed === true),
    [false, false, true, false],
  );
});
