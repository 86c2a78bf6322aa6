import { isAtHand } from "../../sources/to-blob.ts";
import { kindOf, readRecord } from "../../task-records/read-record.ts";
import { detectRecords, picturesIn } from "../detect-task-records.ts";
import type { RecordFile, RecordFiles, RecordFormat } from "../record-format.ts";
import { runOf } from "../run-of-task-record.ts";

/** Steps that name their screenshot, of any tool: `{ steps: [{ number, next_goal, url, screenshot }] }`, or their list. */
export const format: RecordFormat = {
  name: "lists of steps",
  detect: (files, context) => detectRecords(files, context, (value, main) => isRecord(value, main, files)),
  read: async ({ main }, files, context) => [
    await runOf(readRecord(await main.json(), undefined), main, files, context),
  ],
};

/** Other lists name pictures too: that of steps is told by a picture that is inside it, among the files, or an address. */
function isRecord(value: unknown, main: RecordFile, files: RecordFiles): boolean {
  const kind = kindOf(value);
  if (kind !== "steps" && kind !== "pictures") return false;
  const { steps } = readRecord(value, undefined);
  const pictures = steps.flatMap(({ picture }) => picture ?? []);
  if (kind === "pictures") return pictures.length > 0 && pictures.every(isAtHand);
  const isTold = steps.some(({ caption, url, timestampMs }) => caption ?? url ?? timestampMs) || !Array.isArray(value);
  return (
    pictures.some((picture) => isAtHand(picture)) ||
    picturesIn(steps, main, files).length > 0 ||
    (isTold && pictures.length > 0)
  );
}
