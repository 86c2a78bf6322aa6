// Logs of computer use as frameworks around the vendors' APIs keep them: LangChain, the AI SDK, the Agents SDK in JavaScript.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
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
  ["ai-7.0.173/messages.json", "AI SDK", true],
  ["ai-7.0.173/steps.json", "AI SDK", true],
  ["openai-agents-js-0.20.0/state.json", "OpenAI computer use", false],
  ["mcp-2.3.0/calls.json", "MCP", true],
  ["pydantic-ai-1.20.0/messages.json", "Pydantic AI", true],
  ["pydantic-ai-2.68.0/messages.json", "Pydantic AI", true],
  ["google-adk-2.13.0/session.json", "Gemini computer use", false],
  ["llama-index-core-0.14.25/messages.json", "LlamaIndex", true],
  ["haystack-ai-3.4.1/messages.json", "Haystack", true],
  ["agno-3.1.10/messages.json", "Chat completions", true],
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

test("steps of the AI SDK, whose texts are the model's, have the captions of its messages", async () => {
  for (const name of ["messages", "steps"]) {
    const [run] = await readRuns(recordFile(`ai-7.0.173/${name}.json`));
    assert.deepEqual(
      run.screenshots.map(({ caption }) => caption),
      ["Step 0", "Step 1", "Step 2", "Step 3"],
    );
  }
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

/** What the frameworks below were made to do, in the words that they keep. */
const CAPTIONS = ["I look at the stall", "I type Apple", "I add it", "I check out"];
const clicksOf = ({ screenshots }) => screenshots.map(({ click }) => click?.left);

for (const [path] of LOGS.slice(-6)) {
  test(`${path} tells the task, what was said, and where the model clicked on the picture that it saw`, async () => {
    const [run] = await readRuns(recordFile(path));
    assert.equal(run.name, "Order an apple");
    assert.deepEqual(
      run.screenshots.map(({ caption }) => caption.replace(/\.$/, "")),
      CAPTIONS,
    );
    // Gemini's coordinates are thousandths of the picture, which is 320 pixels wide.
    assert.deepEqual(
      clicksOf(run),
      path.startsWith("google") ? [undefined, 32, 32, undefined] : [undefined, 100, 200, undefined],
    );
  });
}

test("a session of Strands Agents, which has a file for each message, is one run with the times of its messages", async () => {
  const folder = "strands-agents-1.62.0";
  const files = readdirSync(recordPath(folder)).map((name) => [`session/${name}`, recordFile(`${folder}/${name}`)]);
  const runs = await readRuns(new Map(files));
  assert.equal(runs.length, 1);
  const [run] = runs;
  assert.deepEqual([run.name, run.tool.name, await statesOf(run)], ["Order an apple", "Bedrock Converse", "0123"]);
  assert.deepEqual(clicksOf(run), [undefined, 100, 200, undefined]);
  const times = run.screenshots.map(({ timestampMs }) => timestampMs);
  assert.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
});

test("a sample of Inspect is a run: its pictures stand apart from its messages, and a call that failed repeats the last", async () => {
  const [run, ...others] = await readRuns(recordFile("inspect-ai-0.3.285/log.json"));
  assert.equal(others.length, 0);
  assert.equal(await statesOf(run), "01223");
  assert.deepEqual(run.tool, { name: "Inspect", version: "0.3.285" });
  assert.deepEqual([run.name, run.status, run.warnings.length], ["Order an apple", undefined, 0]);
  assert.deepEqual(
    run.screenshots.map(({ caption, failed }) => [caption, failed === true]),
    [
      ["I look at the stall.", false],
      ["I type Apple.", false],
      ["I add it.", false],
      ["I click nothing.", true],
      ["I check out.", false],
    ],
  );
  assert.ok(run.startedAtMs < run.endedAtMs);
});

test("samples of Inspect with the same task are runs of their own, also as files of an archive; one that broke off says why", async () => {
  const log = JSON.parse(readFileSync(recordPath("inspect-ai-0.3.285/log.json"), "utf8"));
  const [sample] = log.samples;
  const later = { started_at: sample.completed_at, uuid: "second", error: { message: "no model" } };
  const second = { ...sample, epoch: 2, ...later };
  for (const input of [
    new Blob([JSON.stringify({ ...log, samples: [sample, second] })]),
    new Map([sample, second].map((each) => [`samples/1_epoch_${each.epoch}.json`, new Blob([JSON.stringify(each)])])),
  ]) {
    const runs = await readRuns(input);
    assert.deepEqual(
      runs.map(({ status, error }) => [status, error]),
      [
        [undefined, undefined],
        ["failed", "no model"],
      ],
    );
    assert.deepEqual(await Promise.all(runs.map(statesOf)), ["01223", "01223"]);
  }
});

test("a log of Inspect that is packed with Zstandard is named, with the way to JSON", async () => {
  // The local header of the first entry of such a log: compression method 93 (APPNOTE 6.3.8), sizes in a descriptor.
  const name = "_journal/start.json";
  const header = [0x50, 0x4b, 3, 4, 45, 0, 0, 0, 93, 0, ...new Array(16).fill(0), name.length, 0, 0, 0];
  const directory = [0x50, 0x4b, 1, 2, 45, 3, 45, 0, 0, 0, 93, 0, ...new Array(16).fill(0), name.length, 0];
  const central = new Uint8Array([...directory, ...new Array(16).fill(0), ...Buffer.from(name)]);
  const local = new Uint8Array([...header, ...Buffer.from(name)]);
  const end = new DataView(new ArrayBuffer(22));
  for (const [at, value] of [
    [0, 0x06054b50],
    [12, central.length],
    [16, local.length],
  ])
    end.setUint32(at, value, true);
  for (const at of [8, 10]) end.setUint16(at, 1, true);
  await assert.rejects(readRuns(new File([local, central, end.buffer], "task.eval")), {
    code: "UNKNOWN_RECORD",
    message: /packed with Zstandard.*inspect log convert --to json/,
  });
});
