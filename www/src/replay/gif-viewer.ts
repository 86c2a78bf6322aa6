import "task-gif/define";
import type { MadeGif } from "../assembly/load-or-assemble.ts";
import { fill, h } from "../ui/dom.ts";
import { segmented } from "../ui/segmented.ts";
import { type ComparisonSlider, comparisonSlider } from "./comparison-slider.ts";
import { type ReplayStep, replaySteps } from "./replay-steps.ts";
import type { ReplayScreenshot } from "./screenshot.ts";
import { sourceBadge } from "./source-badge.ts";

type Mode = "replay" | "compare";

/** The large picture: plays the newest GIF, or compares it with its screenshots. */
export type GifViewer = {
  element: HTMLElement;
  /** Shows a GIF in the mode and at the step that were chosen last. `hasBar`: it has a bar below its pictures. */
  present(gif: MadeGif, look: { hasBar: boolean }): void;
  /** Shows other content instead of a GIF. */
  replace(content: HTMLElement): void;
  /** Goes to the step of the screenshot at this position, if it has one. */
  goTo(position: number): void;
  /** Returns the current picture as PNG. */
  still(): Promise<Blob | undefined>;
  close(): void;
};

/** Settings of a viewer. */
export type GifViewerSettings = {
  items: ReplayScreenshot[];
  /** Title of the replay. */
  title: string;
  /** Called with the position of the current screenshot; `undefined` if it is unknown. */
  onstep: (position: number | undefined) => void;
};

/** Builds an empty viewer. */
export function gifViewer({ items, title, onstep }: GifViewerSettings): GifViewer {
  const head = h("div", { class: "stage-head" });
  const player = h("task-gif", {
    alt: title,
    autoplay: true,
    loop: true,
    // The page has these controls already.
    controlslist: "nodownload nocopy noshare notranscript",
    hidden: true,
  });
  const other = h("div", {});
  let mode: Mode = "replay";
  let gif: MadeGif | undefined;
  let steps: ReplayStep[] = [];
  let slider: ComparisonSlider | undefined;
  let hasBar = false;
  /** Position of the current screenshot; while the player loads a GIF, of the one to show then. */
  let current: number | undefined;
  /** Whether the player still shows the previous GIF. */
  let isOpening = false;
  let wasPlaying = false;

  player.addEventListener("statechange", ({ detail: { state } }) => {
    if (state !== "ready") return;
    isOpening = false;
    const index = indexOf(current);
    // The player starts at the first step, with the title card.
    if (index > 0) player.goToStep(index);
    else tell(player.stepIndex);
  });
  player.addEventListener("stepchange", ({ detail: { index } }) => {
    if (!isOpening && !slider) tell(index);
  });

  // Steps have their numbers in the task, like in the list beside the player; some may be left out of the GIF.
  const last = items.at(-1)?.number ?? items.length;
  player.labels = {
    step: (place, count, caption) => {
      const number = steps[place - 1]?.number;
      return `Step ${number ?? place} of ${number === undefined ? count : last}${caption && `: ${caption}`}`;
    },
  };

  const indexOf = (position: number | undefined) => steps.findIndex((step) => step.position === position);

  function tell(index: number): void {
    current = steps[index]?.position;
    onstep(current);
  }

  function present(next: MadeGif, look: { hasBar: boolean }): void {
    gif = next;
    hasBar = next.source === "local" && look.hasBar;
    steps = replaySteps(next, items);
    isOpening = true;
    player.steps = steps.length > 0 ? steps : undefined;
    player.gif = next;
    fill(head, steps.length > 0 && modeChoice(), sourceBadge(next));
    showMode();
  }

  function modeChoice(): HTMLElement {
    return segmented<Mode>({
      label: "View",
      value: mode,
      choices: [
        { value: "replay", label: "Replay" },
        { value: "compare", label: "Quality", title: "The GIF beside its screenshots" },
      ],
      onchange: (next) => {
        mode = next;
        showMode();
      },
    });
  }

  function showMode(): void {
    slider?.close();
    slider = undefined;
    if (!gif) return;
    if (mode === "replay" || steps.length === 0) {
      fill(other);
      showPlayer();
      return;
    }
    hidePlayer();
    const onframe = (frame: number) => tell(steps.findIndex((step) => step.frame === frame));
    slider = comparisonSlider({ gif, items, hasBar, onframe });
    fill(other, slider.element);
    slider.showFrame(steps[Math.max(0, indexOf(current))]?.frame ?? 0);
  }

  function showPlayer(): void {
    if (!player.hidden) return;
    player.hidden = false;
    if (isOpening) return;
    player.goToStep(Math.max(0, indexOf(current)));
    if (wasPlaying) player.play();
  }

  function hidePlayer(): void {
    if (player.hidden) return;
    wasPlaying = !player.paused;
    player.pause();
    player.hidden = true;
  }

  return {
    element: h("div", {}, head, h("div", { class: "stage" }, player, other)),
    present,
    replace(content) {
      slider?.close();
      slider = gif = undefined;
      hidePlayer();
      fill(head);
      fill(other, content);
    },
    goTo(position) {
      const index = indexOf(position);
      if (index === -1) return;
      if (slider) {
        slider.showFrame(steps[index]?.frame ?? 0);
      } else {
        // Without autoplay, a player that loads later stays at the chosen step too.
        player.removeAttribute("autoplay");
        player.goToStep(index);
      }
      tell(index);
    },
    still: async () => (slider ? gif?.frame(slider.frame) : player.snapshot()),
    close() {
      slider?.close();
      player.remove();
    },
  };
}
