import { Assembly, type AssemblyState } from "../assembly/assembly.ts";
import type { MadeGif, Server } from "../assembly/make.ts";
import { rememberedWishes, rememberWishes, type Wishes } from "../assembly/wishes.ts";
import { hostAndPath } from "../tasks/address.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { segmented } from "../ui/segmented.ts";
import { type Comparison, comparison } from "./compare.ts";
import { fatesOf, sourcesOf } from "./fate.ts";
import { GifFrames } from "./frames.ts";
import { type Item, screenshotsOf } from "./item.ts";
import { optionsPanel } from "./options-panel.ts";
import { createPlayer, type Player } from "./player.ts";
import { copyFrameButton, downloadButton, shareButton } from "./sharing.ts";
import { sourceBadge } from "./source-badge.ts";
import { assemblingPanel, problemPanel, progressBar, type Remedy, ratioOf } from "./stage.ts";
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
  /** The endpoint that may have a GIF of these screenshots, and the task they belong to. */
  server?: Server | undefined;
};

/** Assembles the items at once, shows the result, and does it again when an option changes. */
export function workbench(settings: WorkbenchSettings): Workbench {
  const { items, fileName, actions, moreActions, server } = settings;
  const assembly = new Assembly({
    onchange: show,
    nameOf: (position) => items[position]?.name ?? `Screenshot ${position + 1}`,
    server,
  });
  const waiting = assemblingPanel(posterOf(items));
  const again = progressBar("Assembling again");
  const stage = h("div", { class: "stage" });
  const stageHead = h("div", { class: "stage-head" });
  const stats = h("div", { class: "card stats-card" }, statsSkeleton());
  const steps = timeline(items, (position) => pick(position));
  let wishes = rememberedWishes();
  let mode: "replay" | "compare" = "replay";
  let shownGif: MadeGif | undefined;
  let frames: GifFrames | undefined;
  let player: Player | undefined;
  let compare: Comparison | undefined;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  let onBadFrame: "error" | "skip" = "error";

  const begin = () => void assembly.start(screenshotsOf(items), wishes, { onBadFrame, prefer: wishes.source });

  function change(next: Wishes, lasting: Wishes): void {
    wishes = next;
    rememberWishes(lasting);
    clearTimeout(timer);
    timer = setTimeout(begin, SETTLE_MS);
  }

  function show(state: AssemblyState): void {
    if (closed) return;
    const { working, gif, problem } = state;
    element.dataset.state = working ? "working" : problem ? "failed" : gif ? "ready" : "idle";
    again.element.hidden = !(working && gif);
    again.show((working && ratioOf(working)) ?? 0);
    stats.hidden = problem !== undefined;
    if (working && !gif) {
      if (!waiting.element.isConnected) fill(stage, waiting.element);
      waiting.show(working);
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

  async function present(gif: MadeGif, previousBytes: number | undefined): Promise<void> {
    const opened = await GifFrames.open(gif.blob);
    if (closed) return opened?.close();
    letGo();
    shownGif = gif;
    frames = opened;
    steps.showFates(fatesOf(gif, items));
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
      canCompare(gif) &&
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

  function showMode(gif: MadeGif): void {
    player?.close();
    compare?.close();
    player = compare = undefined;
    // Another set of options may leave fewer frames.
    const start = Math.min(frame, gif.frames.length - 1);
    if (mode === "compare" && frames && canCompare(gif)) {
      compare = comparison({ gif, frames, items, onframe: mark });
      fill(stage, compare.element);
      compare.showFrame(start);
      mark(start);
    } else {
      player = createPlayer({ gif, frames, start, describe: (index) => describe(gif, index), onframe: mark });
      fill(stage, player.element);
    }
  }

  /** Where it is known which screenshot a frame shows, and its pixels can be had. */
  function canCompare(gif: MadeGif): boolean {
    return frames !== undefined && sourcesOf(gif, items).every(({ length }) => length > 0);
  }

  function mark(index: number): void {
    frame = index;
    steps.showFrame(index);
  }

  function pick(position: number): void {
    const fate = shownGif && fatesOf(shownGif, items)[position];
    if (fate?.kind !== "shown" && fate?.kind !== "merged") return;
    player?.showFrame(fate.frame);
    compare?.showFrame(fate.frame);
    mark(fate.frame);
  }

  function describe(gif: MadeGif, index: number): string {
    const source = sourcesOf(gif, items)[index]?.[0];
    const item = source === undefined ? undefined : items[source];
    const place = `Step ${index + 1} of ${gif.frames.length}`;
    return item ? `${place}: ${item.goal || item.name}` : place;
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
      h(
        "section",
        { class: "card" },
        h("h2", { class: "card-title" }, "Options"),
        optionsPanel(wishes, change, { hasServer: server !== undefined }),
      ),
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
      steps.close();
      assembly.close();
    },
  };
}

/** The first picture that shows a page. */
function posterOf(items: Item[]): string | undefined {
  return (items.find(({ url }) => url === undefined || hostAndPath(url) !== undefined) ?? items[0])?.picture;
}
