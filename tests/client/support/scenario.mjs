// Runs one call of the client against a scripted server, with time standing still while nothing happens. The same
// file runs in Node and in pages.
import { installClock } from "./clock.mjs";
import { watchTraffic } from "./traffic.mjs";

/** The secrets that must not be seen anywhere but at the API. */
export const SECRETS = ["bu_key_4f3c2b1a", "token-one-5e6f7a", "token-two-9b8c7d", "team-secret-value"];

const CALLS = {
  getTaskGif: (client, options) => client.getTaskGif("task_1", options),
  getTask: (client, options) => client.getTask("task_1", options),
  getStatus: (client, options) => client.getStatus("task_1", options),
  getScreenshots: (client, options) => client.getScreenshots("task_1", options),
  waitForTaskGif: (client, options) => client.waitForTaskGif("task_1", options),
  downloadTaskGif: async (client, options) => ({ bytes: (await client.downloadTaskGif("task_1", options)).length }),
  fetchTaskGif: async (client, options) => {
    const { blob, source, width, height, durationMs, frames } = await client.fetchTaskGif("task_1", options);
    return { bytes: blob.size, type: blob.type, source, width, height, durationMs, frames };
  },
  async fetchScreenshots(client, options) {
    const steps = [];
    for await (const { image, ...step } of client.fetchScreenshots("task_1", options)) {
      steps.push({ ...step, bytes: image.size });
    }
    return steps;
  },
  async together(client, options) {
    const waits = [options, { ...options }, { ...options, timeout: options.timeout * 2 }];
    const started = waits.map((each) => client.waitForTaskGif("task_1", each));
    await Promise.allSettled(started);
    return Promise.all(started);
  },
  /** Three callers of one poller, of whom one leaves early and one is aborted; when each was settled. */
  async leaving(client) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 5000);
    const since = Date.now();
    const outcome = (promise) =>
      promise.then(
        ({ reason }) => [reason, Date.now() - since],
        ({ message }) => [message, Date.now() - since],
      );
    return Promise.all([
      outcome(client.waitForTaskGif("task_1", { timeout: 60_000 })),
      outcome(client.waitForTaskGif("task_1", { timeout: 10_000 })),
      outcome(client.waitForTaskGif("task_1", { timeout: 60_000, signal: controller.signal })),
    ]);
  },
};

let traffic;

/** What the scenario that runs is waiting for, as text. */
export function describe() {
  return traffic ? traffic.describe() : "nothing has begun";
}

/**
 * Runs `spec`: `{ call, options, client, key, abortAtMs, quiet }`. Resolves to a record of JSON: `value` or `error`, the time
 * that passed, what was heard on the way, and every text in which a secret was seen.
 */
export async function runScenario({ TaskClient }, origins, link, spec) {
  const clock = installClock();
  traffic = watchTraffic(link, (run, ms) => setTimeout(run, ms), origins.api);
  const turn = realTurn();
  const heard = { polls: [], progress: [], renewals: [] };
  const tokens = [SECRETS[1], SECRETS[2]];
  const credentials = {
    key: { apiKey: SECRETS[0], dangerouslyAllowBrowser: true, headers: { "x-team": SECRETS[3] } },
    token: {
      getToken: ({ renew }) => {
        heard.renewals.push(renew);
        return tokens[Math.min(heard.renewals.length, tokens.length) - 1];
      },
    },
    none: {},
  };
  const client = new TaskClient({
    baseUrl: `${origins.api}/api/v1`,
    fetch: traffic.fetch,
    ...credentials[spec.key ?? "key"],
    ...spec.client,
  });
  const controller = new AbortController();
  const options = { ...spec.options };
  if (spec.call === "waitForTaskGif") options.onPoll = (info) => heard.polls.push(info);
  if (spec.call === "downloadTaskGif") options.onProgress = (progress) => heard.progress.push(progress);
  if (spec.abortAtMs !== undefined) {
    options.signal = controller.signal;
    setTimeout(() => controller.abort(), spec.abortAtMs);
  }
  const restore = (spec.quiet ?? []).map(quiet);
  const seen = [];
  let record;
  const texts = (value) => [String(value), JSON.stringify(value) ?? "", value?.stack ?? "", value?.message ?? ""];
  const look = (value) => seen.push(...texts(value).filter((text) => SECRETS.some((secret) => text.includes(secret))));
  look(client);
  CALLS[spec.call](client, options).then(
    (value) => {
      record = { value };
      look(value);
    },
    (error) => {
      for (let each = error; each instanceof Error; each = each.cause) look(each);
      const { name, code, message, status, reason, url } = error;
      record = { error: { name, code, message, status, reason, url } };
    },
  );
  try {
    // Without a timer left there is at most work of the host to wait for, such as reading a blob.
    for (let idle = 0; !record; idle++) {
      await traffic.silence(turn);
      if (!record && clock.next()) idle = 0;
      if (idle > 5000) throw new Error("the call does not settle, and nothing is left to happen");
    }
    return { ...record, heard, seen, asked: traffic.asked, passedMs: clock.passed() };
  } finally {
    for (const undo of restore) undo();
    traffic.end();
    clock.uninstall();
  }
}

/** Hides the page, or takes it offline, between two moments; returns how to undo it. */
function quiet({ what, fromMs, toMs }) {
  const [object, name, value, target, event] =
    what === "hidden"
      ? [document, "visibilityState", "hidden", document, "visibilitychange"]
      : [navigator, "onLine", false, globalThis, "online"];
  const undo = () => delete object[name];
  setTimeout(() => Object.defineProperty(object, name, { configurable: true, get: () => value }), fromMs);
  setTimeout(() => {
    undo();
    target.dispatchEvent(new Event(event));
  }, toMs);
  return undo;
}

/** A turn of the host's own event loop. */
function realTurn() {
  const { setImmediate } = globalThis;
  if (setImmediate) return () => new Promise((resolve) => setImmediate(resolve));
  const { port1, port2 } = new MessageChannel();
  let done = () => {};
  port1.onmessage = () => done();
  return () =>
    new Promise((resolve) => {
      done = resolve;
      port2.postMessage(0);
    });
}
