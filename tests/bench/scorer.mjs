// SSIMULACRA2 by the native example of the same name.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { executable, ROOT, start } from "../../scripts/lib/process.mjs";
import { findNativeToolchain } from "../../scripts/lib/rust.mjs";

/** Builds and starts it; `{ score, close }`, or undefined where it cannot be built. */
export async function startScorer() {
  let program;
  try {
    const { cargo, env } = findNativeToolchain();
    const target = join(ROOT, "target");
    const args = ["build", "--quiet", "--example", "ssimulacra2", "--target-dir", target];
    const { code } = await start(cargo, args, { env, quiet: true });
    if (code !== 0) return undefined;
    program = join(target, "debug/examples", executable("ssimulacra2"));
  } catch {
    return undefined;
  }
  const child = spawn(program, { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** The score of one pair as text; pairs must be asked for one after the other. */
    async score(pair) {
      child.stdin.write(pair);
      const { value, done } = await lines.next();
      if (done) throw new Error("the program for SSIMULACRA2 has ended");
      return value;
    },
    close: () => child.stdin.end(),
  };
}
