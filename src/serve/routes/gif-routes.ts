import { Hono } from "hono";
import { jsonBody } from "../http/request-fields.ts";
import { isExpired } from "../retention.ts";
import { isOver } from "../task.ts";
import { addScreenshot, finishTask, requestGif } from "../uploads.ts";
import { expired } from "./media-routes.ts";
import { bodyOf, gifRate, uploadMemory } from "./request-limits.ts";
import type { RouteContext, TaskEnv } from "./route-context.ts";

/** What leads to a GIF: screenshots, the end of the task, and the GIF itself. */
export function gifRoutes({ settings, tasks, media, jobs, queue }: RouteContext): Hono<TaskEnv> {
  const { store } = tasks;
  const limited = gifRate(queue, settings.keyLimit);
  return new Hono<TaskEnv>()
    .post("/task/:id/screenshot", uploadMemory(settings), bodyOf(settings.screenshotBytes), async (c) => {
      const { task } = c.var;
      const body = new Uint8Array(await c.req.arrayBuffer());
      const step = await addScreenshot(store, task, body, c.req.query(), settings.screenshots);
      tasks.changes.announce(task.id);
      return c.json({ step });
    })
    .post("/task/:id/finish", limited, bodyOf(), async (c) => {
      const { task } = c.var;
      const { status } = await finishTask(store, task, await jsonBody(c));
      tasks.changes.announce(task.id);
      await jobs.add(task, "background");
      return c.json({ id: task.id, status });
    })
    .get("/task/:id/gif", async (c) => {
      const { task } = c.var;
      const { gif, isSettled } = await media.gifOf(media.originOf(c), task);
      if (!isSettled && isOver(task.record)) await jobs.addAgain(task);
      return c.json({ gif });
    })
    .get("/task/:id/poster", async (c) => {
      const { poster } = await media.gifOf(media.originOf(c), c.var.task);
      return c.json({ poster });
    })
    .post("/task/:id/gif", limited, bodyOf(), async (c) => {
      const { task } = c.var;
      if (isExpired(task, settings.keepDays)) throw expired();
      await requestGif(store, task, await jsonBody(c));
      await jobs.add(task, "person");
      return c.json({ gif: null }, 202);
    });
}
