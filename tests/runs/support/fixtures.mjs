// Records that real tools made, cut down: tests/runs/fixtures/README.md says how.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../fixtures", import.meta.url));

/** The path of a record. */
export const fixture = (name) => join(ROOT, name);

/** The files of a record by their path in it, as a browser has them. */
export function filesOf(name) {
  const root = fixture(name);
  const paths = readdirSync(root, { recursive: true }).filter((path) => statSync(join(root, path)).isFile());
  return new Map(paths.map((path) => [path.replaceAll("\\", "/"), new Uint8Array(readFileSync(join(root, path)))]));
}
