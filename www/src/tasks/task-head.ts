import { hrefOf } from "../router.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount, formatDuration, formatMoment } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { groupOf, statusBadge } from "./status.ts";
import type { Task } from "./task.ts";

/** The head of a task's page: name, facts, buttons. */
export type TaskHead = {
  element: HTMLElement;
  /** Element for the buttons of the current view. */
  actions: HTMLElement;
  /** Element for the buttons of the task. */
  tools: HTMLElement;
  show(task: Task): void;
  /** Shows a new name. */
  rename(name: string): void;
  close(): void;
};

const SECOND_MS = 1000;

/** An empty head. */
export function taskHead(): TaskHead {
  const name = h("h1", { class: "task-name" });
  const actions = h("div", { class: "head-actions" });
  const tools = h("div", { class: "head-actions head-tools" });
  const meta = h("div", { class: "head-meta numbers" });
  const clock = h("span", {});
  let shown = "";
  let timer: ReturnType<typeof setInterval> | undefined;

  /** Shows how long a task has been running. */
  function tick({ createdAt }: Task): void {
    if (createdAt) clock.textContent = `for ${formatDuration(Math.max(0, Date.now() - createdAt.getTime()))}`;
  }

  function rename(text: string): void {
    document.title = `${text} · task-gif`;
    name.textContent = text;
  }

  return {
    element: h(
      "div",
      { class: "task-head" },
      h("a", { class: "back", href: hrefOf({ view: "tasks" }) }, icon("arrow-left"), "Tasks"),
      h("div", { class: "head-row" }, name, h("div", { class: "head-buttons" }, tools, actions)),
      meta,
    ),
    actions,
    tools,
    show(task) {
      const { steps, durationMs, createdAt, output, status } = task;
      const isRunning = groupOf(status) === "running";
      rename(task.task);
      const facts = JSON.stringify([status, steps.length, durationMs, createdAt, output]);
      if (facts === shown) return;
      shown = facts;
      clearInterval(timer);
      if (isRunning && createdAt) {
        tick(task);
        timer = setInterval(() => tick(task), SECOND_MS);
      }
      fill(
        meta,
        statusBadge(status),
        h("span", { class: "fact" }, icon("layers"), formatCount(steps.length, "step")),
        durationMs !== undefined && h("span", { class: "fact" }, icon("clock"), formatDuration(durationMs)),
        isRunning && createdAt && h("span", { class: "fact" }, icon("clock"), clock),
        createdAt && h("time", { class: "fact", datetime: createdAt.toISOString() }, formatMoment(createdAt)),
        output !== undefined && h("span", { class: "head-output" }, output),
      );
    },
    rename,
    close: () => clearInterval(timer),
  };
}
