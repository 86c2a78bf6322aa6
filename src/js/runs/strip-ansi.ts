/** Control sequences of terminals, for colors and links. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with one
const ANSI = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

/** Returns a text without terminal control sequences, and without whitespace around it. */
export function stripAnsi(text: string): string {
  return text.replace(ANSI, "").trim();
}
