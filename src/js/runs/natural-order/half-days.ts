/** The halves of the day in the languages whose systems have clocks of 12 hours: before the time, and behind it. */
const FIRST: readonly (readonly [half: string, words: string])[] = [
  ["am", "上午|午前|오전"],
  ["pm", "下午|午後|오후"],
];
const LAST: readonly (readonly [half: string, words: string])[] = [
  ["am", "π\\.?μ\\.?|ص|पूर्वाह्न"],
  ["pm", "μ\\.?μ\\.?|م|अपराह्न"],
];
const CLOCK = "\\d{1,2}(?:[-.:_]\\d\\d){1,2}";
const PATTERNS = [
  ...FIRST.map(([half, words]) => [half, new RegExp(`(?:${words}) ?(${CLOCK})`, "gu")] as const),
  ...LAST.map(([half, words]) => [half, new RegExp(`(${CLOCK}) ?(?:${words})(?!\\p{L})`, "gu")] as const),
];

/** Writes the half of the day behind each time in English: "下午1.00.00" as "1.00.00 pm". */
export function withEnglishHalves(name: string): string {
  return PATTERNS.reduce((text, [half, pattern]) => text.replace(pattern, `$1 ${half}`), name);
}
