import { Hono, type MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { Log } from "../server-options.ts";
import { keyHolders, listedOrigins, ownOrigin } from "./access-control.ts";
import { gifRoutes } from "./gif-routes.ts";
import { mediaRoutes } from "./media-routes.ts";
import { findTask, type RouteContext, type TaskEnv } from "./route-context.ts";
import { dashboardRoutes, monitoringRoutes } from "./site-routes.ts";
import { taskRoutes } from "./task-routes.ts";

const API = "/api/v1";

/** All that the server answers: the documented v1 calls, their media, what takes tasks in, and the dashboard. */
export function createApp(context: RouteContext): Hono<TaskEnv> {
  const { settings, tasks, keys, metrics } = context;
  const { log } = settings;
  const app = new Hono<TaskEnv>();
  app.use(requestLog(log));
  app.use(secureHeaders({ strictTransportSecurity: false, crossOriginResourcePolicy: "cross-origin" }));
  app.use(metrics.middleware);
  app.route("/", monitoringRoutes(context));
  app.use(ownOrigin(settings, keys));
  if (settings.corsOrigins.length > 0) app.use(listedOrigins(settings));
  app.use(`${API}/*`, keyHolders(keys));
  app.use(`${API}/task/:id/*`, findTask(tasks));
  app.route(API, taskRoutes(context));
  app.route(API, gifRoutes(context));
  app.route("/", mediaRoutes(context));
  app.route("/", dashboardRoutes(context));
  app.notFound((c) => c.json({ detail: "Not Found" }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    log({ event: "error", path: c.req.path, error: error.message });
    const { code = "" } = error as Error & { code?: string };
    if (Object.hasOwn(STORE_REFUSALS, code)) return c.json({ detail: STORE_REFUSALS[code] }, 503);
    return c.json({ detail: "Internal Server Error" }, 500);
  });
  return app;
}

/** What a store that cannot write says, by the code of its error. */
const STORE_REFUSALS: { readonly [code: string]: string } = {
  ENOSPC: "The disk of the server is full",
  EDQUOT: "The disk of the server is full",
  EACCES: "The server may not write into its folder",
  EPERM: "The server may not write into its folder",
  EROFS: "The server may not write into its folder",
};

/** One line a request. Queries may hold signatures, and headers keys: neither is in it. */
function requestLog(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const since = performance.now();
    await next();
    const ms = Math.round((performance.now() - since) * 10) / 10;
    log({ event: "request", method: c.req.method, path: c.req.path, status: c.res.status, ms });
  };
}
