// The native side: tests/trust/native.rs.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { executable, ROOT, run } from "../../../scripts/lib/process.mjs";
import { findNativeToolchain } from "../../../scripts/lib/rust.mjs";

const MOST_BYTES = 1 << 28;
const TARGET = join(ROOT, "target");

/**
 * Builds it, if `cargo test` has not done so. Resolves to `{ assemble, frames, pictures, pixels }`, which make the GIFs of
 * a file of jobs, resolve to the pixels of all frames of a GIF as gif-dispose shows them, write generated pictures to a
 * folder, and write beside each file of a folder its pixels.
 */
export async function buildNative() {
  const { cargo, env } = findNativeToolchain();
  const args = ["build", "--quiet", "--profile", "test", "--example", "native", "--target-dir", TARGET];
  await run(cargo, args, { env, quiet: true, what: "cargo build --example native" });
  const program = join(TARGET, "debug/examples", executable("native"));
  const call = (...given) => promisify(execFile)(program, given, { encoding: "buffer", maxBuffer: MOST_BYTES });
  return {
    assemble: (jobs) => call("assemble", jobs),
    frames: async (gif) => (await call("frames", gif)).stdout,
    pictures: (folder, count) => call("pictures", folder, "0", String(count)),
    pixels: (folder) => call("pixels", folder),
  };
}
