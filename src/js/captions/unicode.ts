/** What a text is made of: whether it can be shown, which way it runs, and where a line may end. */

/** `ltr` or `rtl`. */
export type Direction = "ltr" | "rtl";

/** Scripts that run from right to left. */
const RIGHT_TO_LEFT =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;
/** Emoji as a picture, also those of several characters. Digits and the like count only with their enclosing mark. */
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\ufe0f|\u20e3/u;
/** Scripts without spaces, and emoji: a line may end before and after each of their words. */
const UNSPACED = ["Han", "Hiragana", "Katakana", "Bopomofo", "Yi", "Thai", "Lao", "Khmer", "Myanmar"];
const DENSE = `[${UNSPACED.map((script) => `\\p{Script=${script}}`).join("")}\\p{Emoji_Presentation}\\u3000-\\u303f\\uff00-\\uffef]`;
const BEGINS_DENSE = new RegExp(`^${DENSE}`, "u");
const ENDS_DENSE = new RegExp(`(${DENSE}|\\ufe0f|\\u20e3|\\p{Emoji_Modifier})$`, "u");
/** What no line may begin with: closing marks, and small kana and marks that belong to what stands before (UAX #14). */
const CLOSING = /^[\p{Pe}\p{Pf}!?.,:;%。、，．：；！？…‥・ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]/u;
/** What no line may end with. */
const OPENING = /[\p{Ps}\p{Pi}]$/u;
/** What a line may end with inside a word: `self-hosted`, `name/place`. */
const JOINT = /[-‐–—/]$/u;

/** More characters than this are more than anybody reads on a card, and would take long to lay out. */
const MOST = 2000;

/** One paragraph without line breaks, control characters and broken halves of characters. An endless one is cut off. */
export function cleaned(text: string): string {
  // A character is one or two units.
  const most = Array.from(text.slice(0, 2 * MOST + 2));
  const whole = most.length > MOST ? `${most.slice(0, MOST).join("")}…` : text;
  return whole
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[^\S\u00a0]+/gu, " ")
    .replace(/\p{Cc}/gu, "")
    .trim();
}

/** Whether there may be emoji in a text; if not, nothing in it has a color of its own. */
export function hasEmoji(text: string): boolean {
  return EMOJI.test(text);
}

/** The way a paragraph runs: that of its first letter (UAX #9, rule P2). */
export function directionOf(text: string): Direction {
  const first = /\p{L}/u.exec(text)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
}

/** The language that Han characters are to be drawn for, as far as the text itself says. */
export function languageOf(text: string): string | undefined {
  if (/\p{Script=Hiragana}|\p{Script=Katakana}/u.test(text)) return "ja";
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  return undefined;
}

/** What a reader sees as single characters. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter("grapheme").segment(text), ({ segment }) => segment);
}

/** A text in parts that may each begin a line; spaces belong to the part before them. */
export function pieces(text: string): string[] {
  const found: string[] = [];
  for (const { segment } of segmenter("word").segment(text)) {
    const before = found.at(-1);
    if (before !== undefined && !mayBreak(before, segment)) found[found.length - 1] = before + segment;
    else found.push(segment);
  }
  return found;
}

function mayBreak(before: string, after: string): boolean {
  if (after === " ") return false;
  if (before.endsWith(" ")) return true;
  if (CLOSING.test(after) || OPENING.test(before)) return false;
  if (before.endsWith("\u00a0") || after.startsWith("\u00a0")) return false;
  if (ENDS_DENSE.test(before) || BEGINS_DENSE.test(after)) return true;
  return JOINT.test(before) && /^\p{L}/u.test(after);
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(granularity: "grapheme" | "word"): Intl.Segmenter {
  let found = segmenters.get(granularity);
  if (!found) {
    // Without a language of its own, so that the rules do not depend on where this runs.
    found = new Intl.Segmenter("en", { granularity });
    segmenters.set(granularity, found);
  }
  return found;
}
