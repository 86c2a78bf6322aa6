// stepsFrom: every kind of record, and what is left out of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stepsFrom } from "../../dist/runs/index.node.js";
import { inOrder, PLACEHOLDER, PNG } from "./support/step-records.mjs";

const at = (text) => Date.parse(text);

test("API v1: steps and screenshots are joined by the number in the file name", () => {
  const task = {
    id: "t",
    status: "finished",
    steps: [1, 2, 3, 4].map((step) => ({
      step,
      next_goal: step === 4 ? "" : `goal ${step}`,
      url: step === 2 ? "chrome://newtab/" : `https://a.com/${step}`,
    })),
  };
  const screenshots = [4, 2, 1].map((step) => `https://m.com/shots/x1/step_${step}.png?sig=step_9`);
  const expected = inOrder([
    { number: 1, caption: "goal 1", url: "https://a.com/1", image: screenshots[2] },
    { number: 4, url: "https://a.com/4", image: screenshots[0] },
  ]);
  assert.deepEqual(stepsFrom(task, { screenshots }), expected);
  assert.deepEqual(stepsFrom({ ...task, screenshots }), expected);
  assert.deepEqual(stepsFrom(JSON.stringify({ ...task, screenshots })), expected);
  assert.equal(stepsFrom(task, { screenshots, skipBlank: false }).length, 3);
});

test("API v1: without numbers in the names the place counts", () => {
  const task = { steps: [{ step: 5, next_goal: "a", url: null }, { step: 6 }] };
  assert.deepEqual(
    stepsFrom(task, { screenshots: ["https://m.com/a.png", "https://m.com/b.png", "https://m.com/c.png"] }),
    inOrder([
      { number: 5, caption: "a", image: "https://m.com/a.png" },
      { number: 6, image: "https://m.com/b.png" },
      { number: 3, image: "https://m.com/c.png" },
    ]),
  );
});

test("API v2: durations in seconds and naive UTC become moments", () => {
  const task = {
    startedAt: "2026-03-02T09:00:00",
    steps: [
      { number: 1, nextGoal: "open", url: "chrome://newtab", screenshotUrl: "https://m.com/1.png", duration: 2.5 },
      { number: 2, nextGoal: "read", url: "https://a.com", screenshotUrl: "https://m.com/2.png", duration: 1 },
      { number: 3, nextGoal: "done", url: "https://a.com", screenshotUrl: null, duration: 1 },
    ],
  };
  const timestampMs = at("2026-03-02T09:00:03.500Z");
  const shown = { number: 2, caption: "read", url: "https://a.com", image: "https://m.com/2.png" };
  assert.deepEqual(stepsFrom(task), inOrder([{ ...shown, timestampMs }]));
  task.steps[2].duration = null;
  assert.deepEqual(stepsFrom(task), inOrder([{ ...shown, timestampMs }]), "the time of a step that is not shown");
  task.steps[0].duration = null;
  assert.deepEqual(stepsFrom(task), inOrder([shown]));
});

test("API v3: messages with a screenshot that are not hidden", () => {
  const messages = [
    {
      id: "a",
      role: "human",
      summary: "the task",
      screenshotUrl: null,
      hidden: false,
      createdAt: "2026-03-02T09:00:00Z",
    },
    {
      id: "b",
      role: "ai",
      summary: "Opened",
      screenshotUrl: "https://m.com/b.png",
      hidden: false,
      createdAt: "2026-03-02T09:00:01Z",
    },
    {
      id: "c",
      role: "ai",
      summary: "Secret",
      screenshotUrl: "https://m.com/c.png",
      hidden: true,
      createdAt: "2026-03-02T09:00:02Z",
    },
    {
      id: "d",
      role: "ai",
      summary: "Read",
      screenshotUrl: "https://m.com/d.png",
      hidden: false,
      createdAt: "2026-03-02T09:00:03Z",
    },
  ];
  const expected = inOrder([
    { number: 1, caption: "Opened", timestampMs: at("2026-03-02T09:00:01Z"), image: "https://m.com/b.png" },
    { number: 2, caption: "Read", timestampMs: at("2026-03-02T09:00:03Z"), image: "https://m.com/d.png" },
  ]);
  assert.deepEqual(stepsFrom(messages), expected);
  assert.deepEqual(stepsFrom({ messages }), expected);
  const failed = (type, screenshotUrl) =>
    stepsFrom([...messages, { type, summary: "no button", screenshotUrl, hidden: false }]).map((step) => step.failed);
  assert.deepEqual(
    failed("browser_action_error", null),
    [undefined, true],
    "an error without a picture is of the last step",
  );
  assert.deepEqual(failed("browser_action_error", "https://m.com/e.png"), [undefined, undefined, true]);
  assert.deepEqual(failed("browser_action", "https://m.com/e.png"), [undefined, undefined, undefined]);
});

