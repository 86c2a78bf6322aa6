import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { describeError } from "../../js/task-gif-error.ts";
import type { Log } from "../server-options.ts";
import { type EventSource, writeTaskEvents } from "./task-events.ts";

/** Streams that may be open at the same time. Others are told to come again, and may ask for the task meanwhile. */
const MOST_STREAMS = 200;
/** A stream ends after this time. Whoever reads it asks again, with the key that is valid then. */
const MOST_MS = 600_000;

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
        // The reader learns by the end of the stream that it has to ask again.
        this.log({ event: "stream_error", task: id, error: describeError(error) });
      } finally {
        this.#open--;
      }
    });
    // Those are for the host to say, and HTTP/2 has no such thing.
    response.headers.delete("transfer-encoding");
    response.headers.delete("connection");
    // nginx would keep events back until there are many.
    response.headers.set("x-accel-buffering", "no");
    return response;
  }
}
