/** Names of fields whose contents are never shown in captions. */
export const SECRET_FIELD = /passw|passphrase|passcode|pwd|secret|token|api[-_ ]?key|\botp\b|\bpin\b|cvc|cvv/i;

/** Text in place of hidden contents. */
export const HIDDEN = "•••";

/** Returns typed texts as captions show them: none with `"titles"`, `HIDDEN` in place of secrets with `"all"`. */
export function hideTypedText(typed: readonly string[], isSecret: boolean, captionsOf: "titles" | "all"): string[] {
  if (captionsOf === "titles" || typed.length === 0) return [];
  return isSecret ? [HIDDEN] : [...typed];
}
