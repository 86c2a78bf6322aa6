import type { Point, Rect } from "../../../public-types.ts";
import type { Json } from "../../../task-records/json-fields.ts";

/** The content of a trace of any version. All times are in ms since 1970, with fractions. */
export type Trace = {
  /** Version of the format, 3 to 10. */
  version: number;
  /** Version of Playwright, where the trace says so (from format 8 on). */
  playwrightVersion?: string;
  /** Title of the context or of the test. */
  title?: string;
  /** When recording began. */
  startedAtMs: number;
  actions: TraceAction[];
  frames: TraceFrame[];
  pages: Map<string, TracePage>;
};

/** One call of Playwright's API. */
export type TraceAction = {
  id: string;
  class: string;
  method: string;
  params: Json;
  startMs: number;
  /** Missing while the call was running when the trace was written. */
  endMs?: number;
  /** When its effect started; absent if the trace does not tell, or if it had none. */
  performMs?: number;
  pageId?: string;
  /** Title of a group, or of a step of the test runner. */
  title?: string;
  parentId?: string;
  /** The test runner's step for this call, where that has another id. */
  stepId?: string;
  error?: string;
  /** Where it clicked, in CSS pixels of the viewport. */
  point?: Point;
  /** The box of its element, in CSS pixels of the viewport. */
  box?: Rect;
  /** The element's tag as the log shows it: `<button id="add">Add</button>`. */
  element?: string;
  /** URL that the page navigated to. */
  url?: string;
};

/** One picture of the screencast. */
export type TraceFrame = {
  pageId: string;
  /** Its file, as the trace names it. */
  reference: string;
  /** Bytes of the file, where it is in the record. */
  bytes?: number;
  /** When it was shown, as far as the trace tells. */
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
