/**
 * A server of tasks that answers the documented calls, for Node and its kin: tasks are in a folder or in an
 * S3-compatible store.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../../js/platform/platform.ts";
import { node } from "../../node/platform.ts";
import { posterInThread } from "../../node/poster-thread.ts";
import { workInBackground } from "../../node/thread-priority.ts";
import type { ServerOptions, TaskServer, TaskWorker, WorkerOptions } from "../../serve/exports.ts";
import * as serve from "../../serve/exports.ts";

usePlatform(node);
workInBackground();

/** Makes a server of the tasks in a store. Nothing happens before it is asked or started. */
export const createTaskServer = (options: ServerOptions): TaskServer =>
  serve.createTaskServer({ makePoster: posterInThread, ...options });

/** Makes a worker for the jobs in a queue. Nothing happens before it is started. */
export const createTaskWorker = (options: WorkerOptions): TaskWorker =>
  serve.createTaskWorker({ makePoster: posterInThread, ...options });

export { FileStore } from "../../node/file-store.ts";
export { openQueue } from "../../node/queue/bullmq-queue.ts";
export * from "../../serve/exports.ts";
