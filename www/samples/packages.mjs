// Unpacks npm packages into a temporary folder, without their dependencies: a recorded page loads
// finished files only (style sheets, fonts, bundled scripts).

import { execFile } from "node:child_process";
import { access, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * @param {string[]} specs exact versions, such as "docsify@5.0.0"
 * @returns {Promise<Map<string, string>>} package name to the folder that holds its files
 */
export async function unpackPackages(specs) {
  const cacheDir = join(tmpdir(), "task-gif-samples");
  const folders = new Map();
  for (const spec of new Set(specs)) {
    const name = spec.slice(0, spec.lastIndexOf("@"));
    const dir = join(cacheDir, spec.replaceAll("/", "+"));
    const files = join(dir, "package");
    if (!(await exists(files))) {
      await mkdir(dir, { recursive: true });
      const { stdout } = await run("npm", ["pack", spec, "--silent", "--pack-destination", dir]);
      await run("tar", ["-xzf", join(dir, stdout.trim().split("\n").at(-1)), "-C", dir]);
    }
    folders.set(name, files);
  }
  return folders;
}

async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
