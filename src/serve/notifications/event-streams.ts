import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { describeError } from "../../js/task-gif-error.ts";
import type { Log } from "../server-options.ts";
import { type EventSource, TaskEventWriter } from "./task-events.ts";

/** Streams that may be open at the same time. Others are told to come again, and may ask for the task meanwhile. */
const MOST_STREAMS = 200;
/** A stream ends after this time. Whoever reads it asks again, with the key that is valid then. */
const MOST_MS = 600_000;

/** How often a task is looked at for what another server, or a person, has changed. */
const LOOK_MS = 2000;
/** A line that keeps proxies from ending a stream on which nothing happens. */
const HEARTBEAT_MS = 15_000;

/** The event streams that are open on this server. */
export class EventStreams {
  #open = 0;

  constructor(private readonly log: Log) {}

  /** Answers with the events of a task. */
  answer(c: Context, id: string, source: EventSource): Response {
    if (this.#open >= MOST_STREAMS) {
      return c.json({ detail: "Too many event streams at the same time" }, 503, { "retry-after": "10" });
    }
    this.#open++;
    const response = streamSSE(c, async (stream) => {
      try {
        const signal = AbortSignal.any([source.signal, AbortSignal.timeout(MOST_MS)]);
        await writeTaskEvents(stream, id, { ...source, signal });
      } catch (error) {
        // The end of the stream tells the client to connect again.
        this.log({ event: "stream_error", task: id, error: describeError(error) });
      } finally {
        this.#open--;
      }
    });
    // Both headers are set by the host, and HTTP/2 has neither.
    response.headers.delete("transfer-encoding");
    response.headers.delete("connection");
    // Without this header nginx buffers events.
    response.headers.set("x-accel-buffering", "no");
    return response;
  }
}

/**
 * Writes the events of a task: `task` with its fields, at first and whenever they change, `step` for each screenshot
 * with the fields of its step, and `gif` at the end. Each stream starts with everything so far. It ends after `gif`, or
 * when an earlier event no longer holds: the client then connects again.
 */
async function writeTaskEvents(stream: SSEStreamingApi, id: string, source: EventSource): Promise<void> {
  const { tasks, signal } = source;
  const clock = new Clock();
  const unwatch = tasks.changes.watch(id, () => clock.wake());
  const stop = () => clock.wake();
  signal.addEventListener("abort", stop);
  stream.onAbort(stop);
  const told = new TaskEventWriter(stream, id, source);
  let heardAt = performance.now();
  try {
    while (!stream.aborted && !signal.aborted) {
      const task = await tasks.find(id);
      const before = told.count;
      if (!task || !(await told.tell(task))) return;
      if (told.count > before) heardAt = performance.now();
      else if (performance.now() - heardAt >= HEARTBEAT_MS) {
        heardAt = performance.now();
        await stream.write(":\n\n");
      }
      await clock.sleep(LOOK_MS);
    }
  } finally {
    unwatch();
    signal.removeEventListener("abort", stop);
  }
}

/** Sleeps until it is woken; one that is woken while awake does not sleep at all. */
class Clock {
  #isWoken = false;
  #wake: (() => void) | undefined;

  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  async sleep(ms: number): Promise<void> {
    if (!this.#isWoken) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
    }
    this.#isWoken = false;
  }
}
