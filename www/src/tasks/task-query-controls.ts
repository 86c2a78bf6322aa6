import { fill, h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import { segmented } from "../ui/segmented.ts";
import type { TaskQuery } from "./task-query.ts";

/** How the tasks are laid out. */
export type TaskLayout = "cards" | "rows";

/** The query and layout that the controls have set. */
export type ListChoices = { query: TaskQuery; layout: TaskLayout };

/** The controls above the list of tasks. */
export type QueryControls = {
  element: HTMLElement;
  /** Updates the controls to a query. */
  show(choices: ListChoices): void;
  /** Moves the focus to the search. */
  focus(): void;
};

/** Builds the controls for search, status, date, order and layout. Each change is reported immediately. */
export function queryControls(first: ListChoices, onchange: (choices: ListChoices) => void): QueryControls {
  let choices = first;
  const element = h("div", { class: "filters" });
  const change = (part: Partial<TaskQuery>) => {
    choices = { ...choices, query: { ...choices.query, ...part } };
    between.hidden = choices.query.days !== "between";
    onchange(choices);
  };
  const search = h("input", {
    type: "search",
    class: "search-input",
    placeholder: "Search tasks, goals, addresses, results",
    "aria-label": "Search tasks, goals, addresses and results",
    oninput: () => change({ text: search.value }),
  });
  const day = (name: "from" | "to", label: string) =>
    h(
      "label",
      { class: "date-field" },
      h("span", {}, label),
      h("input", {
        type: "date",
        class: "field",
        value: choices.query[name],
        onchange: (event: Event) => change({ [name]: (event.target as HTMLInputElement).value }),
      }),
    );
  const between = h("div", { class: "date-range", role: "group", "aria-label": "Began between" });

  function draw(): void {
    const { query, layout } = choices;
    search.value = query.text;
    fill(between, day("from", "From"), day("to", "to"));
    between.hidden = query.days !== "between";
    fill(
      element,
      h("label", { class: "search" }, icon("search"), search),
      segmented<TaskQuery["status"]>({
        label: "Status",
        value: query.status,
        choices: [
          { value: "all", label: "All" },
          { value: "running", label: "Running" },
          { value: "finished", label: "Finished" },
          { value: "failed", label: "Failed" },
          { value: "stopped", label: "Stopped" },
        ],
        onchange: (status) => change({ status }),
      }),
      h(
        "div",
        { class: "filter-selects" },
        select("Date", query.days, DAYS, (days) => change({ days })),
        select("Order", query.order, ORDERS, (order) => change({ order })),
        segmented<TaskLayout>({
          label: "Layout",
          value: layout,
          choices: [
            { value: "cards", label: "Cards" },
            { value: "rows", label: "Rows" },
          ],
          onchange: (next) => {
            choices = { ...choices, layout: next };
            onchange(choices);
          },
        }),
      ),
      between,
    );
  }

  draw();
  return {
    element,
    show(next) {
      choices = next;
      draw();
    },
    focus: () => search.focus(),
  };
}

const DAYS: [TaskQuery["days"], string][] = [
  ["all", "Any date"],
  ["1", "Last 24 hours"],
  ["7", "Last 7 days"],
  ["30", "Last 30 days"],
  ["between", "Between two days"],
];

const ORDERS: [TaskQuery["order"], string][] = [
  ["newest", "Newest first"],
  ["oldest", "Oldest first"],
  ["longest", "Longest first"],
  ["steps", "Most steps first"],
  ["name", "By name"],
];

function select<Value extends string>(
  label: string,
  value: Value,
  options: readonly [Value, string][],
  onchange: (value: Value) => void,
): HTMLElement {
  const element = h(
    "select",
    { class: "field", "aria-label": label, onchange: () => onchange(element.value as Value) },
    ...options.map(([each, text]) => h("option", { value: each, selected: each === value }, text)),
  );
  return element;
}
