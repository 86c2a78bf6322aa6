import type { FrameInfo } from "task-gif";
import { hostAndPath } from "../tasks/host-and-path.ts";
import { h } from "../ui/dom.ts";
import { formatDuration } from "../ui/format.ts";
import { delayWords } from "./describe-delay.ts";
import type { ReplayScreenshot } from "./screenshot.ts";

/** The line below the picture: what is on screen, where that was, how long it stays and why. */
export type CurrentStep = { element: HTMLElement; show(item: ReplayScreenshot | undefined, frame: FrameInfo): void };

/** An empty line. */
export function currentStepLine(): CurrentStep {
  const number = h("span", { class: "now-number numbers" });
  const goal = h("strong", { class: "now-goal" });
  const where = h("span", { class: "now-where" });
  const stays = h("span", { class: "now-stays numbers" });
  const why = h("span", { class: "now-why numbers" });
  return {
    element: h(
      "div",
      { class: "now" },
      number,
      h("div", { class: "now-text" }, goal, where),
      h("div", { class: "now-time" }, stays, why),
    ),
    show(item, { delayMs, delay }) {
      number.textContent = item ? String(item.number) : "";
      number.hidden = !item;
      goal.textContent = item?.goal || item?.name || "";
      where.textContent = item?.url === undefined ? "" : (hostAndPath(item.url) ?? item.url);
      stays.textContent = `stays ${formatDuration(delayMs)}`;
      why.textContent = delayWords(delay);
    },
  };
}
