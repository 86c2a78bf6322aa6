// Every row of the status table, and what else a server can do: each a script, a call, and what has to come of it.

const URL = "{media}/gifs/task_1/execution.gif";
const json = (body, more = {}) => ({ do: "json", body, ...more });
const status = (number, headers = {}) => json({ detail: "in the server's words" }, { status: number, headers });
const READY = json({ gif: URL });
const NULL = json({ gif: null });
const FINISHED = json('"finished"');
const RUNNING = json('"running"');
const file = (more = {}) => ({ do: "file", ...more });
const PNG = { name: "png", type: "image/png" };

/** A task that finished so long ago. */
const task = (ageMs, state = "finished", stepCount = 0) => {
  const steps = Array.from({ length: stepCount }, (_, i) => ({ id: `${i}`, step: i + 1 }));
  const finished_at = new Date(Date.now() - ageMs).toISOString();
  return json({ id: "task_1", task: "t", status: state, steps, finished_at });
};
const MINUTES = 60_000;
const DAYS = 24 * 60 * MINUTES;
const shots = (count) => json({ screenshots: Array.from({ length: count }, (_, i) => `{media}/step_${i + 1}.png`) });

const get = (name, answers, expected, more = {}) => ({
  name,
  call: "getTaskGif",
  script: { gif: answers },
  ...expected,
  ...more,
});
const wait = (name, script, expected, more = {}) => ({
  name,
  call: "waitForTaskGif",
  script: { task: [task(2 * MINUTES)], status: [FINISHED], screenshots: [shots(3)], ...script },
  ...expected,
  ...more,
});
const download = (name, media, expected, more = {}) => ({
  name,
  call: "downloadTaskGif",
  script: { gif: [READY], media },
  ...expected,
  ...more,
});
const unavailable = (reason) => ({ value: { status: "unavailable", reason } });

