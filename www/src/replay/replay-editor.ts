import type { TaskGif } from "task-gif";
import type { Failure } from "task-gif/failures";
import { type AssemblyState, GifAssembler } from "../assembly/gif-assembler.ts";
import type { EndpointTask, MadeGif } from "../assembly/load-or-assemble.ts";
import { editPanel } from "../edits/edit-panel.ts";
import { editedScreenshots, hasEdits, NO_EDITS, type StepEdits, shownSteps } from "../edits/step-edits.ts";
import { optionsPanel } from "../options/options-panel.ts";
import { readSavedOptions, type SavedOptions, saveOptions } from "../options/saved-options.ts";
import { replayActions } from "../share/replay-actions.ts";
import type { ReportContent } from "../share/save-report.ts";
import { openShareDialog } from "../share/share-dialog.ts";
import { hostAndPath } from "../tasks/host-and-path.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { nextMacrotask } from "../ui/next-macrotask.ts";
import { tabs } from "../ui/tabs.ts";
import { toast } from "../ui/toast.ts";
import { readEmbeddedSteps } from "./embedded-steps.ts";
import { gifViewer } from "./gif-viewer.ts";
import { type ReplayScreenshot, screenshotsOf } from "./screenshot.ts";
import { isInDoubt, outcomesOf } from "./screenshot-outcomes.ts";
import { statsRow, statsSkeleton } from "./stats.ts";
import { assemblingPanel, failurePanel, progressBar, type Remedy, ratioOf } from "./status-panels.ts";
import { stepList } from "./step-list.ts";

const SETTLE_MS = 200;
/** Time in ms that the share dialog waits for URLs from the server. */
const ADDRESS_MS = 2000;
const soon = () => AbortSignal.timeout(ADDRESS_MS);

/** The replay editor: the GIF of some screenshots, with options and steps beside it. */
export type ReplayEditor = { element: HTMLElement; close(): void };

/** Options of a replay editor. */
export type ReplayEditorSettings = {
  items: ReplayScreenshot[];
  fileName: string;
  /** Title of the replay. */
  title: string;
  /** Whether the title is suitable for a title card. */
  hasTitle: boolean;
  /** Facts for a report besides the GIF. */
  report: ReportContent;
  /** Element in the head of the view for the buttons that save and share. */
  actions: HTMLElement;
  /** Whether the page's URL shows the same replay to others. */
  hasLink: boolean;
  /** A remedy of the view for a screenshot that cannot be read, such as taking it out. */
  remedyFor?: (position: number) => Remedy;
  /** Edits to start with. */
  edits?: StepEdits | undefined;
  /** Called when the edits change. */
  onedit?: (edits: StepEdits) => void;
  /** Called when the GIF, or a report with it, was saved. */
  onsave?: () => void;
  /** The endpoint that may have a GIF of these screenshots, and the task they belong to. */
  server?: EndpointTask | undefined;
};

