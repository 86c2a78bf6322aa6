// What every store promises, whatever it keeps its files in.
import assert from "node:assert/strict";
import { readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createTaskServer, FileStore, S3Store } from "../../dist/serve/index.node.js";
import { png } from "../node/support/png.mjs";
import { importSource } from "../node/support/source.mjs";
import { CREDENTIALS, findS3sFs, motoS3, ownS3, pythonWithMoto, s3sFs } from "./support/s3.mjs";
import { scratch } from "./support/server.mjs";

const {
  "../serve/stores/store": { changeFile },
} = await importSource("../serve/stores/store");
const python = pythonWithMoto();
const s3sProgram = findS3sFs();

const STORES = {
  "a folder": { open: async (t) => new FileStore(scratch(t)) },
  "an S3 store": { open: (t) => s3(t, ownS3({ pageSize: 2 })) },
  "moto's S3": { open: (t) => s3(t, motoS3(python)), skip: !python && "moto's server is not installed" },
  "s3s-fs": { open: (t) => s3(t, s3sFs(s3sProgram)), skip: !s3sProgram && "s3s-fs is not installed" },
};

async function s3(t, starting) {
  const { endpoint, close } = await starting;
  t.after(close);
  return new S3Store({ endpoint, bucket: "tasks", prefix: "/some/where/", ...CREDENTIALS });
}

const bytesOf = (text) => new TextEncoder().encode(text);
const textOf = async (file) => (file?.body ? new Response(file.body).text() : file?.body);

for (const [name, { open, skip }] of Object.entries(STORES)) {
  test(`${name} keeps what is written, as a whole or in parts`, { skip }, async (t) => {
    const store = await open(t);
    assert.equal(await store.read("a/none"), undefined);
    assert.equal(await store.write("a/b c+ü&.txt", bytesOf("0123456789")), true);
    const file = await store.read("a/b c+ü&.txt");
    assert.equal(file.size, 10);
    assert.match(file.etag, /^".+"$/);
    assert.equal(await textOf(file), "0123456789");
    const part = await store.read("a/b c+ü&.txt", ({ size, etag }) => {
      assert.deepEqual([size, etag], [10, file.etag]);
      return { first: 2, last: 4 };
    });
    assert.deepEqual([await textOf(part), part.size], ["234", 10]);
    assert.equal((await store.read("a/b c+ü&.txt", () => null)).body, null);
    await store.write("a/b c+ü&.txt", bytesOf("other"));
    const other = await store.read("a/b c+ü&.txt");
    assert.equal(await textOf(other), "other");
    assert.notEqual(other.etag, file.etag);
    await store.write("a/b c+ü&.txt", null);
    await store.write("a/b c+ü&.txt", null);
    assert.equal(await store.read("a/b c+ü&.txt"), undefined);
  });

  test(`${name} lists names and folders, and hides what begins with a dot`, { skip }, async (t) => {
    const store = await open(t);
    assert.deepEqual(await store.list(""), []);
    for (const key of ["x/1", "x/2 ü", "x/deep/3", "y/4", ".hidden/5", "x/.6", "z"])
      await store.write(key, bytesOf(key));
    assert.deepEqual((await store.list("")).sort(), ["x/", "y/", "z"]);
    assert.deepEqual((await store.list("x")).sort(), ["1", "2 ü", "deep/"]);
    assert.deepEqual(await store.list("none"), []);
    assert.equal(await textOf(await store.read(".hidden/5")), ".hidden/5");
  });

  test(`${name} lets one of many win, and nobody afterwards`, { skip }, async (t) => {
    const store = await open(t);
    // s3s-fs 0.14.1 looks first and writes then: of many at the same moment several win.
    const count = name === "s3s-fs" ? 1 : 16;
    const tries = Array.from({ length: count }, (_, i) => store.write("lock/one", bytesOf(`${i}`), { ifAbsent: true }));
    const won = await Promise.all(tries);
    assert.equal(won.filter(Boolean).length, 1);
    assert.equal(await textOf(await store.read("lock/one")), String(won.indexOf(true)));
    assert.equal(await store.write("lock/one", bytesOf("x"), { ifAbsent: true }), false);
    await store.write("lock/one", null);
    assert.equal(await store.write("lock/one", bytesOf("x"), { ifAbsent: true }), true);
  });
}

test("a folder that goes with its last file and comes back with the next loses no write", async (t) => {
  const store = new FileStore(scratch(t));
  const turns = async (name) => {
    for (let i = 0; i < 300; i++) {
      assert.equal(await store.write(`a/b/${name}`, bytesOf(name)), true);
      assert.equal(await textOf(await store.read(`a/b/${name}`)), name);
      await store.write(`a/b/${name}`, null);
      await store.write("a/last", bytesOf("x"));
      await store.write("a/last", null);
    }
  };
  await Promise.all(["one", "two", "three", "four"].map(turns));
});

