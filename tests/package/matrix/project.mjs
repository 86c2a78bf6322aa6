// A project that has installed the packed tarball, as a user's would.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SCREENS = join(ROOT, "tests/fixtures/screens/shop");

/** The screenshots that app.js asks for. */
export const SCREENSHOTS = ["00.png", "03.png"];

/** Packs the package and installs it into a new folder inside `parent`; returns `{ folder, write, run, remove }`. */
export function createProject(parent = tmpdir()) {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "task-gif-matrix-"));
  const npm = (...args) =>
    execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  npm("pack", ROOT, "--pack-destination", folder, "--ignore-scripts", "--silent");
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  const write = (path, text) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("package.json", JSON.stringify({ name: "project", private: true, type: "module" }));
  npm("install", `./${tarball}`, "--offline", "--no-audit", "--no-fund", "--ignore-scripts");
  copyFileSync(fileURLToPath(new URL("app.js", import.meta.url)), join(folder, "app.js"));
  for (const name of SCREENSHOTS) copyFileSync(join(SCREENS, name), join(folder, name));
  return {
    folder,
    tarball: join(folder, tarball),
    write,
    /** Runs Node in the project and returns what it prints. */
    run: (...args) => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }),
    /** Puts the screenshots beside a built page. */
    addScreenshots: (path) => {
      for (const name of SCREENSHOTS) copyFileSync(join(SCREENS, name), join(folder, path, name));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
