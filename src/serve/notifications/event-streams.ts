import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import { describeError } from "../../js/task-gif-error.ts";
import type { Log } from "../server-options.ts";
import { type EventSource, TaskEventWriter } from "./task-events.ts";

/** Maximum number of open streams. Further requests are answered with 503 and Retry-After; clients can poll the task meanwhile. */
const MOST_STREAMS = 200;
/** Maximum duration of a stream in ms. The client then connects again, so that its key is checked again. */
const MOST_MS = 600_000;
/** Interval in ms at which the task is read again: another server on the store may have changed it. */
const POLL_MS = 2000;
/** Interval in ms of comment lines, which keep proxies from closing an idle stream. */
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
    // The host sets both headers; HTTP/2 has neither.
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
  const alarm = new Alarm();
  const unwatch = tasks.changes.watch(id, () => alarm.wake());
  const stop = () => alarm.wake();
  signal.addEventListener("abort", stop);
  stream.onAbort(stop);
  const writer = new TaskEventWriter(stream, id, source);
  let writtenAt = performance.now();
  try {
    while (!stream.aborted && !signal.aborted) {
      const task = await tasks.find(id);
      const before = writer.count;
      if (!task || !(await writer.write(task))) return;
      if (writer.count > before) writtenAt = performance.now();
      else if (performance.now() - writtenAt >= HEARTBEAT_MS) {
        writtenAt = performance.now();
        await stream.write(":\n\n");
      }
      await alarm.sleep(POLL_MS);
    }
  } finally {
    unwatch();
    signal.removeEventListener("abort", stop);
  }
}

/** A sleep that can be interrupted. A `wake` before `sleep` skips the sleep. */
class Alarm {
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
