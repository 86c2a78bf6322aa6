import { describeFailure } from "task-gif/failures";
import { compareChoice } from "../comparison/compare-choice.ts";
import { failurePanel } from "../replay/status-panels.ts";
import { hrefOf } from "../router.ts";
import type { TaskSource, TaskSummary } from "../tasks/task.ts";
import { taskGrid } from "../tasks/task-grid.ts";
import { DEFAULT_QUERY, findTasks } from "../tasks/task-query.ts";
import { type ListChoices, queryControls } from "../tasks/task-query-controls.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import type { View } from "./view.ts";

// The query is kept while the user visits a task.
let chosen: ListChoices = { query: DEFAULT_QUERY, layout: "cards" };

/** The list of tasks, with search, filters and order. It keeps itself up to date. */
export function taskListView(source: TaskSource): View {
  const leaving = new AbortController();
  const grid = taskGrid();
  const choice = compareChoice(grid.element);
  const results = h("div", { "aria-busy": "true" }, h("div", { class: "task-list" }, ...skeletons()));
  const count = h("p", { class: "muted numbers", "aria-live": "off" }, INTRODUCTION);
  const controls = queryControls(chosen, (next) => {
    chosen = next;
    draw();
  });
  let tasks: TaskSummary[] = [];
  let announced = "";

  const element = h(
    "div",
    { class: "page list" },
    h(
      "div",
      { class: "page-head" },
      h("div", {}, h("h1", {}, "Tasks"), count),
      h(
        "div",
        { class: "head-actions" },
        choice.button,
        h("a", { class: "button primary", href: hrefOf({ view: "new" }) }, icon("plus"), "New replay"),
      ),
    ),
    controls.element,
    choice.element,
    results,
  );

  function draw(): void {
    const { query, layout } = chosen;
    const found = findTasks(tasks, query);
    const told = formatCount(found.length, "task");
    results.setAttribute("aria-busy", "false");
    count.textContent = found.length === tasks.length ? INTRODUCTION : `${told} of ${tasks.length}`;
    grid.element.classList.toggle("rows", layout === "rows");
    const choice = JSON.stringify(query);
    if (found.length > 0) {
      grid.show(found, drop, choice !== announced);
      if (!grid.element.isConnected) fill(results, grid.element);
    } else {
      fill(results, tasks.length === 0 ? nothingYet() : nothingFound());
    }
    // Changes without the user's action are not announced: screen readers would be interrupted all the time.
    if (choice !== announced) announce(told);
    // The browser would keep the end of a shorter list in view, and the grid would add cards without end.
    if (choice !== announced && announced !== "") scrollTo(0, 0);
    announced = choice;
  }

  const drop = dropCard();

  function nothingFound(): HTMLElement {
    const clear = () => {
      chosen = { ...chosen, query: DEFAULT_QUERY };
      controls.show(chosen);
      draw();
      controls.focus();
    };
    return h(
      "div",
      { class: "notice" },
      h("div", { class: "notice-icon" }, icon("search")),
      h("h2", {}, "No task fits"),
      h("p", { class: "muted" }, "Try fewer words, another status or another date."),
      h(
        "div",
        { class: "notice-actions" },
        h("button", { class: "button", type: "button", onclick: clear }, "Show all"),
      ),
    );
  }

  async function load(): Promise<void> {
    try {
      await source.follow((next) => {
        tasks = next;
        draw();
      }, leaving.signal);
    } catch (error) {
      if (leaving.signal.aborted) return;
      const failure = describeFailure(error, { subject: "The list of tasks" });
      console.error(`${failure.code}: ${failure.message}`);
      fill(results, failurePanel(failure, [{ label: "Try again", run: () => void load() }]));
    }
  }

  void load();
  return {
    element,
    title: "",
    close() {
      leaving.abort();
      grid.close();
    },
  };
}

const INTRODUCTION =
  "Every task as a replay: the GIF of the server, or one that your own browser makes of the screenshots.";

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
