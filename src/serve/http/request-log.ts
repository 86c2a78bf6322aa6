import type { MiddlewareHandler } from "hono";
import type { Log } from "../server-options.ts";

/** One line a request. Queries may hold signatures, and headers keys: neither is in it. */
export function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const since = performance.now();
    await next();
    const ms = Math.round((performance.now() - since) * 10) / 10;
    log({ event: "request", method: c.req.method, path: c.req.path, status: c.res.status, ms });
  };
}
