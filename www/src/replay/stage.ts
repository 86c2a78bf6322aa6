import type { Progress } from "task-gif";
import type { Problem } from "../assembly/problem.ts";
import { fill, h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";

const phases: Record<Progress["phase"], (progress: Progress) => string> = {
  analyze: ({ done, total }) => `Comparing screenshots, ${done} of ${total}`,
  plan: () => "Choosing colors",
  encode: ({ done, total }) => `Writing frames, ${done} of ${total}`,
};

/** Shown before there is a GIF: the first picture, dimmed, with how far the work is. */
export function assemblingPanel(poster: string | undefined): {
  element: HTMLElement;
  show(progress: Progress | undefined): void;
} {
  const label = h("p", { class: "assembling-label" }, "Reading screenshots");
  const percent = h("span", { class: "numbers" }, "0 %");
  const bar = progressBar("Assembling");
  return {
    element: h(
      "div",
      { class: "assembling" },
      poster !== undefined && h("img", { class: "assembling-poster", src: poster, alt: "" }),
      h("div", { class: "assembling-card" }, h("div", { class: "assembling-row" }, label, percent), bar.element),
    ),
    show(progress) {
      label.textContent = progress ? phases[progress.phase](progress) : "Reading screenshots";
      percent.textContent = `${Math.round((progress?.ratio ?? 0) * 100)} %`;
      bar.show(progress?.ratio ?? 0);
    },
  };
}

/** A bar that fills from left to right. */
export function progressBar(label: string): { element: HTMLElement; show(ratio: number): void } {
  const element = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": label,
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": 0,
    },
    h("i"),
  );
  return {
    element,
    show(ratio) {
      element.style.setProperty("--ratio", String(ratio));
      element.setAttribute("aria-valuenow", String(Math.round(ratio * 100)));
    },
  };
}

/** One thing that can be done about a problem. */
export type Remedy = { label: string; run: () => void };

/** A failure in plain words, with its code and what can be done. */
export function problemPanel(problem: Problem, remedies: Remedy[]): HTMLElement {
  const panel = h("div", { class: "notice bad", role: "alert" });
  fill(
    panel,
    h("div", { class: "notice-icon" }, icon("warning")),
    h("h2", {}, problem.title),
    h("p", { class: "muted" }, problem.advice),
    remedies.length > 0 &&
      h(
        "div",
        { class: "notice-actions" },
        ...remedies.map(({ label, run }, index) =>
          h("button", { class: `button ${index === 0 ? "primary" : ""}`, type: "button", onclick: run }, label),
        ),
      ),
    h("details", { class: "notice-detail" }, h("summary", {}, h("code", {}, problem.code)), h("p", {}, problem.detail)),
  );
  return panel;
}
