// The client's own options: what is refused, and where keys are not to be found.
import assert from "node:assert/strict";
import dns from "node:dns/promises";
import { test } from "node:test";
import { inspect } from "node:util";
import { TaskClient, TaskClientError, TaskGifError } from "../../dist/index.node.js";

const baseUrl = "https://api.example.com/api/v1";
const KEY = "bu_key_4f3c2b1a";

test("wrong options are TypeErrors that name the option and not its value", async () => {
  const table = [
    [{}, /options\.baseUrl: expected an address/],
    [{ baseUrl: "/api/v1" }, /options\.baseUrl: expected an absolute address/],
    [{ baseUrl, apikey: KEY }, /options\.apikey: there is no such name/],
    [{ baseUrl, apiKey: 7 }, /options\.apiKey: expected a string/],
    [{ baseUrl, apiKey: KEY, getToken: () => "" }, /options\.apiKey: expected apiKey or getToken, found both/],
    [{ baseUrl, getToken: KEY }, /options\.getToken: expected a function/],
    [{ baseUrl, headers: KEY }, /options\.headers: expected an object/],
    [{ baseUrl, headers: { "x-a": 7 } }, /options\.headers\.x-a: expected a string/],
    [{ baseUrl, allowedMediaHosts: "a.com" }, /options\.allowedMediaHosts: expected an array/],
    [{ baseUrl, credentials: "all" }, /options\.credentials: expected "omit" or/],
    [{ baseUrl, maxBytes: 0 }, /options\.maxBytes: expected a number from 1/],
  ];
  for (const [options, expected] of table) {
    assert.throws(
      () => new TaskClient(options),
      (error) => error instanceof TypeError && expected.test(error.message) && !error.message.includes(KEY),
      JSON.stringify(options),
    );
  }
  // The rest is checked by the crate, at the first call.
  const late = [
    [{ baseUrl: "http://api.example.com" }, /baseUrl: expected https/],
    [{ baseUrl: `${baseUrl}/task` }, /baseUrl: expected the address before \/task/],
    [{ baseUrl: "https://u:p@api.example.com" }, /baseUrl: the address holds a user name/],
    [{ baseUrl, apiKey: `${KEY}\n` }, /apiKey: expected 1 to 8192 visible ASCII/],
    [{ baseUrl, headers: { "x-a": "b\r\nc: d" } }, /headers\.x-a: expected visible ASCII/],
    [{ baseUrl, allowedMediaHosts: ["https://a.com"] }, /allowedMediaHosts\[0\]: expected a host/],
  ];
  for (const [options, expected] of late) {
    await assert.rejects(
      new TaskClient(options).getTaskGif("task_1"),
      (error) => error instanceof TypeError && expected.test(error.message) && !error.message.includes(KEY),
      JSON.stringify(options),
    );
  }
});

test("task ids that could leave their place in the path are refused before anything is asked", async () => {
  let asked = 0;
  const client = new TaskClient({ baseUrl, fetch: async () => asked++ });
  for (const id of ["", "..", "a/b", "a?b", "a#b", "a%2fb", "ä", "x".repeat(129), 7, undefined]) {
    for (const call of ["getTaskGif", "getTask", "getStatus", "getScreenshots", "waitForTaskGif", "downloadTaskGif"]) {
      await assert.rejects(client[call](id), /^TypeError: taskId: expected/, `${call} ${id}`);
    }
  }
  assert.equal(asked, 0);
});

test("a key is in no form of the client", () => {
  const client = new TaskClient({ baseUrl, apiKey: KEY, headers: { "x-team": "team-secret" } });
  const forms = [String(client), JSON.stringify(client), inspect(client, { depth: 9, showHidden: true })];
  for (const form of forms) assert.ok(!form.includes(KEY) && !form.includes("team-secret"), form);
});

