import { type GifState, homeFiles, readGifFacts } from "./gifs/gif-state.ts";
import { type Store, writeJson } from "./stores/store.ts";
import { isOver, type Task } from "./task.ts";
import { uploadedFiles } from "./uploads/uploaded-task.ts";

const DAY_MS = 86_400_000;

/** Whether a task ended so many days ago. One that never ended counts from its beginning. */
export function isOlderThan({ record }: Task, days: number): boolean {
  const from = (isOver(record) && record.finished_at) || record.created_at;
  const since = typeof from === "string" ? Date.parse(from) : Number.NaN;
  return Date.now() - since > days * DAY_MS;
}

/** Whether the media of a task have been kept long enough. What a person put into the store is kept for ever. */
export function isExpired(task: Task, keepDays: number): boolean {
  return task.isUploaded && isOlderThan(task, keepDays);
}

/**
 * Removes the media of an uploaded task: the GIF with its poster, and the screenshots. Resolves to how many screenshots went, or to
 * nothing where all was gone.
 */
export async function expire(store: Store, task: Task): Promise<number | undefined> {
  const { state } = await readGifFacts(store, task);
  const shots = await task.shots();
  const isNew = state?.state !== "expired";
  if (shots.length === 0 && !(isNew && (await store.list(task.id)).includes("gif/"))) return undefined;
  // Said before it is done: nobody gets an address of what is about to go, and a sweep that breaks off goes on later.
  const expired: GifState = { state: "expired", request: null, made_at: new Date().toISOString() };
  if (isNew) await writeJson(store, homeFiles.state(task), expired);
  for (const file of [homeFiles.gif, homeFiles.poster]) await store.write(file(task), null);
  for (const { name } of shots) await store.write(uploadedFiles.picture(task.id, name), null);
  return shots.length;
}