/** Assembles the screenshots, shows the GIF, and assembles again whenever an option changes. */
export function replayEditor(settings: ReplayEditorSettings): ReplayEditor {
  const { items, fileName, server } = settings;
  const hasCaptions = items.some(({ about }) => about.caption !== undefined);
  const assembly = new GifAssembler({
    onchange: show,
    failures: {
      nameOf: (position) => items[position]?.name ?? `Screenshot ${position + 1}`,
      addressOf: (position) => (position === undefined ? undefined : items[position]?.picture),
      subject: "The GIF",
    },
    texts: { title: settings.title, hasCaptions },
    server,
  });
  const waiting = assemblingPanel(posterOf(items));
  const again = progressBar("Assembling again");
  const onsave = () => settings.onsave?.();
  const actions = replayActions(fileName, { onsave, onshare: (gif) => void share(gif) });
  fill(settings.actions, ...actions.elements);
  const stats = h("div", { class: "card stats-card" }, statsSkeleton());
  const steps = stepList(items, (position) => screen.goTo(position));
  const screen = gifViewer({ items, title: settings.title, onstep: showStep });
  const warned = new Set<string>();
  let saved = readSavedOptions();
  let edits = settings.edits ?? NO_EDITS;
  const goals = items.map(({ goal }) => goal);
  nameSteps();
  let shownGif: MadeGif | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onBadFrame: "error" | "skip" = "error";

  const changes = editPanel(items, edits, {
    hasLink: settings.hasLink,
    onchange: edit,
    onselect: (position) => screen.goTo(position),
  });
  const options = optionsPanel(saved, change, {
    hasServer: server !== undefined,
    hasTitle: settings.hasTitle,
    hasCaptions,
  });

  const begin = () => {
    // The GIF of the server contains none of the edits.
    const prefer = hasEdits(edits) ? "local" : saved.source;
    const steps = shownSteps(items, edits);
    void assembly.start(screenshotsOf(editedScreenshots(items, edits)), saved, { onBadFrame, prefer, steps });
  };

  function showStep(position: number | undefined): void {
    steps.showStep(position);
    changes.showStep(position);
  }

  /** Updates the captions of the steps everywhere. */
  function nameSteps(): void {
    for (const [i, item] of items.entries()) item.goal = edits.captions.get(item.number) ?? goals[i]!;
  }

  function edit(next: StepEdits): void {
    edits = next;
    nameSteps();
    settings.onedit?.(next);
    beginSoon();
  }

  function change(next: SavedOptions, lasting: SavedOptions): void {
    saved = next;
    saveOptions(lasting);
    beginSoon();
  }

  function beginSoon(): void {
    actions.wait();
    clearTimeout(timer);
    timer = setTimeout(begin, SETTLE_MS);
  }

  function show(state: AssemblyState): void {
    const { working, gif, failure } = state;
    again.element.hidden = !(working && gif);
    again.show((working && ratioOf(working)) ?? 0);
    stats.hidden = failure !== undefined;
    if (failure) screen.replace(failurePanel(failure, remedies(failure)));
    else if (working && !gif) {
      if (!waiting.element.isConnected) screen.replace(waiting.element);
      waiting.show(working);
    }
    if (gif && !failure && !working) {
      if (gif !== shownGif) void present(gif, state.previousBytes);
    } else {
      // Until the new GIF is finished, nothing can be saved or shared.
      shownGif = undefined;
      const ratio = working && ratioOf(working);
      actions.wait(ratio === undefined ? undefined : Math.floor(ratio * 100));
    }
    element.dataset.state = working ? "working" : failure ? "failed" : gif ? "ready" : "idle";
  }

  function remedies({ actions, frame }: Failure): Remedy[] {
    const skip = () => {
      onBadFrame = "skip";
      begin();
    };
    return actions.map((action) => {
      if (action === "retry") return { label: "Try again", run: begin };
      const own = frame === undefined ? undefined : settings.remedyFor?.(frame);
      return own ?? { label: "Go on without it", run: skip };
    });
  }

  async function present(gif: MadeGif, previousBytes: number | undefined): Promise<void> {
    shownGif = gif;
    if (isInDoubt(gif, items)) await readEmbeddedSteps(gif, items);
    if (gif !== shownGif) return;
    steps.showFates(outcomesOf(gif, items));
    // Updating hundreds of steps and creating a player take a task each.
    await nextMacrotask();
    if (gif !== shownGif) return;
    screen.present(gif, { hasBar: saved.progressBar || (hasCaptions && saved.captions === "below") });
    fill(stats, statsRow(gif, items.length, previousBytes));
    options.showApplied(gif.source === "local");
    actions.offer(gif);
    for (const { code, message } of gif.stats.warnings) warnOnce(code, message);
    announce(`The GIF is ready: ${formatBytes(gif.blob.size)}, ${gif.frames.length} frames`);
  }

  /** Shows a warning, once for each code: every new assembly has the same warnings. */
  function warnOnce(code: string, message: string): void {
    if (!warned.has(code)) toast(message, { icon: "warning" });
    warned.add(code);
  }

  /** Returns the steps of the GIF. */
  function reportedSteps() {
    const edited = editedScreenshots(items, edits);
    const isShown = (i: number) => !edits.off.has(items[i]?.number ?? Number.NaN);
    return settings.report.steps?.map((step, i) => ({ ...step, ...edited[i]?.about })).filter((_, i) => isShown(i));
  }

  async function share(gif: TaskGif): Promise<void> {
    const { title, report } = settings;
    const [address, link] = await Promise.all([gif.source === "server" ? addressOfGif() : undefined, addressOfPage()]);
    openShareDialog({
      gif,
      fileName,
      title,
      link,
      report: { ...report, steps: reportedSteps() },
      address,
      onsave,
      onlimit: (limit, length) => options.choose({ limit, length }),
      still: () => screen.still(),
    });
  }

  /** Returns the URL of the server's GIF. */
  async function addressOfGif(): Promise<string | undefined> {
    const found = await server?.client.getTaskGif(server.taskId, { signal: soon() }).catch(() => undefined);
    return found?.gif ?? undefined;
  }

  /**
   * Returns the URL that shows this replay to others: the server's preview page, unless there are edits, or else this
   * page.
   */
  async function addressOfPage(): Promise<string | undefined> {
    if (!settings.hasLink) return undefined;
    const wanted = server && !hasEdits(edits) ? server.client.getTask(server.taskId, { signal: soon() }) : undefined;
    const task = await wanted?.catch(() => undefined);
    return task?.page_url ?? location.href;
  }

  const element = h(
    "div",
    { class: "replay-editor" },
    h(
      "div",
      { class: "replay-editor-main" },
      h("section", { class: "card stage-card", "aria-label": "Replay" }, again.element, screen.element),
      stats,
    ),
    h(
      "section",
      { class: "card side-card", "aria-label": "Steps and options" },
      tabs("Steps and options", [
        { label: "Steps", note: items.length, panel: h("div", { class: "steps-panel" }, steps.element) },
        {
          label: "Options",
          panel: h("div", {}, options.element),
        },
        { label: "Edit", panel: h("div", {}, changes.element) },
      ]).element,
    ),
  );
  screen.replace(waiting.element);
  timer = setTimeout(begin);

  return {
    element,
    close() {
      clearTimeout(timer);
      shownGif = undefined;
      screen.close();
      steps.close();
      changes.close();
      assembly.close();
    },
  };
}

/** Returns the first picture that shows a page. */
function posterOf(items: ReplayScreenshot[]): string | undefined {
  return (items.find(({ url }) => url === undefined || hostAndPath(url) !== undefined) ?? items[0])?.picture;
}
