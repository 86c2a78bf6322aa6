import { h } from "../ui/dom.ts";
import type { TaskSummary } from "./task.ts";
import { type TaskCard, taskCard } from "./task-card.ts";

/** The cards of many tasks. */
export type TaskGrid = {
  element: HTMLElement;
  /**
   * Shows tasks in this order; later ones are added on scrolling. Existing cards are reused. After another query
   * (`isNew`) the number of shown cards starts over.
   */
  show(tasks: readonly TaskSummary[], last: HTMLElement, isNew: boolean): void;
  close(): void;
};

/** Number of cards that are added when the user scrolls near the end. */
const MORE = 60;

/** An empty grid. */
export function taskGrid(): TaskGrid {
  const cards = new Map<string, TaskCard & { version: string }>();
  const more = h("div", { class: "task-more", "aria-hidden": "true" });
  const element = h("div", { class: "task-list" });
  let shown: readonly TaskSummary[] = [];
  let end: HTMLElement | undefined;
  let count = MORE;

  const watcher = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting || count >= shown.length) return;
      count += MORE;
      draw();
      watchEnd();
    },
    { rootMargin: "100% 0px" },
  );

  /** Observes the end of the list anew: an observer reports only changes, and the end may be visible already. */
  function watchEnd(): void {
    watcher.unobserve(more);
    watcher.observe(more);
  }

  function draw(): void {
    const visible = shown.slice(0, count);
    const ids = new Set(visible.map(({ id }) => id));
    for (const [id, card] of cards) {
      if (ids.has(id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    const wanted = visible.map((task) => {
      const known = cards.get(task.id);
      if (known?.version === task.version) return known.element;
      known?.update(task);
      const card = { ...(known ?? taskCard(task)), version: task.version };
      cards.set(task.id, card);
      return card.element;
    });
    if (count < shown.length) wanted.push(more);
    else if (end) wanted.push(end);
    // Only elements at a wrong position are moved, since a moved element loses the focus.
    wanted.forEach((each, i) => {
      if (element.children[i] !== each) element.insertBefore(each, element.children[i] ?? null);
    });
    while (element.children.length > wanted.length) element.lastElementChild?.remove();
  }

  return {
    element,
    show(tasks, last, isNew) {
      shown = tasks;
      if (isNew) count = MORE;
      end = last;
      draw();
      watchEnd();
    },
    close: () => watcher.disconnect(),
  };
}
