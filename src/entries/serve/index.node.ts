/**
 * A server of tasks that answers the documented calls, for Node and its kin: tasks are in a folder or in an
 * S3-compatible store.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../../js/platform/platform.ts";
import { node } from "../../node/platform.ts";
import { workInBackground } from "../../node/thread-priority.ts";

usePlatform(node);
workInBackground();

export { openQueue } from "../../node/bullmq-queue.ts";
export { FileStore } from "../../node/file-store.ts";
export * from "../../serve/exports.ts";
