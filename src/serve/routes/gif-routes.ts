import { Hono } from "hono";
import { requestGif } from "../gifs/gif-request.ts";
import { jsonBody, queryFields } from "../http/request-fields.ts";
import { isExpired } from "../retention.ts";
import { isOver } from "../task.ts";
import { addScreenshot } from "../uploads/add-screenshot.ts";
import { finishTask } from "../uploads/change-task.ts";
import { expired } from "./media-routes.ts";
import { bodyOf, gifRate, uploadMemory } from "./request-limits.ts";
import { changeTask, type RouteContext, type TaskEnv } from "./route-context.ts";

/** Routes of a task's GIF: upload of screenshots, the end of the task, and the GIF itself. */
export function gifRoutes(context: RouteContext): Hono<TaskEnv> {
  const { settings, tasks, media, jobs, queue } = context;
  const { store } = tasks;
  const limited = gifRate(queue, settings.keyLimit);
  return new Hono<TaskEnv>()
    .post("/task/:id/screenshot", uploadMemory(settings), bodyOf(settings.screenshotBytes), async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer());
      const facts = queryFields(c);
      const step = await changeTask(context, c, (task) =>
        addScreenshot(store, task, body, facts, settings.screenshots),
      );
      return c.json({ step });
    })
    .post("/task/:id/finish", limited, bodyOf(), async (c) => {
      const body = await jsonBody(c);
      const { status } = await changeTask(context, c, async (task) => {
        const record = await finishTask(store, task, body);
        await jobs.add(task, "background");
        return record;
      });
      return c.json({ id: c.var.task.id, status });
    })
    .get("/task/:id/gif", async (c) => {
      const { task } = c.var;
      const { gif, isSettled } = await media.gifOf(media.originOf(c), task);
      if (!isSettled && isOver(task.record)) await jobs.addAgain(task);
      return c.json({ gif });
    })
    .post("/task/:id/gif", limited, bodyOf(), async (c) => {
      const options = await jsonBody(c);
      await changeTask(context, c, async (task) => {
        if (isExpired(task, settings.keepDays)) throw expired();
        await requestGif(store, task, options);
        await jobs.add(task, "person");
      });
      return c.json({ gif: null }, 202);
    })
    .get("/task/:id/poster", async (c) => {
      const { poster } = await media.gifOf(media.originOf(c), c.var.task);
      return c.json({ poster });
    });
}
