import { type Described, describeScreenshot, isNewTab } from "./parse-screenshot.ts";
import { isWanted, type Wanted } from "./step-filter.ts";
import { toBlob, type UrlReader } from "./to-blob.ts";

/** A screenshot that was taken: what is known of it and its bytes, as soon as they are there, or why it is left out. */
export type Taken = { described: Described } & ({ bytes: Promise<Blob> } | { leftOut: "unwanted" | "blank" });

/** What taking needs to know of the options. */
export type Taking = Wanted & { skipBlank: boolean; onBadFrame: "error" | "skip"; signal: AbortSignal | undefined };

/**
 * Takes the screenshot at `given`: a source that can change is read before this returns, an address begins to load.
 *
 * @throws `TypeError` for what is no screenshot; with `onBadFrame: "skip"` that comes with the bytes.
 */
export function take(screenshot: unknown, given: number, options: Taking, readUrl: UrlReader): Taken {
  const described = describeScreenshot(screenshot, given);
  if (!isWanted(described.step, options)) return { described, leftOut: "unwanted" };
  if (options.skipBlank && isNewTab(described.step)) return { described, leftOut: "blank" };
  const bytes = readImage(described, options, readUrl);
  bytes.catch(() => {}); // dealt with when its turn comes
  return { described, bytes };
}

function readImage({ image, path }: Described, { onBadFrame, signal }: Taking, readUrl: UrlReader): Promise<Blob> {
  try {
    return Promise.resolve(toBlob(image, path, readUrl, signal));
  } catch (error) {
    if (onBadFrame !== "skip") throw error;
    return Promise.reject(error);
  }
}
