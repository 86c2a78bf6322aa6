/** Fields whose contents no caption shows. */
export const SECRET_FIELD = /passw|passphrase|passcode|pwd|secret|token|api[-_ ]?key|\botp\b|\bpin\b|cvc|cvv/i;

/** What stands for contents that are not shown. */
export const HIDDEN = "•••";

/** Typed texts as captions may show them: secrets never, others when captions show all; nothing where they are left out. */
export function hideTypedText(typed: readonly string[], isSecret: boolean, captionsOf: "titles" | "all"): string[] {
  if (captionsOf === "titles" || typed.length === 0) return [];
  return isSecret ? [HIDDEN] : [...typed];
}
