import { lazyImport } from "../lazy-import.ts";
import type { DescribedScreenshot } from "../public-types.ts";
import type { TaskGif } from "../task-gif.ts";
import { resolveClientOptions } from "./client-options.ts";
import type {
  CallOptions,
  DownloadOptions,
  FetchScreenshotsOptions,
  Task,
  TaskClientOptions,
  TaskStatus,
  TaskUpdate,
  WaitOptions,
  WaitResult,
  WatchOptions,
} from "./client-types.ts";

type Calls = import("./api-calls.lazy.ts").Calls;

/**
 * A client of the task API: the server-hosted GIF of a task, its screenshots, status and events. The rules, retries and
 * checks are those of the crate. Nothing is requested before the first call.
 */
export class TaskClient {
  // In a closure, so that no console and no serializer can show a key.
  readonly #calls: () => Promise<Calls>;

  /** @throws `TypeError` for wrong options, including a raw key in a browser. */
  constructor(options: TaskClientOptions) {
    const resolved = resolveClientOptions(options);
    let calls: Calls | undefined;
    this.#calls = async () => {
      const { Calls } = await lazyImport(import("./api-calls.lazy.ts"));
      calls ??= new Calls(resolved);
      return calls;
    };
  }

  /** Returns the URL of the GIF from the API; null while there is none. It is not requested, and may be on any host. */
  async getTaskGif(taskId: string, options?: CallOptions): Promise<{ gif: string | null }> {
    return (await this.#calls()).getTaskGif(taskId, options);
  }

  /** Returns the task. */
  async getTask(taskId: string, options?: CallOptions): Promise<Task> {
    return (await this.#calls()).getTask(taskId, options);
  }

  /** Returns the status of the task. */
  async getStatus(taskId: string, options?: CallOptions): Promise<TaskStatus> {
    return (await this.#calls()).getStatus(taskId, options);
  }

  /** Returns the URLs of the screenshots; none if the API returns null. */
  async getScreenshots(taskId: string, options?: CallOptions): Promise<string[]> {
    return (await this.#calls()).getScreenshots(taskId, options);
  }

  /**
   * Waits until the GIF is ready, or it is certain that there will be none, or the timeout has passed. Calls for the
   * same task share one poller, which pauses while the page is hidden or offline.
   */
  async waitForTaskGif(taskId: string, options?: WaitOptions): Promise<WaitResult> {
    return (await this.#calls()).waitForTaskGif(taskId, options);
  }

  /** Returns the bytes of the GIF after checks of host, content type, size, and a complete GIF up to its trailer. */
  async downloadTaskGif(taskId: string, options?: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.#calls()).downloadTaskGif(taskId, options);
  }

  /** Returns the GIF as a `TaskGif` whose `source` is `"server"`. */
  async fetchTaskGif(taskId: string, options?: DownloadOptions): Promise<TaskGif> {
    return (await this.#calls()).fetchTaskGif(taskId, options);
  }

  /**
   * Yields the task at once and after each change, until it has ended. Listens to the events of servers that have them, such
   * as `task-gif serve`, or else polls. Pauses while the page is hidden or offline.
   */
  async *watchTask(taskId: string, options?: WatchOptions): AsyncGenerator<TaskUpdate> {
    yield* (await this.#calls()).watchTask(taskId, options);
  }

  /**
   * Yields the screenshots of the task with the facts of their steps, in the order of the steps, as they arrive. An
   * expired URL is renewed once. Each download has its own retries. With `live: true` later screenshots follow
   * until the task has ended.
   */
  async *fetchScreenshots(taskId: string, options?: FetchScreenshotsOptions): AsyncGenerator<DescribedScreenshot> {
    yield* (await this.#calls()).fetchScreenshots(taskId, options);
  }
}
