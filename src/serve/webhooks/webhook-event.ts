import { sha256 } from "hono/utils/crypto";
import { describeTask } from "../describe-task.ts";
import { gifNeed } from "../gifs/gif-need.ts";
import { readGifFacts } from "../gifs/gif-state.ts";
import type { Store } from "../stores/store.ts";
import { isOver, type Task } from "../task.ts";
import type { TaskMedia } from "../task-media.ts";

/** A message to the receiver, and its id, by which the receiver recognizes a repeated message. */
export type WebhookEvent = { id: string; body: string };

/**
 * Returns the message about the GIF of a task, once it is ready or has failed. Repeated calls return the same message.
 */
export async function webhookEvent(store: Store, task: Task, media: TaskMedia): Promise<WebhookEvent | undefined> {
  if (!isOver(task.record)) return undefined;
  const { state } = await readGifFacts(store, task);
  const { isNeeded, failure } = await gifNeed(store, task);
  if (isNeeded || state?.state === "expired") return undefined;
  const type = failure ? "gif.failed" : "gif.ready";
  const timestamp = state?.made_at ?? task.record.finished_at ?? null;
  const { id, task: text, status } = describeTask(task);
  const { gif, poster } = media.origin === undefined ? {} : await media.gifOf(media.origin, task);
  const data = failure ? { id, task: text, status, ...failure } : { id, task: text, status, gif, poster };
  const hash = (await sha256(JSON.stringify([id, type, timestamp]))) ?? "";
  return { id: `msg_${hash.slice(0, 32)}`, body: JSON.stringify({ type, timestamp, data }) };
}
