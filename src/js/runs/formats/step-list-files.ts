import { isAtHand } from "../../sources/to-blob.ts";
import { asNumber, asObjects, asText } from "../../task-records/json-fields.ts";
import { kindOf, readRecord } from "../../task-records/read-record.ts";
import type { TaskRecord } from "../../task-records/task-record.ts";
import { detectRecords, pictureFilesOf } from "../detect-task-records.ts";
import { isPicture } from "../input/file-kind.ts";
import { picturesIn, placeOf } from "../pictures/find-pictures.ts";
import { inlinePicture } from "../pictures/picture-of-base64.ts";
import type { RecordFile, RecordFiles, RecordFormat } from "../record-format.ts";
import type { Run, RunWarning } from "../run.ts";
import { runOf } from "../run-of-task-record.ts";

/** Steps of any tool that name their screenshots: `{ steps: [{ number, next_goal, url, screenshot }] }`, or only the list. */
export const format: RecordFormat = {
  name: "lists of steps",
  detect: (files, context) => detectRecords(files, context, (value, main) => isRecord(value, main, files)),
  async read({ main }, files, context) {
    const runs: Run[] = [];
    for (const [name, value] of sessionsIn(await main.json())) {
      const record = readRecord(value, undefined);
      const run = await runOf(record, main, files, context);
      const warnings = [...run.warnings, ...picturesLeftOut(value, record, main, files)];
      runs.push({ ...(name !== undefined && { name }), ...run, warnings });
    }
    return runs;
  },
};

/** Fields of items that name their run. */
const SESSIONS = ["session_id", "sessionId", "session", "run_id", "runId", "run"];

/** Returns the steps of each run by name, if all items of a list name a run, as in a log shared by several runs. */
function sessionsIn(value: unknown): (readonly [name: string | undefined, steps: unknown])[] {
  const items = Array.isArray(value) ? asObjects(value) : [];
  for (const field of SESSIONS) {
    const names = items.map((item) => asText(item[field]) ?? asNumber(item[field])?.toString());
    const distinct = new Set(names);
    if (distinct.size < 2 || distinct.has(undefined)) continue;
    return [...distinct].map((name) => [name, items.filter((_, i) => names[i] === name)]);
  }
  return [[undefined, value]];
}

/** Whether a list is one of steps: it contains a picture, or names one that is among the files or has an address. */
function isRecord(value: unknown, main: RecordFile, files: RecordFiles): boolean {
  const kind = kindOf(value);
  if (kind !== "steps" && kind !== "pictures") return false;
  const { steps } = readRecord(value, undefined);
  const pictures = steps.flatMap(({ picture }) => picture ?? []);
  if (kind === "pictures") return pictures.length > 0 && pictures.every(isAtHand);
  const isTold = steps.some(({ caption, url, timestampMs }) => caption ?? url ?? timestampMs) || !Array.isArray(value);
  return (
    pictures.some((picture) => isAtHand(picture)) ||
    pictureFilesOf(steps, main, files).length > 0 ||
    (isTold && pictures.length > 0)
  );
}

/** Returns the warning about pictures outside of a record's steps, such as steps within steps. */
function picturesLeftOut(value: unknown, { steps }: TaskRecord, main: RecordFile, files: RecordFiles): RunWarning[] {
  const fileOf = (reference: string) => {
    const file = files.find(reference, main);
    return file && isPicture(file) ? file : undefined;
  };
  const pictures = steps.flatMap(({ picture }) => picture ?? []);
  const found = picturesIn(value, fileOf, new Set(pictures));
  if (found.length === 0) return [];
  // The same picture may be written in another way.
  const taken = new Set<unknown>(
    pictures.flatMap((picture) => inlinePicture(picture)?.image ?? fileOf(picture)?.path ?? []),
  );
  const others = found.filter(({ identity }) => !taken.has(identity));
  const [first] = others;
  if (!first) return [];
  const count = others.length === 1 ? "another picture is" : `${others.length} other pictures are`;
  const message = `the screenshots of the steps were taken; ${count} left out, such as ${placeOf(first.path)}`;
  return [{ code: "MEANING_GUESSED", message }];
}
