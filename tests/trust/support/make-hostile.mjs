#!/usr/bin/env node
// Writes the small images that tests feed to the decoders: tests/fixtures/seeds (valid, one of each kind) and
// tests/fixtures/hostile (bombs, lies and damage). Needs Pillow: node tests/trust/support/make-hostile.mjs
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython } from "../../../scripts/lib/browsers.mjs";
import * as c from "./chunks.mjs";

const FIXTURES = fileURLToPath(new URL("../../fixtures", import.meta.url));
const SEEDS = join(FIXTURES, "seeds");
const HOSTILE = join(FIXTURES, "hostile");
for (const folder of [SEEDS, HOSTILE]) mkdirSync(folder, { recursive: true });
execFileSync(findPython(), [fileURLToPath(new URL("seeds.py", import.meta.url)), SEEDS]);

const seed = (name) => readFileSync(join(SEEDS, name));
const MANY_BYTES = 32 << 20;
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
const TRAILER = Buffer.from([0x3b]);
const join_ = (...parts) => Buffer.concat(parts);
const patched = (name, at, bytes) => {
  const file = Buffer.from(seed(name));
  Buffer.from(bytes).copy(file, at < 0 ? file.length + at : at);
  return file;
};
const without = (name, kind) => {
  const file = seed(name);
  const at = file.indexOf(kind) - 4;
  return join_(file.subarray(0, at), file.subarray(at + 12 + file.readUInt32BE(at)));
};
const huge = (width, height) => c.png({ width, height }, c.pixels(100), c.PNG_END);
const named = (data) => join_(c.text("name\0\0"), data);

