import type { TaskGif } from "../js/task-gif.ts";
import { failureOf } from "./errors.ts";
import type { ProgressDisplay } from "./progress-bar.ts";
import { writeOut, writeOutput } from "./write-output.ts";

/** Where a finished GIF goes and who is told. */
export type Delivery = {
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

/** Writes a GIF and says so, and what was wished for and is not in it. */
export async function deliver(
  gif: TaskGif,
  { output, json, display, files = [], facts = {} }: Delivery,
): Promise<void> {
  await writeOutput(output, gif.blob);
  const { source, width, height, durationMs, frames, stats, reduction } = gif;
  const skipped = stats.skipped.map(({ error }) => failureOf(error, files));
  for (const { message } of skipped) display.line(`left out: ${message}`);
  display.line(`${output === "-" ? "standard output" : output}: ${summaryOf(gif)}`);
  for (const { message } of stats.warnings) display.line(`warning: ${message}`);
  if (!json) return;
  const told = { output, bytes: gif.blob.size, source, width, height, durationMs, frames, reduction, files, ...facts };
  const plain = skipped.map(({ exit: _, ...failure }) => failure);
  await writeOut(`${JSON.stringify({ ...told, stats: { ...stats, skipped: plain } }, null, 2)}\n`);
}

/** A GIF in a few words. */
function summaryOf({ frames, width, height, durationMs, blob, source, reduction }: TaskGif): string {
  const seconds = (durationMs / 1000).toFixed(1);
  const from = source === "server" ? ", from the server" : "";
  const made = reduction && reduction.attempts > 1 ? `, made to fit in ${reduction.attempts} tries` : "";
  return `${frames.length} frames, ${width} x ${height}, ${seconds} s, ${readableBytes(blob.size)}${from}${made}`;
}

/** Bytes in the units that flags take. */
export function readableBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(2)} MB`;
}
