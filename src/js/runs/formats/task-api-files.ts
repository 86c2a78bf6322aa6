import { TaskGifError } from "../../task-gif-error.ts";
import { isV4 } from "../../task-records/api-v3.ts";
import { asObject, asObjects } from "../../task-records/json-fields.ts";
import { kindOf, lacksPictures, readRecord, V4_MESSAGE } from "../../task-records/read-record.ts";
import { detectRecords, picturesBeside } from "../detect-task-records.ts";
import { folderOf } from "../input/record-path.ts";
import type { RecordFormat } from "../record-format.ts";
import { runOf } from "../run-of-task-record.ts";

/**
 * Tasks of browser-use's API: v1, whose steps do not name their screenshots, so that these are the pictures beside the
 * record or in the one folder there; v2; and the messages of v3. v4 keeps no screenshots, which is said.
 */
export const format: RecordFormat = {
  name: "browser-use Cloud tasks",
  detect: (files, context) => detectRecords(files, context, (value) => isTask(value) || isV4(value)),
  read: async ({ main }, files, context) => {
    const value = await main.json();
    if (kindOf(value) === undefined) throw new TaskGifError("UNKNOWN_RECORD", `${main.path}: ${V4_MESSAGE}`);
    const beside = lacksPictures(value) ? picturesBeside(main, files) : undefined;
    const screenshots = beside?.map(({ path }) => pathFrom(folderOf(main.path), path));
    return [await runOf(readRecord(value, screenshots), main, files, context)];
  },
};

/** Whether a record is of one of the versions that keep screenshots. Without a message nobody knows whose messages. */
function isTask(value: unknown): boolean {
  const kind = kindOf(value);
  return kind === "v1" || kind === "v2" || (kind === "v3" && asObjects(asObject(value)?.messages ?? value).length > 0);
}

/** The path of a file below a folder, from there. */
const pathFrom = (folder: string, path: string) => (folder === "" ? path : path.slice(folder.length + 1));
