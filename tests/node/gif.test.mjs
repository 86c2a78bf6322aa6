// The built package in Node, by its public name.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { assembleGif, GifRecorder, init, TaskGif, TaskGifError } from "task-gif";
import { blobsOf, bytesOf, filesOf, folderOf } from "./support/fixtures.mjs";
import { assembleNatively } from "./support/native.mjs";

const OPTIONS = { delay: 1000, fit: "none" };
const bytes = async (gif) => new Uint8Array(await gif.blob.arrayBuffer());
const isSame = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

for (const name of ["shop", "mixed"]) {
  for (const effort of ["fast", "balanced", "smallest"]) {
    test(`the same bytes from 1, 2 and 3 workers and from the native crate: ${name}, ${effort}`, async () => {
      const native = assembleNatively(folderOf(name), { effort });
      for (const workers of [1, 2, 3]) {
        const gif = await assembleGif(blobsOf(name), { ...OPTIONS, effort, workers });
        assert.equal(gif.stats.workerKind, "node");
        assert.equal(gif.stats.workers, workers);
        assert.ok(isSame(await bytes(gif), native), `${workers} workers`);
      }
    });
  }
}

test("a GIF comes out, with what is known about it", async () => {
  const gif = await assembleGif(blobsOf("shop"), OPTIONS);
  assert.ok(gif instanceof TaskGif);
  assert.equal(gif.blob.type, "image/gif");
  const file = Buffer.from(await bytes(gif));
  assert.equal(file.toString("latin1", 0, 6), "GIF89a");
  assert.deepEqual([file.readUInt16LE(6), file.readUInt16LE(8)], [gif.width, gif.height]);
  assert.deepEqual([gif.width, gif.height], [420, 260]);
  assert.equal(file.at(-1), 0x3b);
  // Screenshots 4 and 5 are the same.
  assert.deepEqual(
    gif.frames.map(({ sources }) => sources),
    [[0], [1], [2], [3], [4, 5], [6], [7]],
  );
  assert.equal(gif.durationMs, 8000);
  assert.equal(
    gif.frames.reduce((sum, { delayMs }) => sum + delayMs, 0),
    8000,
  );
  assert.deepEqual(gif.frames[5].startMs, 6000);
  const { stats } = gif;
  assert.equal(
    stats.inputBytes,
    bytesOf("shop").reduce((sum, { length }) => sum + length, 0),
  );
  assert.equal(stats.outputBytes, file.length);
  assert.ok(stats.peakMemoryBytes > 100_000);
  assert.ok(gif.frames.every((frame) => frame.bytes > 0 && frame.bytes < file.length));
});

test("a recording gives the same bytes as an assembly", async () => {
  for (const name of ["shop", "mixed"]) {
    const recorder = new GifRecorder(OPTIONS);
    for (const blob of blobsOf(name)) await recorder.add(blob);
    const gif = await recorder.finish();
    assert.ok(isSame(await bytes(gif), await bytes(await assembleGif(blobsOf(name), OPTIONS))), name);
  }
});

test("all forms in which Node has a picture give the same bytes", async () => {
  const expected = await bytes(await assembleGif(blobsOf("shop"), OPTIONS));
  const forms = {
    buffers: bytesOf("shop"),
    base64: bytesOf("shop").map((buffer) => buffer.toString("base64")),
    "data URLs": bytesOf("shop").map((buffer) => `data:image/png;base64,${buffer.toString("base64")}`),
    "file URLs": filesOf("shop").map((file) => pathToFileURL(`${folderOf("shop")}/${file}`)),
    responses: bytesOf("shop").map((buffer) => new Response(buffer)),
  };
  for (const [form, list] of Object.entries(forms)) {
    assert.ok(isSame(await bytes(await assembleGif(list, OPTIONS)), expected), form);
  }
});

test("a string never reads a file", async () => {
  const [file] = filesOf("shop");
  for (const path of [`${folderOf("shop")}/${file}`, pathToFileURL(`${folderOf("shop")}/${file}`).href, "shot.png"]) {
    await assert.rejects(assembleGif([path, path]), {
      code: "FETCH_FAILED",
      frame: 0,
      message: /pass its bytes or a file: URL/,
    });
  }
  await assert.rejects(assembleGif([new URL("file:///nowhere.png")]), { code: "UNREADABLE", frame: 0 });
});

