import { isFinal } from "../task-status.ts";
import type { Task, TaskStep, TaskUpdate } from "./client-types.ts";
import { readEventStream, type ServerEvent } from "./event-stream.ts";
import { whenHidden } from "./page-visibility.ts";
import type { ApiConfig } from "./wasm-config.ts";

/** Options of the watch. */
export type TaskWatch = {
  taskId: string;
  config: ApiConfig;
  /** Requests the current task. */
  ask(): Promise<TaskUpdate>;
  /** Polling interval in ms, if there are no events. */
  intervalMs: number;
  signal: AbortSignal | undefined;
};

/**
 * Maximum number of streams of a page: over HTTP/1.1 a browser opens six connections per host, and other calls need
 * some.
 */
const MOST_STREAMS = 2;
/** Time in ms without data after which a stream counts as broken: servers send at least a comment every 15 s. */
const SILENCE_MS = 40_000;
/** Time in ms for the first event, which servers send at once: if it is missing, a proxy buffers the stream. */
const FIRST_EVENT_MS = 5000;
/** Number of consecutive failed streams after which the task is polled. */
const MOST_FAILURES = 3;
/** Time in ms without a change after which polling slows down to the interval below. */
const QUIET_MS = 300_000;
const MOST_INTERVAL_MS = 15_000;
/** Statuses of servers without events. */
const NO_EVENTS = new Set([400, 404, 405, 406, 501]);

let openStreams = 0;

/**
 * Yields the task at once and after each change, until it has ended. Pauses while the page is hidden or offline. Events
 * are requested below the base URL if the task has `events_url`; that URL itself is not used, since the key must not go
 * elsewhere.
 */
export async function* watchTask(watch: TaskWatch): AsyncGenerator<TaskUpdate> {
  const { ask, config, signal, intervalMs } = watch;
  let failures = 0;
  let told = "";
  let changedAt = Date.now();
  /** Whether an update differs from the one before. */
  const isNew = (update: TaskUpdate) => {
    // Responses have these two URLs and events do not, so they do not count as a change.
    const { events_url: _, page_url: __, ...facts } = update.task;
    const text = JSON.stringify([facts, update.screenshots]);
    if (text === told) return false;
    told = text;
    changedAt = Date.now();
    return true;
  };
  for (;;) {
    await abortable(config.awake(), signal);
    const update = await ask();
    if (isNew(update)) yield update;
    if (isOver(update)) return;
    const hasEvents = typeof update.task.events_url === "string";
    if (hasEvents && failures < MOST_FAILURES && openStreams < MOST_STREAMS) {
      try {
        for await (const next of streamed(watch, update.screenshots.length)) {
          failures = 0;
          if (isNew(next)) yield next;
          if (isOver(next)) return;
        }
      } catch (error) {
        signal?.throwIfAborted();
        failures = error instanceof NoEvents ? MOST_FAILURES : failures + 1;
      }
    }
    const isQuiet = Date.now() - changedAt > QUIET_MS;
    await abortable(pause(isQuiet ? Math.max(MOST_INTERVAL_MS, intervalMs) : intervalMs), signal);
  }
}

/** Thrown if the server has no events. */
class NoEvents extends Error {}

/** Yields updates from the events of a stream until it ends. The stream repeats the `known` screenshots first. */
async function* streamed({ taskId, config, signal }: TaskWatch, known: number): AsyncGenerator<TaskUpdate> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  const unwatch = whenHidden(leave);
  signal?.addEventListener("abort", leave);
  openStreams++;
  try {
    const body = await abortable(openEvents(config, taskId, leaving.signal), leaving.signal);
    const picture = new TaskPicture();
    for await (const events of readEventStream(body, { firstMs: FIRST_EVENT_MS, silenceMs: SILENCE_MS })) {
      for (const event of events) picture.add(event);
      const update = picture.update();
      // A stream repeats the known steps first: updates with fewer screenshots than known are not yielded.
      if (update && (isOver(update) || update.screenshots.length >= known)) yield update;
    }
  } catch (error) {
    // The stream was closed because the page is hidden.
    if (!leaving.signal.aborted) throw error;
  } finally {
    openStreams--;
    unwatch();
    signal?.removeEventListener("abort", leave);
    leaving.abort();
  }
}

/** Opens the stream with the key in a header; redirects are refused, since they could leak it. */
async function openEvents(
  config: ApiConfig,
  taskId: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { baseUrl, credentials, apiKey, token } = config;
  for (const renew of [false, true]) {
    const key = apiKey ?? (await token?.(renew));
    const headers = new Headers([...config.headers, ["accept", "text/event-stream"]]);
    if (key) headers.set("authorization", `Bearer ${key}`);
    const response = await config.fetch(`${baseUrl.replace(/\/+$/, "")}/task/${taskId}/events`, {
      headers,
      credentials,
      signal,
      redirect: "manual",
      cache: "no-store",
    });
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    if (response.ok && isStream && response.body) return response.body as ReadableStream<Uint8Array<ArrayBuffer>>;
    await response.body?.cancel();
    if (response.ok || NO_EVENTS.has(response.status)) throw new NoEvents();
    if (response.status !== 401 || !token) break;
  }
  throw new Error("the events of the task cannot be had now");
}

/** Builds a task from its events. */
class TaskPicture {
  #task: Omit<Task, "steps"> | undefined;
  readonly #steps = new Map<number, TaskStep>();
  readonly #screenshots = new Map<number, string>();

  add({ event, data }: ServerEvent): void {
    if (event === "task") {
      this.#task = JSON.parse(data) as Task;
    } else if (event === "step") {
      const { screenshot, ...step } = JSON.parse(data) as TaskStep & { screenshot: string | null };
      this.#steps.set(step.step, step);
      if (screenshot !== null) this.#screenshots.set(step.step, screenshot);
    }
  }

  update(): TaskUpdate | undefined {
    if (!this.#task) return undefined;
    const task = { ...this.#task, steps: inOrder(this.#steps) } as Task;
    return { task, screenshots: inOrder(this.#screenshots) };
  }
}

const inOrder = <Value>(map: ReadonlyMap<number, Value>): Value[] =>
  [...map].sort(([a], [b]) => a - b).map(([, value]) => value);

/** Whether nothing more will happen to a task. */
const isOver = ({ task }: TaskUpdate) => isFinal(task.status);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Awaits a promise until the signal is aborted. */
function abortable<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
