import { h } from "./dom.ts";
import type { Labels } from "./labels.ts";

/** What there is instead of a player: something is awaited, or something went wrong. */
export type Panel = {
  title: string;
  detail?: string | undefined;
  ratio?: number | undefined;
  retry?: (() => void) | undefined;
};

/** A panel; `update` changes its texts without making it anew, so that only those are read out. */
export function panelView(labels: Labels): { element: HTMLElement; update(panel: Panel): void } {
  const title = h("p", { class: "title", part: "title" });
  const detail = h("p", { class: "detail", part: "detail" });
  const texts = h("div", { role: "status", class: "texts" }, title, detail);
  const progress = h("progress", { part: "progress", max: 1 });
  const button = h("button", { type: "button", part: "retry" }, labels.retry);
  const element = h("div", { class: "panel" }, texts, progress, button);
  return {
    element,
    update({ title: text, detail: more = "", ratio, retry }) {
      if (title.textContent !== text) title.textContent = text;
      if (detail.textContent !== more) detail.textContent = more;
      detail.hidden = more === "";
      progress.hidden = ratio === undefined;
      progress.ariaLabel = text;
      if (ratio === undefined || ratio < 0) progress.removeAttribute("value");
      else progress.value = ratio;
      button.hidden = !retry;
      button.onclick = retry ?? null;
    },
  };
}
