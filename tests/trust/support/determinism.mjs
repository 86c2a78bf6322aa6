// Assemblies whose bytes are to depend on their screenshots and options alone.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "./decoders.mjs";
import { animation, between, generator, optionsOf, pngOf } from "./pictures.mjs";
import { shuffle } from "./shuffled-workers.mjs";

const { assembleGif } = await import("task-gif");

const MOST_WORKERS = 4;

/**
 * Generated screenshots with times, captions and redactions, and options, from a seed: `{ name, shots, options }`, where
 * a shot is `{ image, ... }` with the bytes of a file.
 */
export function generatedJob(seed) {
  const random = generator(seed + 31);
  const { width, height, pictures } = animation(seed);
  const pick = (...values) => values[between(random, 0, values.length - 1)];
  const isTimed = random() < 0.3;
  let timestampMs = 0;
  const shots = pictures.map((rgb) => {
    timestampMs += between(random, 0, 9000);
    return {
      image: pngOf(rgb, width, height),
      ...(isTimed && { timestampMs }),
      ...(random() < 0.1 && { delayMs: between(random, 20, 2000) }),
      ...(random() < 0.3 && { caption: pick("Opens the shop", "点击“购买”", "Searches for a red chair, finds it") }),
      ...(random() < 0.2 && { redact: [{ left: 0, top: 0, width: between(random, 1, width), height: 3 }] }),
    };
  });
  const options = {
    ...optionsOf(seed),
    ...pick({}, { dither: "none" }),
    ...pick({}, { colors: "rich" }),
    ...pick({}, { background: "#3366cc" }),
    skipBlank: false,
  };
  return { name: `seed ${seed}, ${JSON.stringify(options)}`, shots, options };
}

async function digest({ shots, options }, workers) {
  const described = shots.map((shot) => ({ ...shot, image: new Blob([shot.image]) }));
  const gif = await assembleGif(described, { ...options, workers });
  return sha256(new Uint8Array(await gif.blob.arrayBuffer()));
}

/**
 * Fails as soon as a job gives other bytes than with one worker in Node: natively, with 2 to 4 workers in Node whose
 * answers come in an order of chance, and with 1 to 4 workers in the browsers of `pages`. Resolves to how many answers
 * overtook others.
 */
export async function compareEverywhere(jobs, native, pages, tell = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-native-"));
  try {
    shuffle.overtaken = 0;
    for (const [i, job] of jobs.entries()) {
      const expected = await digest(job, 1);
      assert.equal(await nativeDigest(job, native, folder), expected, `natively: ${job.name}`);
      shuffle.on = true;
      for (let workers = 2; workers <= MOST_WORKERS; workers++) {
        assert.equal(await digest(job, workers), expected, `${workers} workers, shuffled: ${job.name}`);
      }
      shuffle.on = false;
      const shots = job.shots.map((shot) => ({ ...shot, image: shot.image.toString("base64") }));
      await Promise.all(
        pages.map(async ({ name, call }, place) => {
          const workers = 1 + ((i + place) % MOST_WORKERS);
          const found = await call("assembled", shots, { ...job.options, workers });
          assert.equal(found, expected, `${name}, ${workers} workers: ${job.name}`);
        }),
      );
      tell(i + 1);
    }
    return shuffle.overtaken;
  } finally {
    shuffle.on = false;
    rmSync(folder, { recursive: true });
  }
}

async function nativeDigest({ shots, options }, native, folder) {
  const out = join(folder, "out.gif");
  const files = shots.map((shot, i) => {
    const image = join(folder, String(i));
    writeFileSync(image, shot.image);
    // The library draws no captions here, so that none takes time to read.
    return { ...shot, image, caption: undefined };
  });
  const jobs = join(folder, "jobs.json");
  writeFileSync(jobs, JSON.stringify([{ shots: files, options, out }]));
  await native.assemble(jobs);
  return sha256(readFileSync(out));
}
