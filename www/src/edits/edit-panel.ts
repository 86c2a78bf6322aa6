import type { ReplayScreenshot } from "../replay/screenshot.ts";
import { LEAST_SCREENSHOTS } from "../replay/too-few-screenshots.ts";
import { h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import { inSlices } from "../ui/in-slices.ts";
import { hasEdits, NO_EDITS, type StepEdits, withCaption, withDelay, withStep } from "./step-edits.ts";

/** A panel to edit steps: leave them out, change captions, set times. */
export type EditPanel = {
  element: HTMLElement;
  /** Marks the current step; `undefined` if it is unknown. */
  showStep(position: number | undefined): void;
  close(): void;
};

/** Options of the panel. */
export type EditPanelSettings = {
  hasLink: boolean;
  onchange: (edits: StepEdits) => void;
  /** Called when the user starts to edit a step. */
  onselect: (position: number) => void;
};

/** Builds the panel. Each change is reported immediately and can be undone. */
export function editPanel(
  items: readonly ReplayScreenshot[],
  first: StepEdits,
  { hasLink, onchange, onselect }: EditPanelSettings,
): EditPanel {
  let edits = first;
  const before: StepEdits[] = [];
  const building = new AbortController();
  const rows = new Map<number, { shown: HTMLInputElement; caption: HTMLInputElement; seconds: HTMLInputElement }>();
  const list = h("ol", { class: "edit-list" });
  let marked: number | undefined;
  const undo = button("Undo", () => {
    const last = before.pop();
    if (last) take(last);
  });
  const reset = button("Reset", () => change(NO_EDITS));

  function change(next: StepEdits): void {
    before.push(edits);
    take(next);
  }

  function take(next: StepEdits): void {
    edits = next;
    draw();
    onchange(edits);
  }

  function draw(): void {
    undo.disabled = before.length === 0;
    reset.disabled = !hasEdits(edits);
    for (const item of items) drawRow(item);
  }

  function drawRow(item: ReplayScreenshot): void {
    const row = rows.get(item.number);
    if (!row) return;
    const isShown = !edits.off.has(item.number);
    const isLeast = items.length - edits.off.size <= LEAST_SCREENSHOTS;
    const ms = edits.delays.get(item.number);
    row.shown.checked = isShown;
    row.shown.disabled = isShown && isLeast;
    row.caption.value = edits.captions.get(item.number) ?? captionOf(item);
    row.seconds.value = ms === undefined ? "" : String(ms / 1000);
    row.caption.disabled = row.seconds.disabled = !isShown;
  }

  function build(position: number): void {
    const item = items[position]!;
    const { number } = item;
    const name = `step ${number}`;
    const shown = h("input", {
      type: "checkbox",
      "aria-label": `Show ${name}`,
      onchange: () => change(withStep(edits, number, shown.checked)),
    });
    const caption = h("input", {
      type: "text",
      class: "field",
      maxlength: 500,
      placeholder: "No caption",
      "aria-label": `Caption of ${name}`,
      onchange: () => change(withCaption(edits, number, caption.value === captionOf(item) ? undefined : caption.value)),
    });
    const seconds = h("input", {
      type: "number",
      class: "field numbers",
      min: 0.02,
      max: 86_400,
      step: "any",
      placeholder: "auto",
      "aria-label": `Seconds of ${name}`,
      onchange: () => change(withDelay(edits, number, seconds.value === "" ? undefined : seconds.valueAsNumber * 1000)),
    });
    rows.set(number, { shown, caption, seconds });
    const thumb = h("img", { src: item.picture, alt: "", loading: "lazy", decoding: "async" });
    list.append(
      h(
        "li",
        { class: "edit-row", "aria-current": position === marked && "step", onfocusin: () => onselect(position) },
        h("label", { class: "edit-show" }, shown, h("span", { class: "numbers" }, String(number)), thumb),
        h("div", { class: "edit-fields" }, caption, h("span", { class: "edit-time" }, seconds, "s")),
      ),
    );
    drawRow(item);
  }

  inSlices(items.length, build, building.signal);
  draw();
  return {
    element: h(
      "div",
      { class: "edits" },
      h(
        "div",
        { class: "edit-head" },
        h(
          "p",
          { class: "muted" },
          hasLink ? "What you change is kept in the link." : "Captions, times, choice of steps",
        ),
        h("div", { class: "head-actions" }, undo, reset),
      ),
      list,
    ),
    showStep(position) {
      if (marked !== undefined) list.children[marked]?.removeAttribute("aria-current");
      marked = position;
      if (marked !== undefined) list.children[marked]?.setAttribute("aria-current", "step");
    },
    close: () => building.abort(),
  };
}

const captionOf = ({ about }: ReplayScreenshot) => about.caption ?? "";

function button(label: "Undo" | "Reset", onclick: () => void): HTMLButtonElement {
  return h(
    "button",
    { class: "button", type: "button", "data-action": label.toLowerCase(), onclick },
    icon("retry"),
    label,
  );
}
