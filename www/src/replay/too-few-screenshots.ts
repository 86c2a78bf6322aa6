import { describeFailure } from "task-gif/failures";
import { h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import type { ReplayScreenshot } from "./screenshot.ts";

/** Minimum number of screenshots of a replay. */
export const LEAST_SCREENSHOTS = 2;

/** A run with too few screenshots for a replay. */
export type TooFew = {
  items: readonly ReplayScreenshot[];
  isRunning: boolean;
  /** Button for the next action. */
  action?: HTMLElement;
};

/** A card with the only screenshot, if there is one, and why there is no replay. */
export function tooFewCard({ items, isRunning, action }: TooFew): HTMLElement {
  const [only] = items;
  const { title, advice } = describeFailure({ code: "TOO_FEW_SCREENSHOTS" }, { screenshots: items.length, isRunning });
  return h(
    "div",
    { class: "card too-few", "data-state": "too-few" },
    only && h("img", { src: only.picture, alt: `${only.name}: ${only.goal}` }),
    h(
      "div",
      { class: "notice", role: "status" },
      h("div", { class: "notice-icon" }, icon("image")),
      h("h2", {}, title),
      h("p", { class: "muted" }, advice),
      action && h("div", { class: "notice-actions" }, action),
    ),
  );
}
