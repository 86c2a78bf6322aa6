import type { ImageSource } from "../../js/public-types.ts";
import { HEAD_BYTES, isPicture, KIND_NAMES, kindOf } from "../../js/runs/input/file-kind.ts";
import { picturePath } from "../../js/runs/input/opened-file.ts";
import type { Run, RunWarning } from "../../js/runs/run.ts";
import { toBlob } from "../../js/sources/to-blob.ts";
import { describeError, TaskGifError } from "../../js/task-gif-error.ts";
import { asObjects, asText, type Json, textOf } from "../../js/task-records/json-fields.ts";
import { isGoingOn } from "../../js/task-status.ts";
import type { ChooseRange, StoredFile } from "../stores/store.ts";
import type { Task, TaskRecord, TaskStep } from "../task.ts";

/** A run without its pictures: this much is kept in memory. */
export type RunSummary = {
  record: TaskRecord;
  /** What tool wrote it. */
  tool: string;
  shots: readonly ShotSummary[];
};

/** A screenshot of a run. */
type ShotSummary = {
  /** Position among those of the run. */
  index: number;
  /** Path of its file; absent for a picture inside the record. */
  path?: string;
  name: string;
  step: TaskStep;
};

/** The status of the task API for each status of a run. */
const STATUS: { readonly [status in NonNullable<Run["status"]>]: string } = {
  passed: "finished",
  failed: "failed",
  skipped: "stopped",
  stopped: "stopped",
  running: "running",
};

/** Returns a run without its pictures. Skips unreadable screenshots and calls `leftOut` for each. */
export async function summarizeRun(
  run: Run,
  name: string,
  task: Json | undefined,
  signal: AbortSignal,
  leftOut: (warning: RunWarning) => void,
): Promise<RunSummary> {
  const there: { index: number; number: number; extension: string }[] = [];
  for (const [index, { image, number = index + 1 }] of run.screenshots.entries()) {
    try {
      there.push({ index, number, extension: await extensionOf(image) });
    } catch (error) {
      signal.throwIfAborted();
      leftOut({ code: "PICTURE_MISSING", message: `step ${number}: ${describeError(error)}` });
    }
  }
  const areDistinct = new Set(there.map(({ number }) => number)).size === there.length;
  const own = new Map(asObjects(task?.steps).map((step, i) => [step.number ?? step.step ?? i + 1, step]));
  const shots = there.map(({ index, number, extension }, i): ShotSummary => {
    const { image, caption, url } = run.screenshots[index]!;
    const step = areDistinct ? number : i + 1;
    const path = picturePath(image);
    const told = own.get(number);
    // In the API, the verdict on a step is a field of the next step.
    const before = index > 0 && run.screenshots[index - 1]!.failed ? "Failed" : null;
    return {
      index,
      ...(path !== undefined && { path }),
      name: `step_${step}${extension}`,
      step: {
        ...(typeof told?.id === "string" && { id: told.id }),
        step,
        evaluation_previous_goal: asText(told?.evaluation_previous_goal) ?? before,
        next_goal: caption ?? null,
        url: url ?? null,
      },
    };
  });
  return { record: recordOf(run, name, task), tool: run.tool.name, shots };
}

/** Returns a run as a task. `open` reads the run again, with its pictures. */
export function recordTask(id: string, version: string, { record, shots }: RunSummary, open: () => Promise<Run>): Task {
  const pictureOf = async ({ index, name }: ShotSummary): Promise<Blob> => {
    const image = (await open()).screenshots[index]?.image;
    if (image === undefined) throw new TaskGifError("UNREADABLE", `${name} is no longer there`);
    return readPicture(image);
  };
  const read = async (shot: ShotSummary, choose: ChooseRange = () => undefined): Promise<StoredFile | undefined> => {
    const picture = await pictureOf(shot).catch((error: unknown) => {
      if (error instanceof TaskGifError) return undefined;
      throw error;
    });
    if (!picture) return undefined;
    const facts = { size: picture.size, etag: `"${version}-${shot.index}"` };
    const range = choose(facts);
    const part = range ? picture.slice(range.first, range.last + 1) : picture;
    return { ...facts, body: range === null ? null : new Uint8Array(await part.arrayBuffer()) };
  };
  return {
    id,
    record,
    home: `${HOMES}/${id}`,
    isUploaded: false,
    version,
    shots: async () =>
      shots.map((shot) => ({ number: shot.step.step, name: shot.name, read: (choose) => read(shot, choose) })),
    steps: async () => shots.map(({ step }) => step),
    async *screenshots() {
      const { screenshots } = await open();
      for (const { index } of shots) {
        const { image, ...facts } = screenshots[index] ?? { image: () => Promise.reject(new Error("it has changed")) };
        yield { ...facts, image: () => readPicture(image) };
      }
    },
  };
}

/** Folder for the GIFs of records: the server never writes into the records themselves. */
export const HOMES = ".task-gif/gifs";

function recordOf(run: Run, name: string, task: Json | undefined): TaskRecord {
  const word = textOf(task, "status", "state");
  const isUnfinished = word !== undefined && isGoingOn(word);
  const times = run.screenshots.flatMap(({ timestampMs }) => timestampMs ?? []);
  const lastMs = times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : undefined;
  // A record without a status counts as finished: people put records into the store afterwards.
  const status = isUnfinished ? word : run.status ? STATUS[run.status] : (word ?? "finished");
  return {
    task: textOf(task, "task") ?? run.name ?? name,
    status,
    output: textOf(task, "output") ?? run.error ?? null,
    created_at: textOf(task, "created_at") ?? isoOf(run.startedAtMs),
    finished_at: textOf(task, "finished_at") ?? (isGoingOn(status) ? null : isoOf(lastMs)),
  };
}

const isoOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());

/**
 * Reads a picture, but fetches no URLs: the author of a record could make the server request internal addresses (SSRF).
 */
const readPicture = async (image: ImageSource): Promise<Blob> =>
  toBlob(image, "image", () =>
    Promise.reject(new TaskGifError("FETCH_FAILED", "the server asks for no addresses that stand in records")),
  );

/** Returns the extension of a picture in URLs: by the name of its file, or by its first bytes if it has no file. */
async function extensionOf(image: ImageSource): Promise<string> {
  const byName = /\.(?:png|jpe?g|webp|gif)$/i.exec(picturePath(image) ?? "")?.[0];
  if (byName !== undefined) return byName.toLowerCase();
  const picture = await readPicture(image);
  const kind = kindOf(new Uint8Array(await picture.slice(0, HEAD_BYTES).arrayBuffer()));
  if (!isPicture({ kind }) && kind !== "avif") {
    throw new TaskGifError("UNKNOWN_FORMAT", `expected a picture, found ${KIND_NAMES[kind]}`);
  }
  return kind === "jpeg" ? ".jpg" : `.${kind}`;
}
