import { hrefOf } from "../router.ts";
import { h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import type { View } from "./view.ts";

/** The view for URLs and tasks that do not exist. */
export function notFoundView(): View {
  return {
    element: notFound("There is nothing at this address", "The link may be old or cut off."),
    title: "Not found",
    close() {},
  };
}

/** Returns the same message for use in another view. */
export function notFound(title: string, text: string): HTMLElement {
  return h(
    "div",
    { class: "page" },
    h(
      "div",
      { class: "notice" },
      h("div", { class: "notice-icon" }, icon("search")),
      h("h1", { class: "notice-title" }, title),
      h("p", { class: "muted" }, text),
      h(
        "div",
        { class: "notice-actions" },
        h("a", { class: "button primary", href: hrefOf({ view: "tasks" }) }, "See all tasks"),
      ),
    ),
  );
}
