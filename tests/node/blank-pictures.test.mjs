// Pictures of pages that show nothing: new tabs, placeholders, and empty pages of one color.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { importSource } from "./support/source.mjs";

const {
  "sources/new-tab-page": { isNewTab, mayBeBlank },
  "sources/blank-picture": { isBlank },
  "sources/parse-screenshot": { parseScreenshot },
} = await importSource("sources/new-tab-page", "sources/blank-picture", "sources/parse-screenshot");

const BYTES = Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 256);
const PLACEHOLDER =
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAFElEQVR4nGP8//8/AwwwMSAB3BwAlm4DBfIlvvkAAAAASUVORK5CYII=";

test("new tabs of browsers and the placeholder are known", async () => {
  const at = (url) => isNewTab(parseScreenshot({ image: "x", url }, 0).step);
  for (const url of [
    "chrome://new-tab-page/",
    "chrome://new-tab-page",
    "chrome://new-tab-page-third-party/",
    "chrome://newtab/",
    "chrome://newtab",
    "edge://newtab/",
    "about:newtab",
  ]) {
    assert.ok(at(url), url);
  }
  for (const url of ["https://example.org/about:newtab", "about:blank", "chrome://settings/", "chrome://newtabs"]) {
    assert.ok(!at(url), url);
  }
  for (const url of ["about:blank", "about:blank#blocked", "about:blank?x"]) assert.ok(mayBeBlank({ url }), url);
  for (const url of ["about:blankets", "https://a.com/about:blank", undefined]) assert.ok(!mayBeBlank({ url }), url);
  const placeholder = Buffer.from(PLACEHOLDER, "base64");
  assert.ok(await isBlank(new Blob([placeholder]), {}));
  placeholder[60] ^= 1;
  assert.ok(!(await isBlank(new Blob([placeholder]), {})));
  assert.ok(!(await isBlank(new Blob([BYTES]), {})));
});

test("a picture of 1 x 1 or 4 x 4 that is white or transparent is a placeholder, of another size or color it is none", async () => {
  // Samples of one pixel, bits a sample, and what chunks come before the pixels.
  const white = [
    [0, 1, [0x80], []],
    [0, 8, [255], []],
    [2, 8, [255, 255, 255], []],
    [2, 16, [255, 255, 255, 255, 255, 255], []],
    [6, 8, [255, 255, 255, 255], []],
    [6, 8, [9, 8, 7, 0], []],
    [6, 16, [9, 8, 7, 6, 5, 4, 0, 0], []],
    [4, 8, [0, 0], []],
    [3, 8, [1], [["PLTE", [0, 0, 0, 255, 255, 255]]]],
    [
      3,
      8,
      [0],
      [
        ["PLTE", [9, 9, 9]],
        ["tRNS", [0]],
      ],
    ],
    [2, 8, [1, 2, 3], [["tRNS", [0, 1, 0, 2, 0, 3]]]],
  ];
  const colored = [
    [0, 1, [0], []],
    [0, 8, [254], []],
    [2, 8, [255, 255, 0], []],
    [6, 8, [255, 0, 0, 255], []],
    [6, 8, [0, 0, 0, 1], []],
    [
      3,
      8,
      [0],
      [
        ["PLTE", [255, 255, 0]],
        ["tRNS", [255]],
      ],
    ],
    [2, 8, [1, 2, 3], [["tRNS", [0, 1, 0, 2, 0, 4]]]],
  ];
  const blob = (size, [colorType, depth, pixel, chunks]) =>
    new Blob([plainPng(size, size, colorType, depth, pixel, chunks)]);
  for (const kind of white) {
    assert.ok(await isBlank(blob(1, kind), {}), `1 x 1: ${kind}`);
    if (kind[1] >= 8) assert.ok(await isBlank(blob(4, kind), {}), `4 x 4: ${kind}`);
    for (const size of [2, 3, 5]) assert.ok(kind[1] < 8 || !(await isBlank(blob(size, kind), {})), `${size}: ${kind}`);
  }
  for (const kind of colored) assert.ok(!(await isBlank(blob(1, kind), {})), `${kind}`);
  const four = (byte) => new Blob([plainPng(4, 4, 0, 1, [byte], [], 1)]);
  assert.deepEqual([await isBlank(four(0xf0), {}), await isBlank(four(0xe0), {})], [true, false]);
  for (const [gif, expected] of [
    ["R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==", true], // transparent
    ["R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=", true], // white
    ["R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=", false], // black
  ]) {
    assert.equal(await isBlank(new Blob([Buffer.from(gif, "base64")]), {}), expected, gif);
  }
});

test("an empty page is told by its picture: one color under every filter, and nothing that is one pixel off", async () => {
  const page = { url: "about:blank" };
  const [width, height] = [37, 23];
  for (const [colorType, pixel] of [
    [2, [255, 255, 255]],
    [6, [30, 31, 33, 255]],
    [0, [7]],
    [4, [201, 128]],
    [3, [5]],
  ]) {
    for (const filter of [0, 1, 2, 3, 4]) {
      const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => pixel).flat());
      const plain = filteredPng(width, height, colorType, rows, filter);
      assert.ok(await isBlank(new Blob([plain]), page), `color type ${colorType}, filter ${filter}`);
      assert.ok(!(await isBlank(new Blob([plain]), { url: "https://a.com/" })));
      assert.ok(!(await isBlank(new Blob([plain.subarray(0, plain.length - 30)]), page)), "cut off");
      for (const [x, y] of [
        [width - 1, height - 1],
        [0, 0],
        [1, 0],
        [0, 1],
        [20, 11],
      ]) {
        const spotted = rows.map((row) => [...row]);
        spotted[y][x * pixel.length] ^= 1;
        const png = filteredPng(width, height, colorType, spotted, filter);
        assert.ok(!(await isBlank(new Blob([png]), page)), `color type ${colorType}, filter ${filter}, at ${x}, ${y}`);
      }
    }
  }
});

/** A PNG whose rows repeat one pixel `repeat` times, with other chunks before the pixels. */
function plainPng(width, height, colorType, depth, pixel, chunks = [], repeat = width) {
  const row = [0, ...Array.from({ length: repeat }, () => pixel).flat()];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colorType], 8);
  const parts = [
    ["IHDR", header],
    ...chunks,
    ["IDAT", deflateSync(Buffer.from(Array(height).fill(row).flat()))],
    ["IEND", []],
  ];
  const framed = parts.map(([name, data]) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // Checksums are not looked at here.
    return Buffer.concat([length, Buffer.from(name), Buffer.from(data), Buffer.alloc(4)]);
  });
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...framed]);
}

/** A PNG of rows of bytes, each under the same filter, by the definition of the filters. */
function filteredPng(width, height, colorType, rows, filter) {
  const step = rows[0].length / width;
  const paeth = (a, b, c) => {
    const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
  };
  const bytes = rows.flatMap((row, y) => [
    filter,
    ...row.map((value, x) => {
      const [a, b, c] = [row[x - step] ?? 0, rows[y - 1]?.[x] ?? 0, x < step ? 0 : (rows[y - 1]?.[x - step] ?? 0)];
      return (value - [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter]) & 255;
    }),
  ]);
  const chunk = (name, data) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return [length, Buffer.from(name), data, Buffer.alloc(4)];
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colorType], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    ...chunk("IHDR", head),
    ...chunk("IDAT", deflateSync(Buffer.from(bytes))),
    ...chunk("IEND", Buffer.alloc(0)),
  ]);
}