test("AgentHistoryList: base64 inside, goals in both places, skipped steps keep their numbers", () => {
  const item = (output, state, start) => ({
    model_output: output,
    result: [],
    state,
    metadata: { step_start_time: 1.7e9 + start, step_end_time: 1.7e9 + start + 1, step_number: 9 },
  });
  const history = [
    item({ next_goal: "start" }, { url: "https://a.com", screenshot: PLACEHOLDER }, 1000),
    item({ current_state: { next_goal: "open the page" } }, { url: "https://a.com", screenshot: PNG }, 1001.5),
    item(null, { url: "https://a.com", screenshot: null }, 1002),
    item({ next_goal: "read" }, { url: "https://a.com/b", screenshot: `data:image/png;base64,${PNG}` }, 1003),
  ];
  assert.deepEqual(
    stepsFrom({ history }),
    inOrder([
      { number: 2, caption: "open the page", url: "https://a.com", timestampMs: 1_700_001_001_500, image: PNG },
      {
        number: 4,
        caption: "read",
        url: "https://a.com/b",
        timestampMs: 1_700_001_003_000,
        image: `data:image/png;base64,${PNG}`,
      },
    ]),
  );
  const blank = {
    history: [item(null, { url: "https://a.com", screenshot: `data:image/png;base64,${PLACEHOLDER}` }, 1)],
  };
  assert.deepEqual(stepsFrom(blank), []);
});

test("AgentHistoryList: paths go through the resolver, and nowhere without it", async () => {
  const history = [
    { model_output: { next_goal: "g" }, state: { url: "https://a.com", screenshot_path: "/tmp/shots/step_1.png" } },
  ];
  const seen = [];
  const resolve = (path, facts) => {
    seen.push([path, facts]);
    return new Uint8Array([1]);
  };
  assert.deepEqual(
    stepsFrom({ history }, { resolve }),
    inOrder([{ number: 1, caption: "g", url: "https://a.com", image: new Uint8Array([1]) }]),
  );
  assert.deepEqual(seen, [["/tmp/shots/step_1.png", { number: 1, caption: "g", url: "https://a.com" }]]);
  assert.throws(
    () => stepsFrom({ history }),
    /^TypeError: options\.resolve: expected a function, since step 1 has its screenshot in a file$/,
  );
  const [promise] = stepsFrom({ history }, { resolve: async () => "bytes" });
  assert.deepEqual([await promise], inOrder([{ number: 1, caption: "g", url: "https://a.com", image: "bytes" }]));
});

test("step files: names are resolved, the order is that of the steps", () => {
  const record = {
    id: "99bc4b47",
    status: "finished",
    steps: [
      {
        number: 1,
        next_goal: "Open the start page",
        url: "chrome://newtab/",
        screenshot: "000.png",
        finished_at: "2026-03-02T09:14:10.220Z",
      },
      {
        number: 2,
        next_goal: "Log in",
        url: "http://localhost:8000/login",
        screenshot: "001.png",
        finished_at: "2026-03-02T09:14:16.279Z",
      },
    ],
  };
  const resolve = (name) => `https://a.com/tasks/${name}`;
  assert.deepEqual(
    stepsFrom(record, { resolve }),
    inOrder([
      {
        number: 2,
        caption: "Log in",
        url: "http://localhost:8000/login",
        timestampMs: at("2026-03-02T09:14:16.279Z"),
        image: "https://a.com/tasks/001.png",
      },
    ]),
  );
  assert.equal(stepsFrom(record.steps, { resolve, skipBlank: false }).length, 2);
});
