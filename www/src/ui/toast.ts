import { announce } from "./announcer.ts";
import { h } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";

const SHOWN_MS = 4000;
const WITH_ACTION_MS = 8000;
const stack = h("div", { class: "toasts", popover: "manual" });

/** The container of toasts; the page needs one. */
export function toastsElement(): HTMLElement {
  return stack;
}

/** Shows a short message with an optional action. */
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
  // Opening the popover again moves it above dialogs that were opened since.
  if (stack.isConnected) {
    stack.hidePopover();
    stack.showPopover();
  }
  announce(text);
  setTimeout(() => note.remove(), action ? WITH_ACTION_MS : SHOWN_MS);
}
