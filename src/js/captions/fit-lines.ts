import { breakable } from "./line-break.ts";
import { graphemes } from "./unicode.ts";

/** Width of a text in pixels, at a font size in pixels. */
export type MeasureText = (text: string, sizePx: number) => number;

/** The space for a text. */
export type TextBounds = {
  widthPx: number;
  lines: number;
  /** Preferred and minimum font size. */
  sizePx: number;
  leastPx: number;
};

/** A text broken into lines, with the font size that fits. */
export type FittedText = { lines: string[]; sizePx: number; isCut: boolean };

const ELLIPSIS = "…";

/**
 * Breaks a text into as few lines as possible, and among those ways chooses the one whose widest line is narrowest, so that no
 * word is left alone. If the text does not fit, the font size is reduced to its minimum; a text that still does not fit is cut off.
 */
export function fitLines(text: string, room: TextBounds, measure: MeasureText): FittedText {
  const parts = breakable(text);
  for (let sizePx = room.sizePx; ; sizePx--) {
    const isLeast = sizePx <= room.leastPx;
    const widths = (part: string) => measure(part.trimEnd(), sizePx);
    // The trailing space of a part counts only if another part follows in the line.
    const full = (part: string) => measure(part, sizePx);
    const whole = fill(parts, room.widthPx, widths, full);
    if (whole.length <= room.lines) {
      return { lines: balance(parts, whole, room.widthPx, widths, full), sizePx, isCut: false };
    }
    if (isLeast) return { lines: cut(whole, room, widths), sizePx, isCut: true };
  }
}

type Width = (part: string) => number;

/** Breaks greedily: each line gets as many parts as fit. */
function fill(parts: readonly string[], widthPx: number, inked: Width, full: Width): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const add = (part: string) => {
    if (line !== "" && used + inked(part) > widthPx) {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    line += part;
    used += full(part);
  };
  for (const part of parts) {
    // A word longer than a line is broken anywhere; parts before it in its line stay there.
    if (inked(part) <= widthPx) add(part);
    else for (const each of graphemes(part)) add(each);
  }
  return line === "" ? lines : [...lines, line.trimEnd()];
}

/** Breaks into the same number of lines, the widest of them as narrow as possible. */
function balance(parts: readonly string[], lines: string[], widthPx: number, inked: Width, full: Width): string[] {
  if (lines.length < 2) return lines;
  let [low, high, best] = [0, widthPx, lines];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    // Words are not broken for balance alone.
    const fits = parts.every((part) => inked(part) <= middle || inked(part) > widthPx);
    const tried = fits ? fill(parts, middle, inked, full) : undefined;
    if (tried && tried.length <= lines.length) [high, best] = [middle, tried];
    else low = middle;
  }
  return best;
}

/** Returns the first lines; the last one ends with an ellipsis. */
function cut(lines: readonly string[], room: TextBounds, inked: Width): string[] {
  const kept = lines.slice(0, room.lines);
  const signs = graphemes(kept.at(-1)!);
  const ending = () => signs.join("").replace(/[\s\p{P}]+$/u, "") + ELLIPSIS;
  while (signs.length > 0 && inked(ending()) > room.widthPx) signs.pop();
  return [...kept.slice(0, -1), ending()];
}
