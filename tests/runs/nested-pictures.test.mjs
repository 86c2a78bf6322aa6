// Pictures in JSON and in folders that no format knows: they are read where their order is plain, with a warning, and
// refused by what they are where it is not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readRuns, recordPath, statesOf } from "./support/records.mjs";

const CALLS = JSON.parse(readFileSync(recordPath("mcp-2.3.0/calls.json"), "utf8"));
/** Base64 of the states 0 to 3 of the page. */
const SHOTS = CALLS.map(({ result }) => result.content.find(({ type }) => type === "image").data);
const URLS = SHOTS.map((shot) => `data:image/png;base64,${shot}`);
const BYTES = SHOTS.map((shot) => Buffer.from(shot, "base64"));

/** Base64 of the head of a PNG of this width; its pixels are not read. */
const PNG_OF_WIDTH = (width) => {
  const png = Buffer.from(BYTES[0]);
  png.writeUInt32BE(width, 16);
  return png.toString("base64");
};

const fileOf = (value) => new Map([["record.json", new Blob([JSON.stringify(value)])]]);
const filesOf = (contents) =>
  new Map(
    Object.entries(contents).map(([path, content]) => [
      path,
      new Blob([content instanceof Uint8Array || typeof content === "string" ? content : JSON.stringify(content)]),
    ]),
  );
const codes = ({ warnings }) => warnings.map(({ code }) => code);
const captions = ({ screenshots }) => screenshots.map(({ caption }) => caption);

async function only(input, options) {
  const runs = await readRuns(input, options);
  assert.equal(runs.length, 1);
  return runs[0];
}

test("pictures anywhere in the elements of one list are its frames, with a warning that names the place", async () => {
  const steps = URLS.map((screenshot, i) => ({
    step: i + 1,
    request: { screenshot, activeURL: "https://shop.example/" },
    response: { goal: `Goal ${i}` },
  }));
  const run = await only(fileOf({ task: "Buy an apple", steps }));
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual([run.name, run.tool.name, codes(run)], ["Buy an apple", "unknown", ["MEANING_GUESSED"]]);
  assert.match(run.warnings[0].message, /steps\[\]\.request\.screenshot/);
  assert.deepEqual(captions(run), ["Goal 0", "Goal 1", "Goal 2", "Goal 3"]);
  assert.equal(run.screenshots[0].url, "https://shop.example/");
});

test("pictures may be bytes as JavaScript writes them, or files that the record names", async () => {
  const buffers = BYTES.map((bytes) => ({ observation: { screenshot: bytes.toJSON() } }));
  assert.equal(await statesOf(await only(fileOf(buffers))), "0123");
  const objects = BYTES.map((bytes) => ({ observation: { screenshot: { ...bytes } } }));
  assert.equal(await statesOf(await only(fileOf(objects))), "0123");
  const names = [3, 1, 0, 2];
  const run = await only(
    filesOf({
      "log.json": {
        trajectory: names.map((state) => ({ observation: { screenshot: `/home/user/shots/${state}.png` } })),
      },
      ...Object.fromEntries(BYTES.map((bytes, i) => [`shots/${i}.png`, bytes])),
    }),
  );
  assert.equal(await statesOf(run), "3102");
});

test("of several pictures of a step the plain ones count, and that from before comes first", async () => {
  const steps = [0, 1, 2].map((i) => ({
    action: "click",
    after_screenshot: URLS[i + 1],
    annotated_screenshot: URLS[0],
    before_screenshot: URLS[i],
  }));
  const run = await only(fileOf({ steps }));
  // What a step ends with is what the next begins with.
  assert.equal(await statesOf(run), "0123");
  assert.equal(run.screenshots[3].caption, "Click");
});

test("a list with the newest first is turned round by its times; requests with the whole history so far are one history", async () => {
  const part = (url) => ({ type: "image_url", image_url: { url } });
  const spans = URLS.map((_, i) => ({
    startTime: `2026-11-30T10:00:0${i}.000Z`,
    input: [{ role: "user", content: URLS.slice(0, i + 1).map(part) }],
  }));
  const run = await only(fileOf({ observations: spans.toReversed() }));
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual(codes(run), ["MEANING_GUESSED", "ORDER_GUESSED"]);
  const untimed = spans.map(({ input }) => ({ input }));
  for (const order of [untimed, untimed.toReversed()]) assert.equal(await statesOf(await only(fileOf(order))), "0123");
});