for (const [name, { open, skip }] of Object.entries(STORES)) {
  test(`${name} loses none of many changes of one file at once`, { skip }, async (t) => {
    const store = await open(t);
    // s3s-fs 0.14.1 looks first and writes then.
    const count = name === "s3s-fs" ? 1 : 8;
    const add = (i) =>
      changeFile(store, "a/list", (bytes) => bytesOf(`${bytes ? new TextDecoder().decode(bytes) : ""}${i}`));
    await Promise.all(Array.from({ length: count }, (_, i) => add(i)));
    const text = await textOf(await store.read("a/list"));
    assert.equal([...text].sort().join(""), "01234567".slice(0, count));
    const { etag } = await store.read("a/list");
    await store.write("a/list", bytesOf("other"));
    assert.equal(await store.write("a/list", bytesOf("late"), { ifMatch: etag }), false);
    await store.write("a/list", null);
    assert.equal(await store.write("a/list", bytesOf("late"), { ifMatch: etag }), false);
    assert.deepEqual(await store.list("a"), []);
  });
}

test("a part of a file that is replaced meanwhile is of the new one, as its size and ETag are", async (t) => {
  let replaced = 0;
  const { endpoint, close } = await ownS3({
    onPart: (objects, key) => {
      if (replaced++ === 0) objects.set(key, { bytes: Buffer.from("abcdefghijkl"), etag: '"new"' });
    },
  });
  t.after(close);
  const store = new S3Store({ endpoint, bucket: "tasks", ...CREDENTIALS });
  await store.write("gif", bytesOf("0123456789"));
  const part = await store.read("gif", ({ size }) => ({ first: size - 2, last: size - 1 }));
  assert.deepEqual([await textOf(part), part.size, part.etag], ["kl", 12, '"new"']);
});

test("a folder is read in large files too, and a reader keeps the version it began with", async (t) => {
  const store = new FileStore(scratch(t));
  const large = new Uint8Array(3_000_000).map((_, i) => i % 251);
  await store.write("big", large);
  const { body } = await store.read("big");
  await store.write("big", bytesOf("small"));
  assert.deepEqual(new Uint8Array(await new Response(body).arrayBuffer()), large);
  // One that is given up half way leaves no file open, and no error.
  await store.write("big", large);
  await (await store.read("big")).body.cancel();
});

test("what a server that was killed left half written goes after an hour, and is never listed", async (t) => {
  const folder = scratch(t);
  const store = new FileStore(folder);
  await store.write("a/file", bytesOf("x"));
  for (const name of [".0123456789ab.part", ".ba9876543210.part"]) writeFileSync(join(folder, "a", name), "half");
  const then = new Date(Date.now() - 2 * 3_600_000);
  utimesSync(join(folder, "a", ".ba9876543210.part"), then, then);
  assert.deepEqual(await store.list("a"), ["file"]);
  assert.deepEqual(readdirSync(join(folder, "a")).sort(), [".0123456789ab.part", "file"]);
});

test("a store without room is a 503 that says so, and the log says why", async (t) => {
  const store = new FileStore(scratch(t));
  store.write = () => Promise.reject(Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" }));
  const events = [];
  const server = createTaskServer({ store, publicUrl: "http://127.0.0.1/", log: (event) => events.push(event) });
  t.after(() => server.stop());
  const body = JSON.stringify({ task: "Order an apple" });
  const response = await server.fetch(new Request("http://127.0.0.1/api/v1/task", { method: "POST", body }));
  assert.deepEqual([response.status, await response.json()], [503, { detail: "The disk of the server is full" }]);
  assert.ok(events.some(({ event, error }) => event === "error" && /ENOSPC/.test(error)));
});

test("an upload that found no room, or whose server was killed, is no step, and its number is free again", async (t) => {
  const store = new FileStore(scratch(t));
  const write = store.write.bind(store);
  let isFull = false;
  store.write = (key, ...rest) =>
    isFull && key.endsWith(".png")
      ? Promise.reject(Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" }))
      : write(key, ...rest);
  const server = createTaskServer({ store, publicUrl: "http://127.0.0.1/" });
  t.after(() => server.stop());
  const ask = (path, init) => server.fetch(new Request(`http://127.0.0.1/api/v1/${path}`, init));
  const post = (path, body) => ask(path, { method: "POST", body });
  const { id } = await (await post("task", JSON.stringify({ task: "x" }))).json();
  const stepsOf = async () => (await (await ask(`task/${id}`)).json()).steps.map(({ step }) => step);
  const [shot, other] = [1, 2].map((red) => png(8, 8, () => [red, 0, 0]));
  await post(`task/${id}/screenshot`, shot);
  isFull = true;
  assert.equal((await post(`task/${id}/screenshot?next_goal=Pay`, other)).status, 503);
  isFull = false;
  // As a server leaves it that was killed between the two files of a step.
  await write(`${id}/step_7.json`, new TextEncoder().encode(JSON.stringify({ step: 7, next_goal: "Pay" })));
  assert.deepEqual(await stepsOf(), [1]);
  assert.deepEqual(await (await post(`task/${id}/screenshot`, other)).json(), { step: 2 });
  assert.deepEqual(await stepsOf(), [1, 2]);
});
