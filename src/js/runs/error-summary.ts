import { stripAnsi } from "./strip-ansi.ts";

/** Returns an error message as plain text, without the call log below it: that log contains typed values. */
export function errorSummary(message: string): string {
  return stripAnsi(message)
    .replace(/\n+\s*(?:=+ logs =+|Call log:).*$/is, "")
    .trim();
}
