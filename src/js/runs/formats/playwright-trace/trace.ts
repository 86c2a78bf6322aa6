import type { Point, Rect } from "../../../public-types.ts";
import type { Json } from "../../../task-records/json-fields.ts";

/** What a trace tells, whatever version wrote it. All times are ms since 1970, with fractions. */
export type Trace = {
  /** Version of the format, 3 to 10. */
  version: number;
  /** Version of Playwright, where the trace says so (from format 8 on). */
  playwrightVersion?: string;
  /** Title that the context or the test was given. */
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
  /** When its effect began; missing where the trace does not tell, or where it never did. */
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
  /** Address to which the page went. */
  url?: string;
};

/** One picture of the screencast. */
export type TraceFrame = {
  pageId: string;
  /** Its file, as the trace names it. */
  reference: string;
  /** Bytes of the file, where it is in the record. */
  bytes?: number;
  /** When the page showed it, as far as the trace tells. */
  shownMs: number;
  /** The viewport in CSS pixels; the picture is at most 800 x 600. */
  width: number;
  height: number;
};

/** A page of the browser, such as a popup. */
export type TracePage = {
  openedMs: number;
  closedMs?: number;
  /** The page that opened it; none where the test did. */
  openerId?: string;
};
