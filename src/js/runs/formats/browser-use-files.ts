import { kindOf, readRecord } from "../../task-records/read-record.ts";
import { detectRecords } from "../detect-task-records.ts";
import type { RecordFormat } from "../record-format.ts";
import { runOf } from "../run-of-task-record.ts";

/** Histories (`AgentHistoryList`) of browser-use 0.1.20 and later, with pictures inside or in `screenshots/`. */
export const format: RecordFormat = {
  name: "browser-use histories",
  detect: (files, context) => detectRecords(files, context, (value) => kindOf(value) === "history"),
  read: async ({ main }, files, context) => [
    await runOf(readRecord(await main.json(), undefined), main, files, context),
  ],
};
