// Logs of the messages of computer use, as the SDKs of their vendors write them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRuns } from "task-gif/runs";
import { codesOf, each, failedOf, fileOf, filesOf, statesOf, textOf } from "./support/fixture-files.mjs";

const only = async (path, options) => {
  const runs = await readRuns(filesOf(path), options);
  assert.equal(runs.length, 1);
  return runs[0];
};
const json = (path) => JSON.parse(textOf(path));

test("items of the Agents SDK are read: pictures from after, clicks on the picture before, nothing typed", async () => {
  const run = await only("openai-agents-0.24.0/items.json");
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual(each(run, "caption"), ["Take a screenshot", "Click, type", "Click", "Click"]);
  assert.deepEqual(each(run, "click"), [
    { left: 192, top: 196 },
    { left: 367, top: 196 },
    { left: 464, top: 196 },
    undefined,
  ]);
  assert.deepEqual([run.name, run.tool.name, run.warnings], ["Order an apple", "OpenAI computer use", []]);
  const all = await only("openai-agents-0.24.0/items.json", { captionsOf: "all" });
  assert.equal(all.screenshots[1].caption, 'Click, type "Apple"');
});

test("lists are read bare, in an object, as parsed JSON and as JSON lines", async () => {
  const items = json("openai-agents-0.24.0/items.json");
  const forms = [
    items,
    { model: "m", input: items },
    { history: items, newItems: [] },
    { output: items },
    fileOf("a.jsonl", items.map((item) => JSON.stringify(item)).join("\n")),
    fileOf("a.jsonl", `${JSON.stringify({ input: items })}\n`),
    fileOf("log", JSON.stringify({ items }, null, 2)),
  ];
  for (const form of forms) {
    const [run] = await readRuns(form);
    assert.equal(await statesOf(run), "0123");
  }
});

test("each session in an export of the sessions' table is a run", async () => {
  const runs = await readRuns(filesOf("openai-agents-0.24.0/session.jsonl"));
  assert.deepEqual(await Promise.all(runs.map(statesOf)), ["0123", "01"]);
});

test("requests and answers that hold what is new are put together, reasoning left out", async () => {
  const run = await only("openai-3.57.0/requests.jsonl");
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual(each(run, "caption"), ["Take a screenshot", "Click, type", "I click Add now.", "Click"]);
  assert.doesNotMatch(JSON.stringify(each(run, "caption")), /secret/);
});

test("a picture that is a file_id is resolved, or missing with a warning", async () => {
  const items = json("openai-agents-0.24.0/items.json");
  const pictures = new Map();
  for (const item of items.filter(({ type }) => type === "computer_call_output")) {
    pictures.set(`file-${item.call_id}`, item.output.image_url);
    item.output = { type: "computer_screenshot", file_id: `file-${item.call_id}` };
  }
  const [bare] = await readRuns(structuredClone(items));
  assert.deepEqual([bare.screenshots, codesOf(bare)], [[], ["PICTURE_MISSING", "NO_SCREENSHOTS"]]);
  assert.match(bare.warnings[0].message, /4 pictures are not in the log.*file-call_0/);
  const [resolved] = await readRuns(items, { resolve: (reference) => pictures.get(reference) });
  assert.equal(await statesOf(resolved), "0123");
  assert.deepEqual(resolved.warnings, []);
});

test("Anthropic's computer tool: one screenshot a turn, what failed repeats the picture before", async () => {
  const run = await only("anthropic-2.14.0/computer-tool.json");
  assert.equal(await statesOf(run), "01223");
  assert.deepEqual(each(run, "caption"), [
    "I take a look first.",
    "I type the fruit into the field.",
    "I click Add.",
    "I use a coupon.",
    "I check out.",
  ]);
  assert.deepEqual(failedOf(run), [4]);
  // The click that failed lies outside of the picture.
  assert.deepEqual(
    each(run, "click").map((click) => click?.left),
    [192, 367, undefined, 464, undefined],
  );
});

