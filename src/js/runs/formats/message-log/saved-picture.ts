import type { LogPicture } from "./log-event.ts";

/** "Saved screenshot to /home/user/a.png.", "Screenshot saved to: a.png", "[Screenshot of viewport](./a.png)". */
const SAVED =
  /(?:saved (?:the )?screenshot (?:to|at|as)|screenshot saved (?:to|at|as))[:\s]+["'`]?([^\n"'`]+?\.(?:png|jpe?g|webp))\b|\[screenshot[^\]\n]*\]\(([^)\n]+\.(?:png|jpe?g|webp))\)/i;
/** Letters of a result in which the name of a file is looked for. */
const MOST_LETTERS = 4000;

/** The picture that a tool wrote into a file in place of sending it, as the text of its result says. */
export function savedPicture(text: string): LogPicture | undefined {
  const match = SAVED.exec(text.slice(0, MOST_LETTERS));
  const reference = match?.[1] ?? match?.[2];
  return reference === undefined ? undefined : { reference };
}
