// Records that were damaged: cut off, with bytes or parts lost. Whatever is left is read, or a typed error says what is wrong.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { unzip } from "unzipit";
import { readRuns, recordFile, recordPath, statesOf, TaskGifError, zipOf } from "./support/records.mjs";

const NAMES = ["playwright-1.30.0-order.zip", "playwright-1.65.1-popup.zip", "playwright-test-1.65.1-coupon.zip"];

/** The entries of an archive as bytes by name. */
async function entriesOf(name) {
  const { entries } = await unzip(await recordFile(name).arrayBuffer());
  return Promise.all(
    Object.values(entries).map(async (entry) => [entry.name, new Uint8Array(await entry.arrayBuffer())]),
  );
}

/** Reads runs and their pictures, which must end in runs or in a typed error. */
async function readAll(input) {
  try {
    const runs = await readRuns(input);
    for (const { screenshots } of runs) for (const { image } of screenshots) await image();
    return runs;
  } catch (error) {
    if (!(error instanceof TaskGifError)) throw error;
    return undefined;
  }
}

/** A file that is only to be asked for whole bytes: not every runtime refuses other numbers. */
class StrictFile extends File {
  strange = [];

  slice(start = 0, end = this.size, type = "") {
    if (Number.isSafeInteger(start) && Number.isSafeInteger(end)) return super.slice(start, end, type);
    this.strange.push([start, end]);
    throw new RangeError("no whole bytes");
  }
}

for (const name of NAMES) {
  const bytes = readFileSync(recordPath(name));

  test(`${name}: cut off anywhere, or with bytes changed, it ends in runs or a typed error`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.boolean(),
        async (cut, changes, isCut) => {
          const damaged = Uint8Array.from(isCut ? bytes.subarray(0, cut) : bytes);
          for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
          await readAll(new File([damaged], "trace.zip"));
        },
      ),
      { numRuns: 150 },
    );
  });

  test(`${name}: with a directory that tells a shorter size, only whole bytes of the file are asked for`, async () => {
    const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
    const size = bytes.readUInt32LE(end + 12);
    for (let less = 1; less <= 120; less++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt32LE(size - less, end + 12);
      const file = new StrictFile([damaged], "trace.zip");
      await readAll(file);
      assert.deepEqual(file.strange, []);
    }
  });

  test(`${name}: with entries left out and cut, what remains is read`, async () => {
    const entries = await entriesOf(name);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (random) => {
        const kept = entries.flatMap(([path, content]) => {
          const chance = random.next().value;
          if (chance < 0.15) return [];
          return [
            [path, chance < 0.3 ? content.subarray(0, Math.floor(random.next().value * content.length)) : content],
          ];
        });
        await readAll(zipOf(kept));
      }),
      { numRuns: 100 },
    );
  });
}

test("a trace without its last picture tells so, and has all others", async () => {
  const entries = await entriesOf("playwright-1.65.1-order.zip");
  const pictures = entries.map(([path]) => path).filter((path) => path.endsWith(".jpeg"));
  const last = pictures.sort().at(-1);
  const [run] = await readRuns(zipOf(entries.filter(([path]) => path !== last)));
  assert.deepEqual(
    run.warnings.map(({ code }) => code),
    ["PICTURE_MISSING"],
  );
  assert.match(run.warnings[0].message, new RegExp(last.slice(-10)));
  assert.equal(await statesOf(run), "0122");
});

test("a trace whose last line was cut off is read up to there, with a warning", async () => {
  const entries = await entriesOf("playwright-1.65.1-order.zip");
  const cut = entries.map(([path, content]) => [
    path,
    path === "trace.trace" ? content.subarray(0, Buffer.from(content).lastIndexOf('"type":"after"') + 30) : content,
  ]);
  const [run] = await readRuns(zipOf(cut));
  assert.deepEqual(
    run.warnings.map(({ code }) => code),
    ["RECORD_DAMAGED"],
  );
  assert.equal(run.screenshots.length, 5);
});