test("Anthropic's toolsets: a look shows what the turn before did, a zoom is no screenshot, addresses are known", async () => {
  const run = await only("anthropic-2.14.0/browser-toolset/messages.json");
  assert.equal(await statesOf(run), "01223");
  assert.equal(run.screenshots[0].caption, "I open the order page.");
  assert.deepEqual(failedOf(run), [4]);
  const page = "http://127.0.0.1:8123/";
  assert.deepEqual(each(run, "url"), [page, page, page, page, `${page}done.html`]);
  assert.deepEqual(run.warnings, []);
});

test("requests alone, of which none has the whole run, are one run with a warning about what they lack", async () => {
  const run = await only("anthropic-2.14.0/browser-toolset/requests.jsonl");
  assert.equal(await statesOf(run), "01223");
  assert.deepEqual([failedOf(run), codesOf(run)], [[4], ["CALLS_MISSING"]]);
  assert.match(run.warnings[0].message, /1 picture of another size was taken for a cut-out/);
});

test("a log of the requests beside the messages is the same run", async () => {
  const run = await only("anthropic-2.14.0/browser-toolset");
  assert.equal(run.screenshots[2].caption, "I click Add.");
});

test("requests that hold the whole history are one, with the pictures that later ones lost", async () => {
  const run = await only("anthropic-2.14.0/cumulative.jsonl");
  assert.equal(await statesOf(run), "01223");
  assert.deepEqual(run.warnings, []);
  const [last] = await readRuns(JSON.parse(textOf("anthropic-2.14.0/cumulative.jsonl").trim().split("\n").at(-1)));
  assert.deepEqual([await statesOf(last), codesOf(last)], ["223", ["PICTURE_MISSING"]]);
});

test("pictures by URL or file are resolved by the caller only", async () => {
  const messages = json("anthropic-2.14.0/computer-tool.json");
  const pictures = new Map();
  for (const { content } of messages) {
    for (const block of Array.isArray(content) ? content.flatMap((each) => each.content ?? []) : []) {
      if (block.type !== "image") continue;
      const url = `https://pictures.example/${pictures.size}.png`;
      pictures.set(url, `data:image/png;base64,${block.source.data}`);
      block.source = { type: "url", url };
    }
  }
  const [bare] = await readRuns(structuredClone(messages));
  assert.deepEqual([bare.screenshots.length, codesOf(bare)], [0, ["PICTURE_MISSING", "NO_SCREENSHOTS"]]);
  const [resolved] = await readRuns(messages, { resolve: async (reference) => pictures.get(reference) });
  assert.equal(await statesOf(resolved), "01223");
});

test("system prompts and thinking are never captions", async () => {
  const messages = json("anthropic-2.14.0/computer-tool.json").map((message) =>
    message.role === "assistant" && Array.isArray(message.content)
      ? {
          ...message,
          content: [
            { type: "thinking", thinking: "SECRET", signature: "x" },
            { type: "redacted_thinking", data: "SECRET" },
            ...message.content.filter(({ type }) => type !== "text"),
          ],
        }
      : message,
  );
  const [run] = await readRuns({ system: "SECRET", messages: [{ role: "system", content: "SECRET" }, ...messages] });
  assert.deepEqual(each(run, "caption"), ["Take a screenshot", "Click, type", "Click", "Click", "Click"]);
  assert.doesNotMatch(JSON.stringify(run), /SECRET/);
});

test("transcripts of Claude Code have times; pictures of other tools are no screenshots", async () => {
  const rows = json("anthropic-2.14.0/computer-tool.json").map((message, i) => ({
    type: message.role,
    sessionId: "s",
    uuid: String(i),
    timestamp: `2026-11-29T10:00:${String(i).padStart(2, "0")}.000Z`,
    message: structuredClone(message),
  }));
  const [run] = await readRuns(fileOf("s.jsonl", rows.map((row) => JSON.stringify(row)).join("\n")));
  assert.equal(await statesOf(run), "01223");
  assert.equal(run.screenshots[0].timestampMs, Date.parse("2026-11-29T10:00:02Z"));
  for (const { message } of rows) {
    for (const block of Array.isArray(message.content) ? message.content : []) if (block.name) block.name = "Read";
  }
  await assert.rejects(readRuns(rows), { code: "UNKNOWN_RECORD" });
});

