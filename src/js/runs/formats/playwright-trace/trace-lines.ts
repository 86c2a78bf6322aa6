import { TaskGifError } from "../../../task-gif-error.ts";
import type { LineFilter } from "../../input/read-lines.ts";
import type { RecordFile } from "../../record-format.ts";

/** The lines of a trace up to where it can be read; what comes before a break is worth having, `onBroken` hears of it. */
export async function* traceLines(file: RecordFile, onBroken: () => void, wants?: LineFilter): AsyncGenerator<string> {
  try {
    yield* file.lines(wants);
  } catch (error) {
    if (!(error instanceof TaskGifError) || error.code !== "UNREADABLE") throw error;
    onBroken();
  }
}
