import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { sha256 } from "hono/utils/crypto";
import { refusal } from "../http/refusal.ts";
import type { GifQueue } from "../queue/gif-queue.ts";
import type { ResolvedServerOptions } from "../server-options.ts";

const JSON_BYTES = 64 * 1024;
const WINDOW_MS = 60_000;

/** Refuses larger bodies, as soon as that shows. */
export function bodyOf(maxSize = JSON_BYTES): MiddlewareHandler {
  const onError = () => {
    throw refusal(413, `The body is larger than ${maxSize} bytes`);
  };
  return bodyLimit({ maxSize, onError });
}

/** Lets so many bodies in as memory is meant for. One that does not say how long it is counts as the longest. */
export function uploadMemory({ screenshotBytes, uploadBytes }: ResolvedServerOptions): MiddlewareHandler {
  let taken = 0;
  return async (c, next) => {
    const bytes = Math.min(Number(c.req.header("content-length") ?? screenshotBytes), screenshotBytes);
    if (taken + bytes > uploadBytes) throw refusal(429, "Too many uploads at the same time", { "retry-after": "1" });
    taken += bytes;
    try {
      await next();
    } finally {
      taken -= bytes;
    }
  };
}

/** Lets each key ask for so many GIFs a minute, at all servers on a queue together. Those without a key share one limit. */
export function gifRate(queue: GifQueue, most: number): MiddlewareHandler {
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
