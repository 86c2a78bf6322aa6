import type { Context, MiddlewareHandler } from "hono";
import type { ApiKeys } from "../auth/api-keys.ts";
import type { GifJobs } from "../gifs/gif-jobs.ts";
import { invalid, refusal } from "../http/refusal.ts";
import type { Metrics } from "../metrics.ts";
import type { GifQueue } from "../queue/gif-queue.ts";
import type { ResolvedServerOptions } from "../server-options.ts";
import { TASK_ID, type Task } from "../task.ts";
import type { TaskMedia } from "../task-media.ts";
import type { Tasks } from "../tasks.ts";
import type { TaskMutex } from "../uploads/task-mutex.ts";

/** The parts of the server that routes use. */
export type RouteContext = {
  settings: ResolvedServerOptions;
  tasks: Tasks;
  media: TaskMedia;
  jobs: GifJobs;
  queue: GifQueue;
  metrics: Metrics;
  keys: ApiKeys;
  taskMutex: TaskMutex;
  /** Aborted when the server stops. */
  signal: AbortSignal;
};

/** Variables of a request: the task in its path. */
export type TaskEnv = { Variables: { task: Task } };

/** Middleware that finds the task in the path. */
export function findTask(tasks: Tasks): MiddlewareHandler<TaskEnv> {
  return async (c, next) => {
    const id = c.req.param("id") ?? "";
    if (!TASK_ID.test(id)) throw invalid(["path", "task_id"], "Input should be a valid task id", "task_id_parsing");
    c.set("task", await taskWith(tasks, id));
    await next();
  };
}

/**
 * Changes the task in the path. It is read again first: another request may have ended or removed it while the body
 * arrived. Listeners of the task are notified.
 */
export async function changeTask<T>(
  { tasks, taskMutex }: RouteContext,
  c: Context<TaskEnv>,
  act: (task: Task) => Promise<T>,
): Promise<T> {
  const { id } = c.var.task;
  const changed = await taskMutex.hold(id, async () => act(await taskWith(tasks, id)));
  tasks.changes.announce(id);
  return changed;
}

async function taskWith(tasks: Tasks, id: string): Promise<Task> {
  const task = await tasks.find(id);
  if (!task) throw refusal(404, "Task not found");
  return task;
}
