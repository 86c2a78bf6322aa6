import type { ReadRunsOptions, RecordSource, Run, RunsProgress } from "task-gif/runs";
import type { StepEdits } from "../edits/step-edits.ts";

/** A dropped or chosen record, with its runs once they are read. It is kept until the page is closed. */
export type DroppedRecord = {
  /** Its name, for headings. */
  name: string;
  /** The user's edits of its runs, by their numbers from 1. */
  readonly edits: Map<number, StepEdits>;
  /** Whether its replay is saved with all edits. */
  isSaved: boolean;
  /** Reads the runs, once; another `order` reads them again. */
  runs(onprogress: (progress: RunsProgress) => void, order?: ReadRunsOptions["order"]): Promise<Run[]>;
};

/**
 * Creates a record from files and folders. They are accessed synchronously: those of a drop event are gone afterwards.
 */
export function droppedRecord(sources: RecordSource[], name: string): DroppedRecord {
  let reading: Promise<Run[]> | undefined;
  let readOrder: ReadRunsOptions["order"];
  return {
    name,
    edits: new Map(),
    isSaved: false,
    runs(onProgress, order = readOrder ?? "name") {
      if (reading && order === readOrder) return reading;
      readOrder = order;
      reading = import("task-gif/runs").then(({ readRuns }) => readRuns(sources, { onProgress, order }));
      // Each caller gets the failure.
      reading.catch(() => {});
      return reading;
    },
  };
}

/** Whether a run is a plain folder of pictures, whose order the user may want to change. */
export const isPictureFolder = ({ tool }: Run): boolean => tool.name === "folder of pictures";
