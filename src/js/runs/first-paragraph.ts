import { plainText } from "./plain-text.ts";

/** An error's message in plain text without the log of the call below it, in which typed values stand. */
export function firstParagraph(message: string): string {
  return plainText(message)
    .replace(/\n+\s*(?:=+ logs =+|Call log:).*$/is, "")
    .trim();
}
