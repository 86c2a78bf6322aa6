import { TaskGifError } from "../../task-gif-error.ts";
import { isV4 } from "../../task-records/api-v3.ts";
import { asObject, asObjects } from "../../task-records/json-fields.ts";
import { kindOf, lacksPictures, readRecord, V4_MESSAGE } from "../../task-records/read-record.ts";
import { detectRecords, picturesBeside } from "../detect-task-records.ts";
import { folderOf } from "../input/record-path.ts";
import { type NamedPicture, orderOf } from "../pictures/picture-order.ts";
import type { RecordFile, RecordFormat } from "../record-format.ts";
import { runOf } from "../run-of-task-record.ts";

/**
 * Tasks of browser-use's API: v1, whose steps do not name their screenshots, so that the pictures beside the record or in
 * the only folder there are used; v2; and the messages of v3. v4 has no screenshots, which an error reports.
 */
export const format: RecordFormat = {
  name: "browser-use Cloud tasks",
  detect: (files, context) => detectRecords(files, context, (value) => isTask(value) || isV4(value)),
  read: async ({ main }, files, context) => {
    const value = await main.json();
    if (kindOf(value) === undefined) throw new TaskGifError("UNKNOWN_RECORD", `${main.path}: ${V4_MESSAGE}`);
    const named = lacksPictures(value) ? picturesBeside(main, files).map((file) => namedFrom(main, file)) : [];
    const order = orderOf(named, context.order);
    const screenshots = named.length === 0 ? undefined : isUnknown(order) ? [] : order.pictures.map(({ name }) => name);
    const run = await runOf(readRecord(value, screenshots), main, files, context);
    if (isUnknown(order)) run.warnings.push({ code: "ORDER_UNKNOWN", message: order });
    else if (order.guess !== undefined) run.warnings.push({ code: "ORDER_GUESSED", message: order.guess });
    return [run];
  },
};

/** Whether a record is of a version with screenshots. An empty list of messages may be of any tool. */
function isTask(value: unknown): boolean {
  const kind = kindOf(value);
  return kind === "v1" || kind === "v2" || (kind === "v3" && asObjects(asObject(value)?.messages ?? value).length > 0);
}

/** Returns a picture by its path relative to the folder of the record. */
function namedFrom(main: RecordFile, { path, modifiedMs }: RecordFile): NamedPicture {
  const folder = folderOf(main.path);
  return { name: folder === "" ? path : path.slice(folder.length + 1), modifiedMs };
}

const isUnknown = (order: ReturnType<typeof orderOf>): order is string => typeof order === "string";
