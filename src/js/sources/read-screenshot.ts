import { type Described, describeScreenshot, isNewTab } from "./parse-screenshot.ts";
import { isWanted, type Wanted } from "./step-filter.ts";
import { toBlob, type UrlReader } from "./to-blob.ts";

/** A screenshot that was taken: what is known of it and its bytes, as soon as they are there, or why it is left out. */
export type Taken = { described: Described } & ({ bytes: Promise<Blob> } | { leftOut: "unwanted" | "blank" });

/** What taking needs to know of the options. */
export type Taking = Wanted & { skipBlank: boolean; signal: AbortSignal | undefined };

/**
 * Takes the screenshot at `given`: a source that can change is read before this returns, an address begins to load.
 *
 * @throws `TypeError` for what is no screenshot.
 */
export function take(screenshot: unknown, given: number, options: Taking, readUrl: UrlReader): Taken {
  const described = describeScreenshot(screenshot, given);
  if (!isWanted(described.step, options)) return { described, leftOut: "unwanted" };
  if (options.skipBlank && isNewTab(described.step)) return { described, leftOut: "blank" };
  const bytes = Promise.resolve(toBlob(described.image, described.path, readUrl, options.signal));
  bytes.catch(() => {}); // dealt with when its turn comes
  return { described, bytes };
}