/** Cases `{ name, call, script, value | code, requests?, ... }`; `requests` counts requests to the API and to files. */
export const ROWS = [
  get("200 with an address", [READY], { value: { gif: URL }, requests: { api: 1 } }),
  get("200 with null", [NULL], { value: { gif: null }, requests: { api: 1 } }),
  get("200 with an address anywhere", [json({ gif: "https://other.example/x.gif" })], {
    value: { gif: "https://other.example/x.gif" },
  }),
  ...["{}", "[]", "null", "<!doctype html>", '{"gif":7}', ""].map((body) =>
    get(`200 with another shape: ${body}`, [json(body)], { code: "BAD_RESPONSE", requests: { api: 1 } }),
  ),
  ...[
    "javascript:alert(1)",
    "data:image/gif;base64,R0lGOD",
    "http://media.example.com/a.gif",
    "https://u:p@a.com/",
  ].map((url) => get(`200 with a harmful address: ${url}`, [json({ gif: url })], { code: "MEDIA_URL" })),
  ...Object.entries({
    400: "BAD_REQUEST",
    422: "BAD_REQUEST",
    402: "PAYMENT_REQUIRED",
    403: "FORBIDDEN",
    410: "EXPIRED",
    501: "HTTP_501",
    405: "HTTP_405",
    418: "HTTP_418",
    451: "HTTP_451",
  }).map(([number, code]) =>
    get(`${number} stops`, [status(Number(number))], { code, status: Number(number), requests: { api: 1 } }),
  ),
  get(
    "401 asks for a token once more",
    [status(401), READY],
    { value: { gif: URL }, renewals: [false, true] },
    { key: "token" },
  ),
  get(
    "401 twice stops",
    [status(401)],
    { code: "UNAUTHORIZED", requests: { api: 2 }, renewals: [false, true] },
    { key: "token" },
  ),
  get("401 with a fixed key stops", [status(401)], { code: "UNAUTHORIZED", requests: { api: 1 } }),
  get(
    "404 for a task that exists",
    [status(404)],
    { value: { gif: null } },
    { script: { gif: [status(404)], task: [task(0)] } },
  ),
  get(
    "404 for a task that is not there",
    [status(404)],
    { code: "NOT_FOUND", requests: { api: 2 } },
    {
      script: { gif: [status(404)], task: [status(404)] },
    },
  ),
  get("409 is as not ready", [status(409)], { value: { gif: null } }),
  get("425 is as not ready", [status(425)], { value: { gif: null } }),
  ...Object.entries({
    408: "SERVER",
    429: "RATE_LIMITED",
    500: "SERVER",
    502: "SERVER",
    503: "SERVER",
    504: "SERVER",
  }).flatMap(([number, code]) => [
    get(`${number} is tried five times more`, [status(Number(number))], { code, requests: { api: 6 } }),
    get(`${number} passes`, [status(Number(number)), READY], { value: { gif: URL }, requests: { api: 2 } }),
  ]),
  get("a connection that breaks is tried five times more", [{ do: "reset" }], {
    code: "NETWORK",
    requests: { api: 6 },
  }),
  get("an answer that does not come is tried five times more", [{ do: "stall" }], {
    code: "NETWORK",
    atLeastMs: 90_000,
  }),
  get("an answer that comes late is taken", [{ do: "hold", ms: 14_000, answer: READY }], {
    value: { gif: URL },
    exactlyMs: 14_000,
  }),
  get("Retry-After in seconds", [status(429, { "retry-after": "7" }), READY], { value: { gif: URL }, exactlyMs: 7000 }),
  get(
    "Retry-After as a date",
    [status(503, { "retry-after": "Sun, 06 Nov 1994 08:49:47 GMT", date: "Sun, 06 Nov 1994 08:49:37 GMT" }), READY],
    {
      value: { gif: URL },
      exactlyMs: 10_000,
    },
  ),
  get("Retry-After is cut to two minutes", [status(429, { "retry-after": "86400" }), READY], {
    value: { gif: URL },
    exactlyMs: 120_000,
  }),
  get("a redirect of the API is not followed", [{ do: "redirect", to: "{foreign}/api" }], {
    code: "REDIRECT",
    requests: { api: 1, foreign: 0 },
  }),

  wait("an address ends the wait", { gif: [NULL, NULL, READY] }, { value: { status: "ready", url: URL } }),
  wait("an address on a foreign host", { gif: [json({ gif: "{foreign}/a.gif" })] }, { code: "MEDIA_URL" }),
  wait("still running", { gif: [NULL], status: [RUNNING] }, unavailable("not_finished"), { atLeastMs: 600_000 }),
  wait("paused", { gif: [NULL], status: [json('"paused"')] }, unavailable("not_finished")),
  wait("too few screenshots", { gif: [NULL], screenshots: [shots(1)] }, unavailable("too_few_screenshots")),
  wait(
    "no screenshots",
    { gif: [NULL], screenshots: [json({ screenshots: null })] },
    unavailable("too_few_screenshots"),
  ),
  wait(
    "expired",
    { gif: [NULL], task: [task(31 * DAYS, "finished", 5)], screenshots: [shots(0)] },
    unavailable("expired"),
    { requests: { api: 4 } },
  ),
  wait("generation failed", { gif: [NULL] }, unavailable("timeout"), { atLeastMs: 600_000 }),
  wait(
    "a failed task ends, too",
    { gif: [NULL], status: [json('"failed"')], screenshots: [shots(0)] },
    unavailable("too_few_screenshots"),
  ),
  wait("404 for a task that exists", { gif: [status(404)], screenshots: [status(404)] }, unavailable("timeout")),
  wait("404 for a running task", { gif: [status(404)], task: [task(0, "running")] }, unavailable("not_finished")),
  wait("404 for no task", { gif: [status(404)], task: [status(404)] }, unavailable("not_found"), {
    requests: { api: 2 },
  }),
  wait("404 for a task known to be new", { gif: [status(404)], task: [status(404)] }, unavailable("not_found"), {
    options: { isNew: true },
    requests: { api: 8 },
  }),
  wait("410", { gif: [status(410)] }, unavailable("expired")),
  wait("one ask names the reason", { gif: [NULL], screenshots: [shots(1)] }, unavailable("too_few_screenshots"), {
    options: { timeout: 0 },
    exactlyMs: 0,
  }),
  wait("refused", { gif: [status(403)] }, { code: "FORBIDDEN" }),
  wait(
    "three callers share one poller",
    { gif: [NULL], status: [RUNNING] },
    {
      value: [1, 2, 3].map(() => ({ status: "unavailable", reason: "not_finished" })),
    },
    { call: "together", options: { timeout: 20_000 }, exactlyMs: 40_000, atMostRequests: 60 },
  ),
  wait(
    "callers of one poller leave one by one",
    { gif: [NULL], status: [RUNNING] },
    {
      value: [
        ["not_finished", 60_000],
        ["not_finished", 10_000],
        ["enough", 5000],
      ],
    },
    { call: "leaving", exactlyMs: 60_000, atMostRequests: 60 },
  ),
  ...["hidden", "offline"].map((what) =>
    wait(
      `no polls while the page is ${what}, and that time does not count`,
      { gif: [NULL], status: [RUNNING] },
      unavailable("not_finished"),
      {
        where: "pages",
        client: { baseUrl: "https://api.example.com/api/v1" },
        options: { timeout: 60_000 },
        quiet: [{ what, fromMs: 10_000, toMs: 3_600_000 }],
        atLeastMs: 3_600_000,
        atMostRequests: 60,
      },
    ),
  ),

  download("a GIF", [file()], { value: { bytes: 72 }, requests: { api: 1, media: 1 } }),
  download("a GIF as bytes", [file({ type: "application/octet-stream" })], { value: { bytes: 72 } }),
  download("a GIF without a length", [file({ length: "none" })], { value: { bytes: 72 } }),
  ...["text/html", "application/json", "image/png", ""].map((type) =>
    download(`a wrong content type: "${type}"`, [file({ type })], { code: "BAD_MEDIA", requests: { media: 1 } }),
  ),
  ...["html", "png", "empty", "noTrailer"].map((name) =>
    download(`wrong bytes: ${name}`, [file({ name })], { code: "BAD_MEDIA", requests: { media: 1 } }),
  ),
  download("a screen too large", [file({ name: "hugeScreen" })], { code: "TOO_LARGE" }),
  download(
    "too many bytes by the header",
    [file({ name: "long" })],
    { code: "TOO_LARGE" },
    { client: { maxBytes: 1000 } },
  ),
  download(
    "too many bytes while they arrive",
    [file({ name: "long", length: "none" })],
    { code: "TOO_LARGE" },
    { client: { maxBytes: 1000 } },
  ),
  download("a body that breaks off", [file({ cut: 20 }), file()], { value: { bytes: 72 }, requests: { media: 2 } }),
  download("a body that stalls", [file({ stall: 40 }), file()], { value: { bytes: 72 }, atLeastMs: 15_000 }),
  download("a media host in trouble", [file({ status: 503, headers: { "retry-after": "9" } }), file()], {
    value: { bytes: 72 },
    exactlyMs: 9000,
  }),
  download("an address that ran out", [file({ status: 403 }), file()], {
    value: { bytes: 72 },
    requests: { api: 2, media: 2 },
  }),
  download("an address that ran out for good", [file({ status: 403 })], {
    code: "EXPIRED",
    requests: { api: 2, media: 2 },
  }),
  download("a file that is gone", [file({ status: 404 })], { code: "EXPIRED", requests: { api: 1, media: 1 } }),
  download("a redirect within the host", [{ do: "redirect", to: "{media}/b.gif" }, file()], { value: { bytes: 72 } }),
  download("a redirect to a foreign host", [{ do: "redirect", to: "{foreign}/a.gif" }], { code: "MEDIA_URL" }),
  download(
    "an address on a foreign host",
    [],
    { code: "MEDIA_URL", requests: { foreign: 0, media: 0 } },
    {
      script: { gif: [json({ gif: "{foreign}/a.gif" })] },
    },
  ),
  download(
    "no GIF yet",
    [],
    { code: "NOT_READY", reason: "not_finished" },
    { script: { gif: [NULL], status: [RUNNING] } },
  ),
  download(
    "no task",
    [],
    { code: "NOT_FOUND", reason: "not_found" },
    { script: { gif: [status(404)], task: [status(404)] } },
  ),
  download(
    "a GIF worth waiting for",
    [file()],
    { value: { bytes: 72 } },
    {
      script: { gif: [NULL, NULL, READY], status: [RUNNING], media: [file()] },
      options: { timeout: 60_000 },
    },
  ),
  download("no right to read, with CORS", [file({ open: false })], { code: "MEDIA_CORS" }, { where: "pages" }),
  download(
    "as a TaskGif",
    [file()],
    {
      value: {
        bytes: 72,
        type: "image/gif",
        source: "server",
        width: 2,
        height: 1,
        durationMs: 270,
        frames: [
          { startMs: 0, delayMs: 70, sources: [], bytes: 0 },
          { startMs: 70, delayMs: 200, sources: [], bytes: 0 },
        ],
      },
    },
    { call: "fetchTaskGif" },
  ),

  {
    name: "the status",
    call: "getStatus",
    script: { status: [json('"something_new"')] },
    value: "something_new",
  },
  {
    name: "the status in another shape",
    call: "getStatus",
    script: { status: [json({ status: "finished" })] },
    code: "BAD_RESPONSE",
  },
  {
    name: "the screenshots",
    call: "getScreenshots",
    script: { screenshots: [json({ screenshots: ["a", "b"] })] },
    value: ["a", "b"],
  },
  {
    name: "404 for the screenshots of a task that exists",
    call: "getScreenshots",
    script: { screenshots: [status(404)], task: [task(0)] },
    value: [],
  },
  {
    name: "the screenshots' bytes in the order of the steps, each with its own retries",
    call: "fetchScreenshots",
    script: {
      task: [
        json({
          id: "task_1",
          status: "finished",
          steps: [1, 2, 3].map((step) => ({ step, next_goal: `goal ${step}`, url: "https://a.com" })),
        }),
      ],
      screenshots: [json({ screenshots: [3, 1, 2].map((number) => `{media}/step_${number}.png`) })],
      media: [file({ ...PNG, cut: 9 }), file({ ...PNG, status: 503 }), { do: "stall" }, file(PNG)],
    },
    value: [1, 2, 3].map((number) => ({
      number,
      caption: `goal ${number}`,
      url: "https://a.com",
      bytes: 70,
      keepOrder: true,
    })),
  },
  {
    name: "a screenshot whose address ran out",
    call: "fetchScreenshots",
    options: { concurrency: 1 },
    script: { task: [task(0)], screenshots: [shots(2)], media: [file({ status: 403 }), file(PNG)] },
    value: [
      { number: 1, bytes: 70, keepOrder: true },
      { number: 2, bytes: 70, keepOrder: true },
    ],
    requests: { api: 3, media: 3 },
  },
  {
    name: "a screenshot that cannot be had is skipped on demand",
    call: "fetchScreenshots",
    options: { onBadFrame: "skip", concurrency: 1 },
    script: { task: [task(0)], screenshots: [shots(2)], media: [file({ status: 404 }), file(PNG)] },
    value: [{ number: 2, bytes: 70, keepOrder: true }],
  },
  get("an aborted call", [{ do: "stall" }], { errorName: "AbortError" }, { abortAtMs: 5000, exactlyMs: 5000 }),
  wait(
    "an aborted wait",
    { gif: [NULL], status: [RUNNING] },
    { errorName: "AbortError" },
    { abortAtMs: 60_000, exactlyMs: 60_000 },
  ),
  download(
    "an aborted download",
    [file({ stall: 60, name: "long" })],
    { errorName: "AbortError" },
    { abortAtMs: 3000, exactlyMs: 3000 },
  ),
];
