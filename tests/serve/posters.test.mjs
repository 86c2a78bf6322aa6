// The poster of each GIF: what it is, who may have it, how long it stays, and what happens without one.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assembleGif } from "../../dist/index.node.js";
import { addKey, createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { call, gifUrl, postTask, scratch, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);

/** A server in this process, with a task that has ended: `{ server, ask, id, events }`. */
async function withTask(folder, options = {}, headers = {}) {
  const events = [];
  const server = createTaskServer({ store: new FileStore(folder), log: (event) => events.push(event), ...options });
  const ask = (path, init) =>
    server.fetch(new Request(new URL(path, "http://localhost/api/v1/"), { headers, ...init }));
  const post = (path, body) => ask(path, { method: "POST", body });
  const { id } = await (await post("task", JSON.stringify({ task: "x" }))).json();
  for (const body of SHOTS) await post(`task/${id}/screenshot`, body);
  await post(`task/${id}/finish`);
  await server.sweep();
  const posterOf = async () => (await (await ask(`task/${id}/poster`)).json()).poster;
  return { server, ask, id, events, posterOf };
}

test("each GIF has a poster, in the list too, which goes when the GIF does", async (t) => {
  const { api, url } = await serveFor(t, scratch(t));
  const id = await postTask(api, SHOTS, { finish: false });
  assert.deepEqual((await call(`${api}/task/${id}/poster`)).body, { poster: null });
  await call(`${api}/task/${id}/finish`, { method: "POST", json: {} });
  const gif = await gifUrl(api, id);
  const { poster } = (await call(`${api}/task/${id}/poster`)).body;
  assert.equal(poster, `${url}/posters/${id}/poster.png`);
  const answer = await fetch(poster);
  assert.deepEqual(
    [answer.status, answer.headers.get("content-type"), answer.headers.get("x-content-type-options")],
    [200, "image/png", "nosniff"],
  );
  assert.match(answer.headers.get("content-security-policy"), /sandbox/);
  const made = await assembleGif(SHOTS.map((image) => ({ image })));
  assert.deepEqual(
    Buffer.from(await answer.arrayBuffer()),
    Buffer.from(await (await made.poster({ width: 800 })).arrayBuffer()),
  );
  const listed = (await call(`${api}/tasks?limit=100`)).body.tasks.find((task) => task.id === id);
  assert.equal(listed.poster, poster);
  // What was deleted has neither.
  await call(`${api}/task/${id}`, { method: "DELETE" });
  assert.deepEqual([(await fetch(gif)).status, (await fetch(poster)).status], [404, 404]);
});

test("a poster that cannot be made leaves the GIF, and the log says why; the next one is made all the same", async (t) => {
  // The thread that makes posters gets something that is no GIF.
  let isBroken = true;
  const assemble = async (...given) => {
    const gif = await assembleGif(...given);
    return isBroken ? { blob: new Blob(["GIF89a"]), poster: gif.poster } : gif;
  };
  const broken = await withTask(scratch(t), { assemble });
  assert.equal(await broken.posterOf(), null);
  assert.match((await (await broken.ask(`task/${broken.id}/gif`)).json()).gif, /execution\.gif$/);
  const told = broken.events.filter(({ event }) => event === "poster_failed");
  assert.deepEqual([told.length, told[0].task], [1, broken.id]);
  isBroken = false;
  const whole = await withTask(scratch(t), { assemble });
  assert.match(await whole.posterOf(), /poster\.png$/);
});

test("with keys a poster is for those who got its address, and it expires with the GIF", async (t) => {
  const folder = scratch(t);
  const headers = { authorization: `Bearer ${await addKey(new FileStore(folder), "test")}` };
  const { server, ask, id, posterOf } = await withTask(folder, {}, headers);
  const address = await posterOf();
  const stranger = async (url) => (await server.fetch(new Request(url))).status;
  assert.equal(await stranger(address), 200);
  assert.equal(await stranger(address.replace(/\?.*/, "")), 403);
  // The signature of another file opens nothing.
  const { gif } = await (await ask(`task/${id}/gif`)).json();
  assert.equal(await stranger(address.replace(/\?.*/, new URL(gif).search)), 403);

  const path = join(folder, id, "task.json");
  const record = JSON.parse(readFileSync(path, "utf8"));
  const then = new Date(Date.now() - 31 * 86_400_000).toISOString();
  writeFileSync(path, JSON.stringify({ ...record, created_at: then, finished_at: then }));
  assert.deepEqual([await posterOf(), await stranger(address)], [null, 410]);
  await server.sweep();
  assert.ok(!existsSync(join(folder, id, "gif/poster.png")));
});

test("steps of an upload are in the order of their numbers, whatever their times say, and fail as the next one says", async (t) => {
  const given = [];
  const shown = [];
  const assemble = async (screenshots, options) => {
    for await (const screenshot of screenshots) given.push(screenshot);
    const gif = await assembleGif(given, options);
    shown.push(...gif.frames.flatMap(({ sources }) => sources));
    return gif;
  };
  const server = createTaskServer({ store: new FileStore(scratch(t)), assemble });
  const ask = (path, body) => server.fetch(new Request(`http://localhost/api/v1/${path}`, { method: "POST", body }));
  const { id } = await (await ask("task", JSON.stringify({ task: "x" }))).json();
  const verdicts = ["", "Success", "Failed - the button was not there", "Success"];
  for (const [i, body] of SHOTS.entries()) {
    const said = { evaluation_previous_goal: verdicts[i], finished_at: `2026-11-30T10:00:0${9 - i}Z` };
    await ask(`task/${id}/screenshot?${new URLSearchParams(said)}`, body);
  }
  await ask(`task/${id}/finish`);
  await server.sweep();
  assert.deepEqual(
    given.map(({ failed }) => failed),
    [undefined, true, undefined, undefined],
  );
  assert.deepEqual(shown, [0, 1, 2, 3]);
});
