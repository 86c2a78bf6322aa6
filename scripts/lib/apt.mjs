// Debian's packages: installed where that is allowed, named in the advice where it is not.
import { existsSync, readFileSync } from "node:fs";
import { run, start, which } from "./process.mjs";
import { StepError, say } from "./report.mjs";

/** Whether this is Debian itself; its relatives ship other browsers and compilers under these package names. */
export function isDebian() {
  return existsSync("/etc/os-release") && /^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** Why packages cannot be installed here, or undefined when they can. */
export function aptObstacle() {
  if (!isDebian()) return "this is not Debian, so there is no known package to install";
  if (!which("apt-get")) return "there is no apt-get here";
  if (process.getuid?.() !== 0) return "only root may install packages";
  return undefined;
}

/** The command a person types to install `packages`. */
export const aptCommand = (packages) => `sudo apt-get install ${packages.join(" ")}`;

const OPTIONS = ["-qq", "-y", "--no-install-recommends", "--no-remove", "-o", "DPkg::Lock::Timeout=900"];
const ENV = { DEBIAN_FRONTEND: "noninteractive" };
let listsAreFresh = false;

/**
 * Installs Debian packages as root, with fresh package lists; anything in the way becomes one message.
 * Packages are never removed to make room: that decision belongs to the machine's owner.
 */
export async function aptInstall(area, packages, advice) {
  const obstacle = aptObstacle();
  if (obstacle) throw new StepError(`cannot install ${packages.join(", ")}: ${obstacle}`, advice);
  say(area, `installing ${packages.join(", ")} with apt-get`);
  const install = ["install", ...OPTIONS, ...packages];
  if (!listsAreFresh) {
    // Another apt may hold the lists for a moment; old lists may still do, so only the install itself must work.
    for (let attempt = 0; attempt < 30; attempt++) {
      const { code, output } = await start("apt-get", ["update", "-qq"], { env: ENV, quiet: true });
      if (code === 0 || !/lock/i.test(output)) break;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
    listsAreFresh = true;
  }
  await run("apt-get", install, { env: ENV, quiet: true, advice, what: "apt-get install" });
}