for (const name of ["contents", "snake"]) {
  test(`Gemini's contents (${name}): mixed names, base64 for URLs, thousandths, thoughts left out`, async () => {
    const path = `google-genai-3.6.1/${name}.json`;
    assert.match(textOf(path), /[-_][A-Za-z0-9]{20}/);
    const run = await only(path);
    assert.equal(await statesOf(run), "01223");
    assert.deepEqual(each(run, "caption"), ["I open the browser.", "Type", "I click Add.", "I use a coupon.", "Click"]);
    assert.deepEqual([failedOf(run), run.screenshots[4].url], [[4], "http://127.0.0.1:8123/done.html"]);
    assert.deepEqual(run.screenshots[0].click, { left: 192, top: 196.2 });
    assert.equal((await only(path, { captionsOf: "all" })).screenshots[1].caption, 'Type "Apple"');
  });
}

test("steps of Gemini's interactions are read", async () => {
  const run = await only("google-genai-3.6.1/interaction.json");
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual(each(run, "caption"), ["Open the browser", "Type", "Click", "Click"]);
  assert.equal(run.screenshots[0].url, "http://127.0.0.1:8123/");
});

test("UI-TARS: what onData gave is one run, pictures are from before, points are parts of the picture", async () => {
  const run = await only("ui-tars-1.2.3/data.jsonl");
  assert.equal(await statesOf(run), "00123");
  assert.deepEqual(each(run, "caption"), ["Click", "Type", "Click", "Drag", "Finish"]);
  assert.deepEqual(run.screenshots[0].click, { left: 153.6, top: 117.6 });
  assert.equal(run.screenshots[3].drag.length, 2);
  assert.deepEqual([run.name, run.status, run.tool.name], ["Order an apple", "passed", "UI-TARS"]);
  const times = each(run, "timestampMs");
  assert.deepEqual(times, times.toSorted());
});

const picturesOf = (path) =>
  json(path)
    .filter(({ type }) => type === "computer_call_output")
    .map(({ output }) => output.image_url);

test("MCP messages: results of tools that show a screen, with a warning that this was guessed", async () => {
  const data = picturesOf("openai-agents-0.24.0/items.json").map((url) => url.split(",")[1]);
  const call = (id, name, args = {}) => ({
    jsonrpc: "2.0",
    id,
    method: "tools/call",
    params: { name, arguments: args },
  });
  const answer = (id, content, isError) => ({ jsonrpc: "2.0", id, result: { content, ...(isError && { isError }) } });
  const image = (i) => ({ type: "image", data: data[i], mimeType: "image/png" });
  const text = (words) => ({ type: "text", text: words });
  const [run] = await readRuns([
    { jsonrpc: "2.0", id: 0, method: "initialize", params: {} },
    call(1, "browser_navigate", { url: "http://127.0.0.1:8123/?key=1" }),
    answer(1, [text("### Page\n- Page URL: http://127.0.0.1:8123/\n- Page Title: Stall")]),
    call(2, "browser_take_screenshot"),
    answer(2, [text("done"), image(0)]),
    call(3, "make_chart"),
    answer(3, [image(3)]),
    call(4, "browser_click", { element: "Coupon" }),
    answer(4, [text("Error: not there")], true),
    call(5, "browser_click", { element: "Add" }),
    answer(5, [image(2)]),
  ]);
  assert.equal(await statesOf(run), "002");
  assert.deepEqual(each(run, "caption"), ["Open http://127.0.0.1:8123/", "Click 'Coupon'", "Click 'Add'"]);
  assert.deepEqual([failedOf(run), codesOf(run)], [[2], ["MEANING_GUESSED"]]);
});

