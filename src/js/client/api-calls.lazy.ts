import { lazyImport } from "../lazy-import.ts";
import { boolean, integer, oneOf, record, reject } from "../options/argument-checks.ts";
import type { DescribedScreenshot, FrameInfo, GifStats } from "../public-types.ts";
import { TaskGif } from "../task-gif.ts";
import { readV1 } from "../task-records/api-v1.ts";
import { type ShownStep, shownSteps } from "../task-records/steps/shown-steps.ts";
import type { ResolvedClientOptions } from "./client-options.ts";
import type {
  CallOptions,
  DownloadOptions,
  FetchScreenshotsOptions,
  Task,
  TaskStatus,
  TaskUpdate,
  WaitOptions,
  WaitResult,
  WatchOptions,
} from "./client-types.ts";
import { mapInOrder } from "./map-in-order.ts";
import { Poller } from "./shared-wait.ts";
import { checkSignal, checkWait, DEFAULT_INTERVAL_MS, DEFAULT_WAIT_MS } from "./wait-options.ts";
import { type ApiClient, openApi, toClientError } from "./wasm-client.ts";
import { type ApiConfig, configFor } from "./wasm-config.ts";

/** Statistics of a GIF that was made elsewhere: most are not known. */
const NO_STATS: GifStats = {
  decodeMs: 0,
  planMs: 0,
  encodeMs: 0,
  totalMs: 0,
  workers: 0,
  workerChanges: [],
  workerKind: "main",
  peakMemoryBytes: 0,
  inputBytes: 0,
  outputBytes: 0,
  paletteKind: "unknown",
  blank: [],
  unwanted: [],
  skipped: [],
  warnings: [],
};

/** A file as returned by wasm. */
type DownloadedFile = { pieces: Uint8Array<ArrayBuffer>[]; width: number; height: number; delaysMs: number[] };

/** Implements the calls of `TaskClient`, where they are documented. Loaded with the first call. */
export class Calls {
  // In a closure, so that no console and no serializer can show a key.
  readonly #api: () => Promise<ApiClient>;
  readonly #config: () => ApiConfig;
  readonly #poller = new Poller();

