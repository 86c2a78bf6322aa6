// The example of a Worker, in the runtime of Workers, with R2, beside a server in Node: where miniflare is installed.
//
//   npm install --no-save miniflare && node --test tests/serve/workers.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { createTaskServer } from "../../dist/serve/index.node.js";
import { R2Store } from "../../www/examples/worker.mjs";
import { bytesOf } from "../node/support/fixtures.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);
const { Miniflare } = await import(process.env.MINIFLARE ?? "miniflare").catch(() => ({}));
const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The example with the package in it, as wrangler would bundle it. */
async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [path("www/examples/worker.mjs")],
    bundle: true,
    format: "esm",
    write: false,
    target: "es2022",
    logLevel: "error",
    alias: { "task-gif/serve": path("dist/serve/index.js") },
  });
  return outputFiles[0].text;
}

test("a Worker takes tasks in and answers for them, a server elsewhere makes their GIFs", {
  skip: !Miniflare && "miniflare is not installed",
}, async (t) => {
  const worker = new Miniflare({
    modules: true,
    script: await bundle(),
    compatibilityDate: "2025-09-01",
    r2Buckets: ["TASKS"],
  });
  t.after(() => worker.dispose());
  const ask = async (url, init) => {
    const response = await worker.dispatchFetch(new URL(url, "http://localhost/"), init);
    assert.ok(
      response.status < 300,
      `${url}: ${response.status} ${response.status < 300 ? "" : await response.text()}`,
    );
    return response;
  };
  const { id } = await (await ask("/api/v1/task", { method: "POST", body: JSON.stringify({ task: "x" }) })).json();
  for (const body of SHOTS) await ask(`/api/v1/task/${id}/screenshot`, { method: "POST", body });
  await ask(`/api/v1/task/${id}/finish`, { method: "POST" });
  await createTaskServer({ store: new R2Store(await worker.getR2Bucket("TASKS")) }).sweep();
  const { gif } = await (await ask(`/api/v1/task/${id}/gif`)).json();
  const whole = Buffer.from(await (await ask(gif)).arrayBuffer());
  const part = await ask(gif, { headers: { range: "bytes=-1" } });
  assert.deepEqual([part.status, [...new Uint8Array(await part.arrayBuffer())]], [206, [0x3b]]);
  assert.equal(whole.subarray(0, 6).toString(), "GIF89a");
});
