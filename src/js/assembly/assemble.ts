import { TaskGifError } from "../errors.ts";
import type { NewFrame } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { type SharedResources, sharedResources } from "../platform/shared-resources.ts";
import { isNewTab, type ParsedScreenshot, parseScreenshot } from "../sources/parse-screenshot.ts";
import { isPlaceholder, mayBePlaceholder } from "../sources/placeholder.ts";
import { matchesStepFilter, readScreenshot } from "../sources/read-screenshot.ts";
import { isAtHand, toBlob } from "../sources/to-blob.ts";
import type { TaskGif } from "../task-gif.ts";
import { specOf } from "./annotations.ts";
import { Assembly } from "./assembly.ts";
import { OrderedLoader, ofFrame } from "./ordered-loader.ts";

/** Assembles screenshots that are all listed, or that come one by one. `since` is when that was asked for. */
export function assemble(
  screenshots: readonly unknown[] | AsyncIterable<unknown>,
  options: ResolvedOptions,
  since: number,
): Promise<TaskGif> {
  if (!Array.isArray(screenshots)) {
    return assembleStream(screenshots, Number.POSITIVE_INFINITY, options, sharedResources(), since);
  }
  const parsed = screenshots.some(isPromise) ? undefined : screenshots.map(parseScreenshot);
  return parsed?.every(({ image }) => isAtHand(image))
    ? assembleInTurn(parsed, options, since)
    : assembleStream(screenshots, screenshots.length, options, sharedResources(), since);
}

async function assembleInTurn(parsed: ParsedScreenshot[], options: ResolvedOptions, since: number): Promise<TaskGif> {
  const here = sharedResources();
  const end = await here.assemblySlots.acquire(options.signal);
  try {
    return await assembleAll(parsed, options, here, since);
  } finally {
    end();
  }
}

/** All screenshots are at hand: they are shared out among the workers at once. */
async function assembleAll(
  parsed: ParsedScreenshot[],
  options: ResolvedOptions,
  here: SharedResources,
  since: number,
): Promise<TaskGif> {
  const job = new Assembly(options, here, parsed.length);
  try {
    const frames: NewFrame[] = [];
    for (const screenshot of parsed) {
      const { sourceIndex, image, path, timing, step } = screenshot;
      const spec = specOf(screenshot, options);
      if (!matchesStepFilter(step, options)) {
        job.skipUnwanted(sourceIndex);
        continue;
      }
      try {
        // The common case, blobs, gets through here without a wait.
        const source = isNewTab(step) && options.skipBlank ? undefined : toBlob(image, path, here.readUrl);
        const blob = source instanceof Promise ? await source : source;
        const isBlank = !blob || (options.skipBlank && mayBePlaceholder(blob) && (await isPlaceholder(blob)));
        if (isBlank) job.skipBlank(sourceIndex);
        else frames.push({ sourceIndex, timing, step, source: blob, ...(spec && { spec }) });
      } catch (error) {
        if (!(error instanceof TaskGifError)) throw error;
        job.handleBadScreenshot(ofFrame(error, sourceIndex));
      }
    }
    if (job.ready) await Promise.race([job.ready, job.failed]);
    job.addAll(frames);
  } catch (error) {
    job.fail(error);
  }
  return job.finish(since);
}

/** Screenshots must be waited for: each is analyzed as it comes in. */
async function assembleStream(
  screenshots: Iterable<unknown> | AsyncIterable<unknown>,
  count: number,
  options: ResolvedOptions,
  here: SharedResources,
  since: number,
): Promise<TaskGif> {
  const job = new Assembly(options, here, count);
  const intake = new OrderedLoader(job, options);
  const takeAll = async () => {
    let sourceIndex = 0;
    for await (const screenshot of screenshots) {
      await intake.push(readScreenshot(screenshot, sourceIndex++, options, here.readUrl));
    }
    await intake.end();
  };
  try {
    // An iterable that never yields must not keep an aborted call from ending.
    await Promise.race([takeAll(), job.failed]);
  } catch (error) {
    job.fail(error);
  }
  return job.finish(since);
}

function isPromise(item: unknown): boolean {
  return typeof (item as PromiseLike<unknown> | null | undefined)?.then === "function";
}
