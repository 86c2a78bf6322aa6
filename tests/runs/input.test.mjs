// What a record may be handed over as, and what becomes of input that is broken, hostile or nothing that is known.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateRawSync, gzipSync } from "node:zlib";
import { readRuns, recordFile, recordPath, statesOf, TaskGifError, zipOf } from "./support/records.mjs";

const NAME = "playwright-1.65.1-order.zip";
const bytes = () => readFileSync(recordPath(NAME));

/** A folder as `FileSystemDirectoryHandle` gives it. */
const handle = (name, children) => ({
  kind: "directory",
  name,
  async *values() {
    yield* children;
  },
});
const fileHandle = (file) => ({ kind: "file", name: file.name, getFile: async () => file });

/** A folder as `FileSystemDirectoryEntry` gives it: its reader has one entry at a time. */
const entry = (path, children) => ({
  isFile: false,
  isDirectory: true,
  fullPath: path,
  createReader: () => {
    const left = [...children];
    return { readEntries: (done) => done(left.splice(0, 1)) };
  },
});
const fileEntry = (path, file) => ({ isFile: true, isDirectory: false, fullPath: path, file: (done) => done(file) });

const INPUTS = {
  "a file": () => recordFile(NAME),
  "a blob without a name": () => new Blob([bytes()]),
  bytes: () => bytes(),
  "an ArrayBuffer": () => new Uint8Array(bytes()).buffer,
  "several files": () => [new File(["notes"], "notes.txt"), recordFile(NAME)],
  "files by path": () => new Map([["ci/artifacts/trace.zip", recordFile(NAME)]]),
  "a folder's handle": () => handle("ci", [handle("artifacts", [fileHandle(recordFile(NAME))])]),
  "a dropped folder": () =>
    entry("/ci", [
      fileEntry("/ci/readme.md", new File(["# CI"], "readme.md")),
      fileEntry(`/ci/${NAME}`, recordFile(NAME)),
    ]),
  "an archive in an archive": () => zipOf([["artifacts/trace.zip", bytes()]]),
};

for (const [what, input] of Object.entries(INPUTS)) {
  test(`a record may be ${what}`, async () => {
    const runs = await readRuns(input());
    assert.equal(runs.length, 1);
    assert.equal(await statesOf(runs[0]), "01223");
  });
}

test("what a drop holds is taken before anything is waited for", async () => {
  let isOver = false;
  const item = {
    kind: "file",
    type: "",
    getAsFile: () => null,
    webkitGetAsEntry: () => (isOver ? null : fileEntry("/trace.zip", recordFile(NAME))),
  };
  const text = { kind: "string", type: "text/plain", getAsFile: () => null };
  const reading = readRuns([text, item]);
  isOver = true;
  assert.equal((await reading).length, 1);
});

test("what no format knows is named for what it is", async () => {
  const found = async (input) => {
    const error = await readRuns(input).then(
      () => undefined,
      (error) => error,
    );
    assert.ok(error instanceof TaskGifError);
    assert.equal(error.code, "UNKNOWN_RECORD");
    assert.match(error.message, /^expected .*Playwright traces.*; found /);
    return error.message.replace(/^.*; found /, "");
  };
  const named = (content, name) => new File([content], name);
  assert.equal(await found(named("<!doctype html><title>x</title>", "a.html")), 'a.html, an HTML page titled "x"');
  assert.equal(
    await found(named('<?xml version="1.0"?><a/>', "a.xml")),
    'a.xml, an XML document with the root element "a"',
  );
  assert.equal(await found(named(new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0, 0]), "run.zip")), "run.zip, a video");
  assert.equal(await found(named("", "a.json")), "a.json, an empty file");
  assert.equal(await found(named(new Uint8Array([1, 2, 0, 3]), "a.bin")), "a.bin, bytes of an unknown kind");
  for (const [head, name] of [
    ["SQLite format 3\0", "an SQLite database (export its rows as JSON)"],
    ["\0\0\0\x18ftypheic", "a HEIC picture"],
    ["BM\x96\0\0\0\0\0\0\0", "a BMP picture"],
    ["II*\0\x08\0\0\0", "a TIFF picture"],
    ["\0\0\x01\0\x01\0", "an icon"],
    ["7z\xbc\xaf\x27\x1c", "an archive of another kind than zip (unpack it first)"],
    ["PAR1\x15\x04", "a Parquet table"],
    ["\x93NUMPY\x01\0", "an array of NumPy"],
    ["\x80\x04\x95\x0c\0", "a pickle of Python, which is a program and is not opened"],
  ]) {
    assert.equal(await found(named(Buffer.from(head, "latin1"), "a")), `a, ${name}`);
  }
  assert.equal(await found({ hello: "world" }), 'record.json, JSON with the fields "hello"');
  assert.equal(await found('{"a":1}\n{"a":2}'), 'record, JSON lines with the fields "a"');
  assert.equal(await found(new Map()), "no files");
  assert.match(
    await found(
      zipOf([
        ["a.txt", "a"],
        ["b/c.css", "b"],
      ]),
    ),
    /^record\.zip, a zip archive with 2 files \(2 × text\)$/,
  );
});

