import { stripAnsi } from "./strip-ansi.ts";

/** An error's message in plain text without the log of the call below it, in which typed values stand. */
export function errorSummary(message: string): string {
  return stripAnsi(message)
    .replace(/\n+\s*(?:=+ logs =+|Call log:).*$/is, "")
    .trim();
}
