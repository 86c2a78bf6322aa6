import { breakable } from "./line-break.ts";
import { graphemes } from "./unicode.ts";

/** Width of a text in pixels, at a font size in pixels. */
export type MeasureText = (text: string, sizePx: number) => number;

/** The room for a text. */
export type TextBounds = {
  widthPx: number;
  lines: number;
  /** The size it should have, and the least it may have. */
  sizePx: number;
  leastPx: number;
};

/** A text as it is set. */
export type FittedText = { lines: string[]; sizePx: number; isCut: boolean };

const ELLIPSIS = "…";

/**
 * Breaks a text into lines that fit. Of all ways to break it into as few lines as it takes, the one with the narrowest
 * is chosen, so that no word is left alone. A text that does not fit gets smaller, down to the least size; what is too
 * long even then is cut off.
 */
export function fitLines(text: string, room: TextBounds, measure: MeasureText): FittedText {
  const parts = breakable(text);
  for (let sizePx = room.sizePx; ; sizePx--) {
    const isLeast = sizePx <= room.leastPx;
    const widths = (part: string) => measure(part.trimEnd(), sizePx);
    // The trailing space of a part counts only when something follows in the same line.
    const full = (part: string) => measure(part, sizePx);
    const whole = fill(parts, room.widthPx, widths, full);
    if (whole.length <= room.lines) {
      return { lines: balance(parts, whole, room.widthPx, widths, full), sizePx, isCut: false };
    }
    if (isLeast) return { lines: cut(whole, room, widths), sizePx, isCut: true };
  }
}

type Width = (part: string) => number;

/** Fills each line up before the next is begun. */
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
    // A word longer than a line is broken anywhere; what stands before it in its line stays there.
    if (inked(part) <= widthPx) add(part);
    else for (const each of graphemes(part)) add(each);
  }
  return line === "" ? lines : [...lines, line.trimEnd()];
}

/** The same number of lines, the widest of them as narrow as possible. */
function balance(parts: readonly string[], lines: string[], widthPx: number, inked: Width, full: Width): string[] {
  if (lines.length < 2) return lines;
  let [low, high, best] = [0, widthPx, lines];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    // A word is never broken only for balance.
    const fits = parts.every((part) => inked(part) <= middle || inked(part) > widthPx);
    const tried = fits ? fill(parts, middle, inked, full) : undefined;
    if (tried && tried.length <= lines.length) [high, best] = [middle, tried];
    else low = middle;
  }
  return best;
}

/** The first lines, the last of which says that there is more. */
function cut(lines: readonly string[], room: TextBounds, inked: Width): string[] {
  const kept = lines.slice(0, room.lines);
  const signs = graphemes(kept.at(-1)!);
  const ending = () => signs.join("").replace(/[\s\p{P}]+$/u, "") + ELLIPSIS;
  while (signs.length > 0 && inked(ending()) > room.widthPx) signs.pop();
  return [...kept.slice(0, -1), ending()];
}
