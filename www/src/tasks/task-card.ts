import { hrefOf } from "../router.ts";
import { h } from "../ui/dom.ts";
import { formatCount, formatDay, formatDuration } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { whenSeen } from "../ui/on-visible.ts";
import { statusBadge } from "./status.ts";
import type { TaskSummary } from "./task.ts";

/** One task in the list. Moving the pointer across its picture leafs through the steps. */
export function taskCard(task: TaskSummary): HTMLElement {
  const scrub = h("i", { class: "task-scrub" });
  const thumb = h("div", { class: "task-thumb skeleton" }, scrub);
  whenSeen(thumb, () => void showPictures(task, thumb, scrub));
  return h(
    "a",
    { class: "task-card", href: hrefOf({ view: "task", id: task.id }), "data-task": task.id },
    thumb,
    h(
      "div",
      { class: "task-text" },
      h("p", { class: "task-title" }, task.task),
      h(
        "div",
        { class: "task-meta numbers" },
        statusBadge(task.status),
        h("span", { class: "fact" }, icon("layers"), formatCount(task.stepCount, "step")),
        task.durationMs !== undefined && h("span", { class: "fact" }, icon("clock"), formatDuration(task.durationMs)),
        task.createdAt &&
          h("time", { class: "task-date", datetime: task.createdAt.toISOString() }, formatDay(task.createdAt)),
      ),
    ),
  );
}

async function showPictures(task: TaskSummary, thumb: HTMLElement, scrub: HTMLElement): Promise<void> {
  const { all, poster } = await task.pictures().catch(() => ({ all: [], poster: undefined }));
  if (poster === undefined) return nothing(thumb);
  const image = h("img", { src: poster, alt: "", decoding: "async" });
  image.addEventListener("load", () => thumb.classList.remove("skeleton"), { once: true });
  image.addEventListener("error", () => nothing(thumb), { once: true });
  thumb.prepend(image);
  if (all.length < 2) return;
  thumb.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse") return;
    const { left, width } = thumb.getBoundingClientRect();
    const share = Math.min(Math.max((event.clientX - left) / width, 0), 0.999);
    image.src = all[Math.floor(share * all.length)] ?? poster;
    scrub.style.setProperty("--share", String(share));
  });
  thumb.addEventListener("pointerleave", () => {
    image.src = poster;
  });
}

/** A task without a picture has a place for one nevertheless. */
function nothing(thumb: HTMLElement): void {
  thumb.classList.remove("skeleton");
  thumb.classList.add("empty");
  thumb.replaceChildren(icon("image"));
}
