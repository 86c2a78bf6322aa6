import { hrefOf } from "../router.ts";
import { h } from "../ui/dom.ts";
import { formatCount, formatDay, formatDuration } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import type { TaskSummary } from "./catalog.ts";
import { statusBadge } from "./status.ts";

/** One execution in the list. Moving the pointer across its picture leafs through the steps. */
export function executionCard(task: TaskSummary): HTMLElement {
  const image = h("img", { src: task.poster, alt: "", loading: "lazy", decoding: "async" });
  const scrub = h("i", { class: "execution-scrub" });
  const thumb = h("div", { class: "execution-thumb" }, image, scrub);
  const leaf = (event: PointerEvent) => {
    if (event.pointerType !== "mouse" || task.screenshots.length < 2) return;
    const { left, width } = thumb.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - left) / width, 0), 0.999);
    image.src = task.screenshots[Math.floor(share * task.screenshots.length)] ?? image.src;
    scrub.style.setProperty("--share", String(share));
  };
  thumb.addEventListener("pointermove", leaf);
  thumb.addEventListener("pointerleave", () => {
    if (task.poster !== undefined) image.src = task.poster;
  });
  return h(
    "a",
    { class: "execution", href: hrefOf({ view: "execution", id: task.id }), "data-task": task.id },
    thumb,
    h(
      "div",
      { class: "execution-text" },
      h("p", { class: "execution-title" }, task.task),
      h(
        "div",
        { class: "execution-meta numbers" },
        statusBadge(task.status),
        h("span", { class: "fact" }, icon("layers"), formatCount(task.screenshots.length, "step")),
        task.durationMs !== undefined && h("span", { class: "fact" }, icon("clock"), formatDuration(task.durationMs)),
        h("time", { class: "execution-date", datetime: task.createdAt.toISOString() }, formatDay(task.createdAt)),
      ),
    ),
  );
}
