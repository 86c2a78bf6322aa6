import type { Log } from "./queue.ts";
import { readJson, type Store, writeJson } from "./store.ts";
import { type GifState, isOver, keys, type StoredTask, shotsOf, type TaskFinder } from "./tasks.ts";

/** How long media are kept. */
export const DAY_MS = 86_400_000;

/** Whether the media of a task have been kept long enough. A task that never ended counts from its beginning. */
export function isExpired({ record }: Pick<StoredTask, "record">, keepMs: number, now = Date.now()): boolean {
  const from = (isOver(record) && record.finished_at) || record.created_at;
  const since = typeof from === "string" ? Date.parse(from) : Number.NaN;
  return Number.isFinite(since) && now - since > keepMs;
}

/**
 * Removes the media of tasks that ended long ago: the GIF, and the screenshots that came over the API. Files that
 * somebody put into the folder by hand are theirs, and stay.
 */
export async function removeExpired(store: Store, finder: TaskFinder, keepMs: number, log: Log): Promise<void> {
  for await (const task of finder.all()) {
    if (!isExpired(task, keepMs)) continue;
    const { folder, record } = task;
    const names = await store.list(folder);
    const shots = record.uploaded ? shotsOf(task, names) : [];
    const state = await readJson<GifState>(store, keys.state(folder));
    const isGone = state?.state === "expired" && shots.length === 0;
    if (isGone || (shots.length === 0 && !names.includes("gif/"))) continue;
    // Said before it is done: nobody gets an address of what is about to go, and a sweep that breaks off goes on later.
    const expired: GifState = { state: "expired", wish: null, made_at: new Date().toISOString() };
    if (state?.state !== "expired") await writeJson(store, keys.state(folder), expired);
    await store.write(keys.gif(folder), null);
    for (const { file } of shots) await store.write(keys.file(folder, file), null);
    log({ event: "expired", task: task.id, screenshots: shots.length });
  }
}
