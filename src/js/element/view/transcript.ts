import { safeUrl } from "../../report/safe-url.ts";
import type { TimedStep } from "../replay/replay.ts";
import { h } from "./dom.ts";
import type { Labels } from "./labels.ts";
import { stepText } from "./step-text.ts";

/** Minimum width of the player in CSS pixels for a transcript beside the picture. */
export const WIDE_PX = 720;

/** Number of rows that are added per animation frame, so that slow machines stay responsive. */
const ROWS_AT_ONCE = 6;

/** Lists all steps as text, each with a button that shows it, for people who do not see the pictures. */
export class Transcript {
  readonly element: HTMLDetailsElement;
  readonly #list = h("ol", { part: "steps", role: "list" });
  #index = 0;
  /** The row of the current step, if it exists. */
  #current: Element | undefined;
  #growth = 0;
  #widths: ResizeObserver | undefined;
  #isWide: boolean | undefined;

  constructor(
    private readonly labels: Labels,
    private readonly goTo: (index: number) => void,
  ) {
    this.element = h("details", { part: "transcript" }, h("summary", {}, labels.transcript), this.#list);
  }

  /** Opens the transcript when `player` becomes wide, and closes it when `player` becomes narrow. */
  openWhenWide(player: HTMLElement): void {
    // Opening the transcript changes sizes, which must not happen within the observer's callback.
    this.#widths = new ResizeObserver(([entry]) => {
      requestAnimationFrame(() => this.#onWidth(entry!.contentRect.width));
    });
    this.#widths.observe(player);
  }

  close(): void {
    this.#widths?.disconnect();
    cancelAnimationFrame(this.#growth);
  }

  /** Between wide and narrow, the transcript stays as the user left it. */
  #onWidth(px: number): void {
    const isWide = px >= WIDE_PX;
    if (isWide === this.#isWide) return;
    this.#isWide = isWide;
    this.element.open = isWide;
  }

  /**
   * Appends the steps that are missing from the list: the first few at once, the others with the next pictures of the
   * page.
   */
  fill(steps: readonly TimedStep[]): void {
    cancelAnimationFrame(this.#growth);
    const first = this.#list.childElementCount;
    const added = steps.slice(first, first + ROWS_AT_ONCE).map((step, i) => this.#row(step, first + i));
    this.#list.append(...added);
    if (!this.#current) this.#mark();
    if (first + added.length < steps.length) this.#growth = requestAnimationFrame(() => this.fill(steps));
  }

  #row(step: TimedStep, index: number): HTMLElement {
    const button = h(
      "button",
      { type: "button", part: "step", dir: "auto" },
      h("span", { class: "number" }, String(index + 1)),
      h("span", {}, step.caption || this.labels.screenshot(index + 1)),
    );
    button.onclick = () => this.goTo(index);
    return h("li", {}, button, ...details(step));
  }

  /** Describes one step in `place`, with its duration, and marks it in the list. */
  tell(place: HTMLElement, steps: readonly TimedStep[], index: number, stay: string): void {
    place.replaceChildren(
      h("span", { part: "step-text", dir: "auto" }, stepText(this.labels, steps, index)),
      ...details(steps[index]!),
      ...(stay ? [h("span", { part: "stay" }, stay)] : []),
    );
    this.#index = index;
    this.#mark();
  }

  /** Marks the current step, if the list has it. */
  #mark(): void {
    const row = this.#list.children[this.#index];
    if (row !== this.#current) {
      this.#current?.removeAttribute("class");
      this.#current?.firstElementChild?.removeAttribute("aria-current");
      this.#current = row;
      row?.setAttribute("class", "shown");
      row?.firstElementChild?.setAttribute("aria-current", "step");
    }
    this.#reveal();
  }

  /** Scrolls only the list, so that the current step is visible. */
  #reveal(): void {
    const row = this.#current as HTMLElement | undefined;
    const list = this.#list;
    if (!row || list.clientHeight === 0) return;
    const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }
}

/** URL and time of a step. */
function details({ url, timestampMs }: TimedStep): HTMLElement[] {
  const nodes: HTMLElement[] = [];
  const link = safeUrl(url);
  const shown = (link ?? url ?? "").replace(/^https?:\/\/|\/$/g, "");
  if (link) {
    nodes.push(
      h("a", { part: "url", href: link, target: "_blank", rel: "noopener noreferrer nofollow", dir: "ltr" }, shown),
    );
  } else if (shown) {
    nodes.push(h("span", { part: "url", dir: "ltr" }, shown));
  }
  if (timestampMs !== undefined) {
    const time = new Date(timestampMs);
    nodes.push(h("time", { part: "time", dir: "auto", datetime: time.toISOString() }, time.toLocaleTimeString()));
  }
  return nodes;
}
