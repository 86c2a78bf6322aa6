// Installs a version of a tool into a folder of its own, from its registry.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../../scripts/lib/browsers.mjs";

const run = (program, args, cwd, env = {}) =>
  execFileSync(program, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });

/** Packages of npm, as `name@version`; their browsers are not downloaded. */
export function installNpm(folder, packages) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "records", private: true, type: "module" }));
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", ...packages];
  run("npm", args, folder, { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" });
}

/** Packages of PyPI, as `name==version`; returns the Python that has them. */
export function installPython(folder, packages) {
  run(findPython(), ["-m", "venv", "venv"], folder);
  const python = join(folder, process.platform === "win32" ? "venv/Scripts/python.exe" : "venv/bin/python");
  run(python, ["-m", "pip", "install", "-q", "--disable-pip-version-check", ...packages], folder);
  return python;
}

/** Runs a program in a folder; whatever it ends with, since tests fail on purpose. Returns what it printed. */
export function runTool(program, args, folder, env = {}) {
  try {
    return run(program, args, folder, { CI: "", NODE_TEST_CONTEXT: "", ...env });
  } catch (error) {
    return `${error.stdout ?? ""}${error.stderr ?? error.message}`;
  }
}
