import type { TaskGif } from "task-gif";
import { h } from "../ui/dom.ts";
import { formatBytes, formatChange, formatCount, formatDuration } from "../ui/format.ts";

/** Size, length, frames and time taken of a GIF made of `given` screenshots, each with what it means. */
export function statsRow(gif: TaskGif, given: number, previousBytes: number | undefined): HTMLElement {
  const { report } = gif;
  const isFirst = previousBytes === undefined || previousBytes === gif.blob.size;
  const sizeNote = isFirst
    ? `from ${formatBytes(report.inputBytes)} of screenshots`
    : `${formatChange(gif.blob.size, previousBytes)} to before`;
  const shown = gif.frames.reduce((sum, frame) => sum + frame.sources.length, 0);
  return h(
    "dl",
    { class: "stats" },
    stat("size", "Size", formatBytes(gif.blob.size), sizeNote, `${gif.blob.size} bytes`),
    stat("duration", "Length", formatDuration(gif.durationMs), `${gif.width} × ${gif.height} px`),
    stat(
      "frames",
      "Frames",
      String(gif.frames.length),
      `from ${shown === given ? "" : `${shown} of `}${formatCount(given, "screenshot")}`,
    ),
    stat("took", "Assembled in", formatDuration(report.totalMs), workersNote(gif)),
  );
}

/** The same row before there is anything to say. */
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

function workersNote({ report, source }: TaskGif): string {
  if (source === "server") return "by the server";
  if (report.workerKind === "main") return "without workers";
  return `with ${formatCount(report.workers, "worker")}`;
}
