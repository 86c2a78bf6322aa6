import type { SizeReduction, TaskGif } from "task-gif";
import { h } from "../ui/dom.ts";
import { formatBytes, formatChange, formatCount, formatDuration } from "../ui/format.ts";

/** Lists size, length, number of frames and time of a GIF of `given` screenshots, each with an explanation. */
export function statsRow(gif: TaskGif, given: number, previousBytes: number | undefined): HTMLElement {
  const { stats } = gif;
  const isLocal = gif.source === "local";
  const isFirst = previousBytes === undefined || previousBytes === gif.blob.size;
  const origin = isLocal ? `from ${formatBytes(stats.inputBytes)} of screenshots` : "as the server made it";
  const reduced = gif.reduction && reductionWords(gif.reduction);
  const sizeNote = reduced ? reduced : isFirst ? origin : `${formatChange(gif.blob.size, previousBytes)} to before`;
  const shown = isLocal ? gif.frames.reduce((sum, frame) => sum + frame.sources.length, 0) : given;
  return h(
    "dl",
    { class: "stats" },
    stat("size", "Size", formatBytes(gif.blob.size), sizeNote, `${gif.blob.size} bytes`),
    stat("duration", "Length", formatDuration(gif.durationMs), lengthNote(gif)),
    stat(
      "frames",
      "Frames",
      String(gif.frames.length),
      `from ${shown === given ? "" : `${shown} of `}${formatCount(given, "screenshot")}`,
    ),
    isLocal
      ? stat("took", "Assembled in", formatDuration(stats.totalMs), workersNote(gif))
      : stat("took", "Made by", "Server", "without the options beside it"),
  );
}

/** The row before there is a GIF. */
export function statsSkeleton(): HTMLElement {
  return h(
    "dl",
    { class: "stats", "aria-hidden": "true" },
    ...["Size", "Length", "Frames", "Assembled in"].map((name) =>
      h(
        "div",
        { class: "stat" },
        h("dt", {}, name),
        h("dd", {}, h("span", { class: "skeleton" }), h("small", { class: "skeleton" })),
      ),
    ),
  );
}

function stat(key: string, name: string, value: string, note: string, title?: string): HTMLElement {
  return h(
    "div",
    { class: "stat", "data-stat": key },
    h("dt", {}, name),
    h("dd", { class: "numbers" }, h("span", { title }, value), h("small", {}, note)),
  );
}

/** Describes what the size limit has cost; nothing if the GIF was small enough anyway. */
function reductionWords({ scale, colors, dropped, attempts }: SizeReduction): string {
  if (attempts <= 1) return "";
  const cost = [
    scale < 1 && `${Math.round(scale * 100)} % of the size`,
    colors < 256 && `${colors} colors`,
    dropped > 0 && `without ${formatCount(dropped, "near-duplicate")}`,
  ].filter(Boolean);
  return cost.length > 0 ? `reduced: ${cost.join(", ")}` : "reduced with a little more loss";
}

/** Describes what the length limit has cost; the size of the picture if it cost nothing. */
function lengthNote({ width, height, durationMs, reduction }: TaskGif): string {
  const { fullMs, leftOut } = reduction?.length ?? { fullMs: durationMs, leftOut: [] };
  if (fullMs <= durationMs) return `${width} × ${height} px`;
  const without = leftOut.length > 0 ? `, without ${formatCount(leftOut.length, "step")}` : "";
  return `shortened from ${formatDuration(fullMs)}${without}`;
}

function workersNote({ stats }: TaskGif): string {
  if (stats.workerKind === "main") return "without workers";
  return `with ${formatCount(stats.workers, "worker")}`;
}
