import { kindOf, readRecord } from "../../steps/read-record.ts";
import { detectRecords } from "../detect-records.ts";
import type { RecordFormat } from "../format.ts";
import { runOf } from "../task-run.ts";

/** The `AgentHistoryList` that browser-use saves, 0.1.20 and later, with its pictures inside or in `screenshots/`. */
export const format: RecordFormat = {
  name: "browser-use histories",
  detect: (files, context) => detectRecords(files, context, (value) => kindOf(value) === "history"),
  read: async ({ main }, files, context) => [
    await runOf(readRecord(await main.json(), undefined), main, files, context),
  ],
};