test("a callback for tokens that fails is an UNAUTHORIZED without its words", async () => {
  const callbacks = [
    () => Promise.reject(new Error(`refresh with ${KEY} failed`)),
    () => {
      throw new Error(KEY);
    },
    () => 7,
    () => `${KEY}\n`,
  ];
  for (const getToken of callbacks) {
    await assert.rejects(
      new TaskClient({ baseUrl, getToken, fetch: () => assert.fail("asked") }).getStatus("task_1"),
      (error) => {
        assert.ok(error instanceof TaskClientError && error instanceof TaskGifError);
        assert.equal(error.code, "UNAUTHORIZED");
        assert.ok(!inspect(error).includes(KEY), inspect(error));
        return true;
      },
    );
  }
});

test("without a token the call goes out without one, and calls at once share one", async () => {
  const sent = [];
  const fetch = async (_, init) => {
    sent.push(init.headers.authorization);
    return new Response('"finished"', { headers: { "content-type": "application/json" } });
  };
  await new TaskClient({ baseUrl, getToken: () => null, fetch }).getStatus("task_1");
  assert.deepEqual(sent, [undefined]);
  let count = 0;
  const client = new TaskClient({ baseUrl, getToken: async () => `token-${++count}`, fetch });
  await Promise.all([1, 2, 3].map(() => client.getStatus("task_1")));
  assert.deepEqual([count, sent.slice(1)], [1, Array(3).fill("Bearer token-1")]);
});

test("requests to the API are as safe as they can be", async () => {
  let request;
  const fetch = async (url, init) => {
    request = { url, init };
    return new Response('"finished"');
  };
  await new TaskClient({ baseUrl: `${baseUrl}/`, apiKey: KEY, headers: { "X-Team": "blue" }, fetch }).getStatus(
    "task_1",
  );
  const { signal, ...init } = request.init;
  assert.equal(request.url, `${baseUrl}/task/task_1/status`);
  assert.ok(signal instanceof AbortSignal);
  assert.deepEqual(init, {
    headers: { accept: "application/json", "x-team": "blue", authorization: `Bearer ${KEY}` },
    redirect: "manual",
    credentials: "same-origin",
    cache: "no-store",
  });
});

test("an injected fetch that gives no response is a failed connection, not a crash", async () => {
  const client = new TaskClient({ baseUrl, requestTimeout: 50, fetch: async () => ({}) });
  const signal = AbortSignal.timeout(300);
  await assert.rejects(client.getStatus("task_1", { signal }), (error) => error.name === "TimeoutError");
});

test("an aborted signal is answered before anything is asked", async () => {
  const reason = new Error("enough");
  const client = new TaskClient({ baseUrl, fetch: () => assert.fail("asked") });
  const options = { signal: AbortSignal.abort(reason) };
  for (const call of ["getTaskGif", "getTask", "waitForTaskGif", "downloadTaskGif"]) {
    await assert.rejects(client[call]("task_1", options), (error) => error === reason);
  }
});

test("a media host that leads into a private network is not asked", async (t) => {
  const addresses = { "media.example.com": "10.0.0.1", "cdn.example.com": "93.184.216.34" };
  const lookup = async (host) => [{ address: addresses[host] }];
  t.mock.method(dns, "lookup", lookup);
  const asked = [];
  const fetch = async (url) => {
    asked.push(url);
    return url.startsWith(baseUrl) ? Response.json({ gif }) : new Response("", { status: 404 });
  };
  const client = new TaskClient({ baseUrl, fetch, allowedMediaHosts: ["example.com"] });
  let gif = "https://media.example.com/a.gif";
  await assert.rejects(client.downloadTaskGif("task_1"), {
    code: "MEDIA_URL",
    message: /leads to a private address/,
  });
  assert.deepEqual(asked, [`${baseUrl}/task/task_1/gif`]);
  gif = "https://cdn.example.com/a.gif";
  await assert.rejects(client.downloadTaskGif("task_1"), { code: "EXPIRED" });
  assert.equal(asked.length, 3);
});
