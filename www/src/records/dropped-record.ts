import type { ReadRunsOptions, RecordSource, Run, RunsProgress } from "task-gif/runs";
import type { StepEdits } from "../edits/step-edits.ts";

/** A record that was dropped or chosen, and its runs once they are read. It lasts as long as the page. */
export type DroppedRecord = {
  /** What it is called, for headings. */
  name: string;
  /** What somebody has changed about its runs, by their numbers from 1. */
  readonly edits: Map<number, StepEdits>;
  /** Whether its replay was saved as it is now. */
  isSaved: boolean;
  /** Reads the runs, once; `order` reads them anew. */
  runs(onprogress: (progress: RunsProgress) => void, order?: ReadRunsOptions["order"]): Promise<Run[]>;
};

/** A record over files and folders, which are taken before this returns: a drop lets go of them afterwards. */
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
      // A failure is told each time it is asked for.
      reading.catch(() => {});
      return reading;
    },
  };
}

/** Whether a run is no more than the pictures of a folder, which people may want to put in order. */
export const isPictureFolder = ({ tool }: Run): boolean => tool.name === "folder of pictures";
