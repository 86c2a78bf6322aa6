// Requests that change the same task at the same time: what was acknowledged holds, and nothing is left of what was not.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createTaskServer, FileStore, S3Store } from "../../dist/serve/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { CREDENTIALS, ownS3 } from "./support/s3.mjs";
import { scratch } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);
const ROUNDS = 8;

/** A server, and what asks it: `{ status, body }` of a call below `/api/v1`. */
function serverOf(t, store) {
  const server = createTaskServer({ store });
  t.after(() => server.stop());
  const ask = async (path, method = "GET", body = undefined) => {
    const init = { method, body, ...(body instanceof ReadableStream && { duplex: "half" }) };
    const response = await server.fetch(new Request(`http://localhost/api/v1${path}`, init));
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  const create = async () => (await ask("/task", "POST", JSON.stringify({ task: "Before" }))).body.id;
  return { server, ask, create };
}

/** A body that arrives in two halves, the second when `others` are done. */
function slow(bytes, others) {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes.subarray(0, 100));
      await pause(20);
      await others();
      controller.enqueue(bytes.subarray(100));
      controller.close();
    },
  });
}

test("a task that is renamed while it ends has both: the name and the end", async (t) => {
  const { ask, create } = serverOf(t, new FileStore(scratch(t)));
  for (let round = 0; round < ROUNDS; round++) {
    const id = await create();
    const answers = await Promise.all([
      ask(`/task/${id}`, "PATCH", JSON.stringify({ task: "After" })),
      ask(`/task/${id}/finish`, "POST"),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    const { task, status } = (await ask(`/task/${id}`)).body;
    assert.deepEqual({ task, status }, { task: "After", status: "finished" });
  }
});

for (const [where, open] of Object.entries({
  "a folder": async (t) => {
    const folder = scratch(t);
    return () => new FileStore(folder);
  },
  "a bucket": async (t) => {
    const { endpoint, close } = await ownS3();
    t.after(close);
    return () => new S3Store({ endpoint, bucket: "tasks", ...CREDENTIALS });
  },
})) {
  test(`so has one that two servers on ${where} change at once, and one that is deleted stays so`, async (t) => {
    const storeOf = await open(t);
    const [one, other] = [serverOf(t, storeOf()), serverOf(t, storeOf())];
    for (let round = 0; round < ROUNDS; round++) {
      const id = await one.create();
      const rename = () => other.ask(`/task/${id}`, "PATCH", JSON.stringify({ task: "After" }));
      const answers = await Promise.all([rename(), one.ask(`/task/${id}/finish`, "POST"), rename()]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200],
      );
      const { task, status } = (await one.ask(`/task/${id}`)).body;
      assert.deepEqual({ task, status }, { task: "After", status: "finished" });
      await Promise.all([rename(), one.ask(`/task/${id}`, "DELETE"), rename(), rename()]);
      assert.equal((await other.ask(`/task/${id}`)).status, 404);
    }
  });
}

test("of a task that is deleted meanwhile nothing comes back", async (t) => {
  const folder = scratch(t);
  const { ask, create } = serverOf(t, new FileStore(folder));
  for (let round = 0; round < ROUNDS; round++) {
    const id = await create();
    await Promise.all([
      ask(`/task/${id}/screenshot`, "POST", SHOTS[0]),
      ask(`/task/${id}/screenshot?step=7`, "POST", SHOTS[1]),
      ask(`/task/${id}`, "DELETE"),
      ask(`/task/${id}`, "PATCH", JSON.stringify({ task: "After" })),
      ask(`/task/${id}/screenshot`, "POST", SHOTS[2]),
    ]);
    assert.equal((await ask(`/task/${id}`)).status, 404);
    assert.equal(existsSync(join(folder, id)), false);
  }
  const id = await create();
  const upload = ask(
    `/task/${id}/screenshot`,
    "POST",
    slow(SHOTS[0], () => ask(`/task/${id}`, "DELETE")),
  );
  assert.deepEqual([(await upload).status, existsSync(join(folder, id))], [404, false]);
});

test("a screenshot that arrives after the end is refused, however early its upload began", async (t) => {
  const { server, ask, create } = serverOf(t, new FileStore(scratch(t)));
  const id = await create();
  for (const shot of SHOTS.slice(0, 2)) await ask(`/task/${id}/screenshot`, "POST", shot);
  const end = async () => {
    await ask(`/task/${id}/finish`, "POST");
    await server.sweep();
  };
  const { status, body } = await ask(`/task/${id}/screenshot?step=3`, "POST", slow(SHOTS[2], end));
  assert.deepEqual([status, body], [409, { detail: "The task has ended" }]);
  assert.equal((await ask(`/task/${id}/screenshots`)).body.screenshots.length, 2);
});

test("a screenshot that comes in while another server ends or removes its task is not acknowledged", async (t) => {
  const files = new FileStore(scratch(t));
  const other = serverOf(t, files);
  for (const [act, expected] of [
    [(id) => other.ask(`/task/${id}/finish`, "POST"), 409],
    [(id) => other.ask(`/task/${id}`, "DELETE"), 404],
  ]) {
    const id = await other.create();
    // The other server is done between two lines of this one.
    const store = {
      read: (...args) => files.read(...args),
      list: (...args) => files.list(...args),
      async write(key, ...args) {
        if (key.endsWith("step_1.png") && args[0]) await act(id);
        return files.write(key, ...args);
      },
    };
    const { ask } = serverOf(t, store);
    assert.equal((await ask(`/task/${id}/screenshot`, "POST", SHOTS[0])).status, expected);
    assert.deepEqual(
      (await files.list(id)).filter((name) => name.startsWith("step_")),
      [],
    );
  }
});

test("of screenshots for one step that come at once one is kept, with what was said of it", async (t) => {
  const { ask, create } = serverOf(t, new FileStore(scratch(t)));
  for (let round = 0; round < ROUNDS; round++) {
    const id = await create();
    const goals = ["one", "two", "three"];
    const uploads = goals.map((goal, i) => ask(`/task/${id}/screenshot?step=3&next_goal=${goal}`, "POST", SHOTS[i]));
    const statuses = (await Promise.all(uploads)).map(({ status }) => status);
    assert.deepEqual([...statuses].sort(), [200, 409, 409]);
    const { steps } = (await ask(`/task/${id}`)).body;
    assert.deepEqual(
      steps.map((step) => step.next_goal),
      [goals[statuses.indexOf(200)]],
    );
  }
});

test("of screenshots of other kinds that two servers get for one step at once one is kept, with what was said of it", async (t) => {
  const store = () => new FileStore(folder);
  const folder = scratch(t);
  const [one, other] = [serverOf(t, store()), serverOf(t, store())];
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  for (let round = 0; round < ROUNDS; round++) {
    const id = await one.create();
    const path = (goal) => `/task/${id}/screenshot?step=7&next_goal=${goal}`;
    const answers = await Promise.all([one.ask(path("one"), "POST", SHOTS[0]), other.ask(path("other"), "POST", jpeg)]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409]);
    const { screenshots } = (await one.ask(`/task/${id}/screenshots`)).body;
    const [goal] = (await one.ask(`/task/${id}`)).body.steps.map(({ next_goal }) => next_goal);
    const isFirst = answers[0].status === 200;
    assert.equal(screenshots.length, 1);
    assert.match(screenshots[0], isFirst ? /step_7\.(?:png|webp|jpg)$/ : /step_7\.jpg$/);
    assert.equal(goal, isFirst ? "one" : "other");
  }
});

