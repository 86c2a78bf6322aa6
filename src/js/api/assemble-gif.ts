import { lazyImport } from "../lazy-import.ts";
import type { OptionAliases } from "../options/aliases.ts";
import { reject } from "../options/argument-checks.ts";
import { resolveOptions } from "../options/resolve-options.ts";
import type { Options, Screenshots } from "../public-types.ts";
import type { TaskGif } from "../task-gif.ts";
import { withCallSite } from "../task-gif-error.ts";

/**
 * Assembles screenshots into one GIF. Screenshots are Blobs, bytes, URLs, images or canvases, bare or with facts about their steps, in
 * an array, an iterable or an async iterable.
 *
 * @throws `TypeError` for invalid arguments, `TaskGifError` for everything else; an aborted call rejects with the reason of its signal.
 */
export async function assembleGif(screenshots: Screenshots, options?: Options & OptionAliases): Promise<TaskGif> {
  const since = performance.now();
  const call = new Error();
  const resolved = resolveOptions(options);
  const { signal } = resolved;
  signal?.throwIfAborted();
  const source = listOrStream(screenshots);
  try {
    const { assemble } = await lazyImport(import("../assembly/index.lazy.ts"), signal);
    return await assemble(source, resolved, since);
  } catch (error) {
    throw withCallSite(error, call);
  }
}

/** Returns a copy of a list, since the caller may change it meanwhile, or the async iterable. */
function listOrStream(screenshots: unknown): readonly unknown[] | AsyncIterable<unknown> {
  if (typeof screenshots === "object" && screenshots !== null) {
    if (Symbol.iterator in screenshots) return [...(screenshots as Iterable<unknown>)];
    if (Symbol.asyncIterator in screenshots) return screenshots as AsyncIterable<unknown>;
  }
  return reject("screenshots", "an array, an iterable or an async iterable of screenshots", screenshots);
}
