import { explain } from "../assembly/explain-error.ts";
import { PictureFile } from "../replay/lazy-picture.ts";
import type { Item } from "../replay/screenshot.ts";
import { problemPanel } from "../replay/status-panels.ts";
import { type Workbench, workbench } from "../replay/workbench.ts";
import { hrefOf } from "../router.ts";
import { fileNameFor } from "../share/buttons.ts";
import type { ReportContent } from "../share/save-report.ts";
import type { Endpoint } from "../tasks/endpoint.ts";
import { statusBadge } from "../tasks/status.ts";
import type { Step, Task, TaskSource } from "../tasks/task.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount, formatDuration, formatMoment } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { notFound } from "./not-found.ts";
import type { View } from "./view.ts";

const LEAST_SCREENSHOTS = 2;

/** One execution: what it was about, and its replay on the workbench. */
export function executionView(source: TaskSource, endpoint: Endpoint | undefined, id: string): View {
  const element = h("div", { class: "page wide" }, loading());
  const leaving = new AbortController();
  let bench: Workbench | undefined;

  async function load(): Promise<void> {
    fill(element, loading());
    try {
      const task = await source.get(id);
      if (leaving.signal.aborted) return;
      if (!task) {
        element.replaceWith(
          notFound("This execution does not exist", "It may have been removed, or the link is cut off."),
        );
        return;
      }
      document.title = `${task.task} · task-gif`;
      const actions = h("div", { class: "head-actions" });
      const body = h("div", { class: "execution-body" });
      fill(element, head(task, actions), body);
      const items = itemsOf(task, leaving.signal);
      if (items.length < LEAST_SCREENSHOTS) {
        fill(body, tooFew(task, items));
        return;
      }
      bench = workbench({
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
      if (leaving.signal.aborted) return;
      const problem = explain(error, () => "This execution");
      fill(element, problemPanel(problem, [{ label: "Try again", run: () => void load() }]));
    }
  }

  void load();
  return {
    element,
    title: "Execution",
    close() {
      leaving.abort();
      bench?.close();
    },
  };
}

function head(task: Task, actions: HTMLElement): HTMLElement {
  return h(
    "div",
    { class: "execution-head" },
    h("a", { class: "back", href: hrefOf({ view: "executions" }) }, icon("arrow-left"), "Executions"),
    h("div", { class: "head-row" }, h("h1", { class: "execution-name" }, task.task), actions),
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
function itemsOf(task: Task, signal: AbortSignal): Item[] {
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
function describeStep({ number, goal, url, timestampMs }: Step): Item["about"] {
  return {
    number,
    ...(goal !== "" && { caption: goal }),
    ...(url !== undefined && { url }),
    ...(timestampMs !== undefined && { timestampMs }),
  };
}

/** What a report tells of the task; the link is for those who can reach this page. */
function reportOf(task: Task, items: Item[]): ReportContent {
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

function tooFew(task: Task, items: Item[]): HTMLElement {
  const [only] = items;
  return h(
    "div",
    { class: "card too-few", "data-state": "too-few" },
    only && h("img", { src: only.picture, alt: `${only.name}: ${only.goal}` }),
    h(
      "div",
      { class: "notice" },
      h("div", { class: "notice-icon" }, icon("image")),
      h("h2", {}, items.length === 0 ? "This task has no screenshots" : "Only one screenshot was taken"),
      h("p", { class: "muted" }, `A replay needs at least ${LEAST_SCREENSHOTS}. ${task.output ?? ""}`),
      h("code", {}, "TOO_FEW_SCREENSHOTS"),
    ),
  );
}

function loading(): HTMLElement {
  return h(
    "div",
    { "aria-busy": "true" },
    h(
      "div",
      { class: "execution-head" },
      h("span", { class: "skeleton line wide" }),
      h("span", { class: "skeleton line" }),
    ),
    h("div", { class: "card stage-card loading skeleton" }),
  );
}
