import type { TaskGif } from "../js/task-gif.ts";
import { failureOf } from "./errors.ts";
import { inFlags } from "./option-flags.ts";
import type { ProgressDisplay } from "./progress-bar.ts";
import { writeOutput, writeStdout } from "./write-output.ts";

/** Where a finished GIF goes and who is told. */
export type GifOutput = {
  /** A path, or `-` for standard output. */
  output: string;
  /** Whether a program reads along. */
  json: boolean;
  display: ProgressDisplay;
  /** Names of the screenshots by their place. */
  files?: readonly string[];
  /** What else is to be said, in JSON. */
  facts?: Record<string, unknown>;
};

/** Writes a GIF and says so, and what was asked for and is not in it. */
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

/** Says what was asked for and is not in a GIF. */
export function printWarnings({ stats }: TaskGif, files: readonly string[], display: ProgressDisplay): void {
  for (const { error } of stats.skipped) display.warn(`left out: ${failureOf(error, files).message}`);
  for (const { code, message } of stats.warnings) {
    // What cannot be drawn, the library has said on the console.
    if (code !== "CAPTIONS_UNAVAILABLE") display.warn(`warning: ${inFlags(message)}`);
  }
}

/** A GIF in a few words. */
function summaryOf({ frames, width, height, durationMs, blob, source, reduction }: TaskGif): string {
  const seconds = (durationMs / 1000).toFixed(1);
  const from = source === "server" ? ", from the server" : "";
  const made = reduction && reduction.attempts > 1 ? `, made to fit in ${reduction.attempts} tries` : "";
  const { fullMs, leftOut } = reduction?.length ?? { fullMs: durationMs, leftOut: [] };
  const without = leftOut.length > 0 ? `, ${leftOut.length} steps left out` : "";
  const shortened = fullMs > durationMs ? `, shortened from ${(fullMs / 1000).toFixed(1)} s${without}` : "";
  return `${frames.length} frames, ${width} x ${height}, ${seconds} s, ${readableBytes(blob.size)}${from}${made}${shortened}`;
}

/** Bytes in the units that flags take: thousands, as chats, trackers and file managers count. */
export function readableBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  // Rounded up, so that what is said to fit does fit.
  const [unit, size, digits] = bytes < 1_000_000 ? ["KB", bytes / 1000, 1] : ["MB", bytes / 1_000_000, 2];
  return `${(Math.ceil(size * 10 ** digits) / 10 ** digits).toFixed(digits)} ${unit}`;
}
