import { TaskGifError } from "../../../task-gif-error.ts";
import type { LineFilter } from "../../input/read-lines.ts";
import type { RecordFile } from "../../record-format.ts";

/** Yields the lines of a trace up to the first unreadable one, for which `onBroken` is called. */
export async function* traceLines(file: RecordFile, onBroken: () => void, wants?: LineFilter): AsyncGenerator<string> {
  try {
    yield* file.lines(wants);
  } catch (error) {
    if (!(error instanceof TaskGifError) || error.code !== "UNREADABLE") throw error;
    onBroken();
  }
}
