import { lastUpTo, type TimedStep } from "../../replay/replay.ts";
import { h } from "../dom.ts";
import { draw, icon } from "../icons.ts";

/** Width of the view box in which the cuts are drawn. */
const WIDTH = 1000;

/**
 * A bar with a segment for each step, whose length is the time of the step. The bar is a single element with cuts, however
 * many steps there are. For keyboards and screen readers it is a slider over the steps.
 */
export class Scrubber {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #fill = h("div", { class: "fill" });
  readonly #cuts = icon("");
  readonly #bar = h("div", { class: "bar", "aria-hidden": "true" }, this.#fill, this.#cuts);
  #steps: readonly TimedStep[] = [];
  #durationMs = 0;

  constructor(
    label: string,
    private readonly goTo: (index: number) => void,
  ) {
    this.#cuts.setAttribute("viewBox", `0 0 ${WIDTH} 1`);
    this.#cuts.setAttribute("preserveAspectRatio", "none");
    this.#input = h("input", { type: "range", part: "track", min: 1, max: 1, value: 1, "aria-label": label });
    this.#input.oninput = () => goTo(Number(this.#input.value) - 1);
    this.element = h("div", { part: "scrubber" }, this.#bar, this.#input);
    this.element.onpointerdown = (event) => {
      if (event.button !== 0) return;
      this.element.setPointerCapture(event.pointerId);
      this.#input.focus({ preventScroll: true });
      this.#goTo(event);
      event.preventDefault();
    };
    this.element.onpointermove = (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) this.#goTo(event);
    };
  }

  /** Sets the steps. Frames before the first step, such as a title card, belong to it. */
  fill(steps: readonly TimedStep[], durationMs: number): void {
    this.#steps = steps;
    this.#durationMs = Math.max(1, durationMs);
    this.#input.max = String(steps.length);
    const cuts = steps.slice(1).map(({ startMs }) => `M${((startMs / this.#durationMs) * WIDTH).toFixed(1)} 0v1`);
    draw(this.#cuts, cuts.join(""));
  }

  /** Shows the playback position. */
  show(index: number, positionMs: number, text: string): void {
    this.#input.value = String(index + 1);
    this.#input.ariaValueText = text;
    this.#fill.style.setProperty("--fill", (positionMs / this.#durationMs).toFixed(4));
  }

  #goTo({ clientX }: PointerEvent): void {
    const { left, right, width } = this.#bar.getBoundingClientRect();
    const isMirrored = getComputedStyle(this.#bar).direction === "rtl";
    const ms = ((isMirrored ? right - clientX : clientX - left) / width) * this.#durationMs;
    const index = lastUpTo(this.#steps.length, (i) => this.#steps[i]!.startMs, ms);
    if (index !== Number(this.#input.value) - 1) this.goTo(index);
  }
}
