// What must be the same, or end well, in Node, Chromium and Firefox.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { conform, generatedAnimation } from "./support/conform.mjs";
import { buildNative } from "./support/native.mjs";
import { openPages } from "./support/pages.mjs";

const FIXTURES = fileURLToPath(new URL("../fixtures", import.meta.url));
const CODES = ["UNKNOWN_FORMAT", "DECODE_FAILED", "UNSUPPORTED", "LIMIT_EXCEEDED"];
/** The long run, tests/trust/long.mjs, has 300 animations. */
const ANIMATIONS = 24;
/** Every truncation is tried natively; in a browser one in so many. */
const SAMPLE = 61;

let world;
before(async () => {
  world = await openPages();
});
after(() => world?.close());

const files = (folder) => {
  const path = join(FIXTURES, folder);
  return readdirSync(path).map((name) => ({ name, bytes: readFileSync(join(path, name)) }));
};

test(`${ANIMATIONS} generated animations look the same in every decoder`, async () => {
  const jobs = Array.from({ length: ANIMATIONS }, (_, seed) => generatedAnimation(seed));
  const { frames } = await conform(jobs, await buildNative(), world.pages);
  assert.ok(frames > ANIMATIONS);
});

test("hostile files and cut ones end in a GIF or a typed error, and the page lives on", async () => {
  const good = readFileSync(join(FIXTURES, "seeds/rgb.png")).toString("base64");
  const cut = files("seeds").flatMap(({ name, bytes }) =>
    Array.from({ length: Math.floor(bytes.length / SAMPLE) }, (_, i) => {
      const end = 1 + i * SAMPLE;
      return { name: `${name} cut at ${end}`, bytes: bytes.subarray(0, end) };
    }),
  );
  const all = [...files("hostile"), ...files("seeds"), ...cut];
  const given = all.map(({ bytes }) => bytes.toString("base64"));
  const endings = await Promise.all(world.pages.map(({ call }) => call("endings", good, given)));
  for (const [page, list] of endings.entries()) {
    for (const [i, ending] of list.entries()) {
      const what = `${world.pages[page].name}: ${all[i].name}: ${JSON.stringify(ending)}`;
      if (ending.size > 0) continue;
      assert.equal(ending.name, "TaskGifError", what);
      assert.ok(CODES.includes(ending.code), what);
      assert.equal(ending.frame, 1, what);
      if (ending.code === "LIMIT_EXCEEDED") assert.match(ending.message, /limit \w+ is \d+, found \d+; raise limits/);
    }
  }
  assert.deepEqual(endings[0], endings[1], "Chromium and Firefox differ");
});
