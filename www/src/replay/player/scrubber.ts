import type { TaskGif } from "task-gif";
import { h } from "../../ui/dom.ts";

/** The bar below the picture: a slider over a row of segments, one for each frame and as wide as it is long. */
export function track(
  gif: TaskGif,
  { describe, onseek }: { describe: (frame: number) => string; onseek: (ms: number) => void },
): { element: HTMLElement; show(positionMs: number, frame: number): void } {
  const slider = h("input", {
    type: "range",
    min: 0,
    max: Math.max(gif.durationMs - 1, 0),
    step: "any",
    value: 0,
    "aria-label": "Position",
    oninput: () => onseek(slider.valueAsNumber),
  });
  const segments = gif.frames.map((frame) =>
    h("span", { class: "track-segment", style: { "--length": frame.delayMs } }, h("i")),
  );
  // A slider's own keys move by a fraction of a frame; here they move by frames.
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const now = gif.frames.findLastIndex((frame) => frame.startMs <= slider.valueAsNumber);
    const next = gif.frames[Math.min(Math.max(now + by, 0), gif.frames.length - 1)];
    if (next) onseek(next.startMs);
  });
  return {
    element: h(
      "div",
      { class: "track" },
      h("div", { class: "track-segments", "aria-hidden": "true" }, ...segments),
      slider,
    ),
    show(positionMs, frame) {
      slider.value = String(positionMs);
      const spoken = describe(frame);
      if (slider.getAttribute("aria-valuetext") !== spoken) slider.setAttribute("aria-valuetext", spoken);
      segments.forEach((segment, index) => {
        const info = gif.frames[index];
        const share = !info || index > frame ? 0 : index < frame ? 1 : (positionMs - info.startMs) / info.delayMs;
        segment.style.setProperty("--share", String(share));
      });
    },
  };
}
