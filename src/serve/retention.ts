import { writeJson } from "./store.ts";
import { type GifState, isOver, keys, type StoredTask, type Tasks } from "./task-store.ts";

const DAY_MS = 86_400_000;

/** Whether the media of a task have been kept long enough. A task that never ended counts from its beginning. */
export function isExpired({ record }: StoredTask, keepDays: number): boolean {
  const from = (isOver(record) && record.finished_at) || record.created_at;
  const since = typeof from === "string" ? Date.parse(from) : Number.NaN;
  return Date.now() - since > keepDays * DAY_MS;
}

/**
 * Removes the media of a task: the GIF, and the screenshots that came over the API. Files that somebody put into the
 * folder by hand are theirs, and stay. Resolves to how many screenshots went, or to nothing where all was gone.
 */
export async function expire(tasks: Tasks, task: StoredTask): Promise<number | undefined> {
  const { store } = tasks;
  const { folder, record } = task;
  const { state } = await tasks.gif(folder);
  const shots = record.uploaded ? await tasks.shots(task) : [];
  const isNew = state?.state !== "expired";
  if (shots.length === 0 && !(isNew && (await store.list(folder)).includes("gif/"))) return undefined;
  // Said before it is done: nobody gets an address of what is about to go, and a sweep that breaks off goes on later.
  const expired: GifState = { state: "expired", wish: null, made_at: new Date().toISOString() };
  if (isNew) await writeJson(store, keys.state(folder), expired);
  await store.write(keys.gif(folder), null);
  for (const { file } of shots) await store.write(keys.file(folder, file), null);
  return shots.length;
}
