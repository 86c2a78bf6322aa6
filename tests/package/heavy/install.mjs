// Installs what is too large for every checkout, once for each lock file.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HEAVY = fileURLToPath(new URL(".", import.meta.url));
const STAMP = join(HEAVY, "node_modules/.installed-from");

/** Where projects stand that use what is installed here. */
export const PROJECTS = join(HEAVY, "projects");

/** Installs the packages unless they are there. */
export function install() {
  const lock = readFileSync(join(HEAVY, "package-lock.json"), "utf8");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return;
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: HEAVY, stdio: "inherit" });
  writeFileSync(STAMP, lock);
}

/** The script of a package that is its command line. */
export const program = (path) => join(HEAVY, "node_modules", path);

/** The program of a runtime for this machine, from whichever of its packages was installed: `scope/package/path`. */
export function runtimeProgram(scope, path) {
  const folder = join(HEAVY, "node_modules", scope);
  const found = readdirSync(folder)
    .map((name) => join(folder, name, path))
    .filter(existsSync);
  if (found.length === 0) throw new Error(`${scope} has no program for this machine`);
  return found[0];
}