test("damaged screenshots are typed errors with their position, or are skipped", async () => {
  const list = bytesOf("shop");
  list[3] = list[3].subarray(0, 9000);
  list[6] = Buffer.from("this is no picture at all");
  await assert.rejects(assembleGif(list.slice(0, 6)), (error) => {
    assert.ok(error instanceof TaskGifError);
    assert.deepEqual([error.code, error.frame], ["DECODE_FAILED", 3]);
    assert.match(error.message, /^screenshot 3: /);
    return true;
  });
  await assert.rejects(assembleGif(list.slice(4)), { code: "UNKNOWN_FORMAT", frame: 2 });
  const gif = await assembleGif(list, { ...OPTIONS, onBadFrame: "skip" });
  assert.deepEqual(
    gif.stats.skipped.map(({ frame, error }) => [frame, error.code]),
    [
      [3, "DECODE_FAILED"],
      [6, "UNKNOWN_FORMAT"],
    ],
  );
  const good = bytesOf("shop").filter((_, i) => i !== 3 && i !== 6);
  assert.ok(isSame(await bytes(gif), await bytes(await assembleGif(good, OPTIONS))));
});

test("screenshots whose files are damaged are shown as browsers show them, and a warning names them", async () => {
  const fixture = (name) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
  const whole = fixture("seeds/baseline.jpeg");
  const damaged = Buffer.from(whole);
  // The end marker in the middle of the scan: the rest is gray.
  damaged.set([0xff, 0xd9], (damaged.indexOf(Buffer.from([0xff, 0xda])) + damaged.length) >> 1);
  const gif = await assembleGif([whole, damaged, fixture("seeds/rgb.png"), damaged], OPTIONS);
  assert.deepEqual(gif.stats.warnings, [
    {
      code: "DAMAGED_SCREENSHOT",
      message:
        "screenshots 1, 3: the file is damaged, and parts of the picture are gray or wrong, as in browsers; " +
        "take it again or leave it out",
    },
  ]);
  assert.deepEqual((await assembleGif([whole, fixture("seeds/rgb.png")], OPTIONS)).stats.warnings, []);
});

test("pictures of other formats are named, with what to do", async () => {
  const fixture = (name) => readFileSync(new URL(`../fixtures/pictures/${name}`, import.meta.url));
  for (const [bytes, message] of [
    [fixture("box.avif"), "found an AVIF picture; convert the screenshot to PNG first"],
    [fixture("box.bmp"), "found a BMP picture; convert the screenshot to PNG first"],
    [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "found an SVG drawing; render it to PNG first"],
    [Buffer.from("%PDF-1.7\n"), "found a PDF document; render its pages to PNG first"],
  ]) {
    await assert.rejects(assembleGif([bytesOf("shop")[0], bytes]), {
      code: "UNKNOWN_FORMAT",
      frame: 1,
      message: `screenshot 1: expected PNG, JPEG, WebP or GIF bytes, ${message}`,
    });
  }
});

test("a limit on the size of a screenshot names the screenshot", async () => {
  const limits = { framePixels: 460 * 220 };
  await assert.rejects(assembleGif(blobsOf("mixed").slice(3), { ...OPTIONS, limits }), {
    code: "LIMIT_EXCEEDED",
    frame: 1,
    message: "screenshot 1: limit framePixels is 101200, found 109200; raise limits.framePixels if this input is meant",
  });
});

test("an aborted assembly settles with the reason, and the next one works", async () => {
  const blobs = blobsOf("shop");
  const controller = new AbortController();
  const assembly = assembleGif([...blobs, ...blobs, ...blobs], {
    signal: controller.signal,
    onProgress: ({ done }) => done === 2 && controller.abort(),
  });
  await assert.rejects(assembly, { name: "AbortError" });
  assert.equal((await assembleGif(blobs, OPTIONS)).frames.length, 7);
});

test("init is optional and may be called again", async () => {
  await Promise.all([init(), init()]);
  await init();
});

test("a process ends by itself when its last GIF is done", async () => {
  const script = `
    import { assembleGif } from "task-gif";
    import { blobsOf } from ${JSON.stringify(new URL("./support/fixtures.mjs", import.meta.url).href)};
    const gif = await assembleGif(blobsOf("shop"));
    console.log(gif.frames.length);`;
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd, timeout: 60_000 });
  assert.equal((await run).stdout, "7\n");
});
