import { announce } from "./announcer.ts";
import { h } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";

const SHOWN_MS = 4000;
const WITH_ACTION_MS = 8000;
const stack = h("div", { class: "toasts", popover: "manual" });

/** The corner in which toasts appear; belongs into the page once. */
export function toastsElement(): HTMLElement {
  return stack;
}

/** A short note about something that just happened, with one thing that can be done about it. */
export function toast(
  text: string,
  options: { icon?: IconName; action?: { label: string; run: () => void } } = {},
): void {
  const { action } = options;
  const note = h(
    "div",
    { class: "toast" },
    icon(options.icon ?? "check"),
    h("span", {}, text),
    action &&
      h(
        "button",
        {
          class: "toast-action",
          type: "button",
          onclick: () => {
            note.remove();
            action.run();
          },
        },
        action.label,
      ),
  );
  stack.append(note);
  // Shown anew, it is above whatever was opened since.
  if (stack.isConnected) {
    stack.hidePopover();
    stack.showPopover();
  }
  announce(text);
  setTimeout(() => note.remove(), action ? WITH_ACTION_MS : SHOWN_MS);
}
