import { asTimestamp } from "../js/task-records/timestamp.ts";
import { type GifState, homeFiles, readGifFacts } from "./gifs/gif-state.ts";
import { HOMES } from "./records/record-task.ts";
import type { ResolvedMakerOptions } from "./server-options.ts";
import { type Store, writeJson } from "./stores/store.ts";
import { isOver, type Task } from "./task.ts";
import type { Tasks } from "./tasks.ts";
import { uploadedFiles } from "./uploads/uploaded-task.ts";

const DAY_MS = 86_400_000;
/** Length of the time windows, in ms. In each window, one of the servers on a store removes expired media for all. */
export const RETENTION_WINDOW_MS = 3_600_000;

/** Whether a task ended at least `days` ago. For a task that never ended, the time of its creation counts. */
export function isOlderThan({ record }: Task, days: number): boolean {
  const from = (isOver(record) && record.finished_at) || record.created_at;
  const since = asTimestamp(from) ?? Number.NaN;
  return Date.now() - since > days * DAY_MS;
}

/**
 * Whether the media of a task have to be removed. Only media of uploaded tasks are; records in the store stay. Failed jobs are
 * removed by the queue: see `DEAD_LETTERS` in `queue/retry-policy.ts`.
 */
export function isExpired(task: Task, keepDays: number): boolean {
  return task.isUploaded && isOlderThan(task, keepDays);
}

/**
 * Removes the media of an uploaded task: the GIF with its poster, and the screenshots. Resolves to the number of
 * screenshots that were removed, or to `undefined` if all media were gone before.
 */
async function expire(store: Store, task: Task): Promise<number | undefined> {
  const { state } = await readGifFacts(store, task);
  const shots = await task.shots();
  const isNew = state?.state !== "expired";
  if (shots.length === 0 && !(isNew && (await store.list(task.id)).includes("gif/"))) return undefined;
  // The state is written first: clients get no addresses of media that are about to vanish, and an interrupted sweep
  // goes on later.
  const expired: GifState = { state: "expired", request: null, made_at: new Date().toISOString() };
  if (isNew) await writeJson(store, homeFiles.state(task), expired);
  for (const file of [homeFiles.gif, homeFiles.poster]) await store.write(file(task), null);
  for (const { name } of shots) await store.write(uploadedFiles.picture(task.id, name), null);
  return shots.length;
}

/** Removes expired media, and the GIFs of records that are no longer in the store. */
export async function removeExpired(
  tasks: Tasks,
  { keepDays, log }: Pick<ResolvedMakerOptions, "keepDays" | "log">,
  signal: AbortSignal,
): Promise<void> {
  const { store } = tasks;
  const records = new Set<string>();
  for await (const task of tasks.all(true)) {
    if (signal.aborted) return;
    if (!task.isUploaded) records.add(task.id);
    if (!isExpired(task, keepDays)) continue;
    const screenshots = await expire(store, task);
    if (screenshots !== undefined) log({ event: "expired", task: task.id, screenshots });
  }
  for (const name of await store.list(HOMES)) {
    const id = name.replace(/\/$/, "");
    if (records.has(id) || signal.aborted) continue;
    for (const file of await store.list(`${HOMES}/${id}`)) await store.write(`${HOMES}/${id}/${file}`, null);
  }
}
