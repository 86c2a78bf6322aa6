import type { MiddlewareHandler } from "hono";
import { sha256 } from "hono/utils/crypto";
import type { GifQueue } from "./queue/gif-queue.ts";
import { refusal } from "./uploads/uploads.ts";

const WINDOW_MS = 60_000;

/** Lets each key through so often in a minute, at all servers on a queue together. Those without a key share one limit. */
export function limitRate(queue: GifQueue, most: number): MiddlewareHandler {
  return async (c, next) => {
    if (most !== Number.POSITIVE_INFINITY) {
      const caller = ((await sha256(c.req.header("authorization") ?? "")) ?? "").slice(0, 16);
      // While the queue is away nobody is refused: what is acknowledged has to be kept, not to be made at once.
      const used = await queue.tally(`key:${caller}`, WINDOW_MS).catch(() => 0);
      if (used > most) {
        const seconds = Math.ceil((WINDOW_MS - (Date.now() % WINDOW_MS)) / 1000);
        throw refusal(429, `A key may ask for ${most} GIFs a minute`, { "retry-after": String(seconds) });
      }
    }
    await next();
  };
}
