import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { inflateSync } from "node:zlib";
import { importSource } from "./support/source.mjs";

const {
  "sources/fetch-blob.lazy": { withoutSecrets },
  "assembly/screenshot-order": { sortByTime },
  "assembly/warnings": { orderWarnings },
  "sources/to-blob": { fetchBlob, isAtHand, toBlob },
  "sources/encode-png.lazy": { rgbaToPng },
  "sources/parse-screenshot": { parseScreenshot },
} = await importSource(
  "sources/fetch-blob.lazy",
  "assembly/screenshot-order",
  "assembly/warnings",
  "sources/to-blob",
  "sources/encode-png.lazy",
  "sources/parse-screenshot",
);

const BYTES = Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256);
const BASE64 = Buffer.from(BYTES).toString("base64");

const server = createServer((request, response) => {
  response.writeHead(request.url.startsWith("/shot") ? 200 : 404).end(BYTES);
});
await new Promise((resolve) => server.listen(0, "localhost", resolve));
const base = `http://localhost:${server.address().port}`;
after(() => {
  server.closeAllConnections();
  server.close();
});

const read = async (source) => new Uint8Array(await (await toBlob(source, "screenshots[0]", fetchBlob)).arrayBuffer());

test("every kind of bytes comes out as it went in", async () => {
  const padded = new Uint8Array(400);
  padded.set(BYTES, 50);
  const shared = new Uint8Array(new SharedArrayBuffer(300));
  shared.set(BYTES);
  const sources = [
    BYTES,
    BYTES.buffer,
    Buffer.from(BYTES),
    padded.subarray(50, 350),
    new DataView(padded.buffer, 50, 300),
    shared,
    new Blob([BYTES]),
    new File([BYTES], "shot.png"),
    `data:image/png;base64,${BASE64}`,
    `DATA:;Base64,${BASE64.slice(0, 40)}\n${BASE64.slice(40)}`,
    `data:application/octet-stream,${[...BYTES].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")}`,
    new Response(BYTES),
    `${base}/shot.png`,
    new URL("/shot.png", base),
    () => BYTES,
    async () => new Blob([BYTES]),
    () => `${base}/shot.png`,
  ];
  for (const source of sources) assert.deepEqual(await read(source), BYTES, String(source).slice(0, 30));
});

test("bytes are copied when they are given, so that the caller may go on with the buffer", async () => {
  const mine = BYTES.slice();
  const blob = toBlob(mine, "screenshots[0]", fetchBlob);
  mine.fill(0);
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), BYTES);
});

test("bare base64 is known by what PNG, JPEG, GIF and WebP begin with, and nothing else is taken for it", async () => {
  for (const head of ["\x89PNG\r\n\x1a\n....", "\xff\xd8\xff\xe0", "GIF89a", "RIFF....WEBP"]) {
    const bytes = Buffer.from(head.padEnd(60, "-"), "latin1");
    assert.ok(isAtHand(bytes.toString("base64")));
    assert.deepEqual(await read(bytes.toString("base64")), new Uint8Array(bytes));
  }
  for (const url of ["https://example.org/a.png", "shots/1.png", "/shots/1.png", "./9j.png"]) assert.ok(!isAtHand(url));
});

test("damaged base64 is a typed error", async () => {
  assert.throws(() => toBlob("iVBORw0KGgo!!!!", "x", fetchBlob), {
    code: "UNREADABLE",
    message: /^expected base64, but /,
  });
  assert.throws(() => toBlob("data:image/png;base64,!", "x", fetchBlob), { code: "UNREADABLE" });
  await assert.rejects(read("data:image/png;base64"), { code: "FETCH_FAILED" });
});

test("a URL that cannot be had says which, and what came instead", async () => {
  await assert.rejects(read(`${base}/gone.png?signature=secret`), {
    code: "FETCH_FAILED",
    message: `expected a screenshot from ${base}/gone.png, found HTTP status 404`,
  });
  await assert.rejects(read("http://localhost:1/shot.png?key=secret"), (error) => {
    assert.equal(error.code, "FETCH_FAILED");
    assert.match(error.message, /^cannot fetch http:\/\/localhost:1\/shot\.png: /);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
  await assert.rejects(read(new Response("no", { status: 403 })), { message: /found HTTP status 403/ });
  const used = new Response(BYTES);
  await used.blob();
  await assert.rejects(read(used), { code: "FETCH_FAILED" });
});

test("an aborted fetch rejects as fetch does", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(Promise.resolve(toBlob(`${base}/shot`, "x", fetchBlob, signal)), { name: "AbortError" });
});

test("secrets of a URL stay out of messages", () => {
  assert.equal(withoutSecrets("https://user:key@host/a.png?x=1#y"), "https://host/a.png");
});

test("other values are TypeErrors", () => {
  for (const value of [null, undefined, 5, {}, [], ""]) {
    assert.throws(() => toBlob(value, "screenshots[4]", fetchBlob), /^TypeError: screenshots\[4\]: expected /);
  }
});

test("raw pixels become a PNG that holds exactly those, with a palette where they fit one", async () => {
  for (const [width, height, kinds] of [
    [13, 7, ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]],
    [40, 9, ["IHDR", "IDAT", "IEND"]],
  ]) {
    // Each pixel has a color and an alpha of its own.
    const pixels = Array.from({ length: width * height }, (_, i) => [i % 256, i >> 8, (i * 31) % 256, (i * 7) % 256]);
    const rgba = Uint8ClampedArray.from(pixels.flat());
    const png = Buffer.from(await (await rgbaToPng(width, height, rgba)).arrayBuffer());
    const chunks = new Map();
    for (let at = 8; at < png.length; ) {
      const length = png.readUInt32BE(at);
      chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
      at += 12 + length;
    }
    assert.deepEqual([...chunks.keys()], kinds);
    assert.deepEqual([chunks.get("IHDR").readUInt32BE(0), chunks.get("IHDR").readUInt32BE(4)], [width, height]);
    const colors = chunks.get("PLTE");
    const pixel = (index) => [...colors.subarray(3 * index, 3 * index + 3), chunks.get("tRNS")[index]];
    const rows = inflateSync(chunks.get("IDAT"));
    const stride = rows.length / height;
    for (let y = 0; y < height; y++) {
      const [filter, ...samples] = rows.subarray(y * stride, (y + 1) * stride);
      assert.equal(filter, 0);
      const shown = colors ? samples.flatMap(pixel) : samples;
      assert.deepEqual(shown, [...rgba.subarray(y * width * 4, (y + 1) * width * 4)]);
    }
    // The checksum of an empty IEND chunk is the same in every PNG.
    assert.equal(png.subarray(-4).toString("hex"), "ae426082");
  }
});

