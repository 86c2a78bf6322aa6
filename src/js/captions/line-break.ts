import { segmenter } from "./unicode.ts";

/** Finds positions at which a line may end: words of `Intl.Segmenter`, and the rules of UAX #14 that captions need. */

/** Scripts without spaces, and emoji: a line may end before and after each of their words. */
const UNSPACED = ["Han", "Hiragana", "Katakana", "Bopomofo", "Yi", "Thai", "Lao", "Khmer", "Myanmar"];
const DENSE = `[${UNSPACED.map((script) => `\\p{Script=${script}}`).join("")}\\p{Emoji_Presentation}\\u3000-\\u303f\\uff00-\\uffef]`;
const BEGINS_DENSE = new RegExp(`^${DENSE}`, "u");
const ENDS_DENSE = new RegExp(`(${DENSE}|\\ufe0f|\\u20e3|\\p{Emoji_Modifier})$`, "u");
/** Characters that no line may begin with: closing punctuation, small kana, and marks that belong to the character before (UAX #14). */
const CLOSING = /^[\p{Pe}\p{Pf}!?.,:;%。、，．：；！？…‥・ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]/u;
/** Characters that no line may end with. */
const OPENING = /[\p{Ps}\p{Pi}]$/u;
/** Characters inside a word after which a line may end: `self-hosted`, `name/place`. */
const JOINT = /[-‐–—/]$/u;

/** Divides a text into parts that may each begin a line. Spaces belong to the part before them. */
export function breakable(text: string): string[] {
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
