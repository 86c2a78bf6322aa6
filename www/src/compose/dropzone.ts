import { h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";

/** The placeholder for screenshots. It says that files can be dropped anywhere on the page. */
export function dropzone(onpick: () => void): HTMLElement {
  const paste = /mac/i.test(navigator.userAgent) ? "⌘V" : "Ctrl+V";
  return h(
    "section",
    { class: "dropzone", "aria-label": "Add screenshots" },
    h("div", { class: "dropzone-art", "aria-hidden": "true" }, h("i"), h("i"), h("i", {}, icon("play", "solid"))),
    h("h2", {}, "Drop screenshots, or what a tool has recorded"),
    h(
      "p",
      { class: "muted" },
      "PNG, JPEG, WebP or GIF, a folder of them, a Playwright trace or report, an agent's history, a message log. All is read by this browser and never uploaded.",
    ),
    h(
      "div",
      { class: "notice-actions" },
      h(
        "button",
        { class: "button primary", type: "button", onclick: onpick, "data-action": "pick" },
        icon("image"),
        "Choose files",
      ),
      h("span", { class: "muted" }, "or paste with ", h("kbd", {}, paste)),
    ),
  );
}