test("rows of an MCP client, each with a tool and its result, are read; those of other tools are none", async () => {
  const [first, , third] = picturesOf("openai-agents-0.24.0/items.json").map((url) => url.split(",")[1]);
  const shown = (data) => ({ content: [{ type: "image", data, mimeType: "image/png" }] });
  const rows = (name) => [
    { name, args: {}, result: shown(first) },
    { name: "click", args: { element: "Add" }, result: { content: [{ type: "text", text: "ok" }] } },
    { name, args: {}, result: shown(third) },
  ];
  const [run] = await readRuns(rows("take_screenshot"));
  assert.deepEqual([await statesOf(run), codesOf(run)], ["02", ["MEANING_GUESSED"]]);
  await assert.rejects(readRuns(rows("make_chart")), { code: "UNKNOWN_RECORD" });
});

test("chat completions: pictures of the user between calls of a screen's tool; without such a tool it is no record", async () => {
  const urls = picturesOf("openai-agents-0.24.0/items.json");
  const shown = (i) => ({ role: "user", content: [{ type: "image_url", image_url: { url: urls[i] } }] });
  const calls = (id, name, args) => ({
    role: "assistant",
    content: null,
    tool_calls: [{ id, type: "function", function: { name, arguments: JSON.stringify(args) } }],
  });
  const log = (name) => [
    { role: "system", content: "SECRET" },
    { role: "user", content: "Order an apple" },
    shown(0),
    calls("a", name, { action: "click", coordinate: [367, 196] }),
    { role: "tool", tool_call_id: "a", content: "ok" },
    shown(2),
  ];
  const [run] = await readRuns({ messages: log("computer") });
  assert.equal(await statesOf(run), "02");
  assert.deepEqual([each(run, "caption"), codesOf(run)], [[undefined, "Click"], ["MEANING_GUESSED"]]);
  assert.deepEqual(run.screenshots[0].click, { left: 367, top: 196 });
  await assert.rejects(readRuns({ messages: log("describe") }), { code: "UNKNOWN_RECORD" });
});

test("a conversation with pictures but without computer use is no record", async () => {
  const [url] = picturesOf("openai-agents-0.24.0/items.json");
  for (const record of [
    [{ role: "user", content: [{ type: "input_image", image_url: url }] }],
    { contents: [{ role: "user", parts: [{ inlineData: { mimeType: "image/png", data: url.split(",")[1] } }] }] },
    { steps: [{ type: "function_call", name: "click", arguments: {} }] },
  ]) {
    await assert.rejects(readRuns(record), { code: "UNKNOWN_RECORD" });
  }
});

/** Messages of one session, whose pictures are those of these states. */
function session(task, id, states, system = [{ role: "system", content: "You use a computer." }]) {
  const [first] = json("openai-agents-0.24.0/items.json").filter(({ type }) => type === "computer_call_output");
  assert.ok(first);
  const pictures = json("openai-agents-0.24.0/items.json").flatMap(({ output }) => output?.image_url ?? []);
  const turns = states.flatMap((state, i) => [
    {
      role: "assistant",
      content: [{ type: "tool_use", id: `${id}${i}`, name: "computer", input: { action: "left_click" } }],
    },
    {
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: `${id}${i}`,
          content: [{ type: "image", source: { type: "base64", data: pictures[state].replace(/^.*,/, "") } }],
        },
      ],
    },
  ]);
  return [...system, { role: "user", content: task }, ...turns];
}

test("requests of several conversations in a log are as many runs, with the same system message or without one", async () => {
  for (const system of [undefined, []]) {
    for (const [a, b] of [
      [session("one", "a", [0, 1], system), session("two", "b", [2, 0, 1], system)],
      [session("two", "b", [2, 0, 1], system), session("one", "a", [0, 1], system)],
      [session("same", "a", [0, 1], system), session("same", "b", [2, 3], system)],
    ]) {
      const start = a.slice(0, 4);
      const text = [start, a, b].map((messages) => JSON.stringify({ messages })).join("\n");
      const runs = await readRuns(fileOf("requests.jsonl", text));
      const alone = await Promise.all([a, b].map(async (messages) => (await readRuns({ messages }))[0]));
      assert.deepEqual(
        runs.map(({ name }) => name),
        alone.map(({ name }) => name),
      );
      assert.deepEqual(await Promise.all(runs.map(statesOf)), await Promise.all(alone.map(statesOf)));
    }
  }
});

