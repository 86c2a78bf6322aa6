import { describeFailure } from "task-gif/failures";
import { fromQuery, toQuery } from "../edits/step-edits.ts";
import { type LiveTask, liveTask } from "../live/live-task.ts";
import { PictureFile } from "../replay/lazy-picture.ts";
import { type ReplayEditor, replayEditor } from "../replay/replay-editor.ts";
import type { ReplayScreenshot } from "../replay/screenshot.ts";
import { failurePanel } from "../replay/status-panels.ts";
import { LEAST_SCREENSHOTS, tooFewCard } from "../replay/too-few-screenshots.ts";
import { hrefOf, type Route } from "../router.ts";
import { fileNameFor } from "../share/replay-actions.ts";
import type { ReportContent } from "../share/save-report.ts";
import type { Endpoint } from "../tasks/endpoint.ts";
import { groupOf } from "../tasks/status.ts";
import type { Step, Task, TaskSource } from "../tasks/task.ts";
import { taskHead } from "../tasks/task-head.ts";
import { taskMenu } from "../tasks/task-menu.ts";
import { fill, h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import { toast } from "../ui/toast.ts";
import { pauseWhileVisible } from "../ui/while-visible.ts";
import { notFound } from "./not-found.ts";
import type { View } from "./view.ts";

type TaskRoute = Extract<Route, { view: "task" }>;

/** Time in ms without a response after which the page shows a note. */
const SILENCE_MS = 1500;
/** Pause in ms before an unreachable server is asked again about a running task. */
const AGAIN_MS = 4000;

/** The view of one task: its facts and the replay editor; for a running task, the steps so far. */
export function taskView(source: TaskSource, endpoint: Endpoint | undefined, route: TaskRoute): View {
  const { id } = route;
  const element = h("div", { class: "page wide" }, loading());
  const leaving = new AbortController();
  const { signal } = leaving;
  const head = taskHead();
  const body = h("div", { class: "task-body" });
  let editor: ReplayEditor | undefined;
  let live: LiveTask | undefined;
  /** Whether the user replays the steps so far of a running task. */
  let isReplaying = false;

  async function load(): Promise<void> {
    const silence = setTimeout(() => {
      if (element.firstElementChild?.ariaBusy) element.prepend(unanswered());
    }, SILENCE_MS);
    try {
      while (!(await follow(() => clearTimeout(silence)))) await pauseWhileVisible(AGAIN_MS, signal);
    } catch (error) {
      clearTimeout(silence);
      if (signal.aborted) return;
      const failure = describeFailure(error, { nameOf: () => "This task", subject: "This task" });
      console.error(`${failure.code}: ${failure.message}`);
      const again = () => {
        fill(element, loading());
        void load();
      };
      fill(element, failurePanel(failure, failure.actions.length > 0 ? [{ label: "Try again", run: again }] : []));
    }
  }

  /** Shows the task and its changes; resolves to whether it has ended. */
  async function follow(onanswer: () => void): Promise<boolean> {
    try {
      for await (const task of source.watch(id, signal)) {
        onanswer();
        if (signal.aborted) return true;
        if (!task) {
          const { title, advice } = describeFailure({ code: "NOT_FOUND" });
          element.replaceWith(notFound(title, advice));
          return true;
        }
        present(task);
      }
      return true;
    } catch (error) {
      if (!live || signal.aborted) throw error;
      live.warn("The server does not answer: this may be old.");
      return false;
    }
  }

  function present(task: Task): void {
    if (!head.element.isConnected) fill(element, head.element, body);
    head.show(task);
    showTools(task);
    if (groupOf(task.status) === "running") presentLive(task);
    else if (isReplaying) offerEnd(task);
    else replay(task);
  }

  function showTools(task: Task): void {
    if (!source.changes || head.tools.childElementCount > 0) return;
    fill(head.tools, ...taskMenu(task, source.changes, (name) => head.rename(name)));
  }

  function presentLive(task: Task): void {
    live ??= liveTask(task.task, signal);
    live.warn();
    live.show(task);
    if (isReplaying) return;
    if (!live.element.isConnected) fill(body, live.element);
    fill(
      head.actions,
      task.steps.length >= LEAST_SCREENSHOTS && button("play", "Replay so far", () => replaySoFar(task)),
    );
  }

  function replaySoFar(task: Task): void {
    isReplaying = true;
    replay(task, () => {
      isReplaying = false;
      editor?.close();
      editor = undefined;
      presentLive(task);
    });
  }

  /** Offers the whole replay of a task that has ended, without taking the user away from the steps so far. */
  function offerEnd(task: Task): void {
    const run = () => {
      isReplaying = false;
      replay(task);
    };
    toast("The task is over", { action: { label: "Show the whole replay", run } });
    fill(body.querySelector(".live-back") ?? h("span"), button("play", "The task is over: show the whole replay", run));
  }

  function replay(task: Task, onback?: () => void): void {
    editor?.close();
    editor = undefined;
    const items = itemsOf(task, signal);
    fill(head.actions);
    if (items.length < LEAST_SCREENSHOTS) {
      fill(body, tooFewCard({ items, isRunning: false }));
      return;
    }
    editor = replayEditor({
      items,
      fileName: fileNameFor(task.task),
      actions: head.actions,
      title: task.task,
      hasTitle: true,
      hasLink: true,
      report: reportOf(task, items),
      edits: fromQuery(route.edits ?? ""),
      onedit: (edits) => history.replaceState(null, "", hrefOf({ view: "task", id, edits: toQuery(edits) })),
      server: endpoint && { ...endpoint, taskId: id },
    });
    fill(
      body,
      onback && h("div", { class: "live-back" }, button("arrow-left", "Back to live", onback)),
      editor.element,
    );
  }

  void load();
  return {
    element,
    title: "Task",
    close() {
      leaving.abort();
      head.close();
      editor?.close();
    },
  };
}

function button(name: "play" | "arrow-left", label: string, onclick: () => void): HTMLElement {
  return h("button", { class: "button", type: "button", onclick }, icon(name), label);
}

/** Returns the screenshots of a task. Each is fetched on demand. */
function itemsOf(task: Task, signal: AbortSignal): ReplayScreenshot[] {
  return task.steps.map((step) => ({
    name: `Step ${step.number}`,
    number: step.number,
    goal: step.goal,
    url: step.url,
    picture: step.screenshot,
    file: PictureFile.at(step.screenshot, signal),
    about: describeStep(step),
  }));
}

/** Returns the facts of a step for the library. */
function describeStep({ number, goal, url, timestampMs }: Step): ReplayScreenshot["about"] {
  return {
    number,
    ...(goal !== "" && { caption: goal }),
    ...(url !== undefined && { url }),
    ...(timestampMs !== undefined && { timestampMs }),
  };
}

/** Returns the facts of a task for a report. Its link works for people who can reach this page. */
function reportOf(task: Task, items: ReplayScreenshot[]): ReportContent {
  return {
    task: {
      id: task.id,
      task: task.task,
      status: task.status,
      output: task.output ?? null,
      created_at: task.createdAt?.toISOString() ?? null,
      ...(task.createdAt &&
        task.durationMs !== undefined && {
          finished_at: new Date(task.createdAt.getTime() + task.durationMs).toISOString(),
        }),
    },
    steps: items.map(({ about }) => about),
    links: [{ label: "Replay in the dashboard", url: location.href }],
  };
}

/** The head while the task is loading. */
function unanswered(): HTMLElement {
  const { title, advice } = describeFailure({ code: navigator.onLine ? "UNANSWERED" : "OFFLINE" });
  return h("div", { class: "notice", role: "status" }, h("h2", {}, title), h("p", { class: "muted" }, advice));
}

function loading(): HTMLElement {
  return h(
    "div",
    { "aria-busy": "true" },
    h("div", { class: "task-head" }, h("span", { class: "skeleton line wide" }), h("span", { class: "skeleton line" })),
    h("div", { class: "card stage-card loading skeleton" }),
  );
}
