import { describeFailure } from "task-gif/failures";
import { PictureFile } from "../replay/lazy-picture.ts";
import { type ReplayEditor, replayEditor } from "../replay/replay-editor.ts";
import type { ReplayScreenshot } from "../replay/screenshot.ts";
import { failurePanel } from "../replay/status-panels.ts";
import { LEAST_SCREENSHOTS, tooFewCard } from "../replay/too-few-screenshots.ts";
import { hrefOf } from "../router.ts";
import { fileNameFor } from "../share/buttons.ts";
import type { ReportContent } from "../share/save-report.ts";
import type { Endpoint } from "../tasks/endpoint.ts";
import { groupOf, statusBadge } from "../tasks/status.ts";
import type { Step, Task, TaskSource } from "../tasks/task.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount, formatDuration, formatMoment } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { notFound } from "./not-found.ts";
import type { View } from "./view.ts";

/** How long the server may be silent before that is said. */
const SILENCE_MS = 1500;
/** Pause before a task that goes on is asked for again while it has too few screenshots. */
const POLL_MS = 2000;

/** One task: what it was about, and its replay in the replay editor. */
export function taskView(source: TaskSource, endpoint: Endpoint | undefined, id: string): View {
  const element = h("div", { class: "page wide" }, loading());
  const leaving = new AbortController();
  let bench: ReplayEditor | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What was told of a task that has too few screenshots; told again only when it changes. */
  let told = "";

  async function load(): Promise<void> {
    const silence = setTimeout(() => {
      if (element.firstElementChild?.ariaBusy) element.prepend(unanswered());
    }, SILENCE_MS);
    try {
      const task = await source.get(id);
      clearTimeout(silence);
      if (leaving.signal.aborted) return;
      if (!task) {
        const { title, advice } = describeFailure({ code: "NOT_FOUND" });
        element.replaceWith(notFound(title, advice));
        return;
      }
      const hasTooFew = task.steps.length < LEAST_SCREENSHOTS;
      const isRunning = groupOf(task.status) === "running";
      if (hasTooFew && isRunning) timer = setTimeout(() => void load(), POLL_MS);
      const facts = `${task.status} ${task.steps.length}`;
      if (hasTooFew && facts === told) return;
      told = facts;
      document.title = `${task.task} · task-gif`;
      const actions = h("div", { class: "head-actions" });
      const body = h("div", { class: "task-body" });
      fill(element, head(task, actions), body);
      const items = itemsOf(task, leaving.signal);
      if (hasTooFew) {
        fill(body, tooFewCard({ items, isRunning }));
        return;
      }
      bench = replayEditor({
        items,
        fileName: fileNameFor(task.task),
        actions,
        title: task.task,
        hasTitle: true,
        hasLink: true,
        report: reportOf(task, items),
        server: endpoint && { ...endpoint, taskId: id },
      });
      fill(body, bench.element);
    } catch (error) {
      clearTimeout(silence);
      if (leaving.signal.aborted) return;
      const failure = describeFailure(error, { nameOf: () => "This task", subject: "This task" });
      console.error(`${failure.code}: ${failure.message}`);
      told = "";
      const again = () => {
        fill(element, loading());
        void load();
      };
      fill(element, failurePanel(failure, failure.actions.length > 0 ? [{ label: "Try again", run: again }] : []));
    }
  }

  void load();
  return {
    element,
    title: "Task",
    close() {
      leaving.abort();
      clearTimeout(timer);
      bench?.close();
    },
  };
}

function head(task: Task, actions: HTMLElement): HTMLElement {
  return h(
    "div",
    { class: "task-head" },
    h("a", { class: "back", href: hrefOf({ view: "tasks" }) }, icon("arrow-left"), "Tasks"),
    h("div", { class: "head-row" }, h("h1", { class: "task-name" }, task.task), actions),
    h(
      "div",
      { class: "head-meta numbers" },
      statusBadge(task.status),
      h("span", { class: "fact" }, icon("layers"), formatCount(task.steps.length, "step")),
      task.durationMs !== undefined && h("span", { class: "fact" }, icon("clock"), formatDuration(task.durationMs)),
      task.createdAt &&
        h("time", { class: "fact", datetime: task.createdAt.toISOString() }, formatMoment(task.createdAt)),
      task.output !== undefined && h("span", { class: "head-output" }, task.output),
    ),
  );
}

/** The screenshots of a task, each of which is fetched when it is needed. */
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

/** What the library is told about a step beside its picture. */
function describeStep({ number, goal, url, timestampMs }: Step): ReplayScreenshot["about"] {
  return {
    number,
    ...(goal !== "" && { caption: goal }),
    ...(url !== undefined && { url }),
    ...(timestampMs !== undefined && { timestampMs }),
  };
}

/** What a report tells of the task; the link is for those who can reach this page. */
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

/** Stands above what is loading. */
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
