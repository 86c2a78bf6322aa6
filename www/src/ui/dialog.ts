import { announcerElement } from "./announcer.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";

/** Opens a modal dialog. Escape, its close button and a click outside close it. */
export function dialog(title: string, ...content: HTMLElement[]): { element: HTMLDialogElement; open(): void } {
  const element = h(
    "dialog",
    { class: "dialog", "aria-label": title },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", {}, title),
      h(
        "button",
        { class: "button ghost square", type: "button", "aria-label": "Close", onclick: () => element.close() },
        icon("close"),
      ),
    ),
    h("div", { class: "dialog-body" }, ...content),
    announcerElement(),
  );
  // Only the backdrop has the dialog itself as the target of a click.
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  return { element, open: () => element.showModal() };
}
