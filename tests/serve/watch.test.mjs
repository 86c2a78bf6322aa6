// A task is watched while it runs: over the server's events, or by asking again and again where there are none.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { assembleGif, TaskClient } from "../../dist/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { call, gifUrl, postTask, scratch, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);
const post = (api, id, step) =>
  call(`${api}/task/${id}/screenshot?step=${step}&next_goal=Goal+${step}`, { method: "POST", body: SHOTS[step - 1] });
const finish = (api, id) => call(`${api}/task/${id}/finish`, { method: "POST", json: { output: "Done" } });

/** A client that notes what it asks; what `lacks` fits is answered as a server without events does. */
function notingClient(api, lacks = /(?!)/) {
  const asked = [];
  const client = new TaskClient({
    baseUrl: api,
    async fetch(url, init) {
      const path = new URL(url).pathname.replace(/^.*\/task\/[^/]+/, "");
      asked.push(path);
      return lacks.test(path) ? new Response("{}", { status: 404 }) : fetch(url, init);
    },
  });
  return { client, asked };
}

for (const [how, lacks] of [
  ["over its events", /(?!)/],
  ["by asking again where there are none", /events/],
]) {
  test(`a running task is told as it grows, and its end, ${how}`, async (t) => {
    const { api } = await serveFor(t, scratch(t));
    const id = await postTask(api, [], { task: "Buy a kettle", finish: false });
    const { client, asked } = notingClient(api, lacks);
    const told = [];
    const next = [() => post(api, id, 1), () => post(api, id, 2), () => finish(api, id)];
    for await (const { task, screenshots } of client.watchTask(id, { interval: 50 })) {
      told.push([task.status, task.steps.length, screenshots.length]);
      await next.shift()?.();
    }
    assert.deepEqual(told, [
      ["running", 0, 0],
      ["running", 1, 1],
      ["running", 2, 2],
      ["finished", 2, 2],
    ]);
    const streams = asked.filter((path) => path === "/events").length;
    assert.equal(streams, 1);
    const questions = asked.filter((path) => path === "").length;
    assert.ok(lacks.test("/events") ? questions >= 4 : questions === 1, `${questions} questions`);
    await gifUrl(api, id);
  });
}

test("a task that is over is told once, without a stream", async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const id = await postTask(api, SHOTS.slice(0, 2));
  await gifUrl(api, id); // nothing is written any more when the folder goes
  const { client, asked } = notingClient(api);
  const told = [];
  for await (const update of client.watchTask(id)) told.push(update.task.status);
  assert.deepEqual([told, asked], [["finished"], ["", "/screenshots"]]);
});

test("screenshots of a running task become a GIF while it runs: the bytes of one that was made afterwards", async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const id = await postTask(api, SHOTS.slice(0, 1), { finish: false });
  const { client } = notingClient(api);
  const next = [() => post(api, id, 2), () => post(api, id, 3), () => finish(api, id)];
  async function* growing() {
    for await (const screenshot of client.fetchScreenshots(id, { live: true })) {
      yield screenshot;
      await next.shift()?.();
    }
  }
  const live = await assembleGif(growing());
  const afterwards = await assembleGif(client.fetchScreenshots(id));
  assert.equal(live.frames.length, 3);
  assert.deepEqual(await live.bytes(), await afterwards.bytes());
  await gifUrl(api, id);
});

test("a stream that breaks off is opened again, and nothing is lost or told twice", async (t) => {
  const { api, url } = await serveFor(t, scratch(t));
  const id = await postTask(api, SHOTS.slice(0, 1), { finish: false });
  let streams = 0;
  const proxy = createServer(async (request, response) => {
    const answer = await fetch(url + request.url);
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") });
    if (!request.url.endsWith("/events") || streams++ > 0) {
      for await (const piece of answer.body) response.write(piece);
      return response.end();
    }
    for await (const piece of answer.body) {
      response.write(piece);
      setTimeout(() => response.destroy(), 100);
      return;
    }
  });
  await new Promise((listening) => proxy.listen(0, "localhost", listening));
  t.after(() => proxy.closeAllConnections() ?? proxy.close());
  const client = new TaskClient({ baseUrl: `http://localhost:${proxy.address().port}/api/v1` });
  const told = [];
  const next = [() => setTimeout(() => post(api, id, 2), 300), () => finish(api, id)];
  for await (const { task, screenshots } of client.watchTask(id, { interval: 50 })) {
    told.push([task.status, screenshots.length]);
    await next.shift()?.();
  }
  assert.deepEqual(told, [
    ["running", 1],
    ["running", 2],
    ["finished", 2],
  ]);
  assert.equal(streams, 2);
  await gifUrl(api, id);
});

test("the key of a stream is in a header, is renewed once, and reaches no redirect", async (t) => {
  const seen = [];
  const site = createServer((request, response) => {
    seen.push([request.url, request.headers.authorization]);
    const isEvents = request.url.endsWith("/events");
    if (isEvents && request.headers.authorization !== "Bearer second") return response.writeHead(401).end("{}");
    if (isEvents) return response.writeHead(302, { location: "/elsewhere" }).end();
    const body = request.url.endsWith("/screenshots")
      ? { screenshots: [] }
      : {
          id: "t",
          task: "",
          status: seen.length > 6 ? "finished" : "running",
          output: null,
          steps: [],
          events_url: "https://other.example/",
        };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise((listening) => site.listen(0, "localhost", listening));
  t.after(() => site.closeAllConnections() ?? site.close());
  const baseUrl = `http://localhost:${site.address().port}/api/v1`;
  const client = new TaskClient({ baseUrl, getToken: ({ renew }) => (renew ? "second" : "first") });
  const told = [];
  for await (const { task } of client.watchTask("t", { interval: 20 })) told.push(task.status);
  assert.deepEqual(told, ["running", "finished"]);
  assert.ok(!seen.some(([url]) => /elsewhere|first|second/.test(url)), JSON.stringify(seen));
  const streams = seen.filter(([url]) => url.endsWith("/events")).map(([, header]) => header);
  assert.deepEqual(streams.slice(0, 2), ["Bearer first", "Bearer second"]);
});

test("a watch ends at once with its signal, and wrong options are refused", async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const id = await postTask(api, [], { finish: false });
  const client = new TaskClient({ baseUrl: api });
  const leaving = new AbortController();
  const watching = (async () => {
    for await (const _ of client.watchTask(id, { signal: leaving.signal })) setTimeout(() => leaving.abort(), 200);
  })();
  await assert.rejects(watching, { name: "AbortError" });
  const wrong = async () => {
    for await (const _ of client.watchTask(id, { intervall: 1 })) break;
  };
  await assert.rejects(wrong, { name: "TypeError", message: /options/ });
  await assert.rejects(
    async () => {
      for await (const _ of client.watchTask("none")) break;
    },
    { code: "NOT_FOUND" },
  );
});
