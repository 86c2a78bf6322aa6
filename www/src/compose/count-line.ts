import { h } from "../ui/dom.ts";
import { formatBytes, formatCount } from "../ui/format.ts";
import { inSlices } from "../ui/in-slices.ts";
import type { DroppedScreenshot } from "./dropped-screenshot.ts";

/** A line with the number of screenshots, their total size, and their actions. */
export function countLine(): { element: HTMLElement; show(shots: readonly DroppedScreenshot[]): void } {
  const element = h("span", { class: "muted numbers" });
  let adding = new AbortController();

  function tell(count: number, bytes?: number): void {
    const size = bytes === undefined ? "" : `, ${formatBytes(bytes)}`;
    element.textContent =
      count < 2
        ? "One screenshot so far; a replay needs at least two."
        : `${formatCount(count, "screenshot")}${size}. Drag them into order, or use the arrow keys.`;
  }

  return {
    element,
    show(shots) {
      adding.abort();
      adding = new AbortController();
      const count = shots.length;
      let bytes = 0;
      const add = (position: number) => {
        bytes += shots[position]?.bytes ?? 0;
        if (position === count - 1) tell(count, bytes);
      };
      tell(count);
      inSlices(count, add, adding.signal, shots.every(({ isSized }) => isSized) ? count : 0);
    },
  };
}
