// Recorded screenshots as assemblies to compare.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sequencesIn } from "../../bench/sequences.mjs";

/** The recorded tasks of the dashboard. */
const TASKS = fileURLToPath(new URL("../../../www/public/tasks", import.meta.url));

/**
 * Every sequence of `folder` with each of `sets` of options, read when its turn comes: `{ name, shots, options }`, where
 * a shot is `{ image }` with the bytes of a file.
 */
export function* recordedJobs(sets, folder = TASKS) {
  for (const { name, files } of sequencesIn(folder)) {
    const shots = files.map((file) => ({ image: readFileSync(join(folder, file)) }));
    for (const set of sets) {
      const options = { skipBlank: false, minFrames: 1, ...set };
      yield { name: `${name}, ${JSON.stringify(options)}`, shots, options };
    }
  }
}
