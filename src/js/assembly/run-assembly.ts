import type { NewFrame } from "../frame.ts";
import { nextMacrotask } from "../next-macrotask.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { type SharedResources, sharedResources } from "../platform/shared-resources.ts";
import { isBlank, needsPixelCheck } from "../sources/blank-picture.ts";
import { convertFormat } from "../sources/convert-format.ts";
import { isNewTab } from "../sources/new-tab-page.ts";
import { type ParsedScreenshot, parseScreenshot } from "../sources/parse-screenshot.ts";
import { matchesStepFilter, readScreenshot } from "../sources/read-screenshot.ts";
import { isAtHand, toBlob } from "../sources/to-blob.ts";
import type { TaskGif } from "../task-gif.ts";
import { Assembly } from "./assembly.ts";
import { specOf } from "./click-markers.ts";
import { OrderedLoader } from "./ordered-loader.ts";
import { badScreenshot } from "./screenshot-checks.ts";

/** Number of screenshots parsed in one task of the event loop. */
const PARSED_AT_ONCE = 64;

/** Assembles an array of screenshots, or an async iterable of them. `since`: time of the call, by `performance.now()`. */
export async function assemble(
  screenshots: readonly unknown[] | AsyncIterable<unknown>,
  options: ResolvedOptions,
  since: number,
): Promise<TaskGif> {
  if (!Array.isArray(screenshots)) {
    return assembleStream(screenshots, Number.POSITIVE_INFINITY, options, sharedResources(), since);
  }
  const parsed = screenshots.some(isPromise) ? undefined : await parseAll(screenshots, options);
  return parsed?.every(({ image }) => isAtHand(image))
    ? assembleInTurn(parsed, options, since)
    : assembleStream(screenshots, screenshots.length, options, sharedResources(), since);
}

/** Parses a list in slices, each in a separate task, so that a page stays responsive. */
async function parseAll(screenshots: readonly unknown[], { signal }: ResolvedOptions): Promise<ParsedScreenshot[]> {
  const parsed: ParsedScreenshot[] = [];
  for (const [i, screenshot] of screenshots.entries()) {
    if (i % PARSED_AT_ONCE === 0) await nextMacrotask();
    signal?.throwIfAborted();
    parsed.push(parseScreenshot(screenshot, i));
  }
  return parsed;
}

async function assembleInTurn(parsed: ParsedScreenshot[], options: ResolvedOptions, since: number): Promise<TaskGif> {
  const resources = sharedResources();
  const end = await resources.assemblySlots.acquire(options.signal);
  try {
    return await assembleAll(parsed, options, resources, since);
  } finally {
    end();
  }
}

/** Assembles an array of screenshots, divided among the workers at once. */
async function assembleAll(
  parsed: ParsedScreenshot[],
  options: ResolvedOptions,
  resources: SharedResources,
  since: number,
): Promise<TaskGif> {
  await nextMacrotask();
  const assembly = new Assembly(options, resources, parsed.length);
  try {
    // This call starts a worker.
    await nextMacrotask();
    const frames: NewFrame[] = [];
    for (const screenshot of parsed) {
      const { sourceIndex, image, path, timing, step, keepOrder } = screenshot;
      const spec = specOf(screenshot, options);
      if (!matchesStepFilter(step, options)) {
        assembly.skipUnwanted(sourceIndex);
        continue;
      }
      try {
        // Blobs, the common case, need no loading.
        const source = isNewTab(step) && options.skipBlank ? undefined : toBlob(image, path, resources.readUrl);
        const blob = source instanceof Promise ? await source : source;
        const skips =
          !blob || (options.skipBlank && needsPixelCheck(blob, step) && (await isBlank(blob, step, options.signal)));
        if (skips) assembly.skipBlank(sourceIndex);
        else {
          const order = keepOrder && { keepOrder };
          const own = convertFormat(blob, options.signal);
          const source = own instanceof Promise ? await own : own;
          frames.push({ sourceIndex, timing, step, source, ...order, ...(spec && { spec }) });
        }
      } catch (error) {
        const bad = badScreenshot(error, sourceIndex, options.onBadFrame);
        if (!bad) throw error;
        assembly.handleBadScreenshot(bad);
      }
    }
    if (assembly.ready) await Promise.race([assembly.ready, assembly.failed]);
    assembly.addAll(frames);
  } catch (error) {
    assembly.fail(error);
  }
  return assembly.finish(since);
}

/** Assembles screenshots that arrive one by one. Each is analyzed on arrival. */
async function assembleStream(
  screenshots: Iterable<unknown> | AsyncIterable<unknown>,
  count: number,
  options: ResolvedOptions,
  resources: SharedResources,
  since: number,
): Promise<TaskGif> {
  const assembly = new Assembly(options, resources, count);
  const loader = new OrderedLoader(assembly, options);
  const pushAll = async () => {
    let sourceIndex = 0;
    for await (const screenshot of Array.isArray(screenshots) ? settled(screenshots, options) : screenshots) {
      await loader.push(readScreenshot(screenshot, sourceIndex++, options, resources.readUrl));
    }
    await loader.end();
  };
  try {
    // An aborted call ends even if the iterable never yields.
    await Promise.race([pushAll(), assembly.failed]);
  } catch (error) {
    assembly.fail(error);
  }
  return assembly.finish(since);
}

/** Awaits the promises in a list. With `onBadFrame: "skip"`, a rejected one counts as a screenshot that cannot be read. */
async function* settled(screenshots: readonly unknown[], { onBadFrame }: Pick<ResolvedOptions, "onBadFrame">) {
  // Rejections are handled later, in order. Until then they must not count as unhandled.
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
