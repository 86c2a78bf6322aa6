import { hrefOf } from "../router.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount, formatDuration, formatMoment } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { onVisible } from "../ui/on-visible.ts";
import { statusBadge } from "./status.ts";
import type { TaskSummary } from "./task.ts";

/** One task in the list. */
export type TaskCard = {
  element: HTMLElement;
  /** Shows the changed facts of the task. */
  update(task: TaskSummary): void;
};

/** A card that links to the task. Moving the pointer across its picture leafs through the steps. */
export function taskCard(task: TaskSummary): TaskCard {
  const thumb = thumbnail(task);
  const title = h("p", { class: "task-title" });
  const meta = h("div", { class: "task-meta numbers" });
  const element = h(
    "a",
    { class: "task-card", href: hrefOf({ view: "task", id: task.id }), "data-task": task.id },
    thumb.element,
    h("div", { class: "task-text" }, title, meta),
  );

  function tell({ task: text, status, stepCount, durationMs, createdAt }: TaskSummary): void {
    title.textContent = text;
    fill(
      meta,
      statusBadge(status),
      h("span", { class: "fact task-steps" }, icon("layers"), formatCount(stepCount, "step")),
      h(
        "span",
        { class: "fact task-duration" },
        durationMs !== undefined && icon("clock"),
        durationMs !== undefined && formatDuration(durationMs),
      ),
      createdAt && h("time", { class: "task-date", datetime: createdAt.toISOString() }, formatMoment(createdAt)),
    );
  }

  tell(task);
  return {
    element,
    update(next) {
      tell(next);
      thumb.update(next);
    },
  };
}

/** The picture of a card; loaded when it becomes visible. */
function thumbnail(first: TaskSummary): { element: HTMLElement; update(task: TaskSummary): void } {
  const scrub = h("i", { class: "task-scrub" });
  const image = h("img", { alt: "", decoding: "async" });
  const element = h("div", { class: "task-thumb skeleton" }, scrub);
  let all: string[] = [];
  let poster = "";
  let isSeen = false;
  let latest = first;

  async function load(task: TaskSummary): Promise<void> {
    const found = await task.pictures().catch(() => ({ all: [], poster: undefined }));
    if (task !== latest) return;
    all = found.all;
    if (found.poster === undefined) return empty();
    if (poster === found.poster) return;
    poster = found.poster;
    image.src = poster;
    if (!image.isConnected) fill(element, image, scrub);
  }

  function empty(): void {
    element.classList.remove("skeleton");
    element.classList.add("empty");
    fill(element, icon("image"));
  }

  image.addEventListener("load", () => element.classList.remove("skeleton", "empty"));
  image.addEventListener("error", empty);
  element.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || all.length < 2) return;
    const { left, width } = element.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - left) / width, 0), 0.999);
    image.src = all[Math.floor(share * all.length)] ?? poster;
    scrub.style.setProperty("--share", String(share));
  });
  element.addEventListener("pointerleave", () => {
    if (all.length >= 2) image.src = poster;
  });
  onVisible(element, () => {
    isSeen = true;
    void load(latest);
  });
  return {
    element,
    update(task) {
      latest = task;
      if (isSeen) void load(task);
    },
  };
}
