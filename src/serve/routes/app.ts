import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { answerError } from "../http/error-response.ts";
import { requestLog } from "../http/request-log.ts";
import { keyHolders, listedOrigins, ownOrigin } from "./access-control.ts";
import { gifRoutes } from "./gif-routes.ts";
import { mediaRoutes } from "./media-routes.ts";
import { findTask, type RouteContext, type TaskEnv } from "./route-context.ts";
import { dashboardRoutes, monitoringRoutes } from "./site-routes.ts";
import { taskPageRoutes } from "./task-page-routes.ts";
import { taskRoutes } from "./task-routes.ts";

const API = "/api/v1";

/** Creates the app with all routes: the documented v1 calls, media, uploads, and the dashboard. */
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
  app.route("/", taskPageRoutes(context));
  app.route("/", dashboardRoutes(context));
  app.notFound((c) => c.json({ detail: "Not Found" }, 404));
  app.onError(answerError(log));
  return app;
}
