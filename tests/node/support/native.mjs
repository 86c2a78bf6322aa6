// The crate built for this machine, through its example.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNativeToolchain } from "../../../scripts/lib/rust.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Bytes of the GIF that the native crate makes of the screenshots in a folder, with fit "none". */
export function assembleNatively(folder, { effort = "balanced", delay = 1000 } = {}) {
  const { cargo, env } = findNativeToolchain();
  const scratch = mkdtempSync(join(tmpdir(), "task-gif-native-"));
  try {
    const output = join(scratch, "out.gif");
    // The profile that `cargo test` has built it with already.
    const args = ["run", "--quiet", "--profile", "test", "--example", "assemble", "--", folder, output, effort];
    execFileSync(cargo, [...args, String(delay)], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", "inherit"],
    });
    return new Uint8Array(readFileSync(output));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
