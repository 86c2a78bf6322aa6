import type { LoadReason, LoadSource, UnavailableReason } from "../client/client-types.ts";
import { number, oneOf, reject } from "../options/argument-checks.ts";
import type { Options } from "../public-types.ts";
import type { TaskGif } from "../task-gif.ts";
import { describeError, TaskGifError } from "../task-gif-error.ts";
import { assembleGif } from "./assemble-gif.ts";
import { LoadedTaskGif } from "./loaded-task-gif.ts";

/**
 * Implements `loadTaskGif`: downloads the server's GIF, or assembles it from screenshots when that fails, or the other
 * way round. Loaded with its first call.
 */
export async function loadFrom(taskId: string, options: LoadSource & Options): Promise<LoadedTaskGif> {
  if (typeof options !== "object" || options === null) reject("options", "an object", options);
  const { client, screenshots, prefer = "server", timeout = 0, onDownload, ...assembly } = options;
  oneOf(prefer, "options.prefer", ["server", "local"]);
  number(timeout, "options.timeout", 0, 2 ** 31 - 1);
  if (!client && screenshots === undefined) {
    throw new TypeError("options: expected a client, screenshots, or both, found neither");
  }
  const { signal, onBadFrame, skipBlank } = assembly;
  const sources = {
    server:
      client &&
      (async () => {
        const gif = await client.fetchTaskGif(taskId, { signal, timeout, onProgress: onDownload });
        return withinLimits(assembly, gif);
      }),
    local: () =>
      assembleGif(screenshots ?? client!.fetchScreenshots(taskId, { signal, onBadFrame, skipBlank }), assembly),
  };
  const [first, second] = prefer === "server" ? [sources.server, sources.local] : [sources.local, sources.server];
  if (!first)
    return new LoadedTaskGif(await sources.local(), { code: "NO_CLIENT", message: "no client was given to ask" });
  let failure: unknown;
  try {
    return new LoadedTaskGif(await first(), firstReason(prefer));
  } catch (error) {
    // After wrong arguments or an abort, the other way is not tried.
    if (signal?.aborted || error instanceof TypeError || !second) throw error;
    failure = error;
  }
  try {
    return new LoadedTaskGif(await second(), secondReason(failure));
  } catch (error) {
    if (signal?.aborted) throw error;
    throw withCause(failure, error);
  }
}

/** Returns the server's GIF. @throws if it exceeds `maxBytes` or `maxDuration`: one is then assembled here. */
function withinLimits(options: Pick<Options, "maxBytes" | "maxDuration">, gif: TaskGif): TaskGif {
  const { maxBytes = Number.POSITIVE_INFINITY, maxDuration = Number.POSITIVE_INFINITY } = options;
  const { blob, durationMs } = gif;
  const remedy = "give screenshots or a client that can list them, to make one here";
  if (blob.size > maxBytes) {
    const message = `expected a GIF of at most ${maxBytes} bytes (options.maxBytes), found one of ${blob.size} on the server`;
    throw new TaskGifError("TOO_LARGE", `${message}; ${remedy}`);
  }
  if (durationMs > maxDuration) {
    const message = `expected a GIF of at most ${maxDuration} ms (options.maxDuration), found one of ${durationMs} on the server`;
    throw new TaskGifError("TOO_LONG", `${message}; ${remedy}`);
  }
  return gif;
}

function firstReason(prefer: "server" | "local"): LoadReason {
  return prefer === "server"
    ? { code: "READY", message: "the server has a GIF of this task" }
    : { code: "PREFERRED", message: "a GIF made here was preferred" };
}

function secondReason(failure: unknown): LoadReason {
  const { code, reason } = failure as { code?: string; reason?: UnavailableReason };
  return {
    code: typeof code === "string" ? code : "UNKNOWN",
    message: describeError(failure),
    ...(reason && { unavailable: reason }),
  };
}

function withCause(failure: unknown, cause: unknown): unknown {
  if (failure instanceof TaskGifError && failure.cause === undefined) {
    Object.defineProperty(failure, "cause", { value: cause, configurable: true });
  }
  return failure;
}
