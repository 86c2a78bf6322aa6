import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { sha256 } from "hono/utils/crypto";
import { refusal } from "../http/refusal.ts";
import type { GifQueue } from "../queue/gif-queue.ts";
import type { ResolvedServerOptions } from "../server-options.ts";

const JSON_BYTES = 64 * 1024;
const WINDOW_MS = 60_000;

/** Refuses bodies beyond a limit, by their header or as soon as they exceed it. */
export function bodyOf(maxSize = JSON_BYTES): MiddlewareHandler {
  const onError = () => {
    throw refusal(413, `The body is larger than ${maxSize} bytes`);
  };
  return bodyLimit({ maxSize, onError });
}

/** Limits the bytes of concurrent uploads. A body without a length counts as the longest allowed one. */
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

/** Limits GIF requests per key and minute, over all servers on a queue. Requests without a key share one limit. */
export function gifRate(queue: GifQueue, most: number): MiddlewareHandler {
  return async (c, next) => {
    if (most !== Number.POSITIVE_INFINITY) {
      const caller = ((await sha256(c.req.header("authorization") ?? "")) ?? "").slice(0, 16);
      // While the queue is unreachable, no request is refused: an accepted GIF must be stored as pending, not made at
      // once.
      const used = await queue.tally(`key:${caller}`, WINDOW_MS).catch(() => 0);
      if (used > most) {
        const seconds = Math.ceil((WINDOW_MS - (Date.now() % WINDOW_MS)) / 1000);
        throw refusal(429, `A key may ask for ${most} GIFs a minute`, { "retry-after": String(seconds) });
      }
    }
    await next();
  };
}
