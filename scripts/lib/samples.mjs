// The sample tasks as a folder that a server may write into.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { WWW } from "./dashboard.mjs";
import { ROOT } from "./process.mjs";

const SAMPLES = join(WWW, "public", "tasks");
const FOLDER = join(ROOT, ".tools", "sample-tasks");

/** Copies the samples unless they are there already, with the GIFs that were made of them; the path of the folder. */
export function sampleFolder() {
  for (const entry of readdirSync(SAMPLES, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const [from, to] = [join(SAMPLES, entry.name), join(FOLDER, entry.name)];
    const isThere = existsSync(join(to, "task.json")) && taskIn(to) === taskIn(from);
    if (isThere) continue;
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  }
  return FOLDER;
}

const taskIn = (folder) => readFileSync(join(folder, "task.json"), "utf8");
