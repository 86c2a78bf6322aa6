import type { NewFrame } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { type Workshop, workshop } from "../platform/shared-pool.ts";
import { type Described, describeScreenshot, isNewTab } from "../sources/parse-screenshot.ts";
import { isBlank, needsLook } from "../sources/placeholder.ts";
import { take } from "../sources/read-screenshot.ts";
import { isWanted } from "../sources/step-filter.ts";
import { isAtHand, toBlob } from "../sources/to-blob.ts";
import type { TaskGif } from "../task-gif.ts";
import { Job } from "./job.ts";
import { badScreenshot } from "./limits.ts";
import { specOf } from "./markers.ts";
import { Intake } from "./ordered-loader.ts";

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
      const { given, image, path, timing, step, keepOrder } = screenshot;
      const spec = specOf(screenshot, options);
      if (!isWanted(step, options)) {
        job.passOver(given);
        continue;
      }
      try {
        // The common case, blobs, gets through here without a wait.
        const source = isNewTab(step) && options.skipBlank ? undefined : toBlob(image, path, here.readUrl);
        const blob = source instanceof Promise ? await source : source;
        const skips =
          !blob || (options.skipBlank && needsLook(blob, step) && (await isBlank(blob, step, options.signal)));
        if (skips) job.leaveOut(given);
        else frames.push({ given, timing, step, source: blob, ...(keepOrder && { keepOrder }), ...(spec && { spec }) });
      } catch (error) {
        const bad = badScreenshot(error, given, options.onBadFrame);
        if (!bad) throw error;
        job.bad(bad);
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
    for await (const screenshot of Array.isArray(screenshots) ? settled(screenshots, options) : screenshots) {
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

/** What the promises in a list become. With `onBadFrame: "skip"` a rejected one is a screenshot that cannot be read. */
async function* settled(screenshots: readonly unknown[], { onBadFrame }: Pick<ResolvedOptions, "onBadFrame">) {
  // One that is rejected before its turn comes is dealt with then.
  for (const screenshot of screenshots) if (isPromise(screenshot)) Promise.resolve(screenshot).catch(() => {});
  for (const screenshot of screenshots) {
    try {
      yield await screenshot;
    } catch (error) {
      if (onBadFrame !== "skip") throw error;
      yield { image: () => Promise.reject(error) };
    }
  }
}

function isPromise(item: unknown): boolean {
  return typeof (item as PromiseLike<unknown> | null | undefined)?.then === "function";
}
