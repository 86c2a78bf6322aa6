// The page of a task that links lead to: what a preview finds in it, where it leads people, and who may have it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addKey, createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { scratch } from "./support/server.mjs";

/** A server in this process with a task of two steps: `{ ask, id, pageUrl }`. */
async function withTask(task, { key, ...options } = {}) {
  const store = new FileStore(scratch());
  const headers = key ? { authorization: `Bearer ${await addKey(store, key)}` } : {};
  const server = createTaskServer({ store, dashboard: new FileStore(scratch()), ...options });
  const ask = (url, init) => server.fetch(new Request(new URL(url, "http://localhost/api/v1/"), init));
  const { id } = await (await ask("task", { method: "POST", headers, body: JSON.stringify({ task }) })).json();
  for (const body of bytesOf("shop").slice(0, 2)) await ask(`task/${id}/screenshot`, { method: "POST", headers, body });
  const pageUrl = async () => (await (await ask(`task/${id}`, { headers })).json()).page_url;
  const finish = async () => {
    await ask(`task/${id}/finish`, { method: "POST", headers });
    await server.sweep();
  };
  return { ask, id, pageUrl, finish };
}

const contentOf = (page, name) => new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(page)?.[1];

test("a link to a task has its name, its state and its poster for previews, and leads people to the dashboard", async () => {
  const { ask, id, pageUrl, finish } = await withTask("Buy a kettle");
  assert.equal(await pageUrl(), `http://localhost/task/${id}`);
  const running = await (await ask(await pageUrl())).text();
  assert.equal(contentOf(running, "og:description"), "Running, 2 steps");
  assert.equal(contentOf(running, "og:image"), undefined);
  await finish();
  const answer = await ask(await pageUrl());
  assert.deepEqual(
    [answer.status, answer.headers.get("content-type"), answer.headers.get("x-robots-tag")],
    [200, "text/html; charset=UTF-8", "noindex"],
  );
  assert.equal(answer.headers.get("content-security-policy"), "default-src 'none'");
  const page = await answer.text();
  assert.equal(contentOf(page, "og:title"), "Buy a kettle");
  assert.equal(contentOf(page, "og:description"), "Finished, 2 steps");
  assert.equal(contentOf(page, "og:url"), await pageUrl());
  assert.equal(contentOf(page, "og:image"), `http://localhost/posters/${id}/poster.png`);
  assert.equal((await ask(contentOf(page, "og:image"))).headers.get("content-type"), "image/png");
  const [, next] = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(page);
  assert.equal(new URL(next, await pageUrl()).href, `http://localhost/#/task/${id}`);
});

test("addresses of previews begin with the public one", async () => {
  const { ask, id, pageUrl, finish } = await withTask("x", { publicUrl: "https://gifs.example.com/replays/" });
  await finish();
  assert.equal(await pageUrl(), `https://gifs.example.com/replays/task/${id}`);
  const page = await (await ask(`/task/${id}`)).text();
  assert.equal(contentOf(page, "og:image"), `https://gifs.example.com/replays/posters/${id}/poster.png`);
});

test("what a task is called is text in its page, whatever it is", async () => {
  const { ask, pageUrl } = await withTask(`"><script>alert(1)</script>& 'x'`);
  const page = await (await ask(await pageUrl())).text();
  assert.ok(!page.includes("<script"), page);
  assert.equal(contentOf(page, "og:title"), "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp; &#39;x&#39;");
});

test("with keys the page is for those who got its address, and so is the poster in it", async () => {
  const { ask, id, pageUrl, finish } = await withTask("x", { key: "test" });
  await finish();
  const url = await pageUrl();
  assert.equal((await ask(`/task/${id}`)).status, 403);
  const page = await (await ask(url)).text();
  assert.equal((await ask(contentOf(page, "og:image"))).status, 200);
  // It opens the page and nothing else.
  assert.equal((await ask(`/posters/${id}/poster.png${new URL(url).search}`)).status, 403);
  assert.equal((await ask(`/api/v1/task/${id}${new URL(url).search}`)).status, 401);
});

test("no page of a task that is not there, and none without a dashboard to lead to", async () => {
  const { ask } = await withTask("x");
  assert.equal((await ask("/task/none")).status, 404);
  const alone = await withTask("x", { dashboard: undefined });
  assert.equal(await alone.pageUrl(), undefined);
  assert.equal((await alone.ask(`/task/${alone.id}`)).status, 404);
});
