import type { TaskGif } from "../js/task-gif.ts";
import { failureOf } from "./cli-error.ts";
import { inFlags } from "./option-flags.ts";
import type { ProgressDisplay } from "./progress-display.ts";
import { writeOutput, writeStdout } from "./write-output.ts";

/** The output of a finished GIF, and how the result is reported. */
export type GifOutput = {
  /** A path, or `-` for standard output. */
  output: string;
  /** Whether the result is printed as JSON. */
  json: boolean;
  display: ProgressDisplay;
  /** Names of the screenshots by source index. */
  files?: readonly string[];
  /** Further fields of the JSON. */
  facts?: Record<string, unknown>;
};

/** Writes a GIF and prints the result, with warnings about options that the GIF does not fulfill. */
export async function printResult(
  gif: TaskGif,
  { output, json, display, files = [], facts = {} }: GifOutput,
): Promise<void> {
  await writeOutput(output, gif.blob);
  const { source, width, height, durationMs, frames, stats, reduction } = gif;
  const skipped = stats.skipped.map(({ error }) => failureOf(error, files));
  display.line(`${output === "-" ? "standard output" : output}: ${summaryOf(gif)}`);
  printWarnings(gif, files, display);
  if (!json) return;
  const told = { output, bytes: gif.blob.size, source, width, height, durationMs, frames, reduction, files, ...facts };
  const plain = skipped.map(({ exit: _, ...failure }) => failure);
  await writeStdout(`${JSON.stringify({ ...told, stats: { ...stats, skipped: plain } }, null, 2)}\n`);
}

/** Prints warnings about options that a GIF does not fulfill. */
export function printWarnings({ stats }: TaskGif, files: readonly string[], display: ProgressDisplay): void {
  for (const { error } of stats.skipped) display.warn(`left out: ${failureOf(error, files).message}`);
  for (const { code, message } of stats.warnings) {
    // The library has already warned on the console that captions cannot be drawn.
    if (code !== "CAPTIONS_UNAVAILABLE") display.warn(`warning: ${inFlags(message)}`);
  }
}

/** Describes a GIF in a few words. */
function summaryOf({ frames, width, height, durationMs, blob, source, reduction }: TaskGif): string {
  const seconds = (durationMs / 1000).toFixed(1);
  const from = source === "server" ? ", from the server" : "";
  const made = reduction && reduction.attempts > 1 ? `, made to fit in ${reduction.attempts} tries` : "";
  const { fullMs, leftOut } = reduction?.length ?? { fullMs: durationMs, leftOut: [] };
  const without = leftOut.length > 0 ? `, ${leftOut.length} steps left out` : "";
  const shortened = fullMs > durationMs ? `, shortened from ${(fullMs / 1000).toFixed(1)} s${without}` : "";
  return `${frames.length} frames, ${width} x ${height}, ${seconds} s, ${readableBytes(blob.size)}${from}${made}${shortened}`;
}

/** Formats bytes in units of 1000, like the flags. */
export function readableBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  // Rounded up, so that a printed size is never below the real one.
  const [unit, size, digits] = bytes < 1_000_000 ? ["KB", bytes / 1000, 1] : ["MB", bytes / 1_000_000, 2];
  return `${(Math.ceil(size * 10 ** digits) / 10 ** digits).toFixed(digits)} ${unit}`;
}