test("a described screenshot is told apart from a bare one, and null stands for nothing", () => {
  const bare = new Blob([]);
  const described = {
    image: bare,
    sourceIndex: 3,
    path: "screenshots[3]",
    timing: {},
    step: { number: 4 },
    actions: {},
  };
  assert.deepEqual(parseScreenshot(bare, 3), described);
  const image = "https://example.org/1.png";
  const step = { image, timestampMs: 5, delayMs: null, caption: "go", url: "about:blank", next_goal: "ignored" };
  assert.deepEqual(parseScreenshot(step, 0), {
    image,
    sourceIndex: 0,
    path: "screenshots[0].image",
    timing: { timestampMs: 5, caption: "go" },
    step: { number: 1, timestampMs: 5, caption: "go", url: "about:blank" },
    actions: {},
  });
});

test("loose screenshots are in chronological order when all have a time of one clock; those of a record keep theirs", () => {
  const order = (times, extra = {}) => {
    const frames = times.map((timestampMs, sourceIndex) => ({
      sourceIndex,
      timing: timestampMs === undefined ? {} : { timestampMs },
      ...extra,
    }));
    const sorted = sortByTime(frames);
    return [sorted.map(({ sourceIndex }) => sourceIndex), orderWarnings(sorted).map(({ code }) => code)];
  };
  const now = 1_764_400_000_000;
  assert.deepEqual(order([3, 1, 2, 1]), [[1, 3, 2, 0], []]);
  assert.deepEqual(order([now + 2, now, now + 1]), [[1, 2, 0], []]);
  assert.deepEqual(order([3, 1, undefined, 1]), [[0, 1, 2, 3], ["TIMESTAMPS_IGNORED"]], "one is missing");
  assert.deepEqual(order([1, undefined, 3]), [[0, 1, 2], []], "one is missing, the others agree with the order");
  assert.deepEqual(order([now, 0, now + 1]), [[0, 1, 2], ["TIMESTAMPS_IGNORED"]], "0 for unknown");
  assert.deepEqual(
    order([now + 1, now / 1000, now]),
    [[0, 1, 2], ["TIMESTAMPS_IGNORED"]],
    "seconds among milliseconds",
  );
  assert.deepEqual(order([now, now + 9, now - 3_600_000], { keepOrder: true }), [[0, 1, 2], ["CLOCK_SET_BACK"]]);
  assert.deepEqual(order([now, now, now + 9], { keepOrder: true }), [[0, 1, 2], []]);
});

test("base64 is read as tools write it", async () => {
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0xfb, 0xef, 0xbe, 0xfe, 0xff, 0x3e, 0x3f]);
  const plain = Buffer.from(bytes).toString("base64");
  const forUrls = plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  assert.notEqual(plain, forUrls);
  for (const text of [
    plain,
    forUrls,
    `b'${plain}'`,
    `b"${forUrls}"`,
    `data:image/jpeg;charset=utf-8;base64,${plain}`,
    `data:image/jpeg;name="a,b.jpg";base64,${forUrls}`,
    `data:;base64,${plain}`,
    ` data:image/jpeg;base64,\n${plain.slice(0, 5)}\r\n${plain.slice(5)}`,
    `data:image/jpeg;base64,${encodeURIComponent(plain)}`,
  ]) {
    assert.ok(isAtHand(text), text);
    const blob = await toBlob(text, "image", () => assert.fail("no address"));
    assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), bytes, text);
  }
  assert.ok(isAtHand(Buffer.alloc(600).toString("base64")), "a picture of any kind is no address");
  for (const address of ["shots/step_1.png", "b.png", `https://a.com/${"a".repeat(900)}`, "data/9j.png"]) {
    assert.ok(!isAtHand(address), address);
  }
});
