import type { TaskGif } from "task-gif";
import { Assembly, type AssemblyState } from "../assembly/assembly.ts";
import { rememberedWishes, rememberWishes, type Wishes } from "../assembly/wishes.ts";
import { hostAndPath } from "../tasks/address.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { segmented } from "../ui/segmented.ts";
import { type Comparison, comparison } from "./compare.ts";
import { GifFrames } from "./frames.ts";
import { fatesOf, type Item } from "./item.ts";
import { optionsPanel } from "./options-panel.ts";
import { createPlayer, type Player } from "./player.ts";
import { copyFrameButton, downloadButton, shareButton } from "./sharing.ts";
import { assemblingPanel, problemPanel, progressBar, type Remedy } from "./stage.ts";
import { statsRow, statsSkeleton } from "./stats.ts";
import { timeline } from "./timeline.ts";

const SETTLE_MS = 200;

/** Screenshots on the left become a GIF; options and steps stand on the right. */
export type Workbench = { element: HTMLElement; close(): void };

/** What a workbench works on. */
export type WorkbenchSettings = {
  items: Item[];
  fileName: string;
  /** Where download and share stand; they belong to the head of the view. */
  actions: HTMLElement;
  /** Further buttons beside them. */
  moreActions: HTMLElement[];
  /** A remedy of the view for a screenshot that cannot be read, such as taking it out. */
  remedyFor?: (position: number) => Remedy;
};

/** Assembles the items at once, shows the result, and does it again when an option changes. */
export function workbench(settings: WorkbenchSettings): Workbench {
  const { items, fileName, actions, moreActions } = settings;
  const screenshots = items.map((item) => item.screenshot);
  const assembly = new Assembly(show, (position) => items[position]?.name ?? `Screenshot ${position + 1}`);
  const waiting = assemblingPanel(posterOf(items));
  const again = progressBar("Assembling again");
  const stage = h("div", { class: "stage" });
  const stageHead = h("div", { class: "stage-head" });
  const stats = h("div", { class: "card stats-card" }, statsSkeleton());
  const steps = timeline(items, (position) => pick(position));
  let wishes = rememberedWishes();
  let mode: "replay" | "compare" = "replay";
  let shownGif: TaskGif | undefined;
  let frames: GifFrames | undefined;
  let player: Player | undefined;
  let compare: Comparison | undefined;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  let onBadFrame: "error" | "skip" = "error";

  const begin = () => void assembly.start(screenshots, wishes, { onBadFrame });

  function change(next: Wishes): void {
    wishes = next;
    rememberWishes(next);
    clearTimeout(timer);
    timer = setTimeout(begin, SETTLE_MS);
  }

  function show(state: AssemblyState): void {
    if (closed) return;
    const { working, gif, problem } = state;
    element.dataset.state = working ? "working" : problem ? "failed" : gif ? "ready" : "idle";
    again.element.hidden = !(working && gif);
    again.show(working?.progress?.ratio ?? 0);
    stats.hidden = problem !== undefined;
    if (working && !gif) {
      if (!waiting.element.isConnected) fill(stage, waiting.element);
      waiting.show(working.progress);
    }
    if (problem) {
      letGo();
      fill(stage, problemPanel(problem, remedies(problem.frame)));
    } else if (gif && !working && gif !== shownGif) {
      void present(gif, state.previousBytes);
    }
    if (!gif || problem) fill(actions, ...moreActions, downloadButton(undefined, fileName));
    if (!gif || problem) fill(stageHead);
  }

  function remedies(position: number | undefined): Remedy[] {
    const retry = { label: "Try again", run: begin };
    if (position === undefined) return [retry];
    const own = settings.remedyFor?.(position);
    const skip = () => {
      onBadFrame = "skip";
      begin();
    };
    return own ? [own, retry] : [{ label: "Go on without it", run: skip }, retry];
  }

  async function present(gif: TaskGif, previousBytes: number | undefined): Promise<void> {
    const opened = await GifFrames.open(gif.blob);
    if (closed) return opened?.close();
    letGo();
    shownGif = gif;
    frames = opened;
    steps.showFates(fatesOf(gif, items.length));
    fill(stats, statsRow(gif, items.length, previousBytes));
    fill(
      actions,
      ...moreActions,
      frames && copyFrameButton(() => player?.still()),
      shareButton(gif, fileName),
      downloadButton(gif, fileName),
    );
    fill(
      stageHead,
      frames &&
        segmented<typeof mode>({
          label: "View",
          value: mode,
          choices: [
            { value: "replay", label: "Replay" },
            { value: "compare", label: "Compare" },
          ],
          onchange: (next) => {
            mode = next;
            showMode(gif);
          },
        }),
      sourceBadge(gif),
    );
    showMode(gif);
    announce(`The GIF is ready: ${formatBytes(gif.blob.size)}, ${gif.frames.length} frames`);
  }

  function showMode(gif: TaskGif): void {
    player?.close();
    compare?.close();
    player = compare = undefined;
    // Another set of options may leave fewer frames.
    const start = Math.min(frame, gif.frames.length - 1);
    if (mode === "compare" && frames) {
      compare = comparison({ gif, frames, items, onframe: mark });
      fill(stage, compare.element);
      compare.showFrame(start);
      mark(start);
    } else {
      player = createPlayer({ gif, frames, start, describe: (index) => describe(gif, index), onframe: mark });
      fill(stage, player.element);
    }
  }

  function mark(index: number): void {
    frame = index;
    steps.showFrame(index);
  }

  function pick(position: number): void {
    const fate = shownGif && fatesOf(shownGif, items.length)[position];
    if (fate?.kind !== "shown" && fate?.kind !== "merged") return;
    player?.showFrame(fate.frame);
    compare?.showFrame(fate.frame);
    mark(fate.frame);
  }

  function describe(gif: TaskGif, index: number): string {
    const item = items[gif.frames[index]?.sources[0] ?? 0];
    return `Step ${index + 1} of ${gif.frames.length}: ${item?.goal || item?.name || ""}`;
  }

  function letGo(): void {
    player?.close();
    compare?.close();
    frames?.close();
    player = compare = frames = shownGif = undefined;
  }

  const element = h(
    "div",
    { class: "workbench" },
    h(
      "div",
      { class: "workbench-main" },
      h("section", { class: "card stage-card", "aria-label": "Replay" }, stageHead, again.element, stage),
      stats,
    ),
    h(
      "div",
      { class: "workbench-side" },
      h("section", { class: "card" }, h("h2", { class: "card-title" }, "Options"), optionsPanel(wishes, change)),
      h(
        "section",
        { class: "card steps-card" },
        h("h2", { class: "card-title" }, "Steps", h("span", { class: "count numbers" }, items.length)),
        steps.element,
      ),
    ),
  );
  begin();

  return {
    element,
    close() {
      closed = true;
      clearTimeout(timer);
      letGo();
      assembly.close();
    },
  };
}

/** The first picture that shows a page. */
function posterOf(items: Item[]): string | undefined {
  return (items.find(({ url }) => url === undefined || hostAndPath(url) !== undefined) ?? items[0])?.picture;
}

function sourceBadge(gif: TaskGif): HTMLElement {
  const local = gif.source === "local";
  return h(
    "span",
    { class: "badge plain", title: local ? "The screenshots never left this machine" : "Made by the task endpoint" },
    icon(local ? "shield" : "monitor"),
    local ? "Made on this machine" : "From the server",
  );
}
