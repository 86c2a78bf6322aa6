import type { DescribedScreenshot } from "../../js/public-types.ts";
import { readBytes, readJson, type Store, writeJson } from "../stores/store.ts";
import type { Shot, Task, TaskRecord, TaskStep } from "../task.ts";

/** `task.json` of a task that came over the API, whose folder is named by its id. */
export type UploadedRecord = TaskRecord & {
  uploaded: true;
  /** What is left of a task that was deleted, until its files are gone. */
  deleted?: true;
};

/** What is kept of a step beside its screenshot. */
export type UploadedStep = Omit<TaskStep, "step"> & {
  step?: number;
  /** When the screenshot was taken. */
  finished_at?: string | null;
};

const PICTURE = /^step_(\d{1,6})\.(?:png|jpg|webp)$/;
const FACTS = /^step_(\d{1,6})\.json$/;

/** Files of an uploaded task. */
export const uploadedFiles = {
  task: (folder: string) => `${folder}/task.json`,
  picture: (folder: string, name: string) => `${folder}/${name}`,
  facts: (folder: string, number: number) => `${folder}/step_${number}.json`,
};

/** The task that was uploaded into a folder; nothing where a person put the folder there, or the task was deleted. */
export async function readUploadedTask(store: Store, folder: string): Promise<Task | undefined> {
  const found = await readUploadedFolder(store, folder);
  return found === "deleted" ? undefined : found;
}

/** The same, telling apart what was deleted. */
export async function readUploadedFolder(store: Store, folder: string): Promise<Task | "deleted" | undefined> {
  const record = await readJson<Partial<UploadedRecord>>(store, uploadedFiles.task(folder));
  if (record?.uploaded !== true) return undefined;
  return record.deleted ? "deleted" : uploadedTask(store, folder, record);
}

function uploadedTask(store: Store, folder: string, record: TaskRecord): Task {
  const shots = async (): Promise<Shot[]> =>
    numbered(await store.list(folder), PICTURE).map(({ number, name }) => ({
      number,
      name,
      read: (choose) => store.read(uploadedFiles.picture(folder, name), choose),
    }));
  const facts = async (): Promise<(UploadedStep & { step: number })[]> => {
    const read = async ({ number }: { number: number }) => ({
      ...(await readJson<UploadedStep>(store, uploadedFiles.facts(folder, number))),
      step: number,
    });
    return Promise.all(numbered(await store.list(folder), FACTS).map(read));
  };
  async function* screenshots(): AsyncGenerator<DescribedScreenshot> {
    const told = new Map((await facts()).map((step) => [step.step, step]));
    for (const { number, name } of await shots()) {
      const { next_goal, url, finished_at } = told.get(number) ?? {};
      const timestampMs = Date.parse(finished_at ?? "");
      const bytes = await readBytes(store, uploadedFiles.picture(folder, name));
      if (!bytes) continue;
      yield {
        image: new Blob([bytes]),
        number,
        ...(typeof next_goal === "string" && { caption: next_goal }),
        ...(typeof url === "string" && { url }),
        ...(Number.isFinite(timestampMs) && { timestampMs }),
      };
    }
  }
  return {
    id: folder,
    record,
    home: `${folder}/gif`,
    // Under another name it is a copy that a person has made, and theirs.
    isUploaded: record.id === folder,
    version: null,
    shots,
    steps: facts,
    screenshots,
  };
}

/** The names of one kind, by the number of their step. */
function numbered(names: readonly string[], kind: RegExp): { number: number; name: string }[] {
  return names
    .flatMap((name) => {
      const number = kind.exec(name)?.[1];
      return number === undefined ? [] : { number: Number(number), name };
    })
    .sort((a, b) => a.number - b.number);
}

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
