import type { OptionAliases } from "./aliases.ts";
import { reject } from "./checks.ts";
import { TaskGifError } from "./errors.ts";
import { isAtHand, toBlob } from "./inputs.ts";
import { Intake, ofFrame } from "./intake.ts";
import { Job, type NewFrame } from "./job.ts";
import { specOf } from "./marks.ts";
import { type ResolvedOptions, resolveOptions } from "./options.ts";
import { type Runtime, runtime } from "./runtime.ts";
import { type Described, describeScreenshot, isNewTab, isPlaceholder, mayBePlaceholder } from "./screenshots.ts";
import { isWanted } from "./steps/selection.ts";
import type { TaskGif } from "./task-gif.ts";
import type { Options, Screenshots } from "./types.ts";

/**
 * Assembles screenshots into one GIF. Screenshots are Blobs, bytes, URLs, images or canvases, bare or with what is
 * known about their step, in an array or anything that can be iterated, also as they arrive.
 *
 * @throws `TypeError` for wrong arguments, `TaskGifError` for everything else; an aborted call rejects with the reason
 * of its signal.
 */
export async function assembleGif(screenshots: Screenshots, options?: Options & OptionAliases): Promise<TaskGif> {
  const since = performance.now();
  const resolved = resolveOptions(options);
  resolved.signal?.throwIfAborted();
  if (typeof screenshots === "object" && screenshots !== null) {
    if (Symbol.iterator in screenshots) {
      const items: unknown[] = [...screenshots];
      const described = items.some(isPromise) ? undefined : items.map(describeScreenshot);
      return described?.every(({ image }) => isAtHand(image))
        ? assembleInTurn(described, resolved, since)
        : assembleStream(items, items.length, resolved, runtime(), since);
    }
    if (Symbol.asyncIterator in screenshots) {
      return assembleStream(screenshots, Number.POSITIVE_INFINITY, resolved, runtime(), since);
    }
  }
  return reject("screenshots", "an array, an iterable or an async iterable of screenshots", screenshots);
}

async function assembleInTurn(described: Described[], options: ResolvedOptions, since: number): Promise<TaskGif> {
  const end = await runtime().turns.next(options.signal);
  try {
    return await assembleAll(described, options, runtime(), since);
  } finally {
    end();
  }
}

/** All screenshots are at hand: they are shared out among the workers at once. */
async function assembleAll(
  described: Described[],
  options: ResolvedOptions,
  runtime: Runtime,
  since: number,
): Promise<TaskGif> {
  const job = new Job(options, runtime, described.length);
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
        const source = isNewTab(step) && options.skipBlank ? undefined : toBlob(image, path, runtime.readUrl);
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
  runtime: Runtime,
  since: number,
): Promise<TaskGif> {
  const job = new Job(options, runtime, count);
  const intake = new Intake(job, options, runtime.readUrl);
  const take = async () => {
    for await (const screenshot of screenshots) await intake.push(screenshot);
    await intake.end();
  };
  try {
    // An iterable that never yields must not keep an aborted call from ending.
    await Promise.race([take(), job.failed]);
  } catch (error) {
    job.fail(error);
  }
  return job.finish(since);
}

function isPromise(item: unknown): boolean {
  return typeof (item as PromiseLike<unknown> | null | undefined)?.then === "function";
}
