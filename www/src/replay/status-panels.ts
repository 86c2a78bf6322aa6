import type { Progress } from "task-gif";
import type { Failure } from "task-gif/failures";
import type { LoadProgress } from "../assembly/load-or-assemble.ts";
import { fill, h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";

const phases: Record<Progress["phase"], (progress: Progress) => string> = {
  analyze: ({ done, total }) => `Comparing screenshots, ${done} of ${total}`,
  plan: () => "Choosing colors",
  encode: ({ done, total }) => `Writing frames, ${done} of ${total}`,
};

/** The panel until the first GIF is done: the first picture, dimmed, with the progress. */
export function assemblingPanel(poster: string | undefined): {
  element: HTMLElement;
  show(work: LoadProgress): void;
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
    show(work) {
      const ratio = ratioOf(work);
      label.textContent = wordsFor(work);
      percent.textContent = ratio === undefined ? "" : `${Math.round(ratio * 100)} %`;
      bar.show(ratio ?? 0);
    },
  };
}

/** Returns the share of the work that is done, in [0, 1]; `undefined` if it is unknown. */
export function ratioOf(work: LoadProgress): number | undefined {
  switch (work.kind) {
    case "asking":
      return undefined;
    case "downloading":
      return work.download.total && work.download.received / work.download.total;
    case "assembling":
      return work.progress?.ratio ?? 0;
  }
}

function wordsFor(work: LoadProgress): string {
  switch (work.kind) {
    case "asking":
      return "Asking the server for its GIF";
    case "downloading":
      return `Receiving the server's GIF, ${formatBytes(work.download.received)}`;
    case "assembling":
      return work.progress ? phases[work.progress.phase](work.progress) : "Reading screenshots";
  }
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

/** A remedy for a failure. */
export type Remedy = { label: string; run: () => void };

/** A panel that explains a failure, with remedies and the exact message. */
export function failurePanel(failure: Failure, remedies: Remedy[]): HTMLElement {
  const panel = h("div", { class: `notice ${failure.isNeutral ? "" : "bad"}`, role: "alert" });
  fill(
    panel,
    h("div", { class: "notice-icon" }, icon(failure.isNeutral ? "image" : "warning")),
    h("h2", {}, failure.title),
    h("p", { class: "muted" }, failure.advice),
    remedies.length > 0 &&
      h(
        "div",
        { class: "notice-actions" },
        ...remedies.map(({ label, run }, index) =>
          h("button", { class: `button ${index === 0 ? "primary" : ""}`, type: "button", onclick: run }, label),
        ),
      ),
    h(
      "details",
      { class: "notice-detail" },
      h("summary", {}, "Details"),
      h("p", {}, h("code", {}, failure.code), ` ${failure.message}`),
    ),
  );
  return panel;
}