test("texts of JSON within JSON are opened, as traces of OpenTelemetry have them", async () => {
  const spans = URLS.map((url, i) => ({
    startTimeUnixNano: `170000000${i}000000000`,
    attributes: [{ key: "gen_ai.input.messages", value: { stringValue: JSON.stringify([{ content: [{ url }] }]) } }],
  }));
  const run = await only(fileOf({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
  assert.equal(await statesOf(run), "0123");
  assert.equal(run.screenshots[1].timestampMs, 1_700_000_001_000);
});

test("spans of OpenInference with the whole conversation so far are one run, though each has a list of messages", async () => {
  // As the instrumentation of OpenAI's client writes them: the request as a text of JSON, and its messages once more, flattened.
  const message = (shot) => ({ role: "user", content: [{ type: "image_url", image_url: { url: shot } }] });
  const flattened = (shot, i) => [`llm.input_messages.${i}.message.contents.0.message_content.image.image.url`, shot];
  const spans = URLS.map((_, i) => {
    const shots = URLS.slice(0, i + 1);
    const attributes = {
      "input.value": JSON.stringify({ model: "m", messages: shots.map(message) }),
      ...Object.fromEntries(shots.map(flattened)),
    };
    return { name: "ChatCompletion", start_time: `2026-11-30T13:43:4${i}.040690Z`, attributes };
  });
  const run = await only(fileOf(spans));
  assert.deepEqual([await statesOf(run), codes(run)], ["0123", ["MEANING_GUESSED"]]);
});

test("a list of runs with steps each is as many runs; pictures in lists beside each other, or of tests, are refused", async () => {
  const steps = URLS.slice(0, 3).map((screenshot) => ({ observation: { screenshot } }));
  const runs = await readRuns(
    fileOf({
      results: [
        { task: "A", steps },
        { task: "B", steps },
      ],
    }),
  );
  assert.deepEqual(
    runs.map(({ name, screenshots }) => [name, screenshots.length]),
    [
      ["A", 3],
      ["B", 3],
    ],
  );
  const [one, two] = [URLS.slice(0, 2), URLS.slice(2)].map((urls) => urls.map((image) => ({ data: { image } })));
  const keyed = { steps: { step_0: { shot: URLS[0] }, step_1: { shot: URLS[1] } } };
  await assert.rejects(readRuns(fileOf(keyed)), {
    code: "UNKNOWN_RECORD",
    message:
      /2 pictures \(steps\.step_0\.shot, steps\.step_1\.shot\) that does not say which step each is of: give \{ steps/,
  });
  for (const value of [
    { first: one, second: two },
    { tests: [{ steps }, { steps }] },
    { a: { image: URLS[0] }, b: { image: URLS[1] } },
    // Tests of a report, by what only tests have.
    { results: URLS.slice(0, 2).map((shot, i) => ({ name: `${i}`, status: "passed", duration: 9, retries: 0, shot })) },
  ]) {
    await assert.rejects(readRuns(fileOf(value)), { code: "UNKNOWN_RECORD" });
  }
});

test("files with an event each are one run in the order of their numbers; files with a run each are as many runs", async () => {
  const event = (i) => ({ observation: { screenshot: URLS[i] } });
  const events = Object.fromEntries([0, 1, 2, 3].map((i) => [`events/event-${8 + i}.json`, event(i)]));
  assert.equal(await statesOf(await only(filesOf(events))), "0123");
  const steps = (from) => ({ trajectory: [event(from), event(from + 1)] });
  const runs = await readRuns(filesOf({ "run-1.json": steps(0), "run-2.json": steps(2) }));
  assert.deepEqual(await Promise.all(runs.map(statesOf)), ["01", "23"]);
});

test("events of OpenHands are known: no guess, the actions before each picture as its caption, without what was typed", async () => {
  const events = URLS.flatMap((screenshot, i) => [
    {
      action: "browse_interactive",
      timestamp: `2026-11-30T10:00:0${i}.000000`,
      args: { browser_actions: `fill('12', 'secret')\nclick('${i}')`, thought: "" },
    },
    {
      observation: "browse_interactive",
      content: "",
      extras: { url: "https://shop.example/", screenshot, error: i === 2 },
    },
  ]);
  const run = await only(fileOf(events));
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual([run.tool.name, codes(run)], ["OpenHands", []]);
  assert.equal(captions(run)[0], "Type, click");
  assert.deepEqual(
    run.screenshots.map(({ failed }) => failed === true),
    [false, false, true, false],
  );
});

test("flows of Donobu are known: a file for each call, pictures by the time at which they were written", async () => {
  const names = BYTES.map((_, i) => `2026-11-30T14:15:5${i}.722Z.screenshot.png`);
  const calls = ["goToWebpage", "inputText", "click", "click"].map((toolName, i) => ({
    id: `call-${i}`,
    toolName,
    parameters: i === 1 ? { text: "secret" } : {},
    outcome: { isSuccessful: i !== 3, forLlm: "" },
    postCallImageId: names[i],
    page: "https://shop.example/",
    startedAt: 1796048150000 + 1000 * i,
  }));
  const flow = { id: "7a1c0c36", overallObjective: "Order an apple", state: "SUCCESS" };
  const files = Object.fromEntries([
    ["metadata.json", flow],
    ...calls.map((call) => [`${call.startedAt}.tool-call.json`, call]),
    ...names.map((name, i) => [name, BYTES[i]]),
  ]);
  const run = await only(filesOf(files));
  assert.deepEqual([run.tool.name, codes(run), await statesOf(run)], ["Donobu", [], "0123"]);
  assert.deepEqual(captions(run), ["Go to webpage", "Input text", "Click", "Click"]);
  assert.deepEqual(
    run.screenshots.map(({ failed }) => failed === true),
    [false, false, false, true],
  );
});

test("folders of steps beside each other are one run; folders of tests are as many", async () => {
  const steps = Object.fromEntries(BYTES.map((bytes, i) => [`debug/step-${i + 8}/screenshot.png`, bytes]));
  const run = await only(filesOf(steps));
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual([run.name, codes(run)], ["debug", ["MEANING_GUESSED"]]);
  const tests = Object.fromEntries(BYTES.map((bytes, i) => [`test-${i}/screenshot.png`, bytes]));
  assert.equal((await readRuns(filesOf(tests))).length, 4);
});

test("of pictures with marks painted on them and the same without, those without are taken", async () => {
  const doubled = Object.fromEntries(
    BYTES.flatMap((bytes, i) => [
      [`screenshot${i + 1}.png`, BYTES[0]],
      [`screenshot${i + 1}_no_box.png`, bytes],
    ]),
  );
  const marked = Object.fromEntries(
    BYTES.flatMap((bytes, i) => [
      [`shot_som_${i + 100}.png`, BYTES[0]],
      [`shot_${i + 200}.png`, bytes],
    ]),
  );
  for (const files of [doubled, marked]) {
    const run = await only(filesOf(files));
    assert.equal(await statesOf(run), "0123");
    assert.deepEqual(codes(run), ["FILES_SKIPPED"]);
  }
});

test("messages whose pictures can be anything are refused; those of an agent without tools, all of one size, are read", async () => {
  const wide = (i) => ({ type: "image", source: { data: PNG_OF_WIDTH(400 + i) } });
  const turn = (block) => [
    { role: "assistant", content: [{ type: "text", text: "click" }] },
    { role: "user", content: [block] },
  ];
  const sameSize = [0, 0, 0].flatMap((i) => turn(wide(i)));
  assert.equal((await only(fileOf(sameSize))).screenshots.length, 3);
  const charts = [0, 1, 2].flatMap((i) => turn(wide(i)));
  const results = [0, 0, 0].flatMap((i) => turn({ type: "tool_result", content: [wide(i)] }));
  for (const messages of [charts, results]) {
    await assert.rejects(readRuns(fileOf({ messages })), { code: "UNKNOWN_RECORD", message: /3 pictures/ });
  }
});

test("Nova Act: trajectories of 3 and calls of 2, captions without what was typed, the box that was acted on", async () => {
  const box = "<box>9,20,11,180</box>";
  const program = (i) => ({
    calls: [
      { name: "think", kwargs: { value: "I type." } },
      i === 3 ? { name: "return", kwargs: {} } : { name: "agentType", kwargs: { value: "secret", box } },
    ],
  });
  const steps = URLS.map((image, i) => ({ image, active_url: "https://shop.example/", program: program(i) }));
  const trajectory = {
    sdk_version: "3.4.187.0",
    prompt: "Buy an apple",
    steps,
    metadata: { start_time: 1_796_000_000 },
  };
  const calls = URLS.map((screenshot, i) => ({
    request: { screenshot, prompt: "Buy an apple", metadata: { activeURL: "https://shop.example/" } },
    response: { rawProgramBody: i === 3 ? 'return "ok";' : `think("I type.");\nagentType("secret", "${box}");` },
  }));
  for (const record of [trajectory, calls]) {
    const page = "<!DOCTYPE html><title>NovaAct Agent Run</title>";
    const run = await only(filesOf({ "act_1_Buy_calls.json": record, "act_1_Buy.html": page }));
    assert.equal(await statesOf(run), "0123");
    assert.deepEqual([run.name, run.tool.name, run.warnings], ["Buy an apple", "Nova Act", []]);
    assert.deepEqual(captions(run), ["Type", "Type", "Type", undefined]);
    assert.deepEqual(run.screenshots[0].element, { left: 20, top: 9, width: 160, height: 2 });
    assert.equal(run.screenshots[0].url, "https://shop.example/");
    const all = await only(fileOf(record), { captionsOf: "all" });
    assert.equal(all.screenshots[0].caption, 'Type "secret"');
  }
});

test("Skyvern: the folders of steps are one run: what was there first, then what each action left", async () => {
  const files = {};
  for (const step of [0, 1, 2]) {
    const folder = `o_1/tsk_1/0${step}_0_stp_${step}/`;
    const artifact = (second, kind) => `${folder}2026-11-30T10:0${step}:0${second}.123456_a_${step}${second}_${kind}`;
    files[artifact(1, "screenshot_llm.png")] = BYTES[step];
    files[artifact(2, "llm_request.json")] = {
      messages: [{ role: "user", content: [{ image_url: { url: URLS[step] } }] }],
    };
    files[artifact(3, "llm_response_parsed.json")] = { actions: [{ action_type: "CLICK" }] };
    files[artifact(4, "screenshot_action.png")] = BYTES[step + 1];
  }
  const run = await only(filesOf(files));
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual([run.name, run.tool.name, run.warnings], ["tsk_1", "Skyvern", []]);
  assert.deepEqual(captions(run), [undefined, "Click", "Click", "Click"]);
  assert.equal(run.screenshots[1].timestampMs, Date.parse("2026-11-30T10:00:04.123Z"));
});

test("a GIF alone is no record, and beside other pictures no frame", async () => {
  const gif = new Uint8Array(Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=", "base64"));
  await assert.rejects(readRuns(filesOf({ "agent_history.gif": gif })), {
    code: "UNKNOWN_RECORD",
    message: /a GIF, which is/,
  });
  const run = await only(filesOf({ "1.png": BYTES[0], "2.png": BYTES[1], "replay.gif": gif }));
  assert.deepEqual([await statesOf(run), codes(run)], ["01", ["FILES_SKIPPED"]]);
});

test("of two lists with the same pictures the one that tells more counts; the place that is named is that of the frames", async () => {
  const steps = URLS.map((full, i) => ({ thumbnail: URLS[i], screen: { full }, goal: `Goal ${i}` }));
  const run = await only(fileOf({ screenshots: URLS, steps }));
  assert.deepEqual(captions(run), ["Goal 0", "Goal 1", "Goal 2", "Goal 3"]);
  assert.match(run.warnings[0].message, /steps\[\]\.screen\.full/);
});