test("a number that a server took and did not live to use is free again", async (t) => {
  const folder = scratch(t);
  const { ask, create } = serverOf(t, new FileStore(folder));
  const id = await create();
  writeFileSync(join(folder, id, "step_3.json"), JSON.stringify({ step: 3, next_goal: "of another" }));
  assert.deepEqual(await ask(`/task/${id}/screenshot?step=3&next_goal=own`, "POST", SHOTS[0]), {
    status: 200,
    body: { step: 3 },
  });
  assert.equal((await ask(`/task/${id}`)).body.steps[0].next_goal, "own");
});

test("a screenshot that is sent again with other words, or with a field twice, is refused", async (t) => {
  const { ask, create } = serverOf(t, new FileStore(scratch(t)));
  const path = `/task/${await create()}/screenshot?step=1`;
  const send = async (query) => (await ask(`${path}${query}`, "POST", SHOTS[0])).status;
  assert.equal(await send("&next_goal=a"), 200);
  assert.equal(await send("&next_goal=a&finished_at=2026-11-29T10:00:00Z"), 200);
  assert.equal(await send(""), 200);
  assert.equal(await send("&next_goal=b"), 409);
  assert.equal(await send("&step=2"), 422);
});

test("no screenshot gets a number that steps cannot have", async (t) => {
  const { ask, create } = serverOf(t, new FileStore(scratch(t)));
  const id = await create();
  assert.equal((await ask(`/task/${id}/screenshot?step=999999`, "POST", SHOTS[0])).status, 200);
  const { status, body } = await ask(`/task/${id}/screenshot`, "POST", SHOTS[1]);
  assert.deepEqual([status, body], [413, { detail: "There is no step after 999999" }]);
});

test("a body in another encoding than UTF-8 is refused, not taken in with wrong letters", async (t) => {
  const { ask } = serverOf(t, new FileStore(scratch(t)));
  const { status } = await ask("/task", "POST", Buffer.from('{"task":"Caf\u00e9"}', "latin1"));
  assert.equal(status, 422);
});

test("a task whose folder was looked at before the task was in it is in the next list", async (t) => {
  const folder = scratch(t);
  const { ask } = serverOf(t, new FileStore(folder));
  const id = "00000000-0000-4000-8000-000000000000";
  // As an upload is between two steps: the folder is there, its first file is not.
  mkdirSync(join(folder, id));
  assert.equal((await ask("/tasks")).body.total_count, 0);
  writeFileSync(join(folder, id, "task.json"), JSON.stringify({ id, task: "x", status: "running", uploaded: true }));
  const { tasks } = (await ask("/tasks")).body;
  assert.deepEqual(
    tasks.map((task) => [task.id, task.is_editable]),
    [[id, true]],
  );
});
