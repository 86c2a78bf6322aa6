import { hostAndPath } from "../tasks/host-and-path.ts";
import type { Step, Task } from "../tasks/task.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";

/** A task that is going on, as far as it is. */
export type LiveTask = {
  element: HTMLElement;
  /** Shows what has come. */
  show(task: Task): void;
  /** Says that what is shown may be old, or (without a text) that it is not. */
  warn(text?: string): void;
};

/** The newest screenshot large, all steps beside it. Whoever chooses an earlier one stays there. */
export function liveTask(): LiveTask {
  const image = h("img", { class: "live-picture", alt: "" });
  const stage = h("div", { class: "live-stage" }, waiting());
  const number = h("span", { class: "now-number numbers" });
  const goal = h("strong", { class: "now-goal" });
  const where = h("span", { class: "now-where" });
  const now = h("div", { class: "now", hidden: true }, number, h("div", { class: "now-text" }, goal, where));
  const note = h("span", { class: "live-note", role: "status" });
  const newest = h(
    "button",
    { class: "button small-text", type: "button", hidden: true, onclick: () => choose(undefined) },
    icon("next"),
    "Newest step",
  );
  const list = h("ol", { class: "steps" });
  const count = h("span", { class: "count numbers" }, "0");
  const rows = new Map<number, HTMLButtonElement>();
  let steps: readonly Step[] = [];
  /** Number of the step that was chosen; nothing while the newest one is shown. */
  let chosen: number | undefined;

  function choose(step: number | undefined): void {
    chosen = step;
    draw();
  }

  function draw(): void {
    const step = steps.find((each) => each.number === chosen) ?? steps.at(-1);
    newest.hidden = chosen === undefined || chosen === steps.at(-1)?.number;
    count.textContent = String(steps.length);
    for (const [each, row] of rows) {
      if (each === step?.number) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
    }
    if (!step) return;
    now.hidden = false;
    number.textContent = String(step.number);
    goal.textContent = step.goal || `Step ${step.number}`;
    where.textContent = step.url === undefined ? "" : (hostAndPath(step.url) ?? step.url);
    void present(step);
  }

  /** Shows a picture once it is there, so that nothing flickers in between. */
  async function present(step: Step): Promise<void> {
    if (image.dataset.wanted === step.screenshot) return;
    image.dataset.wanted = step.screenshot;
    const next = new Image();
    next.src = step.screenshot;
    await next.decode().catch(() => {});
    if (image.dataset.wanted !== step.screenshot) return;
    image.src = step.screenshot;
    image.alt = `Step ${step.number}: ${step.goal}`;
    if (!image.isConnected) fill(stage, image);
  }

  function rowOf(step: Step): HTMLButtonElement {
    const hide = () => thumb.remove();
    const thumb = h("img", { src: step.screenshot, alt: "", loading: "lazy", decoding: "async", onerror: hide });
    return h(
      "button",
      { class: "step", type: "button", onclick: () => choose(step.number) },
      h("span", { class: "step-thumb" }, thumb),
      h(
        "span",
        { class: "step-text" },
        h("span", { class: "step-goal" }, step.goal || `Step ${step.number}`),
        h(
          "span",
          { class: "step-where" },
          h("span", { class: "step-number numbers" }, String(step.number)),
          h("span", { class: "step-url" }, step.url === undefined ? "" : (hostAndPath(step.url) ?? step.url)),
        ),
      ),
    );
  }

  const element = h(
    "div",
    { class: "replay-editor live", "data-state": "live" },
    h(
      "section",
      { class: "card stage-card", "aria-label": "Newest screenshot" },
      h("div", { class: "stage-head" }, h("span", { class: "badge accent live-badge" }, "Live"), note, newest),
      stage,
      now,
    ),
    h(
      "section",
      { class: "card side-card live-side", "aria-label": "Steps so far" },
      h("h2", { class: "card-title" }, "Steps so far", count),
      list,
    ),
  );

  return {
    element,
    show({ steps: next }) {
      const added = next.filter(({ number: each }) => !rows.has(each));
      for (const step of added) rows.set(step.number, rowOf(step));
      steps = next;
      const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
      next.forEach((step, i) => {
        const row = rows.get(step.number)!;
        const item = row.parentElement ?? h("li", {}, row);
        if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
      });
      draw();
      if (isAtEnd && chosen === undefined) list.scrollTo({ top: list.scrollHeight });
      const last = added.at(-1);
      if (last && rows.size > added.length) announce(`Step ${last.number}: ${last.goal}`);
      else if (last) announce(formatCount(rows.size, "step"));
    },
    warn(text = "") {
      note.textContent = text;
    },
  };
}

function waiting(): HTMLElement {
  return h(
    "div",
    { class: "notice", role: "status" },
    h("div", { class: "notice-icon live-pulse" }, icon("image")),
    h("h2", {}, "Waiting for the first screenshot"),
    h("p", { class: "muted" }, "The task is running. Its screenshots appear here as they are taken."),
  );
}
