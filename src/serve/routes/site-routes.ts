import { Hono } from "hono";
import { sendFile } from "../http/send-file.ts";
import { METRICS_TYPE } from "../metrics.ts";
import type { RouteContext } from "./route-context.ts";

/** Names of the dashboard's files; none begins with a dot. */
const PAGE = /^[\w@-][\w@.-]*(\/[\w@-][\w@.-]*)*$/;

/** Routes for health checks and metrics. */
export function monitoringRoutes({ queue, metrics }: Pick<RouteContext, "queue" | "metrics">): Hono {
  const counts = () => queue.counts().catch(() => undefined);
  return new Hono()
    .get("/healthz", async (c) => {
      const found = await counts();
      return c.json({ status: "ok", queued: found?.waiting ?? null, queue: found ?? null });
    })
    .get("/metrics", async (c) => c.body(metrics.text(await counts()), 200, { "content-type": METRICS_TYPE }));
}

/** Routes of the dashboard's files. */
export function dashboardRoutes({ settings: { dashboard } }: Pick<RouteContext, "settings">): Hono {
  return new Hono().get("*", async (c) => {
    const path = c.req.path.slice(1).replace(/(^|\/)$/, "$1index.html");
    if (!dashboard || !PAGE.test(path)) return c.notFound();
    const page = await sendFile(dashboard, path, c.req.raw);
    if (page) return page;
    // Redirects to a folder are relative, since a proxy may have a path prefix.
    const isFolder = await dashboard.read(`${path}/index.html`, () => null);
    return isFolder ? c.redirect(`${path.split("/").at(-1)}/`) : c.notFound();
  });
}
