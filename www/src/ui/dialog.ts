import { announcerElement } from "./announcer.ts";
import { h } from "./dom.ts";
import { icon } from "./icons.ts";

/** A dialog over the page; Escape, the cross and a click beside it close it. */
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
  // Only the ground around the content belongs to the dialog itself.
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  return { element, open: () => element.showModal() };
}
