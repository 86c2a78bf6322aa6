import { describeFailure } from "task-gif/failures";
import { failurePanel } from "../replay/status-panels.ts";
import { hrefOf } from "../router.ts";
import { groupOf, type StatusGroup } from "../tasks/status.ts";
import type { TaskSource, TaskSummary } from "../tasks/task.ts";
import { taskCard } from "../tasks/task-card.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { segmented } from "../ui/segmented.ts";
import type { View } from "./view.ts";

type Filter = StatusGroup | "all";

// The filter outlives a look at one task and back.
let text = "";
let filter: Filter = "all";

/** The list of tasks, with search and a filter by status. */
export function taskListView(source: TaskSource): View {
  const results = h("div", { class: "task-list", "aria-busy": "true" }, ...skeletons());
  const search = h("input", {
    type: "search",
    class: "search-input",
    placeholder: "Search tasks",
    "aria-label": "Search tasks",
    value: text,
    oninput: () => {
      text = search.value;
      draw();
    },
  });
  const choices: { value: Filter; label: string }[] = [
    { value: "all", label: "All" },
    { value: "finished", label: "Finished" },
    { value: "failed", label: "Failed" },
    { value: "stopped", label: "Stopped" },
  ];
  let tasks: TaskSummary[] = [];

  const element = h(
    "div",
    { class: "page list" },
    h(
      "div",
      { class: "page-head" },
      h(
        "div",
        {},
        h("h1", {}, "Tasks"),
        h(
          "p",
          { class: "muted" },
          "Every task as a replay: the GIF of the server, or one that your own browser makes of the screenshots.",
        ),
      ),
      h("a", { class: "button primary", href: hrefOf({ view: "new" }) }, icon("plus"), "New replay"),
    ),
    h(
      "div",
      { class: "filters" },
      h("label", { class: "search" }, icon("search"), search),
      segmented<Filter>({
        label: "Status",
        value: filter,
        choices,
        onchange: (value) => {
          filter = value;
          draw();
        },
      }),
    ),
    results,
  );

  function draw(): void {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const found = tasks.filter(
      (task) =>
        (filter === "all" || groupOf(task.status) === filter) &&
        words.every((word) => `${task.task} ${task.words}`.toLowerCase().includes(word)),
    );
    results.setAttribute("aria-busy", "false");
    if (found.length > 0) fill(results, ...found.map(taskCard), dropCard());
    else fill(results, tasks.length === 0 ? nothingYet() : nothingFound());
    announce(formatCount(found.length, "task"));
  }

  function nothingFound(): HTMLElement {
    const clear = () => {
      search.value = text = "";
      for (const radio of element.querySelectorAll<HTMLInputElement>(".filters input[value=all]")) radio.checked = true;
      filter = "all";
      draw();
      search.focus();
    };
    return h(
      "div",
      { class: "notice" },
      h("div", { class: "notice-icon" }, icon("search")),
      h("h2", {}, "No task fits"),
      h("p", { class: "muted" }, "Try fewer words or another status."),
      h(
        "div",
        { class: "notice-actions" },
        h("button", { class: "button", type: "button", onclick: clear }, "Show all"),
      ),
    );
  }

  async function load(): Promise<void> {
    try {
      tasks = await source.list();
      draw();
    } catch (error) {
      const failure = describeFailure(error, { subject: "The list of tasks" });
      console.error(`${failure.code}: ${failure.message}`);
      fill(results, failurePanel(failure, [{ label: "Try again", run: () => void load() }]));
    }
  }

  void load();
  return { element, title: "", close() {} };
}

function skeletons(): HTMLElement[] {
  return Array.from({ length: 6 }, () =>
    h(
      "div",
      { class: "task-card placeholder", "aria-hidden": "true" },
      h("div", { class: "task-thumb skeleton" }),
      h("div", { class: "task-text" }, h("span", { class: "skeleton" }), h("span", { class: "skeleton short" })),
    ),
  );
}

function dropCard(): HTMLElement {
  return h(
    "a",
    { class: "task-card drop-card", href: hrefOf({ view: "new" }) },
    icon("upload"),
    h("strong", {}, "Your own screenshots"),
    h("span", { class: "muted" }, "Drop or paste them anywhere on this page"),
  );
}

function nothingYet(): HTMLElement {
  return h(
    "div",
    { class: "notice" },
    h("div", { class: "notice-icon" }, icon("layers")),
    h("h2", {}, "No tasks yet"),
    h("p", { class: "muted" }, "Finished tasks appear here. Until then, make a replay out of your own screenshots."),
    h(
      "div",
      { class: "notice-actions" },
      h("a", { class: "button primary", href: hrefOf({ view: "new" }) }, "New replay"),
    ),
  );
}
