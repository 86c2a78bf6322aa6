import { hostAndPath } from "../tasks/address.ts";
import { h } from "../ui/dom.ts";
import { formatBytes, formatDuration } from "../ui/format.ts";
import type { Fate } from "./fate.ts";
import type { Item } from "./item.ts";

/** The steps beside the player: picture, goal and address; the one on screen is marked. */
export type Timeline = {
  element: HTMLElement;
  /** Says what became of each step. */
  showFates(fates: Fate[]): void;
  /** Marks the steps of the frame that is on screen. */
  showFrame(frame: number): void;
};

/** Builds the list; `onpick` gets the position of the step that was chosen. */
export function timeline(items: Item[], onpick: (position: number) => void): Timeline {
  const notes = items.map(() => h("span", { class: "step-note numbers" }));
  const buttons = items.map((item, position) =>
    h(
      "button",
      { class: "step", type: "button", onclick: () => onpick(position) },
      h("span", { class: "step-thumb" }, thumbnail(item)),
      h(
        "span",
        { class: "step-text" },
        h("span", { class: "step-goal" }, item.goal || item.name),
        h(
          "span",
          { class: "step-where" },
          h("span", { class: "step-number numbers" }, String(item.number)),
          h("span", { class: "step-url" }, whereOf(item)),
          notes[position],
        ),
      ),
    ),
  );
  const list = h("ol", { class: "steps" }, ...buttons.map((button) => h("li", {}, button)));
  let fates: Fate[] = [];
  let marked = -1;
  return {
    element: list,
    showFates(next) {
      fates = next;
      marked = -1;
      next.forEach((fate, position) => {
        const note = notes[position];
        if (note) note.textContent = noteOf(fate, items);
        buttons[position]?.classList.toggle("left-out", fate.kind === "blank" || fate.kind === "skipped");
      });
    },
    showFrame(frame) {
      if (frame === marked) return;
      marked = frame;
      let first = true;
      fates.forEach((fate, position) => {
        const current = (fate.kind === "shown" || fate.kind === "merged") && fate.frame === frame;
        const button = buttons[position];
        if (!button) return;
        if (current) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
        if (current && first) {
          first = false;
          scrollWithin(list, button);
        }
      });
    },
  };
}

function thumbnail(item: Item): HTMLElement {
  // Without a picture the empty frame says enough.
  const hide = () => image.remove();
  const image = h("img", { src: item.picture, alt: "", loading: "lazy", decoding: "async", onerror: hide });
  return image;
}

/** Where a step was: its address, or the size of a file that has none. */
function whereOf({ url, file }: Item): string {
  if (url !== undefined) return hostAndPath(url) ?? url;
  return file.blob ? formatBytes(file.blob.size) : "";
}

function noteOf(fate: Fate, items: Item[]): string {
  switch (fate.kind) {
    case "shown":
      return formatDuration(fate.delayMs);
    case "merged":
      return `same as ${items[fate.into]?.number ?? fate.into + 1}`;
    case "blank":
      return "blank, left out";
    case "skipped":
      return "unreadable, left out";
    case "unknown":
      return "";
  }
}

/** Keeps the marked step in view inside its list, without ever moving the page. */
function scrollWithin(list: HTMLElement, button: HTMLElement): void {
  if (list.scrollHeight <= list.clientHeight || list.matches(":hover, :focus-within")) return;
  const top = button.offsetTop - list.offsetTop;
  list.scrollTo({ top: top - (list.clientHeight - button.offsetHeight) / 2 });
}
