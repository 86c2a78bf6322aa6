/** Properties of a text: printable characters, emoji, language, direction. */

/** `ltr` or `rtl`. */
export type Direction = "ltr" | "rtl";

/** Scripts that run from right to left. */
const RIGHT_TO_LEFT =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;
/** Emoji as a picture, also those of several characters. Digits and the like count only with their enclosing mark. */
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\ufe0f|\u20e3/u;
/** Maximum number of characters: nobody reads more on a card, and layout would take long. */
const MOST = 2000;

/** Returns a text as one paragraph, without line breaks, control characters and lone surrogates. Very long texts are cut off. */
export function cleanText(text: string): string {
  // A character has one or two UTF-16 units.
  const most = Array.from(text.slice(0, 2 * MOST + 2));
  const whole = most.length > MOST ? `${most.slice(0, MOST).join("")}…` : text;
  return whole
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[^\S\u00a0]+/gu, " ")
    .replace(/\p{Cc}/gu, "")
    .trim();
}

/** Whether a text may contain emoji, which are drawn in color. */
export function hasEmoji(text: string): boolean {
  return EMOJI.test(text);
}

/** Returns the direction of a paragraph: the direction of its first letter (UAX #9, rule P2). */
export function directionOf(text: string): Direction {
  const first = /\p{L}/u.exec(text)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? "rtl" : "ltr";
}

/** Returns the language for drawing Han characters, as far as the text shows it. */
export function languageOf(text: string): string | undefined {
  if (/\p{Script=Hiragana}|\p{Script=Katakana}/u.test(text)) return "ja";
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  return undefined;
}

/** Divides a text into characters as readers see them (grapheme clusters). */
export function graphemes(text: string): string[] {
  return Array.from(segmenter("grapheme").segment(text), ({ segment }) => segment);
}

const segmenters = new Map<string, Intl.Segmenter>();

/** The segmenter for characters or words as readers see them (UAX #29). */
export function segmenter(granularity: "grapheme" | "word"): Intl.Segmenter {
  let found = segmenters.get(granularity);
  if (!found) {
    // Without a locale, so that the rules do not depend on the machine.
    found = new Intl.Segmenter("en", { granularity });
    segmenters.set(granularity, found);
  }
  return found;
}
