import type { DescribedScreenshot } from "../../js/public-types.ts";
import { saysFailed } from "../../js/task-records/steps/step-verdict.ts";
import { readBytes, readJson, type Store, writeJson } from "../stores/store.ts";
import { isOver, type Shot, type Task, type TaskRecord, type TaskStep } from "../task.ts";

/** Content of `task.json` of an uploaded task; the name of its folder is its id. */
export type UploadedRecord = TaskRecord & {
  uploaded: true;
  /** Marks a deleted task until its files are removed. */
  deleted?: true;
};

/** The stored fields of a step. */
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

/** Reads the uploaded task in a folder; `undefined` if the folder is a record, or the task was deleted. */
export async function readUploadedTask(store: Store, folder: string): Promise<Task | undefined> {
  const found = await readUploadedFolder(store, folder);
  return found === "deleted" ? undefined : found;
}

/** Reads the uploaded task in a folder, or returns that it was deleted. */
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
    const names = await store.list(folder);
    const pictures = new Set(numbered(names, PICTURE).map(({ number }) => number));
    // An upload that was not acknowledged may have left its fields behind. Expired tasks have steps and no pictures.
    const areExpired = pictures.size === 0 && isOver(record);
    const isStep = ({ number }: { number: number }) => areExpired || pictures.has(number);
    return Promise.all(numbered(names, FACTS).filter(isStep).map(read));
  };
  async function* screenshots(): AsyncGenerator<DescribedScreenshot> {
    // The verdict on a step is a field of the next one.
    const told = new Map(
      (await facts()).map((step, i, all) => [step.step, { ...step, verdict: all[i + 1]?.evaluation_previous_goal }]),
    );
    for (const { number, name } of await shots()) {
      const { next_goal, url, finished_at, verdict } = told.get(number) ?? {};
      const timestampMs = Date.parse(finished_at ?? "");
      const bytes = await readBytes(store, uploadedFiles.picture(folder, name));
      if (!bytes) continue;
      yield {
        image: new Blob([bytes]),
        number,
        // Steps are in the order of their numbers, even if the clock of the client was set back.
        keepOrder: true,
        ...(typeof next_goal === "string" && { caption: next_goal }),
        ...(typeof url === "string" && { url }),
        ...(saysFailed(verdict) && { failed: true }),
        ...(Number.isFinite(timestampMs) && { timestampMs }),
      };
    }
  }
  return {
    id: folder,
    record,
    home: `${folder}/gif`,
    // A folder with another name than the id is a copy that somebody made: a record.
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
 * Removes an uploaded task with its GIF. The task is marked as deleted before its first file is removed: if this is
 * interrupted, the rest is removed later and is never shown as a record.
 */
export async function removeTask(store: Store, id: string): Promise<void> {
  await writeJson(store, uploadedFiles.task(id), { uploaded: true, deleted: true } satisfies UploadedRecord);
  await removeFiles(store, id);
}

/** Removes the files of a deleted task, `task.json` with the mark last. */
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
