// Finds the sequences of screenshots in a folder.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const LISTS = ["task.json", "steps.json"];
const PICTURE = /\.(png|jpe?g|webp)$/i;

/** `{ name, files }` of the folder itself or of the folders in it; one screenshot alone makes no sequence. */
export function sequencesIn(folder) {
  const files = screenshotsOf(folder);
  if (files.length > 1) return [{ name: basename(folder), files }];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, files: screenshotsOf(join(folder, name)).map((file) => `${name}/${file}`) }))
    .filter((sequence) => sequence.files.length > 1)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Screenshots in the order of the task, or else of their names. */
function screenshotsOf(folder) {
  const list = LISTS.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (list) {
    const { steps } = JSON.parse(readFileSync(list, "utf8"));
    return steps.map(({ screenshot }) => screenshot).filter((file) => file);
  }
  const pictures = readdirSync(folder).filter((name) => PICTURE.test(name));
  return pictures.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
