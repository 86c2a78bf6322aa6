// Random sequences of faults: what a server may do, in any order, and what must hold all the same.
import fc from "fast-check";

const json = (body) => ({ do: "json", body });
const URL = "{media}/a.gif";
const pick = (...values) => fc.constantFrom(...values);

const statusAnswer = fc.record({
  do: fc.constant("json"),
  status: fc.oneof(fc.integer({ min: 400, max: 599 }), pick(201, 204, 401, 403, 404, 409, 410, 425, 429, 500, 503)),
  // A server that repeats in its own words what it was sent.
  body: pick({ detail: "no" }, { detail: "{sent} is wrong" }, "<html>", ""),
  headers: pick({}, { "retry-after": "3" }, { "retry-after": "99999" }, { "retry-after": "soon" }),
});
const brokenAnswer = pick({ do: "reset" }, { do: "stall" });
const redirect = fc.record({
  do: fc.constant("redirect"),
  status: pick(301, 302, 303, 307, 308),
  to: pick("{foreign}/x.gif", "{media}/b.gif", "{api}/api/v1/task/task_1", "javascript:alert(1)", "/b.gif"),
});
const late = (answer) => fc.record({ do: fc.constant("hold"), ms: fc.integer({ min: 0, max: 40_000 }), answer });

function answers(...good) {
  const answer = fc.oneof({ weight: 5, arbitrary: pick(...good) }, statusAnswer, brokenAnswer, redirect);
  return fc.array(fc.oneof({ weight: 5, arbitrary: answer }, late(answer)), { minLength: 1, maxLength: 12 });
}

const mediaAnswer = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        do: fc.constant("file"),
        name: pick("gif", "gif", "gif", "png", "html", "empty", "noTrailer", "hugeScreen", "long"),
        type: pick("image/gif", "image/gif", "image/png", "application/octet-stream", "text/html"),
        length: pick("right", "none"),
        status: pick(200, 200, 200, 200, 403, 404, 410, 429, 500, 501),
        open: pick(true, true, true, false),
        cut: fc.integer({ min: 1, max: 71 }),
        stall: fc.integer({ min: 1, max: 71 }),
      },
      { requiredKeys: ["do", "name", "type"] },
    ),
  },
  brokenAnswer,
  redirect,
);

/** A server's script and a call. */
export const anyScenario = fc.record({
  script: fc.record({
    gif: answers(json({ gif: null }), json({ gif: URL }), json({ gif: "{foreign}/a.gif" }), json({ gif: 7 })),
    task: answers(
      json({ status: "finished", steps: [{ step: 1, next_goal: "g" }], finished_at: new Date().toISOString() }),
      json({ status: "running", steps: [] }),
      json({ status: "finished", finished_at: "2020-01-01T00:00:00" }),
      json([]),
    ),
    status: answers(json('"running"'), json('"finished"'), json('"failed"'), json("{}")),
    screenshots: answers(
      json({ screenshots: null }),
      json({ screenshots: ["{media}/step_1.png", "{media}/step_2.png", "{foreign}/step_3.png"] }),
      json({ screenshots: ["{media}/step_1.png"] }),
      json({}),
    ),
    media: fc.array(fc.oneof({ weight: 5, arbitrary: mediaAnswer }, late(mediaAnswer)), {
      minLength: 1,
      maxLength: 12,
    }),
  }),
  call: fc.oneof(
    { weight: 3, arbitrary: pick("waitForTaskGif", "downloadTaskGif") },
    pick("getTaskGif", "getTask", "getStatus", "getScreenshots", "fetchScreenshots", "together"),
  ),
  timeout: pick(0, 1000, 30_000, 120_000),
  key: pick("key", "token", "none"),
  abortAtMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined, freq: 5 }),
});

const LOOKUP = 14;
const wait = (timeout) => 100 + timeout / 2500;
const FILE = 42;

/** The most requests a call may make, probes included. */
export function budgetOf({ call, timeout }) {
  if (call === "waitForTaskGif") return wait(timeout);
  if (call === "downloadTaskGif") return wait(timeout) + wait(0) + 2 * FILE;
  // Two callers with one deadline, one with twice as much; without time to share, each asks for itself.
  if (call === "together") return timeout === 0 ? 3 * wait(0) : wait(2 * timeout);
  if (call === "fetchScreenshots") return 2 * LOOKUP + 3 * (LOOKUP + 2 * FILE);
  return LOOKUP;
}

/** The spec of a scenario for `runScenario`. */
export function specOf({ call, timeout, key, abortAtMs }) {
  const waits = ["waitForTaskGif", "downloadTaskGif", "together"].includes(call);
  return { call, key, abortAtMs: call === "together" ? undefined : abortAtMs, options: waits ? { timeout } : {} };
}
