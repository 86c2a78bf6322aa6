// Generated PNG and JPEG files, whole and damaged, as Chromium decodes them and as the package does.
// `PICTURES=5000 node --test tests/trust/pictures.test.mjs` takes more of them.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launchChromium } from "../browser/support/browsers.mjs";
import { serve } from "../browser/support/server.mjs";
import { buildNative } from "./support/native.mjs";

const COUNT = Number(process.env.PICTURES ?? 400);
const FIXTURES = new URL("../fixtures/pictures/", import.meta.url);

/** What may differ, as the guide on reliability says; everything else is the same in both. */
const COMPLETE = "refused by Chromium, every pixel is there";
const GRAY = "shown by Chromium, a component is missing";
const KNOWN = {
  "end missing": [COMPLETE],
  "cut off": [COMPLETE],
  "cut off in the last bytes": [COMPLETE],
  "zlib checksum missing": [COMPLETE],
  "checksum of a pixel chunk wrong": [COMPLETE],
  "end marker missing": [COMPLETE],
  "another byte for the end marker": [COMPLETE],
  "an end marker inside a scan": [GRAY],
  // Coefficients beyond 16 bits.
  "a bit of the scan wrong": ["pixels"],
  "a marker inside a scan": ["pixels"],
};

test("files are decoded as in Chromium, or differ in a way that the guide names", async () => {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-pictures-"));
  try {
    const native = await buildNative();
    await native.pictures(folder, COUNT);
    const names = readdirSync(folder).sort();
    assert.equal(names.length, COUNT);
    await native.pixels(folder);
    const found = new Map();
    await inChromium(async (decode) => {
      for (const name of names) {
        const path = join(folder, name);
        const [shown, own] = [await decode(readFileSync(path)), read(`${path}.rgba`)];
        const difference = differenceOf(shown, own);
        const damage = name.replace(/^\d+ |\.\w+$/g, "");
        if (difference && !KNOWN[damage]?.includes(difference)) found.set(name, difference);
      }
    });
    assert.deepEqual([...found], []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("files from the field have the colors of Chromium", async () => {
  const native = await buildNative();
  const folder = mkdtempSync(join(tmpdir(), "task-gif-pictures-"));
  try {
    const names = readdirSync(FIXTURES).filter((name) => /\.(png|jpeg)$/.test(name));
    assert.ok(names.length >= 6);
    for (const name of names) copyFileSync(new URL(name, FIXTURES), join(folder, name));
    await native.pixels(folder);
    await inChromium(async (decode) => {
      for (const name of names) {
        const shown = await decode(readFileSync(new URL(name, FIXTURES)));
        assert.equal(differenceOf(shown, read(join(folder, `${name}.rgba`))), undefined, name);
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const read = (path) => (existsSync(path) ? readFileSync(path) : undefined);

/** What is different between a picture as Chromium shows it and as the package does, both RGBA. */
function differenceOf(shown, own) {
  if (!shown || !own) return shown ? GRAY : own && COMPLETE;
  if (shown.length !== own.length) return "size";
  // A canvas rounds colors that are not opaque, and both round colors of other spaces.
  const isFar = own.some((level, i) => Math.abs(level - shown[i]) > 2);
  return isFar ? "pixels" : undefined;
}

/** Calls `use` with a function that resolves to the pixels of a file on white, `undefined` if it is refused. */
async function inChromium(use) {
  const [server, browser] = await Promise.all([serve(), launchChromium()]);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/`);
    await use(async (bytes) => {
      const pixels = await page.evaluate(pixelsOf, bytes.toString("base64"));
      return pixels === undefined ? undefined : Buffer.from(pixels, "base64");
    });
  } finally {
    await browser.close();
    server.close();
  }
}

async function pixelsOf(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes])).catch(() => undefined);
  if (!bitmap) return undefined;
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff";
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  let letters = "";
  for (let i = 0; i < data.length; i += 8192) letters += String.fromCharCode(...data.subarray(i, i + 8192));
  return btoa(letters);
}
