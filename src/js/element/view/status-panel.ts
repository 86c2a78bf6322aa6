import { h } from "./dom.ts";
import type { Labels } from "./labels.ts";

/** The panel that replaces the player while the element waits, or after a failure. */
export type Panel = {
  title: string;
  detail?: string | undefined;
  ratio?: number | undefined;
  /** A picture that is available despite the failure. */
  picture?: HTMLElement | undefined;
  retry?: (() => void) | undefined;
  skip?: (() => void) | undefined;
};

/** Creates a panel. `update` changes its texts in place, so that screen readers announce only the changes. */
export function panelView(labels: Labels): { element: HTMLElement; update(panel: Panel): void } {
  const title = h("p", { class: "title", part: "title" });
  const detail = h("p", { class: "detail", part: "detail" });
  const texts = h("div", { role: "status", class: "texts" }, title, detail);
  const progress = h("progress", { part: "progress", max: 1 });
  const skipButton = h("button", { type: "button", part: "skip" }, labels.skip);
  const retryButton = h("button", { type: "button", part: "retry" }, labels.retry);
  const actions = h("div", { class: "actions" }, skipButton, retryButton);
  const stage = h("div", { part: "stage" });
  const element = h("div", { class: "panel", part: "panel" }, stage, texts, progress, actions);
  return {
    element,
    update({ title: text, detail: more = "", ratio, picture, retry, skip }) {
      if (title.textContent !== text) title.textContent = text;
      if (detail.textContent !== more) detail.textContent = more;
      detail.hidden = more === "";
      progress.hidden = ratio === undefined;
      progress.ariaLabel = text;
      if (ratio === undefined || ratio < 0) progress.removeAttribute("value");
      else progress.value = ratio;
      stage.replaceChildren(...(picture ? [picture] : []));
      stage.hidden = !picture;
      retryButton.hidden = !retry;
      retryButton.onclick = retry ?? null;
      skipButton.hidden = !skip;
      skipButton.onclick = skip ?? null;
      actions.hidden = !retry && !skip;
    },
  };
}
