import type { MadeGif } from "../assembly/load-or-assemble.ts";
import { fill, h } from "../ui/dom.ts";
import { segmented } from "../ui/segmented.ts";
import { type Comparison, comparison } from "./compare.ts";
import { currentStepLine } from "./current-step.ts";
import { type GifFrames, openFrames } from "./player/frame-decoder.ts";
import { createPlayer, type Player } from "./player/player.ts";
import type { ReplayScreenshot } from "./screenshot.ts";
import { outcomesOf, sourcesOf } from "./screenshot-outcomes.ts";
import { sourceBadge } from "./source-badge.ts";

type Mode = "replay" | "compare";

/** The large picture: plays the newest GIF or compares it with its screenshots, and says what is on screen. */
export type GifViewer = {
  element: HTMLElement;
  /** Shows a GIF in the mode and at the frame that were chosen last. `hasBar`: something stands below its pictures. */
  present(gif: MadeGif, look: { hasBar: boolean }): Promise<void>;
  /** Shows something else in the place of a GIF. */
  replace(content: HTMLElement): void;
  /** Goes to the frame of the screenshot at this position, if it has one. */
  goTo(position: number): void;
  /** What is on screen, where the browser can step through a GIF. */
  still(): HTMLCanvasElement | undefined;
  close(): void;
};

/** Builds an empty screen; `onframe` hears which frame is shown. */
export function gifViewer(items: ReplayScreenshot[], onframe: (frame: number) => void): GifViewer {
  const head = h("div", { class: "stage-head" });
  const stage = h("div", { class: "stage" });
  const now = currentStepLine();
  let mode: Mode = "replay";
  let gif: MadeGif | undefined;
  let frames: GifFrames | undefined;
  let player: Player | undefined;
  let compare: Comparison | undefined;
  let hasBar = false;
  let frame = 0;
  let closed = false;

  async function present(next: MadeGif, look: { hasBar: boolean }): Promise<void> {
    const opened = await openFrames(next.blob);
    if (closed) return opened?.close();
    letGo();
    gif = next;
    hasBar = next.source === "local" && look.hasBar;
    frames = opened;
    fill(head, canCompare(next) && modeChoice(), sourceBadge(next));
    showMode();
  }

  function modeChoice(): HTMLElement {
    return segmented<Mode>({
      label: "View",
      value: mode,
      choices: [
        { value: "replay", label: "Replay" },
        { value: "compare", label: "Compare" },
      ],
      onchange: (next) => {
        mode = next;
        showMode();
      },
    });
  }

  function showMode(): void {
    player?.close();
    compare?.close();
    player = compare = undefined;
    if (!gif) return;
    // Another set of options may leave fewer frames.
    const start = Math.min(frame, gif.frames.length - 1);
    if (mode === "compare" && frames && canCompare(gif)) {
      compare = comparison({ gif, frames, items, hasBar, onframe: mark });
      fill(stage, compare.element);
      compare.showFrame(start);
      mark(start);
    } else {
      player = createPlayer({ gif, frames, start, describe, onframe: mark });
      fill(stage, player.element);
    }
    now.element.hidden = compare !== undefined;
  }

  /** Where it is known which screenshot a frame shows, and its pixels can be had. */
  function canCompare(made: MadeGif): boolean {
    return frames !== undefined && sourcesOf(made, items).some(({ length }) => length > 0);
  }

  function mark(index: number): void {
    frame = index;
    onframe(index);
    const info = gif?.frames[index];
    if (info) now.show(itemOf(index), info);
  }

  function itemOf(index: number): ReplayScreenshot | undefined {
    const source = gif && sourcesOf(gif, items)[index]?.[0];
    return source === undefined ? undefined : items[source];
  }

  function describe(index: number): string {
    const item = itemOf(index);
    const place = `Step ${index + 1} of ${gif?.frames.length ?? 0}`;
    return item ? `${place}: ${item.goal || item.name}` : place;
  }

  function letGo(): void {
    player?.close();
    compare?.close();
    frames?.close();
    player = compare = frames = gif = undefined;
  }

  return {
    element: h("div", {}, head, stage, now.element),
    present,
    replace(content) {
      letGo();
      fill(head);
      fill(stage, content);
      now.element.hidden = true;
    },
    goTo(position) {
      const outcome = gif && outcomesOf(gif, items)[position];
      if (outcome?.kind !== "shown" && outcome?.kind !== "merged") return;
      player?.showFrame(outcome.frame);
      compare?.showFrame(outcome.frame);
      mark(outcome.frame);
    },
    still: () => player?.still(),
    close() {
      closed = true;
      letGo();
    },
  };
}