  constructor(options: ResolvedClientOptions) {
    const config = configFor(options);
    this.#config = () => config;
    let opened: Promise<ApiClient> | undefined;
    this.#api = () => {
      opened ??= openApi(config).catch((error: unknown) => {
        opened = undefined; // a failure is not kept
        throw toClientError(error);
      });
      return opened;
    };
  }

  async getTaskGif(taskId: string, options?: CallOptions): Promise<{ gif: string | null }> {
    return { gif: await this.#lookup<string | null>("gif", taskId, options) };
  }

  getTask(taskId: string, options?: CallOptions): Promise<Task> {
    return this.#lookup("task", taskId, options);
  }

  getStatus(taskId: string, options?: CallOptions): Promise<TaskStatus> {
    return this.#lookup("status", taskId, options);
  }

  getScreenshots(taskId: string, options?: CallOptions): Promise<string[]> {
    return this.#lookup("screenshots", taskId, options);
  }

  async waitForTaskGif(taskId: string, options: WaitOptions = {}): Promise<WaitResult> {
    const names = ["signal", "timeout", "interval", "isNew", "onPoll"];
    const { timeout = DEFAULT_WAIT_MS, ...rest } = checkWait(options, names) as WaitOptions;
    rest.signal?.throwIfAborted();
    return this.#poller.wait(await this.#api(), id(taskId), { ...rest, timeout });
  }

  async downloadTaskGif(taskId: string, options: DownloadOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const { pieces } = await this.#download(taskId, options);
    const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  async fetchTaskGif(taskId: string, options: DownloadOptions = {}): Promise<TaskGif> {
    const { pieces, width, height, delaysMs } = await this.#download(taskId, options);
    let durationMs = 0;
    const frames = delaysMs.map((delayMs): FrameInfo => {
      const frame = { startMs: durationMs, delayMs, sources: [], bytes: 0 };
      durationMs += delayMs;
      return frame;
    });
    const blob = new Blob(pieces, { type: "image/gif" });
    return new TaskGif({
      blob,
      source: "server",
      width,
      height,
      durationMs,
      frames,
      stats: { ...NO_STATS, outputBytes: blob.size },
    });
  }

  async *watchTask(taskId: string, options: WatchOptions = {}): AsyncGenerator<TaskUpdate> {
    const { signal, interval = DEFAULT_INTERVAL_MS } = checkWait(options, ["signal", "interval"]);
    const { watchTask } = await lazyImport(import("./watch-task.lazy.ts"));
    const ask = () => this.#taskUpdate(taskId, signal);
    yield* watchTask({ taskId: id(taskId), config: this.#config(), ask, intervalMs: interval, signal });
  }

  async *fetchScreenshots(taskId: string, options: FetchScreenshotsOptions = {}): AsyncGenerator<DescribedScreenshot> {
    const checked = checkFetch(options);
    const { signal } = checked;
    if (!checked.live) return yield* this.#fetchNew(taskId, await this.#taskUpdate(taskId, signal), checked);
    const numbers = new Set<number>();
    for await (const update of this.watchTask(taskId, { ...(signal && { signal }) })) {
      yield* this.#fetchNew(taskId, update, checked, numbers);
    }
  }

  async #taskUpdate(taskId: string, signal: AbortSignal | undefined): Promise<TaskUpdate> {
    const options = { ...(signal && { signal }) };
    const task = await this.getTask(taskId, options);
    return { task, screenshots: await this.getScreenshots(taskId, options) };
  }

  /** Fetches the screenshots whose step numbers are not in the set of fetched ones, and adds them to it. */
  async *#fetchNew(
    taskId: string,
    { task, screenshots: urls }: TaskUpdate,
    { signal, concurrency, onBadFrame, skipBlank }: ReturnType<typeof checkFetch>,
    before?: Set<number>,
  ): AsyncGenerator<DescribedScreenshot> {
    const shown = shownSteps(readV1(task, urls).steps, skipBlank);
    const steps = shown.filter(({ number }) => !before?.has(number));
    for (const { number } of steps) before?.add(number);
    const api = await this.#api();
    const fetchOne = async ({ picture: url, isFile: _, ...step }: ShownStep, signal: AbortSignal) => {
      const { pieces } = (await api.download(
        taskId,
        { screenshot: { index: urls.indexOf(url), url } },
        signal,
      )) as DownloadedFile;
      return { ...step, image: new Blob(pieces), keepOrder: true };
    };
    try {
      yield* mapInOrder(steps, fetchOne, { concurrency, skip: onBadFrame === "skip", signal });
    } catch (error) {
      throw toClientError(error);
    }
  }

  async #lookup<T>(call: string, taskId: string, options: CallOptions = {}): Promise<T> {
    const { signal } = checkWait(options, ["signal"]);
    signal?.throwIfAborted();
    const api = await this.#api();
    try {
      return (await api.lookup(call, id(taskId), signal)) as T;
    } catch (error) {
      throw toClientError(error);
    }
  }

  async #download(taskId: string, options: DownloadOptions): Promise<DownloadedFile> {
    const names = ["signal", "timeout", "interval", "isNew", "onProgress"];
    const { signal, timeout = 0, interval, isNew, onProgress } = checkWait(options, names) as DownloadOptions;
    signal?.throwIfAborted();
    const api = await this.#api();
    try {
      const request = { timeoutMs: timeout, intervalMs: interval, isNew, onProgress };
      return (await api.download(id(taskId), request, signal)) as DownloadedFile;
    } catch (error) {
      throw toClientError(error);
    }
  }
}

function id(taskId: unknown): string {
  return typeof taskId === "string" ? taskId : reject("taskId", "a string", taskId);
}

function checkFetch(value: unknown) {
  const options = record(value, "options", [
    "signal",
    "concurrency",
    "onBadFrame",
    "skipBlank",
    "live",
  ]) as FetchScreenshotsOptions;
  const { signal, concurrency = 4, onBadFrame = "error", skipBlank = true, live = false } = options;
  checkSignal(signal);
  return {
    signal,
    concurrency: integer(concurrency, "options.concurrency", 1, 32),
    onBadFrame: oneOf(onBadFrame, "options.onBadFrame", ["error", "skip"]),
    skipBlank: boolean(skipBlank, "options.skipBlank"),
    live: boolean(live, "options.live"),
  };
}
