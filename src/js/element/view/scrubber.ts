import type { TimedStep } from "../replay/replay.ts";
import { h } from "./dom.ts";

/** A bar with a segment for each step, as long as the step stays. It is a slider of steps to keyboards and screen readers. */
export class Scrubber {
  readonly element: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #segments = h("div", { class: "segments", "aria-hidden": "true" });
  /** How far each segment is filled: most stay as they are from one moment to the next. */
  #fills: string[] = [];

  constructor(
    label: string,
    private readonly goTo: (index: number) => void,
  ) {
    this.#input = h("input", { type: "range", part: "track", min: 1, max: 1, value: 1, "aria-label": label });
    this.#input.oninput = () => goTo(Number(this.#input.value) - 1);
    this.element = h("div", { part: "scrubber" }, this.#segments, this.#input);
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

  /** Shows these steps. */
  fill(steps: readonly TimedStep[], durationMs: number): void {
    this.#input.max = String(steps.length);
    this.#fills = [];
    while (this.#segments.childElementCount > steps.length) this.#segments.lastChild!.remove();
    while (this.#segments.childElementCount < steps.length) this.#segments.append(h("div", {}, h("div", {})));
    steps.forEach((_, i) => {
      this.#style(i).flexGrow = String(Math.max(1, endOf(steps, i, durationMs) - startOf(steps, i)));
    });
  }

  /** Shows where the play is. */
  show(steps: readonly TimedStep[], index: number, positionMs: number, durationMs: number, text: string): void {
    this.#input.value = String(index + 1);
    this.#input.ariaValueText = text;
    const { children } = this.#segments;
    for (let i = 0; i < children.length; i++) {
      const start = startOf(steps, i);
      const share = (positionMs - start) / Math.max(1, endOf(steps, i, durationMs) - start);
      const fill = i < index ? 1 : i > index ? 0 : Math.min(1, Math.max(0.02, share));
      const text = fill.toFixed(3);
      if (text === this.#fills[i]) continue;
      this.#fills[i] = text;
      (children[i]!.firstChild as HTMLElement).style.setProperty("--fill", text);
    }
  }

  #style(index: number): CSSStyleDeclaration {
    return (this.#segments.children[index] as HTMLElement).style;
  }

  #goTo({ clientX }: PointerEvent): void {
    const segments = [...this.#segments.children].map((segment) => segment.getBoundingClientRect());
    const distances = segments.map(({ left, right }) => Math.max(left - clientX, clientX - right, 0));
    const index = distances.indexOf(Math.min(...distances));
    if (index !== Number(this.#input.value) - 1) this.goTo(index);
  }
}

/** Where the segment of a step begins: what comes before the first, such as a title card, belongs to that. */
function startOf(steps: readonly TimedStep[], index: number): number {
  return index === 0 ? 0 : steps[index]!.startMs;
}

/** When a step ends: where the next begins. */
export function endOf(steps: readonly TimedStep[], index: number, durationMs: number): number {
  return steps[index + 1]?.startMs ?? durationMs;
}
