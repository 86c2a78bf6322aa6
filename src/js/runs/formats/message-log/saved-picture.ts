import type { LogPicture } from "./log-event.ts";

/** "Saved screenshot to /home/user/a.png.", "Screenshot saved to: a.png", "[Screenshot of viewport](./a.png)". */
const SAVED =
  /(?:saved (?:the )?screenshot (?:to|at|as)|screenshot saved (?:to|at|as))[:\s]+["'`]?([^\n"'`]+?\.(?:png|jpe?g|webp))\b|\[screenshot[^\]\n]*\]\(([^)\n]+\.(?:png|jpe?g|webp))\)/i;
/** Number of characters of a result that are searched for a file name. */
const MOST_LETTERS = 4000;

/** Returns the file name of a picture that a tool saved instead of returning it, by the text of its result. */
export function savedPicture(text: string): LogPicture | undefined {
  const match = SAVED.exec(text.slice(0, MOST_LETTERS));
  const reference = match?.[1] ?? match?.[2];
  return reference === undefined ? undefined : { reference };
}
