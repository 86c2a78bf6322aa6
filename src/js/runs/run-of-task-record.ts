import type { DescribedScreenshot, ImageSource } from "../public-types.ts";
import { isBlank } from "../sources/blank-picture.ts";
import { mayBeBlank } from "../sources/new-tab-page.ts";
import { isAtHand, toBlob } from "../sources/to-blob.ts";
import { TaskGifError } from "../task-gif-error.ts";
import { oneLine, withoutUndefined } from "../task-records/json-fields.ts";
import { type ShownStep, shownSteps } from "../task-records/steps/shown-steps.ts";
import type { TaskRecord } from "../task-records/task-record.ts";
import { nameOf } from "./input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles } from "./record-format.ts";
import type { Run, RunWarning } from "./run.ts";

/** Returns the run of a task record. Its pictures are looked for beside the record, and then with `options.resolve`. */
export async function runOf(
  record: TaskRecord,
  main: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const { id, name, status, error, output, startedAtMs, endedAtMs } = record;
  const warnings: RunWarning[] = [...record.warnings];
  const screenshots: DescribedScreenshot[] = [];
  const missing: ShownStep[] = [];
  for (const step of shownSteps(record.steps, context.skipBlank)) {
    const image = imageOf(step, main, files, context);
    if (context.skipBlank && mayBeBlank(step) && (await showsNothing(image, step, context))) continue;
    if (!image) missing.push(step);
    const { picture, isFile: _, ...facts } = step;
    screenshots.push({ ...facts, image: image ?? (() => Promise.reject(missingPicture(picture))) });
  }
  if (missing.length > 0) {
    const names = missing.slice(0, 3).map(({ number, picture }) => `${nameFor(picture)} of step ${number}`);
    const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : "";
    warnings.push({ code: "PICTURE_MISSING", message: `not among the files: ${names.join(", ")}${more}` });
  }
  const tool = { name: record.tool || "unknown" };
  return {
    ...withoutUndefined({ id, name, status, error, output, startedAtMs, endedAtMs }),
    tool,
    screenshots,
    warnings,
  } as Run;
}

/** Returns the pictures of a record that are files. */
export function picturesOf(record: TaskRecord, main: RecordFile, files: RecordFiles): RecordFile[] {
  return record.steps.flatMap(({ picture, isFile }) => {
    if (picture === undefined || (!isFile && isAtHand(picture))) return [];
    return files.find(picture, main) ?? [];
  });
}

function imageOf(
  { picture, isFile }: ShownStep,
  main: RecordFile,
  files: RecordFiles,
  { resolve }: ReadContext,
): ImageSource | undefined {
  if (!isFile && isAtHand(picture)) return picture;
  const file = files.find(picture, main);
  if (file) return file.image();
  if (!resolve) return undefined;
  return async () => {
    const image = await resolve(picture);
    if (image === undefined) throw missingPicture(picture);
    return image;
  };
}

/** Whether the picture of a page without an address is blank; false if it cannot be read. */
async function showsNothing(
  image: ImageSource | undefined,
  step: ShownStep,
  { signal }: ReadContext,
): Promise<boolean> {
  const isHere = typeof image === "string" || (image !== undefined && !signal?.aborted);
  if (!isHere) return false;
  try {
    const picture = await toBlob(image, "image", () => Promise.reject(new TypeError("an address")), signal);
    return await isBlank(picture, step, signal);
  } catch {
    return false;
  }
}

function missingPicture(picture: string): TaskGifError {
  const remedy = "give the folder it is in together with the record, or options.resolve";
  return new TaskGifError("UNREADABLE", `${nameFor(picture)} is not among the files; ${remedy}`);
}

/** Returns the file name of an address or path, without parts that may be secret. */
function nameFor(picture: string): string {
  return oneLine(nameOf(picture.replace(/[?#].*$/s, "").replaceAll("\\", "/"))).slice(0, 80);
}
