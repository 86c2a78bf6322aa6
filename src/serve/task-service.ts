import { ApiKeys } from "./auth/api-keys.ts";
import { FailureLog } from "./gifs/failure-log.ts";
import { GifMaker } from "./gifs/gif-maker.ts";
import { Metrics } from "./metrics.ts";
import { PendingTasks } from "./queue/pending-tasks.ts";
import type { ResolvedMakerOptions } from "./server-options.ts";
import { TaskMedia } from "./task-media.ts";
import { Tasks } from "./tasks.ts";
import { Webhooks } from "./webhooks/webhooks.ts";

/** Creates the parts that servers, workers and batches on a store share. `signal` aborts their reads. */
export function taskService(settings: ResolvedMakerOptions, signal: AbortSignal) {
  const { store, log, webhook } = settings;
  const tasks = new Tasks(store, log, signal);
  const keys = new ApiKeys(store);
  const media = new TaskMedia(settings, keys);
  const pending = new PendingTasks(store, "pending");
  const failures = new FailureLog(log);
  const metrics = new Metrics();
  const webhooks = webhook && new Webhooks(webhook, tasks, media, metrics, log);
  const maker = new GifMaker(settings, tasks, pending, failures, metrics, webhooks);
  return { tasks, keys, media, pending, failures, metrics, webhooks, maker };
}
