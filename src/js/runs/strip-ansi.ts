/** Control sequences of terminals: colors and links. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const ANSI = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

/** Text as people read it: without terminal colors, and without blanks around it. */
export function stripAnsi(text: string): string {
  return text.replace(ANSI, "").trim();
}
