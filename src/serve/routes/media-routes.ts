import { type Context, Hono } from "hono";
import { homeFiles, readGifFacts } from "../gifs/gif-state.ts";
import { refusal } from "../http/refusal.ts";
import { sendFile } from "../http/send-file.ts";
import { isExpired } from "../retention.ts";
import { findTask, type RouteContext, type TaskEnv } from "./route-context.ts";

/** Returns the refusal of media that have expired. */
export const expired = () => refusal(410, "The media of this task have expired");

/** Routes of GIFs, posters and screenshots. Requests need a signed URL or a key. */
export function mediaRoutes({ settings, tasks, media }: RouteContext): Hono<TaskEnv> {
  const { store, keepDays } = settings;
  const app = new Hono<TaskEnv>();
  for (const kind of ["/gifs", "/posters", "/screenshots"]) {
    app.use(`${kind}/:id/:name`, async (c, next) => {
      if (!(await media.isOpenTo(c))) throw refusal(403, "Forbidden");
      await next();
    });
    app.use(`${kind}/:id/:name`, findTask(tasks), async (c, next) => {
      const { task } = c.var;
      if (isExpired(task, keepDays) || (await readGifFacts(store, task)).state?.state === "expired") throw expired();
      await next();
      // If somebody opens the file as a page, nothing in it may run.
      c.header("content-security-policy", "default-src 'none'; sandbox");
    });
  }
  const send = async (c: Context, file: Promise<Response | undefined> | undefined) => (await file) ?? c.notFound();
  return app
    .get("/gifs/:id/execution.gif", (c) => send(c, sendFile(store, homeFiles.gif(c.var.task), c.req.raw)))
    .get("/posters/:id/poster.png", (c) => send(c, sendFile(store, homeFiles.poster(c.var.task), c.req.raw)))
    .get("/screenshots/:id/:name", async (c) => {
      const shot = (await c.var.task.shots()).find(({ name }) => name === c.req.param("name"));
      return send(c, shot && sendFile({ read: (_, choose) => shot.read(choose) }, shot.name, c.req.raw));
    });
}
