import type { MiddlewareHandler } from "hono";
import type { Log } from "../server-options.ts";
import { loggedPath } from "./logged-path.ts";

/** Logs one line per request, without its query and headers, which may contain signatures and keys. */
export function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const since = performance.now();
    await next();
    const ms = Math.round((performance.now() - since) * 10) / 10;
    log({ event: "request", method: c.req.method, path: loggedPath(c), status: c.res.status, ms });
  };
}