const files = {
  "bomb-size.png": huge(65_535, 65_535),
  "bomb-side.png": huge(0x7fff_ffff, 1),
  "bomb-pixels.png": huge(16_000, 16_000),
  "bomb-area-overflow.png": huge(0x1_0001, 0xffff_0001),
  "bomb-text.png": c.png({}, c.pngChunk("zTXt", named(c.zeros(MANY_BYTES))), c.pixels(52), c.PNG_END),
  "bomb-profile.png": c.png({}, c.pngChunk("iCCP", named(c.zeros(MANY_BYTES))), c.pixels(52), c.PNG_END),
  "bomb-data.png": c.png({}, c.pixels(MANY_BYTES), c.PNG_END),
  "bomb-size.jpeg": join_(START, c.segment(0xc0, c.frameHeader(65_535, 65_535)), END),
  "bomb-progressive.jpeg": join_(START, c.segment(0xc2, c.frameHeader(65_500, 65_500, 4, 0x44)), END),
  "bomb-size.gif": join_(c.gifScreen(65_535, 65_535), c.gifImage([0, 0, 65_535, 65_535], 2, [0x4c, 0x01]), TRAILER),
  "bomb-screen.gif": join_(c.gifScreen(65_535, 32_767), TRAILER),
  "bomb-frames.gif": join_(
    c.gifScreen(1, 1),
    ...Array.from({ length: 3000 }, () => c.gifImage([0, 0, 1, 1], 2, [0x44, 0x01])),
    TRAILER,
  ),
  "bomb-canvas.webp": c.webp([c.webpCanvas(16_777_216, 16_777_216)]),
  "bomb-lossless.webp": c.webp([c.webpChunk("VP8L", Buffer.from([0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0]))]),
  "bomb-lossy.webp": c.webp([
    c.webpChunk("VP8 ", Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f, 0, 0])),
  ]),
  "zero-width.png": huge(0, 5),
  "bad-sum.png": patched("rgb.png", 29, [0, 0, 0, 0]),
  "no-data.png": c.png({}, c.PNG_END),
  "no-end.png": c.png({}, c.pixels(52)),
  "no-palette.png": c.png({ color: 3 }, c.pixels(20), c.PNG_END),
  "short-palette.png": without("palette.png", "tRNS").fill(9, 8 + 25 + 8, 8 + 25 + 9),
  "part-palette.png": c.png({ color: 3, depth: 4 }, c.pngChunk("PLTE", Buffer.alloc(49, 9)), c.pixels(12), c.PNG_END),
  "long-palette.png": c.png({ color: 3 }, c.pngChunk("PLTE", Buffer.alloc(771, 9)), c.pixels(20), c.PNG_END),
  "palette-index.png": c.png(
    { color: 3 },
    c.pngChunk("PLTE", Buffer.from([1, 2, 3])),
    c.pngChunk("IDAT", c.zeros(20).fill(0xff, 2, 3)),
    c.PNG_END,
  ),
  "endless-chunk.png": c.png({}, c.pngChunk("IDAT", Buffer.alloc(8), { length: 0xffff_ffff })),
  "bad-filter.png": c.png({}, c.pngChunk("IDAT", seed("rgb.png").subarray(41, 80)), c.PNG_END),
  "depth-three.png": c.png({ depth: 3 }, c.pixels(52), c.PNG_END),
  "interlace-nine.png": c.png({ interlace: 9 }, c.pixels(52), c.PNG_END),
  "color-five.png": c.png({ color: 5 }, c.pixels(52), c.PNG_END),
  "two-headers.png": join_(seed("rgb.png").subarray(0, 33), seed("rgba.png").subarray(8)),
  "no-tables.jpeg": join_(
    START,
    c.segment(0xc0, c.frameHeader(8, 8)),
    c.segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    END,
  ),
  "no-components.jpeg": join_(START, c.segment(0xc0, c.frameHeader(8, 8, 0)), END),
  "zero-sampling.jpeg": join_(START, c.segment(0xc0, c.frameHeader(8, 8, 3, 0)), END),
  "zero-height.jpeg": join_(START, c.segment(0xc0, c.frameHeader(8, 0)), END),
  "odd-sampling.jpeg": join_(START, c.segment(0xc0, c.frameHeader(8, 8, 3, 0x33)), END),
  "only-markers.jpeg": join_(START, Buffer.alloc(4000, 0xff)),
  "short-segment.jpeg": join_(START, c.segment(0xe0, Buffer.alloc(2), 1), END),
  "long-segment.jpeg": join_(START, c.segment(0xe1, c.text("Exif\0\0"), 0xffff)),
  "two-frames.jpeg": join_(
    seed("baseline.jpeg").subarray(0, -2),
    c.segment(0xc0, c.frameHeader(9000, 9000)),
    seed("baseline.jpeg").subarray(-30),
  ),
  "exif-loop.jpeg": join_(
    START,
    c.segment(0xe1, join_(c.text("Exif\0\0MM\0*\0\0\0\x08\0\x01"), Buffer.alloc(14, 0xff), Buffer.from([0, 0, 0, 8]))),
    seed("baseline.jpeg").subarray(2),
  ),
  "all-restarts.jpeg": join_(
    seed("baseline.jpeg").subarray(0, -40),
    Buffer.from(Array.from({ length: 400 }, (_, i) => (i % 2 ? 0xd0 + ((i >> 1) % 8) : 0xff))),
    END,
  ),
  "lying-length.webp": c.webp([seed("lossy.webp").subarray(12)], 0xffff_fff0),
  "lying-chunk.webp": c.webp([c.webpChunk("VP8L", Buffer.from([0x2f, 3, 0, 0, 0]), 0xffff_fff0)]),
  "no-image.webp": c.webp([c.webpCanvas(4, 4)]),
  "garbage-alpha.webp": c.webp([
    c.webpCanvas(20, 14, 0x10),
    c.webpChunk("ALPH", Buffer.alloc(60, 0xa5)),
    seed("lossy.webp").subarray(12),
  ]),
  "wrong-canvas.webp": c.webp([c.webpCanvas(4, 4), seed("lossy.webp").subarray(12)]),
  "garbage-codes.webp": c.webp([
    c.webpChunk("VP8L", join_(Buffer.from([0x2f, 19, 0x40, 3, 0]), Buffer.alloc(90, 0x5b))),
  ]),
  "no-frame.gif": join_(c.gifScreen(4, 4), TRAILER),
  "no-table.gif": join_(c.gifScreen(4, 4, 0), c.gifImage([0, 0, 4, 4], 2, [0x44, 0x01]), TRAILER),
  "zero-frame.gif": join_(c.gifScreen(4, 4), c.gifImage([0, 0, 0, 0], 2, [0x44, 0x01]), TRAILER),
  "outside.gif": join_(c.gifScreen(4, 4), c.gifImage([3, 3, 400, 400], 2, [0x44, 0x01]), TRAILER),
  "code-size-255.gif": join_(c.gifScreen(4, 4), c.gifImage([0, 0, 4, 4], 255, [0x44, 0x01]), TRAILER),
  "bad-code.gif": join_(c.gifScreen(4, 4), c.gifImage([0, 0, 4, 4], 2, [0xfc, 0xff, 0xff]), TRAILER),
  "short-pixels.gif": join_(c.gifScreen(4, 4), c.gifImage([0, 0, 4, 4], 2, [0x44, 0x01]), TRAILER),
  "unknown-block.gif": join_(c.gifScreen(4, 4), Buffer.from([0x99, 1, 2, 3])),
  "endless-extension.gif": join_(c.gifScreen(4, 4), Buffer.from([0x21, 0xfe]), Buffer.alloc(3000, 0xff)),
  "empty.bin": Buffer.alloc(0),
  "zeros.bin": Buffer.alloc(64),
  "page.html": c.text("<!doctype html><title>502 Bad Gateway</title>"),
  "start-only.png": seed("rgb.png").subarray(0, 8),
  "start-only.jpeg": START,
};
for (const [name, bytes] of Object.entries(files)) writeFileSync(join(HOSTILE, name), bytes);
console.log(
  `${Object.keys(files).length} hostile files, ${Object.values(files).reduce((sum, { length }) => sum + length, 0)} bytes`,
);
