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

/** What goes on: the endpoint is being asked, its GIF arrives, or one is assembled here (nothing before the first report). */
export type LoadProgress =
  | { kind: "asking" }
  | { kind: "downloading"; download: DownloadProgress }
  | { kind: "assembling"; progress: Progress | undefined };

/** A finished GIF. `why` says why it comes from where it comes from, if there was an endpoint to ask. */
export type MadeGif = TaskGif & { readonly why?: LoadReason };

/** The endpoint that may have a GIF already, and the task it would be of. */
export type EndpointTask = {
  client: TaskClient;
  taskId: string;
  /** Whether anything at all has been heard of the endpoint since a moment of `performance.now()`. */
  heardSince(moment: number): boolean;
};

/** How one GIF is to be had: from the endpoint, or assembled here. */
export type LoadOrAssembleOptions = {
  server: EndpointTask | undefined;
  /** Which GIF is wanted first where there is an endpoint. */
  prefer: "server" | "local";
  screenshots: Screenshots;
  options: Options & { signal: AbortSignal };
  onwork: (work: LoadProgress) => void;
};

/** How long an endpoint that says nothing keeps people waiting for a GIF that can be made here. */
const PATIENCE_MS = 6000;

/** The endpoint's GIF if it has one and answers in time, else one that is assembled here. */
export async function loadOrAssembleGif(request: LoadOrAssembleOptions): Promise<MadeGif> {
  const { server, prefer } = request;
  const onProgress = (progress: Progress) => request.onwork({ kind: "assembling", progress });
  const options = { ...request.options, onProgress };
  if (!server) return assembleGif(request.screenshots, options);
  const here = async (why: LoadReason) => Object.assign(await assembleGif(request.screenshots, options), { why });
  // Asking would only end when the network is back.
  if (!navigator.onLine) return here({ code: "OFFLINE", message: "this machine is offline" });
  if (prefer === "server") request.onwork({ kind: "asking" });

  const impatience = new AbortController();
  const since = performance.now();
  const timer = setInterval(() => {
    // The client rests while nobody looks, and nobody waits then.
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

/** The same screenshots; `onstart` hears of it when somebody begins to take them. */
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

/** When both ways failed, the local failure is the one that can be helped here. */
function localFailure(error: unknown): unknown {
  return error instanceof TaskClientError && error.cause instanceof Error ? error.cause : error;
}
