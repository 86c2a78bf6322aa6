// wasm-bindgen's command line, at exactly the version of the crate: any other refuses the binary.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { executable, isExecutable, lastLines, ROOT, read, start, which } from "./process.mjs";
import { elapsed, StepError, say } from "./report.mjs";
import { findNativeToolchain } from "./rust.mjs";

const TOOLS = join(ROOT, ".tools");

/** The version that Cargo.lock holds. */
export function lockedVersion() {
  let lock;
  try {
    lock = readFileSync(join(ROOT, "Cargo.lock"), "utf8");
  } catch {
    throw new StepError("Cargo.lock is missing", "It belongs to the repository: git checkout Cargo.lock");
  }
  const version = lock.match(/^name = "wasm-bindgen"\r?\nversion = "([^"]+)"/m)?.[1];
  if (!version) throw new StepError("Cargo.lock names no wasm-bindgen");
  return version;
}

/**
 * The programs of the locked version: `{ bindgen, testRunner }`, from .tools/bin or from PATH, or undefined.
 * The test runner comes in the same package, so both must be there.
 */
export function findBindgen(version = lockedVersion()) {
  for (const find of [(name) => join(TOOLS, "bin", executable(name)), (name) => which(name)]) {
    const [bindgen, testRunner] = ["wasm-bindgen", "wasm-bindgen-test-runner"].map(find);
    if (!bindgen || !testRunner || !isExecutable(bindgen) || !isExecutable(testRunner)) continue;
    if (read(bindgen, ["--version"])?.split(" ").at(-1) === version) return { bindgen, testRunner };
  }
  return undefined;
}

/** Installs the command line into .tools/ unless the right version is at hand. */
export async function ensureBindgen() {
  const version = lockedVersion();
  if (findBindgen(version)) return;
  const since = Date.now();
  say("wasm-bindgen", `building its command line ${version} into .tools (about 3 minutes, once)`);
  const { cargo, env } = findNativeToolchain();
  const args = ["install", "wasm-bindgen-cli", "--version", version, "--root", TOOLS, "--force", "--quiet"];
  const folder = join(TOOLS, "build");
  // A tool that runs for a second is not worth minutes of optimization.
  const profile = { CARGO_PROFILE_RELEASE_OPT_LEVEL: "1", CARGO_PROFILE_RELEASE_DEBUG: "0" };
  const options = { env: { ...env, ...profile, CARGO_TARGET_DIR: folder }, quiet: true };
  let result = await start(cargo, [...args, "--locked"], options);
  // A registry that lacks one of the locked dependencies can still have a newer, compatible one.
  if (result.code !== 0) result = await start(cargo, args, options);
  if (result.code !== 0 || !findBindgen(version)) {
    throw new StepError(
      `wasm-bindgen-cli ${version} could not be built:\n${lastLines(result.output, 15)}`,
      `Install it by hand with: cargo install wasm-bindgen-cli --version ${version} --root .tools`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
  say("wasm-bindgen", `${version} built in ${elapsed(since)}`);
}