test("what tools write beside the records that are read is named, with what to give in its place", async () => {
  const advice = {
    "log.html": [
      '<!DOCTYPE html><head><meta content="Robot Framework 7.5 (Python 3.11.7 on linux)" name="Generator">',
      /output\.xml/,
    ],
    "index.html": [
      '<!DOCTYPE html><head><meta name="allure-report-uuid" content="1"><title>Allure Report</title>',
      /allure-results/,
    ],
    "page.har": ['{"log":{"version":"1.2","entries":[]}}', /a HAR file, which holds no screenshots/],
    "junit.xml": ['<?xml version="1.0"?><testsuites tests="2"/>', /a JUnit report/],
    "session.json": ['[{"type":4,"data":{"href":"http://a"},"timestamp":1796000000000}]', /a session of rrweb/],
    "nightwatch.html": ["<!DOCTYPE html><html><title>Nightwatch HTML Reporter</title>", /a page of Nightwatch/],
    "nightwatch.json": ['{"report":{"uuid":"1","reportPrefix":"CHROME_"}}', /a report of Nightwatch/],
    "reg.json": ['{"failedItems":["a.png"],"expectedItems":["a.png"]}', /a visual comparison/],
    "recording.json": ['{"title":"Order","steps":[{"type":"setViewport","width":1}]}', /DevTools Recorder/],
    "act_1_Buy.html": ["<!DOCTYPE html><html><title>NovaAct Agent Run</title>", /act_…_trajectory\.json/],
    "conversation_1.txt": [" system \nYou are an AI agent", /a conversation that browser-use saved/],
    "steps.json": ['[{"step_number":1,"observations_images":["b\'\\\\xff\'"]}]', /the memory of smolagents/],
    "page.html": ['<html><img src="data:image/png;base64,iVBOR">', /a page that holds a picture/],
    "recording.rrweb.json": ['{"events":[{"type":4,"data":{"href":"http://a"},"timestamp":1796000000000}]}', /rrweb/],
    "agent-result.json": [
      '{"success":true,"message":"ok","actions":[{"type":"act"}],"completed":true}',
      /of Stagehand/,
    ],
    "urls.json": [
      '{"steps":[{"at":{"screenshot":"https://shop.example/1.png"}}]}',
      /names 1 picture \(steps\[\]\.at\.screenshot\) by/,
    ],
    "ctrf-report.json": ['{ "reportFormat": "CTRF", "results": {} }', /a CTRF report/],
  };
  for (const [name, [text, message]] of Object.entries(advice)) {
    await rejects(new File([text], name), {}, "UNKNOWN_RECORD", message);
  }
});

test("wrong arguments are TypeErrors that name them", async () => {
  const fails = (input, options, message) =>
    assert.rejects(async () => readRuns(input, options), { name: "TypeError", message });
  await fails(7, {}, /^input: expected a file, .*, found 7$/);
  await fails(new Map([["a", 7]]), {}, /^input\.get\("a"\): expected a Blob or bytes, found 7$/);
  await fails(new Blob(), { captionsOf: "some" }, 'options.captionsOf: expected "titles" or "all", found "some"');
  await fails(new Blob(), { limits: { files: 3 } }, /^options\.limits\.files: there is no such name/);
  await fails(new Blob(), { limits: { depth: -1 } }, /^options\.limits\.depth: expected a number from 0/);
  await fails(new Blob(), { resolve: 1 }, "options.resolve: expected a function, found 1");
});

const rejects = (input, limits, code, message) =>
  assert.rejects(readRuns(input, { limits }), { name: "TaskGifError", code, message });

test("archives beyond a limit end in an error that names the limit", async () => {
  const trace = recordFile(NAME);
  await rejects(trace, { entries: 5 }, "LIMIT_EXCEEDED", /limits\.entries/);
  await rejects(trace, { depth: 0 }, "LIMIT_EXCEEDED", /limits\.depth/);
  await rejects(trace, { unpackedBytes: 100 }, "LIMIT_EXCEEDED", /limits\.unpackedBytes/);
  await rejects(trace, { textBytes: 50 }, "LIMIT_EXCEEDED", /limits\.textBytes/);
  const nested = zipOf([["b.zip", new Uint8Array(await zipOf([["c.zip", bytes()]]).arrayBuffer())]]);
  await rejects(nested, { depth: 2 }, "LIMIT_EXCEEDED", /limits\.depth/);
  assert.equal((await readRuns(nested, { limits: { depth: 3 } })).length, 1);
});

test("an entry that is far larger than its packed bytes is not unpacked", async () => {
  const size = 20 * 2 ** 20;
  const text = Buffer.alloc(size, " ");
  text.write('{"type":"context-options","version":8}\n');
  const bomb = zipOf([["trace.trace", deflateRawSync(text)]], () => ({ method: 8, size }));
  await rejects(bomb, {}, "LIMIT_EXCEEDED", /limits\.ratio/);
  await rejects(bomb, { ratio: 2000, textBytes: 2 ** 20 }, "LIMIT_EXCEEDED", /limits\.textBytes/);
  await rejects(bomb, { ratio: 2000, unpackedBytes: 2 ** 20 }, "LIMIT_EXCEEDED", /limits\.unpackedBytes/);
});

