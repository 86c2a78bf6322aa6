import {
  assembleGif,
  type DownloadProgress,
  type LoadReason,
  loadTaskGif,
  type Options,
  type Progress,
  type Screenshots,
  type TaskClient,
  TaskClientError,
  type TaskGif,
} from "task-gif";

/**
 * Progress: the endpoint is asked, its GIF is downloaded, or one is assembled here (`undefined` before the first
 * report).
 */
export type LoadProgress =
  | { kind: "asking" }
  | { kind: "downloading"; download: DownloadProgress }
  | { kind: "assembling"; progress: Progress | undefined };

/** A finished GIF. `why` is the reason for its origin, if there is an endpoint. */
export type MadeGif = TaskGif & { readonly why?: LoadReason };

/** The endpoint that may have a GIF, and the id of the task. */
export type EndpointTask = {
  client: TaskClient;
  taskId: string;
  /** Whether the endpoint has answered any request since a time by `performance.now()`. */
  heardSince(moment: number): boolean;
};

/** Options of `loadOrAssembleGif`. */
export type LoadOrAssembleOptions = {
  server: EndpointTask | undefined;
  /** Which GIF is preferred if there is an endpoint. */
  prefer: "server" | "local";
  screenshots: Screenshots;
  options: Options & { signal: AbortSignal };
  onwork: (work: LoadProgress) => void;
};

/** Time in ms without an answer of the endpoint after which the GIF is made here. */
const PATIENCE_MS = 6000;

/** Loads the endpoint's GIF, or assembles one here if the endpoint has none or does not answer in time. */
export async function loadOrAssembleGif(request: LoadOrAssembleOptions): Promise<MadeGif> {
  const { server, prefer } = request;
  const onProgress = (progress: Progress) => request.onwork({ kind: "assembling", progress });
  const options = { ...request.options, onProgress };
  if (!server) return assembleGif(request.screenshots, options);
  const here = async (why: LoadReason) => Object.assign(await assembleGif(request.screenshots, options), { why });
  // While offline, a request would wait for the network.
  if (!navigator.onLine) return here({ code: "OFFLINE", message: "this machine is offline" });
  if (prefer === "server") request.onwork({ kind: "asking" });

  const impatience = new AbortController();
  const since = performance.now();
  const timer = setInterval(() => {
    // The client pauses while the page is hidden.
    if (!document.hidden && !server.heardSince(since)) impatience.abort();
  }, PATIENCE_MS);
  const goesOn = () => clearInterval(timer);
  try {
    return await loadTaskGif(server.taskId, {
      ...options,
      signal: AbortSignal.any([options.signal, impatience.signal]),
      client: server.client,
      screenshots: noticed(request.screenshots, goesOn),
      prefer,
      onDownload: (download) => {
        goesOn();
        request.onwork({ kind: "downloading", download });
      },
    });
  } catch (error) {
    if (!impatience.signal.aborted || options.signal.aborted) throw localFailure(error);
    return here({ code: "SLOW", message: `it did not answer within ${PATIENCE_MS / 1000} seconds` });
  } finally {
    goesOn();
  }
}

/** Returns the same screenshots; `onstart` is called when their iteration starts. */
function noticed(screenshots: Screenshots, onstart: () => void): Screenshots {
  if (Symbol.iterator in screenshots) {
    return {
      *[Symbol.iterator]() {
        onstart();
        yield* screenshots;
      },
    };
  }
  return {
    async *[Symbol.asyncIterator]() {
      onstart();
      yield* screenshots;
    },
  };
}

/** If both ways failed, the local failure is shown, since the user can do something about it. */
function localFailure(error: unknown): unknown {
  return error instanceof TaskClientError && error.cause instanceof Error ? error.cause : error;
}
