import type { TextRenderer } from "../captions/text-renderer.ts";
import type { Theme } from "../captions/theme.ts";
import type { Rect } from "../public-types.ts";
import type { Overlay } from "../wasm-types.ts";
import type { PairLayout } from "./pair-layout.ts";
import type { ComparedPair } from "./run-comparison.ts";

/** Shares of a label's height: text size, minimum text size, and space beside the text. */
const SHARES = { text: 0.46, least: 0.36, margin: 0.35 };
/** Share of the width for the outcome at the end of the right label. */
const OUTCOME_SHARE = 0.4;

/** Draws the labels above two screenshots, and the text in place of a missing one. */
export class PairLabels {
  readonly #fixed: Overlay[];

  constructor(
    private readonly renderer: TextRenderer,
    private readonly layout: PairLayout,
    private readonly theme: Theme,
    labels: readonly [string, string],
  ) {
    const [left, right] = layout.labels;
    const rightRoom = { ...right, width: Math.floor(right.width * (1 - OUTCOME_SHARE)) };
    this.#fixed = [...this.#draw(labels[0], left, theme.text), ...this.#draw(labels[1], rightRoom, theme.text)];
  }

  /** Returns the overlays of a pair. */
  of(pair: ComparedPair): Overlay[] {
    const [, right] = this.layout.labels;
    const width = Math.floor(right.width * OUTCOME_SHARE);
    const end = { ...right, left: right.left + right.width - width, width };
    const color = pair.outcome === "same" ? this.theme.muted : this.theme.text;
    const overlays = [...this.#fixed, ...this.#draw(outcomeText(pair), end, color, "end")];
    const missing = pair.outcome === "onlyA" ? 1 : pair.outcome === "onlyB" ? 0 : undefined;
    if (missing === undefined) return overlays;
    const cell = this.layout.cells[missing];
    const strip = { ...cell, top: cell.top + Math.floor((cell.height - right.height) / 2), height: right.height };
    return [...overlays, ...this.#draw("No such step", strip, this.theme.muted, "center")];
  }

  #draw(text: string, box: Rect, color: number, side: "start" | "center" | "end" = "start"): Overlay[] {
    const sizePx = Math.max(Math.round(SHARES.text * box.height), 1);
    const marginPx = Math.round(SHARES.margin * box.height);
    const room = Math.max(box.width - 2 * marginPx, 1);
    const leastPx = Math.ceil(SHARES.least * box.height);
    const laidOut = this.renderer.layOut(text, { widthPx: room, lines: 1, sizePx, leastPx });
    if (laidOut.lines.length === 0) return [];
    const slack = side === "end" ? Math.max(Math.floor(room - laidOut.widthPx), 0) : 0;
    const inner = { ...box, left: box.left + marginPx + slack, width: room - slack };
    const place = {
      box: inner,
      side: side === "center" ? ("center" as const) : ("start" as const),
      linePx: box.height,
    };
    return this.renderer.draw(laidOut, place, { text: color, ground: this.theme.ground });
  }
}

/** Describes a pair in a few words. */
export function outcomeText({ outcome, changes, diffPixelRatio = 0 }: ComparedPair): string {
  if (outcome === "onlyA" || outcome === "onlyB") return "Only one run";
  if (outcome === "same") return "Same";
  return changes.includes("picture") ? `${percent(diffPixelRatio)} differs` : "Changed";
}

/** Formats a share as a percentage; a share above 0 is never shown as 0 %. */
function percent(share: number): string {
  if (share < 0.001) return "< 0.1 %";
  return `${share < 0.1 ? (share * 100).toFixed(1) : Math.round(share * 100)} %`;
}
