// Programs that know nothing of this server but the documentation.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { run } from "../cli/support/cli.mjs";
import { bytesOf, filesOf, folderOf } from "../node/support/fixtures.mjs";
import { call, gifUrl, postTask, scratch, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);
const execute = promisify(execFile);
const python = [process.env.PYTHON, "python3"].find((name) => name && spawnSync(name, ["-c", ""]).status === 0);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** The sample of the documentation, with the library it uses where that is installed. */
const SAMPLE = `
import sys
url, key, out = sys.argv[1:]
headers = {"Authorization": f"Bearer {key}"}
try:
    import requests
    gif_data = requests.get(url, headers=headers).json()
    fetch = lambda address: requests.get(address).content
except ImportError:
    import json, urllib.request
    gif_data = json.load(urllib.request.urlopen(urllib.request.Request(url, headers=headers)))
    fetch = lambda address: urllib.request.urlopen(address).read()
if gif_data["gif"]:
    with open(out, "wb") as f:
        f.write(fetch(gif_data["gif"]))
else:
    print("No GIF available for this task")
`;

/** A server with a key. */
async function withKey(t) {
  const folder = scratch(t);
  const key = (await run(["serve", folder, "--new-key", "test"])).stdout.toString().trim();
  return { ...(await serveFor(t, folder)), key, headers: { authorization: `Bearer ${key}` } };
}

test("the documented Python sample gets the GIF", { skip: !python && "there is no Python" }, async (t) => {
  const { api, key, headers } = await withKey(t);
  const output = join(scratch(t), "task.gif");
  const { id } = (await call(`${api}/task`, { method: "POST", json: { task: "x" }, headers })).body;
  const sample = () => execute(python, ["-c", SAMPLE, `${api}/task/${id}/gif`, key, output]);
  assert.equal((await sample()).stdout.trim(), "No GIF available for this task");
  for (const body of SHOTS) await call(`${api}/task/${id}/screenshot`, { method: "POST", body, headers });
  await call(`${api}/task/${id}/finish`, { method: "POST", headers });
  const gif = await gifUrl(api, id, { headers });
  await sample();
  assert.deepEqual(readFileSync(output), Buffer.from(await (await fetch(gif)).arrayBuffer()));
});

test("curl posts a task and downloads its GIF", { skip: !hasCurl && "curl is not installed" }, async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const curl = async (...args) => (await execute("curl", ["-sS", "--fail", ...args])).stdout;
  const posted = await curl(`${api}/task`, "-H", "content-type: application/json", "-d", '{"task":"Buy a kettle"}');
  const { id } = JSON.parse(posted);
  for (const [i, file] of filesOf("shop").slice(0, 3).entries()) {
    const path = join(folderOf("shop"), file);
    await curl("--data-binary", `@${path}`, `${api}/task/${id}/screenshot?step=${i + 1}&next_goal=Open+it`);
  }
  await curl("-X", "POST", `${api}/task/${id}/finish`);
  const gif = await gifUrl(api, id);
  const output = join(scratch(t), "a.gif");
  await curl(gif, "-o", output);
  const bytes = readFileSync(output);
  // Broken off, and continued as curl does it.
  await curl(gif, "-o", output, "-r", "0-99");
  await curl(gif, "-o", output, "-C", "-");
  assert.deepEqual(readFileSync(output), bytes);
  assert.equal(bytes.subarray(0, 6).toString(), "GIF89a");
});

test("task-gif fetch takes the server's GIF, or makes one here and says why", async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const folder = scratch(t);
  const id = await postTask(api, SHOTS);
  const gif = Buffer.from(await (await fetch(await gifUrl(api, id))).arrayBuffer());
  const served = await run(["fetch", id, "--base-url", api, "-o", "a.gif", "--json"], { cwd: folder });
  assert.equal(served.code, 0, served.stderr);
  assert.equal(JSON.parse(served.stdout).source, "server");
  assert.deepEqual(readFileSync(join(folder, "a.gif")), gif);

  const running = await postTask(api, SHOTS, { finish: false });
  const local = await run(["fetch", running, "-o", "b.gif"], { cwd: folder, env: { TASK_GIF_API: api } });
  assert.equal(local.code, 0, local.stderr);
  assert.match(local.stderr, /made here: .*\nb\.gif: \d+ frames/);
  assert.deepEqual(readFileSync(join(folder, "b.gif")), gif);

  const none = await run(["fetch", "none", "--base-url", api], { cwd: folder });
  assert.equal(none.code, 5);
  assert.match(none.stderr, /^task-gif: NOT_FOUND: /);
});

test("a key comes from the environment, is no flag, and is in no output", async (t) => {
  const { api, key, headers } = await withKey(t);
  const { id } = (await call(`${api}/task`, { method: "POST", json: { task: "x" }, headers })).body;
  for (const body of SHOTS) await call(`${api}/task/${id}/screenshot`, { method: "POST", body, headers });
  await call(`${api}/task/${id}/finish`, { method: "POST", headers });
  await gifUrl(api, id, { headers });
  const args = ["fetch", id, "--base-url", api, "-o", "-"];
  const right = await run(args, { env: { BROWSER_USE_API_KEY: key } });
  assert.equal(right.code, 0, right.stderr);
  const wrong = await run(args, { env: { BROWSER_USE_API_KEY: "tg_wrong_key" } });
  assert.equal(wrong.code, 5);
  assert.match(wrong.stderr, /UNAUTHORIZED: .*\n {2}put the key into the environment variable BROWSER_USE_API_KEY/);
  assert.doesNotMatch(wrong.stderr + wrong.stdout, /tg_wrong_key/);
  assert.match((await run([...args, "--key", key])).stderr, /there is no --key/);
});
