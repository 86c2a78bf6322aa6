// The suite that every environment has to pass.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
// Those of the module stay real while a scenario's clock stands still.
import { clearTimeout, setTimeout } from "node:timers";
import fc from "fast-check";
import { startFaultServer } from "./fault-server.mjs";
import { anyScenario, budgetOf, specOf } from "./faults.mjs";
import { ROWS } from "./rows.mjs";
import { SECRETS } from "./scenario.mjs";

/** A scenario takes tenths of a second; the first start of a browser on a busy machine may take many seconds. */
const HANG_MS = 60_000;
const OPENING = { timeout: 180_000 };

/** Registers the suite for the environment that `open` starts, with so many random fault sequences. */
export function runSuite(name, open, { sequences }) {
  describe(name, () => {
    let server;
    let environment;
    before(async () => {
      server = await startFaultServer();
      environment = await open(server);
    }, OPENING);
    after(async () => {
      await environment?.close();
      await server?.close();
    });

    for (const row of ROWS.filter(({ where }) => name !== "Node" || where !== "pages")) {
      test(`${row.call}: ${row.name}`, async () => {
        server.script(row.script);
        const { call, options, client, key, abortAtMs, quiet } = row;
        const record = await runIn(environment, { call, options, client, key, abortAtMs, quiet });
        checkRow(row, record, server);
        checkSecrets(record, server);
      });
    }

    if (name !== "Node") registerPageTests(() => ({ server, environment }));

    test(`${sequences} random fault sequences settle, keep the key and stay within their budget`, async (t) => {
      const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
      t.diagnostic(`seed ${seed}; repeat with FC_SEED=${seed}`);
      let hung = false;
      const property = fc.asyncProperty(anyScenario, async (scenario) => {
        // After that the environment is of no use, so the sequence cannot be made shorter.
        fc.pre(!hung);
        server.script(scenario.script);
        const record = await runIn(environment, specOf(scenario), () => {
          hung = true;
        });
        checkSecrets(record, server);
        checkKind(record);
        const { length } = record.asked;
        assert.ok(length <= budgetOf(scenario), `${length} requests for ${scenario.call}`);
      });
      await fc.assert(property, { numRuns: sequences, seed });
    });
  });
}

/** Runs a scenario; one that hangs fails with what it was waiting for. */
async function runIn(environment, spec, onHang) {
  let timer;
  const limit = new Promise((_, reject) => {
    const hang = async () => {
      onHang?.();
      const unknown = new Promise((resolve) => setTimeout(resolve, 5000, "no answer from the page").unref());
      const state = await Promise.race([environment.state(), unknown]).catch(String);
      reject(new Error(`${JSON.stringify(spec)} did not settle within ${HANG_MS} ms: ${state}`));
    };
    timer = setTimeout(() => void hang(), HANG_MS);
  });
  try {
    return await Promise.race([environment.run(spec), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function registerPageTests(world) {
  test("a worker has all of it", async () => {
    const { server, environment } = world();
    server.script({
      gif: [{ do: "json", body: { gif: "{media}/a.gif" } }],
      media: [{ do: "file" }],
    });
    const gif = `${server.origins.media}/a.gif`;
    assert.deepEqual(await environment.inWorker(), { gif, status: "ready", bytes: 72 });
  });

  test("a key in a page is refused unless it is meant", async () => {
    const baseUrl = "https://api.example.com/api/v1";
    const [key, header, meant, token, relative] = await world().environment.construct([
      { baseUrl, apiKey: SECRETS[0] },
      { baseUrl, headers: { Authorization: `Bearer ${SECRETS[0]}` } },
      { baseUrl, apiKey: SECRETS[0], dangerouslyAllowBrowser: true },
      { baseUrl, headers: { "x-team": "blue" } },
      { baseUrl: "/api/v1" },
    ]);
    assert.match(key, /^TypeError: options\.apiKey: a key in a browser can be read by everybody/);
    assert.match(header, /^TypeError: options\.headers: a key in a browser/);
    assert.ok(!key.includes(SECRETS[0]) && !header.includes(SECRETS[0]));
    assert.deepEqual([meant, token, relative], Array(3).fill("[object Object]"));
  });
}

function checkRow(row, record, { origins }) {
  const found = JSON.stringify(record);
  if ("value" in row) {
    const filled = JSON.stringify(row.value).replaceAll("{media}", origins.media);
    assert.deepEqual(record.value, JSON.parse(filled), found);
  } else {
    assert.ok(record.error, found);
    if (row.code) assert.equal(record.error.code, row.code, found);
    if (row.errorName) assert.equal(record.error.name, row.errorName, found);
    if (row.status) assert.equal(record.error.status, row.status, found);
    if (row.reason) assert.equal(record.error.reason, row.reason, found);
  }
  const count = (origin) => record.asked.filter((request) => request.startsWith(`GET ${origins[origin]}`)).length;
  for (const [origin, expected] of Object.entries(row.requests ?? {})) {
    assert.equal(count(origin), expected, `${origin}: ${record.asked.join(", ")}`);
  }
  if (row.atMostRequests) assert.ok(record.asked.length <= row.atMostRequests, record.asked.join(", "));
  if (row.exactlyMs !== undefined) assert.equal(record.passedMs, row.exactlyMs);
  if (row.atLeastMs !== undefined) assert.ok(record.passedMs >= row.atLeastMs, `${record.passedMs} ms`);
  if (row.renewals) assert.deepEqual(record.heard.renewals, row.renewals);
}

/** No secret is seen outside the headers of requests to the API. */
function checkSecrets({ seen, error }, { requests }) {
  assert.deepEqual(seen, []);
  const leaks = (text) => SECRETS.some((secret) => text.includes(secret));
  assert.ok(!leaks(JSON.stringify(error ?? {})));
  for (const { origin, url, headers } of requests) {
    assert.ok(!leaks(url), `a secret in ${origin} ${url}`);
    if (origin !== "api")
      assert.ok(!leaks(headers) && !/authorization|cookie|referer/i.test(headers), `${origin}: ${headers}`);
  }
}

/** Whatever fails, fails with a code or as an abort. */
function checkKind({ error }) {
  if (!error || error.name === "AbortError") return;
  assert.equal(error.name, "TaskGifError", JSON.stringify(error));
  assert.match(error.code, /^[A-Z][A-Z0-9_]+$/);
}
