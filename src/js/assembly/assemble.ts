import { TaskGifError } from "../errors.ts";
import type { NewFrame } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { type Workshop, workshop } from "../platform/shared-pool.ts";
import { type Described, describeScreenshot, isNewTab } from "../sources/parse-screenshot.ts";
import { isPlaceholder, mayBePlaceholder } from "../sources/placeholder.ts";
import { take } from "../sources/read-screenshot.ts";
import { isWanted } from "../sources/step-filter.ts";
import { isAtHand, toBlob } from "../sources/to-blob.ts";
import type { TaskGif } from "../task-gif.ts";
import { Job } from "./job.ts";
import { specOf } from "./markers.ts";
import { Intake, ofFrame } from "./ordered-loader.ts";

/** Assembles screenshots that are all listed, or that come one by one. `since` is when that was asked for. */
export function assemble(
  screenshots: readonly unknown[] | AsyncIterable<unknown>,
  options: ResolvedOptions,
  since: number,
): Promise<TaskGif> {
  if (!Array.isArray(screenshots)) {
    return assembleStream(screenshots, Number.POSITIVE_INFINITY, options, workshop(), since);
  }
  const described = screenshots.some(isPromise) ? undefined : screenshots.map(describeScreenshot);
  return described?.every(({ image }) => isAtHand(image))
    ? assembleInTurn(described, options, since)
    : assembleStream(screenshots, screenshots.length, options, workshop(), since);
}

async function assembleInTurn(described: Described[], options: ResolvedOptions, since: number): Promise<TaskGif> {
  const here = workshop();
  const end = await here.turns.next(options.signal);
  try {
    return await assembleAll(described, options, here, since);
  } finally {
    end();
  }
}

/** All screenshots are at hand: they are shared out among the workers at once. */
async function assembleAll(
  described: Described[],
  options: ResolvedOptions,
  here: Workshop,
  since: number,
): Promise<TaskGif> {
  const job = new Job(options, here, described.length);
  try {
    const frames: NewFrame[] = [];
    for (const screenshot of described) {
      const { given, image, path, timing, step } = screenshot;
      const spec = specOf(screenshot, options);
      if (!isWanted(step, options)) {
        job.passOver(given);
        continue;
      }
      try {
        // The common case, blobs, gets through here without a wait.
        const source = isNewTab(step) && options.skipBlank ? undefined : toBlob(image, path, here.readUrl);
        const blob = source instanceof Promise ? await source : source;
        const isBlank = !blob || (options.skipBlank && mayBePlaceholder(blob) && (await isPlaceholder(blob)));
        if (isBlank) job.leaveOut(given);
        else frames.push({ given, timing, step, source: blob, ...(spec && { spec }) });
      } catch (error) {
        if (!(error instanceof TaskGifError)) throw error;
        job.bad(ofFrame(error, given));
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
  here: Workshop,
  since: number,
): Promise<TaskGif> {
  const job = new Job(options, here, count);
  const intake = new Intake(job, options);
  const takeAll = async () => {
    let given = 0;
    for await (const screenshot of screenshots) {
      await intake.push(take(screenshot, given++, options, here.readUrl));
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
