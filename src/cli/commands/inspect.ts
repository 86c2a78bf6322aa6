import type { GifFrameInfo, GifInfo } from "../../js/inspect/gif-info.ts";
import { inspectGif } from "../../js/inspect/inspect-gif.ts";
import { CliError, failureOf, usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { readBlob } from "../input/read-input.ts";
import { type OwnFlag, parseCommandLine } from "../parse-args.ts";
import { readableBytes } from "../print-result.ts";
import { writeStdout } from "../write-output.ts";

const OWN = {
  json: { help: "everything, for programs" },
} satisfies Record<string, OwnFlag>;

/** `task-gif inspect`: the contents of a GIF. */
export const inspect: Command = {
  summary: "show what is in a GIF: frames, delays, color tables, embedded steps, and what decoders do differently",
  synopsis: "inspect FILE.gif [--json]",
  flags: OWN,
  withOptions: false,
  examples: [
    ["task-gif inspect replay.gif", "any GIF, whoever made it"],
    ["task-gif inspect replay.gif --json", "the same for programs"],
  ],
  async run(args) {
    const { positionals, values } = parseCommandLine(args, OWN, false);
    const [path] = positionals;
    if (path === undefined || positionals.length > 1)
      throw usageError("expected one GIF", "as in: task-gif inspect a.gif");
    const file = await readBlob(path);
    const info = await inspectGif(file).catch((error: unknown) => {
      const { code, exit, message } = failureOf(error);
      throw new CliError(code, exit, `${path}: ${message}`);
    });
    const facts = { file: path, bytes: file.size, ...info };
    await writeStdout(values.json ? `${JSON.stringify(facts, null, 2)}\n` : describe(path, file.size, info));
  },
};

function describe(path: string, size: number, info: GifInfo): string {
  const { width, height, durationMs, repeat, globalColors, frames, steps, warnings } = info;
  const plays = repeat === "infinite" ? "plays for ever" : `plays ${repeat} times`;
  const table = globalColors > 0 ? `${globalColors} colors in the global table` : "no global table";
  const lines = [
    `${path}: ${width} x ${height}, ${frames.length} frames, ${(durationMs / 1000).toFixed(2)} s, ${readableBytes(size)}`,
    `${plays}, ${table}`,
    "",
    row(["frame", "place", "delay", "disposal", "colors", "size"]),
    ...frames.map((frame, i) => row([String(i), placeOf(frame), delayOf(frame), ...lookOf(frame)])),
  ];
  if (steps.length > 0) {
    lines.push("", "steps:");
    for (const { frame, number, caption, failed, url, view } of steps) {
      const near = view ? `, then ${view.width} x ${view.height} at ${view.left},${view.top} of it` : "";
      const where = `(frame ${frame}${near}${failed ? ", failed" : ""})`;
      lines.push(`  ${number ?? "-"}. ${caption ?? ""}${url ? `  ${url}` : ""}  ${where}`);
    }
  }
  if (warnings.length > 0) {
    lines.push("", "what decoders do differently:");
    for (const { code, message, frame } of warnings) {
      lines.push(`  ${code}${frame === undefined ? "" : `, frame ${frame}`}: ${message}`);
    }
  }
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

const WIDTHS = [6, 22, 20, 11, 18, 0];

function row(cells: readonly string[]): string {
  return cells.map((cell, i) => cell.padEnd(WIDTHS[i]!)).join(" ");
}

function placeOf({ left, top, width, height }: GifFrameInfo): string {
  return `${width} x ${height} at ${left},${top}`;
}

function delayOf({ delayMs, playedMs }: GifFrameInfo): string {
  return playedMs === delayMs ? `${delayMs} ms` : `${delayMs} ms (plays ${playedMs})`;
}

function lookOf({ disposal, colors, local, transparent, bytes }: GifFrameInfo): string[] {
  const table = `${colors} ${local ? "own" : "global"}${transparent ? " + clear" : ""}`;
  return [disposal, table, readableBytes(bytes)];
}