test("requests that leave out the beginning of the conversation go on where they begin", async () => {
  for (const system of [undefined, []]) {
    const all = session("task", "a", [0, 1, 2, 3], system);
    const head = all.length - 8;
    const requests = [
      all.slice(0, head + 4),
      all.slice(0, head + 6),
      [...(system ?? all.slice(0, 1)), ...all.slice(head + 2)],
    ];
    const text = requests.map((messages) => JSON.stringify({ messages })).join("\n");
    const [run, ...others] = await readRuns(fileOf("requests.jsonl", text));
    assert.deepEqual([others.length, await statesOf(run)], [0, "0123"]);
  }
});

test("of calls that ran side by side the last call leaves the picture, whichever is done first", async () => {
  const messages = session("task", "a", [0, 1]);
  const [first, firstResult, second, secondResult] = messages.splice(2);
  messages.push({ ...first, content: [...first.content, ...second.content] });
  messages.push({ ...firstResult, content: [...secondResult.content, ...firstResult.content] });
  const [run] = await readRuns({ messages });
  assert.equal(await statesOf(run), "1");
});

test("a picture that a tool of MCP wrote into a file is found among the files; one of a single element is no frame", async () => {
  const [first, , third] = picturesOf("openai-agents-0.24.0/items.json").map((url) => url.split(",")[1]);
  const shown = (data) => ({ content: [{ type: "image", data, mimeType: "image/png" }] });
  const said = (text) => ({ content: [{ type: "text", text }] });
  const saved = "Took a screenshot of the current page's viewport.\nSaved screenshot to /home/user/shots/two.png.";
  const rows = [
    { name: "take_screenshot", args: { pageId: 1 }, result: shown(first) },
    { name: "take_screenshot", args: { pageId: 1, uid: "1_5" }, result: shown(first) },
    { name: "click", args: { uid: "1_5" }, result: said("Successfully clicked on the element") },
    { name: "take_screenshot", args: { filePath: "/home/user/shots/two.png" }, result: said(saved) },
  ];
  const log = fileOf("calls.json", JSON.stringify(rows));
  const [run] = await readRuns(new Map([...log, ["shots/two.png", new Blob([Buffer.from(third, "base64")])]]));
  assert.deepEqual([await statesOf(run), each(run, "caption")[1]], ["02", "Click"]);
  const [alone] = await readRuns(log);
  assert.deepEqual([await statesOf(alone), codesOf(alone)], ["0", ["PICTURE_MISSING", "MEANING_GUESSED"]]);
});

test("transcripts of Codex are read, with their times; pictures of its other tools are no screenshots", async () => {
  const urls = picturesOf("openai-agents-0.24.0/items.json");
  const rows = (name) =>
    [0, 1].flatMap((i) => {
      const timestamp = `2026-11-30T10:00:0${i}.000Z`;
      const call = { type: "function_call", name, arguments: "{}", call_id: `c${i}` };
      const output = {
        type: "function_call_output",
        call_id: `c${i}`,
        output: [{ type: "input_image", image_url: urls[i] }],
      };
      return [call, output].map((payload) => JSON.stringify({ timestamp, type: "response_item", payload }));
    });
  const log = (name) => fileOf("rollout.jsonl", rows(name).join("\n"));
  const [run] = await readRuns(log("mcp__playwright__browser_take_screenshot"));
  assert.deepEqual([await statesOf(run), run.tool.name], ["01", "OpenAI computer use"]);
  assert.equal(run.screenshots[1].timestampMs, Date.parse("2026-11-30T10:00:01Z"));
  await assert.rejects(readRuns(log("view_image")), { code: "UNKNOWN_RECORD" });
});
