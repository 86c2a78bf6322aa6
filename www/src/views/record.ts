import { describeFailure } from "task-gif/failures";
import type { Run } from "task-gif/runs";
import { type DroppedRecord, isPictureFolder } from "../records/dropped-record.ts";
import { runCard, runHead } from "../records/run-card.ts";
import { type RunScreenshots, runScreenshots } from "../records/run-screenshots.ts";
import { type ReplayEditor, replayEditor } from "../replay/replay-editor.ts";
import { failurePanel, progressBar, type Remedy } from "../replay/status-panels.ts";
import { LEAST_SCREENSHOTS, tooFewCard } from "../replay/too-few-screenshots.ts";
import { goTo, hrefOf } from "../router.ts";
import { fileNameFor } from "../share/replay-actions.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { markUnsaved } from "../unsaved-work.ts";
import { notFound } from "./not-found.ts";
import type { View } from "./view.ts";

/** The record counts as unsaved work until a GIF of it is saved. */
const WORK = "record";

/**
 * The view of a dropped record: the list of its runs, or the replay of one of them.
 *
 * @param run Number of the run in the address, from 1.
 * @param onpictures Called with the sorted pictures of a plain folder, for the view that arranges them.
 */
export function recordView(
  record: DroppedRecord | undefined,
  run: number | undefined,
  onpictures: (files: File[]) => void,
): View {
  if (!record) return gone();
  const element = h("div", { class: "page wide" });
  const leaving = new AbortController();
  let bench: ReplayEditor | undefined;
  let shown: RunScreenshots | undefined;

  async function load(dropped: DroppedRecord, order?: "name" | "time"): Promise<void> {
    const bar = progressBar("Reading the record");
    fill(element, reading(dropped.name, bar.element));
    try {
      const runs = await dropped.runs(({ done, total }) => bar.show(total > 0 ? done / total : 0), order);
      if (leaving.signal.aborted) return;
      const [only] = runs;
      if (only && runs.length === 1 && isPictureFolder(only)) return await handOver(only);
      markUnsaved(WORK, !dropped.isSaved);
      const chosen = run === undefined ? (runs.length === 1 ? only : undefined) : runs[run - 1];
      if (chosen) await replay(dropped, chosen, runs.length > 1, bar.show);
      else list(dropped, runs);
    } catch (error) {
      if (leaving.signal.aborted) return;
      const failure = describeFailure(error, { nameOf: () => dropped.name, subject: dropped.name });
      console.error(`${failure.code}: ${failure.message}`);
      fill(element, failurePanel(failure, remediesFor(error, dropped)));
    }
  }

  function remediesFor(error: unknown, dropped: DroppedRecord): Remedy[] {
    const other = { label: "Choose something else", run: () => goTo({ view: "new" }) };
    if ((error as { code?: unknown }).code !== "ORDER_UNKNOWN") return [other];
    return [{ label: "Order them by time", run: () => void load(dropped, "time") }, other];
  }

  async function handOver({ screenshots }: Run): Promise<void> {
    const { items } = await runScreenshots({ screenshots } as Run, () => {});
    const files = items.flatMap(({ file: { blob } }, i) =>
      blob ? [new File([blob], `screenshot ${i + 1}`, { type: blob.type })] : [],
    );
    if (!leaving.signal.aborted) onpictures(files);
  }

  function list({ name }: DroppedRecord, runs: readonly Run[]): void {
    fill(
      element,
      h(
        "div",
        { class: "page-head" },
        h(
          "div",
          {},
          h("h1", {}, `${formatCount(runs.length, "run")} in ${name}`),
          h("p", { class: "muted" }, "Choose the one to replay. Nothing of it leaves this machine."),
        ),
      ),
      h("div", { class: "task-list" }, ...runs.map((each, i) => runCard(each, i + 1))),
    );
    announce(formatCount(runs.length, "run"));
  }

  async function replay(
    dropped: DroppedRecord,
    chosen: Run,
    hasOthers: boolean,
    onratio: (ratio: number) => void,
  ): Promise<void> {
    const { screenshots, name = "Replay" } = chosen;
    const found = await runScreenshots(chosen, (done) => onratio(done / screenshots.length));
    if (leaving.signal.aborted) return found.close();
    shown = found;
    const actions = h("div", { class: "head-actions" });
    const body = h("div", { class: "task-body" });
    fill(element, runHead(chosen, actions, hasOthers), body);
    if (found.items.length < LEAST_SCREENSHOTS) {
      const action = h("a", { class: "button", href: hrefOf({ view: "new" }) }, "New replay");
      fill(body, tooFewCard({ items: found.items, isRunning: false, action }));
      return;
    }
    bench = replayEditor({
      items: found.items,
      fileName: fileNameFor(name),
      actions,
      title: name,
      hasTitle: chosen.name !== undefined,
      hasLink: false,
      report: {
        task: {
          task: name,
          ...(chosen.status && { status: chosen.status }),
          ...(chosen.error && { output: chosen.error }),
          ...(chosen.startedAtMs !== undefined && { created_at: new Date(chosen.startedAtMs).toISOString() }),
        },
        steps: found.items.map(({ about }) => about),
      },
      edits: dropped.edits.get(run ?? 1),
      onedit: (edits) => {
        dropped.edits.set(run ?? 1, edits);
        noteSaved(dropped, false);
      },
      onsave: () => noteSaved(dropped, true),
    });
    fill(body, bench.element);
  }

  void load(record);
  return {
    element,
    title: record.name,
    close() {
      leaving.abort();
      bench?.close();
      shown?.close();
    },
  };
}

function noteSaved(record: DroppedRecord, isSaved: boolean): void {
  record.isSaved = isSaved;
  markUnsaved(WORK, !isSaved);
}

/** Shown after a reload: files do not survive it. */
function gone(): View {
  return {
    element: notFound("This record is not open any more", "Files are not kept. Drop it here once more."),
    title: "Record",
    close() {},
  };
}

function reading(name: string, bar: HTMLElement): HTMLElement {
  return h(
    "div",
    { class: "notice", "aria-busy": "true" },
    h("div", { class: "notice-icon" }, icon("layers")),
    h("h2", {}, `Reading ${name}`),
    bar,
  );
}
