import { Hono } from "hono";
import { etag } from "hono/etag";
import { asTimestamp } from "../../js/task-records/timestamp.ts";
import { describeStep, describeTask } from "../describe-task.ts";
import { leastShots } from "../gifs/gif-need.ts";
import { jsonBody, queryFields, wholeNumber } from "../http/request-fields.ts";
import { EventStreams } from "../notifications/event-streams.ts";
import { isOver, type Task } from "../task.ts";
import { assertUploaded, createTask, renameTask } from "../uploads/change-task.ts";
import { removeTask } from "../uploads/uploaded-task.ts";
import { bodyOf } from "./request-limits.ts";
import { changeTask, type RouteContext, type TaskEnv } from "./route-context.ts";
import { taskFilter } from "./task-filter.ts";

const MOST_LISTED = 100;

/** Routes of tasks: the list, one task, its events, and its changes. */
export function taskRoutes(context: RouteContext): Hono<TaskEnv> {
  const { settings, tasks, media, signal } = context;
  const { store } = tasks;
  const events = new EventStreams(settings.log);
  const describe = async (task: Task) => {
    const steps = (await task.steps()).map((step) => describeStep(task.id, step));
    return { ...describeTask(task), steps };
  };
  return (
    new Hono<TaskEnv>()
      // Clients poll the list, and most polls find no change.
      .get("/tasks", etag({ weak: true }), async (c) => {
        const origin = media.originOf(c);
        const all: Task[] = [];
        const query = queryFields(c);
        const isWanted = taskFilter(query);
        for await (const task of tasks.all()) if (isWanted(task)) all.push(task);
        all.sort(newestFirst);
        const limit = wholeNumber(query.limit, "limit", 1, MOST_LISTED) ?? 10;
        const page = wholeNumber(query.page, "page", 1, 1_000_000) ?? 1;
        const shown = all.slice((page - 1) * limit, page * limit).map(async (task) => {
          const [described, screenshots, { poster }] = await Promise.all([
            describe(task),
            media.screenshotsOf(origin, task),
            media.gifOf(origin, task),
          ]);
          return { ...described, screenshots, poster };
        });
        const total_pages = Math.ceil(all.length / limit);
        return c.json({ tasks: await Promise.all(shown), total_pages, page, limit, total_count: all.length });
      })
      .post("/task", bodyOf(), async (c) => c.json({ id: await createTask(store, await jsonBody(c)) }))
      .get("/task/:id", async (c) => {
        const { task } = c.var;
        const origin = media.originOf(c);
        // Clients ask for events only if the task has this field.
        const events_url = `${origin}${c.req.path}/events`;
        return c.json({
          ...(await describe(task)),
          ...(!isOver(task.record) && { events_url }),
          ...(settings.dashboard && { page_url: await media.pageOf(origin, task) }),
        });
      })
      .patch("/task/:id", bodyOf(), async (c) => {
        const body = await jsonBody(c);
        return c.json(await describe(await changeTask(context, c, (task) => renameTask(store, task, body))));
      })
      .delete("/task/:id", async (c) => {
        await changeTask(context, c, async (task) => {
          assertUploaded(task);
          await removeTask(store, task.id);
        });
        return c.body(null, 204);
      })
      .get("/task/:id/status", (c) => c.json(c.var.task.record.status ?? "created"))
      .get("/task/:id/media", (c) => c.json({ recordings: null }))
      .get("/task/:id/screenshots", async (c) =>
        c.json({ screenshots: await media.screenshotsOf(media.originOf(c), c.var.task) }),
      )
      .get("/task/:id/events", (c) => {
        const origin = media.originOf(c);
        return events.answer(c, c.var.task.id, {
          tasks,
          signal,
          urlOf: (task, shot) => media.screenshotOf(origin, task, shot),
          async gifOf(task) {
            const { gif, isSettled, request } = await media.gifOf(origin, task);
            return isSettled || (await task.shots()).length < leastShots(request) ? { gif } : undefined;
          },
        });
      })
  );
}

/** Orders tasks by creation time, newest first; equal or missing times by id. */
function newestFirst(a: Task, b: Task): number {
  const createdMs = ({ record }: Task) => asTimestamp(record.created_at) ?? Number.NEGATIVE_INFINITY;
  const [first, second] = [createdMs(a), createdMs(b)];
  if (first !== second) return first < second ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
