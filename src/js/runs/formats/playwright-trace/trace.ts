import type { Point, Rect } from "../../../public-types.ts";
import type { Json } from "../../../task-records/json-fields.ts";

/** The content of a trace of any version. All times are in ms since 1970, with fractions. */
export type Trace = {
  /** Version of the format, 3 to 10. */
  version: number;
  /** Version of Playwright (from format 8 on). */
  playwrightVersion?: string;
  /** Title of the context or of the test. */
  title?: string;
  /** When recording began. */
  startedAtMs: number;
  actions: TraceAction[];
  frames: TraceFrame[];
  pages: Map<string, TracePage>;
};

/** A call of Playwright's API. */
export type TraceAction = {
  id: string;
  class: string;
  method: string;
  params: Json;
  startMs: number;
  /** End of the call; absent if it was still running when the trace was written. */
  endMs?: number;
  /** Start of its effect; absent if unknown, or if it had none. */
  performMs?: number;
  pageId?: string;
  /** Title of a group, or of a step of the test runner. */
  title?: string;
  parentId?: string;
  /** Id of the test runner's step for this call, if it is another one. */
  stepId?: string;
  error?: string;
  /** Position of the click, in CSS pixels of the viewport. */
  point?: Point;
  /** Box of its element, in CSS pixels of the viewport. */
  box?: Rect;
  /** Tag of the element in the log: `<button id="add">Add</button>`. */
  element?: string;
  /** URL that the page navigated to. */
  url?: string;
};

/** A picture of the screencast. */
export type TraceFrame = {
  pageId: string;
  /** Name of its file in the trace. */
  reference: string;
  /** Size of the file in bytes, if the record has it. */
  bytes?: number;
  /** When it was shown. */
  shownMs: number;
  /** The viewport in CSS pixels; the picture is at most 800 x 600. */
  width: number;
  height: number;
};

/** A page of the browser, such as a popup. */
export type TracePage = {
  openedMs: number;
  closedMs?: number;
  /** The page that opened it; absent if the test did. */
  openerId?: string;
};
