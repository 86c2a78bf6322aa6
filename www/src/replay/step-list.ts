import { hostAndPath } from "../tasks/host-and-path.ts";
import { h } from "../ui/dom.ts";
import { formatBytes, formatDuration } from "../ui/format.ts";
import { inSlices } from "../ui/in-slices.ts";
import type { ReplayScreenshot } from "./screenshot.ts";
import type { Outcome } from "./screenshot-outcomes.ts";

/** The list of steps beside the player: picture, goal and URL, with the current step marked. */
export type StepList = {
  element: HTMLElement;
  /** Shows the outcome of each step. */
  showFates(outcomes: Outcome[]): void;
  /** Marks the current step; `undefined` if it is unknown. */
  showStep(position: number | undefined): void;
  close(): void;
};

type Row = { button: HTMLButtonElement; goal: HTMLElement; note: HTMLElement };

/** Builds the list. `onpick` gets the position of the chosen step. */
export function stepList(items: ReplayScreenshot[], onpick: (position: number) => void): StepList {
  const list = h("ol", { class: "steps" });
  const rows: Row[] = [];
  const building = new AbortController();
  let telling = new AbortController();
  let outcomes: Outcome[] = [];
  let marked: number | undefined;
  let revealing = 0;

  function build(position: number): void {
    const item = items[position];
    if (!item) return;
    const row = rowOf(item, () => onpick(position));
    rows.push(row);
    list.append(h("li", {}, row.button));
    tell(position);
    if (position === marked) row.button.setAttribute("aria-current", "step");
  }

  function tell(position: number): void {
    const [row, outcome] = [rows[position], outcomes[position]];
    if (!row || !outcome) return;
    row.goal.textContent = items[position]?.goal || (items[position]?.name ?? "");
    row.note.textContent = noteOf(outcome, items);
    row.button.classList.toggle("left-out", ["blank", "skipped", "unwanted"].includes(outcome.kind));
  }

  inSlices(items.length, build, building.signal);
  return {
    element: list,
    showFates(next) {
      outcomes = next;
      telling.abort();
      telling = new AbortController();
      inSlices(rows.length, tell, telling.signal);
    },
    showStep(position) {
      if (position === marked) return;
      if (marked !== undefined) rows[marked]?.button.removeAttribute("aria-current");
      marked = position;
      const button = position === undefined ? undefined : rows[position]?.button;
      button?.setAttribute("aria-current", "step");
      // Measured in the next animation frame: measuring now would force a layout.
      cancelAnimationFrame(revealing);
      if (button) revealing = requestAnimationFrame(() => scrollWithin(list, button));
    },
    close() {
      building.abort();
      telling.abort();
      cancelAnimationFrame(revealing);
    },
  };
}

function rowOf(item: ReplayScreenshot, onclick: () => void): Row {
  const note = h("span", { class: "step-note numbers" });
  const goal = h("span", { class: "step-goal" }, item.goal || item.name);
  const button = h(
    "button",
    { class: "step", type: "button", onclick },
    h("span", { class: "step-thumb" }, thumbnail(item)),
    h(
      "span",
      { class: "step-text" },
      goal,
      h(
        "span",
        { class: "step-where" },
        h("span", { class: "step-number numbers" }, String(item.number)),
        item.about.failed === true && h("span", { class: "badge bad" }, "Failed"),
        h("span", { class: "step-url" }, whereOf(item)),
        note,
      ),
    ),
  );
  return { button, goal, note };
}

function thumbnail(item: ReplayScreenshot): HTMLElement {
  // A missing picture leaves the frame empty.
  const hide = () => image.remove();
  const image = h("img", { src: item.picture, alt: "", loading: "lazy", decoding: "async", onerror: hide });
  return image;
}

/** Returns the URL of a step, or the size of its file if it has none. */
function whereOf({ url, file }: ReplayScreenshot): string {
  if (url !== undefined) return hostAndPath(url) ?? url;
  return file.blob ? formatBytes(file.blob.size) : "";
}

function noteOf(outcome: Outcome, items: ReplayScreenshot[]): string {
  switch (outcome.kind) {
    case "shown":
      return formatDuration(outcome.delayMs);
    case "merged":
      return `same as ${items[outcome.into]?.number ?? outcome.into + 1}`;
    case "blank":
      return "blank, left out";
    case "unwanted":
      return "left out";
    case "skipped":
      return "unreadable, left out";
    case "unknown":
      return "";
  }
}

/** Keeps the marked step in view inside its list, without ever moving the page. */
function scrollWithin(list: HTMLElement, button: HTMLElement): void {
  if (list.matches(":hover, :focus-within") || list.scrollHeight <= list.clientHeight) return;
  const top = button.offsetTop - list.offsetTop;
  list.scrollTo({ top: top - (list.clientHeight - button.offsetHeight) / 2 });
}