test("an entry that tells a smaller size than it has is an error, and never more than that size is unpacked", async () => {
  const packed = deflateRawSync(Buffer.from(`{"type":"context-options","version":8}\n${" ".repeat(1000)}`));
  const liar = zipOf([["trace.trace", packed]], () => ({ method: 8, size: 60 }));
  await assert.rejects(readRuns(liar), { name: "TaskGifError" });
});

test("a record in a gzip file is read as if it were unpacked, and stands where the file is", async () => {
  const trace = readFileSync(recordPath("puppeteer-25.16.0/trace.json"));
  const [plain] = await readRuns(new File([trace], "trace.json"));
  for (const [path, content] of [
    ["Trace-20261129.json.gz", gzipSync(trace)],
    ["download", gzipSync(trace)],
  ]) {
    const [run] = await readRuns(new Map([[path, new Blob([content])]]));
    assert.equal(run.screenshots.length, plain.screenshots.length);
    assert.equal(run.startedAtMs, plain.startedAtMs);
  }
  const steps = JSON.stringify({ steps: [{ next_goal: "Look", screenshot: "shots/1.png" }] });
  const picture = new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])]);
  const packed = [["run/task.json.gz", new Blob([gzipSync(steps)])]];
  const [run] = await readRuns(new Map([...packed, ["run/shots/1.png", picture]]));
  assert.deepEqual(run.warnings, []);
});

test("a gzip file that was cut off, or holds more than it tells, is UNREADABLE; one that unpacks to too much is refused", async () => {
  const packed = gzipSync(readFileSync(recordPath("puppeteer-25.16.0/trace.json")));
  const file = (content) => new File([content], "trace.json.gz");
  await rejects(file(packed.subarray(0, 12)), {}, "UNREADABLE", /cannot read trace\.json\.gz/);
  await rejects(file(packed.subarray(0, packed.length - 400)), {}, "UNREADABLE", /trace\.json\.gz/);
  const liar = Buffer.from(packed);
  liar.writeUInt32LE(1000, liar.length - 4);
  await rejects(file(liar), {}, "UNREADABLE", /trace\.json\.gz/);
  await rejects(file(packed), { unpackedBytes: 1000 }, "LIMIT_EXCEEDED", /limits\.unpackedBytes/);
  await rejects(file(packed), { depth: 0 }, "LIMIT_EXCEEDED", /limits\.depth/);
  await rejects(file(gzipSync(`{"a":"${" ".repeat(40 * 2 ** 20)}"}`)), {}, "LIMIT_EXCEEDED", /limits\.ratio/);
});

test("a tar archive in a gzip file is named", async () => {
  const tar = Buffer.alloc(1024);
  tar.write("trace.trace");
  tar.write("ustar", 257);
  await rejects(
    new File([gzipSync(tar)], "run.tar.gz"),
    {},
    "UNKNOWN_RECORD",
    /found run\.tar, a tar archive \(unpack it/,
  );
});

test("a path that leads out of an archive is an error, with any kind of slash", async () => {
  for (const path of ["../trace.trace", "a/../../b.png", "..\\b.png"]) {
    await rejects(zipOf([[path, "x"]]), {}, "UNSAFE_PATH", /expected paths within the record/);
  }
});

test("an archive that is encrypted or of an unknown method says so", async () => {
  const line = '{"type":"context-options","version":8}';
  await rejects(
    zipOf([["trace.trace", line]], () => ({ flags: 0x801 })),
    {},
    /UNREADABLE|UNKNOWN_RECORD/,
    /./,
  );
});

test("JSON that is nested deeper than the limit is not walked", async () => {
  const deep = "[".repeat(2000) + "]".repeat(2000);
  await rejects(new File([deep], "deep.json"), {}, "LIMIT_EXCEEDED", /limits\.jsonDepth/);
  const circle = {};
  circle.self = circle;
  await rejects(circle, {}, "LIMIT_EXCEEDED", /limits\.jsonDepth/);
});

test("an aborted reading rejects with the signal's reason", async () => {
  const reason = new Error("enough");
  await assert.rejects(readRuns(recordFile(NAME), { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const reading = readRuns(recordFile(NAME), { signal: controller.signal, onProgress: () => controller.abort(reason) });
  await assert.rejects(reading, reason);
});

test("progress counts the files, then the records", async () => {
  const heard = [];
  await readRuns(recordFile(NAME), { onProgress: (progress) => heard.push(progress) });
  assert.deepEqual(heard.at(-1), { phase: "runs", done: 1, total: 1 });
  const files = heard.filter(({ phase }) => phase === "files");
  assert.ok(files.length > 0 && files.every(({ done, total }) => done <= total));
  assert.equal(files.at(-1).done, files.at(-1).total);
});
