// The entry for hosts without files and without worker threads, in a process that has nothing else of the package.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createTaskServer, init, initClient, S3Store } from "../../../dist/serve/index.js";
import { bytesOf } from "../../node/support/fixtures.mjs";
import { CREDENTIALS, ownS3 } from "./s3.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);

const { endpoint } = await ownS3();
await init(readFileSync(new URL("../../../dist/task_gif_bg.wasm", import.meta.url)));
await initClient(readFileSync(new URL("../../../dist/task_gif_client_bg.wasm", import.meta.url)));
const events = [];
const server = createTaskServer({
  store: new S3Store({ endpoint, bucket: "tasks", ...CREDENTIALS }),
  publicUrl: "https://gifs.example.com/",
  log: (event) => events.push(event),
});
const ask = async (path, init) => {
  const response = await server.fetch(new Request(new URL(path, "https://gifs.example.com/"), init));
  assert.ok(response.status < 300, `${path}: ${response.status}`);
  return response;
};
const { id } = await (await ask("/api/v1/task", { method: "POST", body: JSON.stringify({ task: "x" }) })).json();
for (const body of SHOTS) await ask(`/api/v1/task/${id}/screenshot`, { method: "POST", body });
await ask(`/api/v1/task/${id}/finish`, { method: "POST" });
await server.sweep();
const { gif } = await (await ask(`/api/v1/task/${id}/gif`)).json();
const { poster } = await (await ask(`/api/v1/task/${id}/poster`)).json();
assert.equal(poster, `https://gifs.example.com/posters/${id}/poster.png`);
assert.equal((await ask(poster)).headers.get("content-type"), "image/png");
assert.equal(gif, `https://gifs.example.com/gifs/${id}/execution.gif`);
const whole = Buffer.from(await (await ask(gif)).arrayBuffer());
const part = await ask(gif, { headers: { range: "bytes=6-9" } });
assert.deepEqual([part.status, Buffer.from(await part.arrayBuffer())], [206, whole.subarray(6, 10)]);
assert.equal(whole.subarray(0, 6).toString(), "GIF89a");
assert.deepEqual(
  events.filter(({ event }) => event !== "request").map(({ event }) => event),
  ["gif_ready"],
);
await server.stop();
// The pool stays warm for a while, which nobody needs here.
process.exit(0);
