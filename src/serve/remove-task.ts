import { type Store, writeJson } from "./stores/store.ts";
import { type UploadedRecord, uploadedFiles } from "./uploaded-task.ts";

/**
 * Removes an uploaded task with everything that came of it. It is gone for everybody before the first file is: where
 * this breaks off, the rest is removed later, and never shown as something else.
 */
export async function removeTask(store: Store, id: string): Promise<void> {
  await writeJson(store, uploadedFiles.task(id), { uploaded: true, deleted: true } satisfies UploadedRecord);
  await removeFiles(store, id);
}

/** Removes the files of a task that was deleted; the one that says so goes last. */
export async function removeFiles(store: Store, id: string): Promise<void> {
  await removeFolder(store, id, uploadedFiles.task(id));
  await store.write(uploadedFiles.task(id), null);
}

async function removeFolder(store: Store, folder: string, kept: string): Promise<void> {
  for (const name of await store.list(folder)) {
    const key = `${folder}/${name}`;
    if (name.endsWith("/")) await removeFolder(store, key.slice(0, -1), kept);
    else if (key !== kept) await store.write(key, null);
  }
}
