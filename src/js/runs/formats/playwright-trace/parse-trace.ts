import { asNumber, asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import { tryParseJson } from "../../../task-records/parse-json.ts";
import { asString } from "../../as-string.ts";
import { errorSummary } from "../../error-summary.ts";
import type { LineFilter } from "../../input/read-lines.ts";
import type { RecordFile } from "../../record-format.ts";
import type { Trace, TraceAction, TraceFrame } from "./trace.ts";
import { traceLines } from "./trace-lines.ts";

/**
 * Reads one `*.trace` file of formats 3 to 10 (Playwright 1.30 to 1.65): JSON lines with a `type`. Of snapshots, which are most of its
 * bytes, only the start with the id of the page is read.
 */

/** Log messages at which the effect of an action starts; for `selectOption`, the only message comes after it. */
const PERFORMS =
  /^\s*(?:performing .* action|navigating to |setting frame content|(?:elementHandle\.)?(?:fill|press|type)\(|select(?:ing|ed) specified option)/;
/** Fields of events with the monotonic time at which they were written. */
const TIMES = ["startTime", "endTime", "time", "timestamp"];
/** Name of a picture up to 1.40, which contains the time in seconds at which the browser showed it. */
const SHOWN_SECONDS = /-(\d{9,}\.\d+)\.jpeg$/;
const SNAPSHOT_CALL = /"callId":"([^"]+)"/;
/** In format 3, the name of the snapshot at the time when an action performs contains the call. */
const SNAPSHOT_ACTION = /"snapshotName":"action@([^"]+)"/;
const SNAPSHOT_PAGE = /"pageId":"([^"]+)"/;

/** Filter for the lines to read, and for how much of each. */
const wanted: LineFilter = (head) => {
  if (head.includes('"type":"frame-snapshot"')) return head.includes('"snapshotName":"action@') || "head";
  if (head.includes('"type":"event"')) return /"method":"(?:page|pageClosed|close|__create__)"/.test(head);
  return !head.includes('"type":"console"') && !head.includes('"type":"resource-snapshot"');
};

/** Returns the context options in the first line; `undefined` if the file is no trace. */
export async function traceHead(file: RecordFile): Promise<Json | undefined> {
  for await (const line of file.lines()) {
    const first = asObject(tryParseJson(line));
    return first?.type === "context-options" && asNumber(first.version) !== undefined ? first : undefined;
  }
  return undefined;
}

/** Reads a trace. Skips lines that are cut off or broken and calls `onBroken` for them. */
export async function parseTrace(file: RecordFile, onBroken: () => void): Promise<Trace> {
  const parser = new TraceParser();
  for await (const line of traceLines(file, onBroken, wanted)) {
    const isSnapshot = line.startsWith('{"type":"frame-snapshot"');
    const event = isSnapshot ? undefined : asObject(tryParseJson(line));
    if (isSnapshot) parser.addSnapshot(line);
    else if (event) parser.add(event);
    else onBroken();
  }
  return parser.trace;
}

class TraceParser {
  readonly trace: Trace = { version: 0, startedAtMs: 0, actions: [], frames: [], pages: new Map() };
  /** Offset from monotonic times to ms since 1970; before format 7 it follows from the first action or event. */
  #offsetMs: number | undefined;
  /** Pictures read before the offset is known. */
  #early: Json[] = [];
  readonly #actions = new Map<string, TraceAction>();
  /** Monotonic times at which actions perform, by call: format 3 writes an action only after it has ended. */
  readonly #performs = new Map<string, number>();
  /** The latest monotonic time so far: the lines of a trace are in chronological order. */
  #reachedMs = 0;

  add(event: Json): void {
    const type = asString(event.type);
    for (const name of TIMES) this.#reachedMs = Math.max(this.#reachedMs, asNumber(event[name]) ?? 0);
    if (Object.hasOwn(this.#readers, type)) this.#readers[type]?.(event);
  }

  /** Handlers by type of event. */
  readonly #readers: { readonly [type: string]: (event: Json) => void } = {
    "context-options": (event) => this.#addOptions(event),
    before: (event) => this.#addBefore(event),
    action: (event) => this.#addMetadata(asObject(event.metadata) ?? {}),
    input: (event) => this.#addInput(event),
    log: (event) => this.#addLog(event),
    after: (event) => this.#addAfter(event),
    "screencast-frame": (event) => this.#addFrame(event),
    event: (event) => this.#addEvent(asObject(event.metadata) ?? event),
  };

  /** From format 9 on, only snapshots contain the page of an action; in format 3, only they contain the time at which it performs. */
  addSnapshot(line: string): void {
    const id = SNAPSHOT_CALL.exec(line)?.[1] ?? SNAPSHOT_ACTION.exec(line)?.[1];
    const pageId = SNAPSHOT_PAGE.exec(line)?.[1];
    const action = id === undefined ? undefined : this.#actions.get(id);
    if (action && pageId !== undefined) action.pageId ??= pageId;
    if (this.trace.version > 3 || id === undefined) return;
    const takenMs = asNumber(asObject(asObject(tryParseJson(line))?.snapshot)?.timestamp);
    if (takenMs !== undefined) this.#performs.set(id, takenMs);
  }

  #addOptions(event: Json): void {
    const { trace } = this;
    const wallMs = asNumber(event.wallTime) ?? 0;
    const monotonicMs = asNumber(event.monotonicTime);
    trace.version = asNumber(event.version) ?? 0;
    trace.startedAtMs = wallMs;
    const playwrightVersion = asText(event.playwrightVersion);
    if (playwrightVersion !== undefined) trace.playwrightVersion = playwrightVersion;
    const title = asText(event.title);
    if (title !== undefined) trace.title = title;
    if (monotonicMs !== undefined) this.#setOffset(wallMs, monotonicMs);
  }

  #setOffset(wallMs: number | undefined, monotonicMs: number | undefined): void {
    if (this.#offsetMs !== undefined || wallMs === undefined || monotonicMs === undefined) return;
    this.#offsetMs = wallMs - monotonicMs;
    for (const event of this.#early.splice(0)) this.#addFrame(event);
  }

  #addBefore(event: Json): void {
    const id = asText(event.callId);
    const startTime = asNumber(event.startTime);
    if (id === undefined || startTime === undefined) return;
    // Format 6 has both clocks in each action instead of at the start.
    this.#setOffset(asNumber(event.wallTime), startTime);
    const action: TraceAction = {
      id,
      class: asText(event.class) ?? "",
      method: asText(event.method) ?? "",
      params: asObject(event.params) ?? {},
      startMs: this.#wall(startTime),
    };
    const title = asText(event.title);
    const parentId = asText(event.parentId);
    const pageId = asText(event.pageId);
    const stepId = asText(event.stepId) ?? callKey(event);
    if (title !== undefined) action.title = title;
    if (stepId !== undefined) action.stepId = stepId;
    if (parentId !== undefined) action.parentId = parentId;
    if (pageId !== undefined) action.pageId = pageId;
    this.#keep(action);
  }

  /** Handles an action of format 3, which writes one event at its end. */
  #addMetadata(metadata: Json): void {
    this.#addBefore({ ...metadata, callId: metadata.id, class: metadata.type });
    const action = this.#actions.get(asText(metadata.id) ?? "");
    if (!action) return;
    const endTime = asNumber(metadata.endTime);
    if (endTime) action.endMs = this.#wall(endTime);
    for (const message of Array.isArray(metadata.log) ? metadata.log : []) noteLog(action, asString(message));
    const performs = this.#performs.get(action.id);
    if (performs !== undefined) action.performMs = this.#wall(performs);
    noteInput(action, metadata);
    noteError(action, asObject(metadata.error)?.error ?? metadata.error);
  }

  /**
   * Handles the snapshot just before an action performs. It has no time, so it happened after the events before it in the file. Before
   * format 6, the log has no better information; later, the log of `fill` is earlier than its effect.
   */
  #addInput(event: Json): void {
    const action = this.#actions.get(asText(event.callId) ?? "");
    if (!action) return;
    noteInput(action, event);
    action.performMs = Math.max(action.performMs ?? 0, this.#wall(this.#reachedMs));
  }

  #addLog(event: Json): void {
    const action = this.#actions.get(asText(event.callId) ?? "");
    const time = asNumber(event.time);
    if (!action || typeof event.message !== "string") return;
    noteLog(action, event.message);
    if (time === undefined || !PERFORMS.test(event.message)) return;
    action.performMs ??= this.#wall(time);
  }

  #addAfter(event: Json): void {
    const action = this.#actions.get(asText(event.callId) ?? "");
    const endTime = asNumber(event.endTime);
    if (!action) return;
    if (endTime) action.endMs = this.#wall(endTime);
    noteInput(action, event);
    noteError(action, event.error);
    // A failed assertion is no error of the call itself.
    if (action.method === "expect" && action.error === undefined) {
      const result = asObject(event.result);
      if (typeof result?.matches === "boolean" && result.matches === (action.params.isNot === true)) {
        action.error = "the assertion did not hold";
      }
    }
  }

  #addFrame(event: Json): void {
    if (this.#offsetMs === undefined) {
      this.#early.push(event);
      return;
    }
    const { pageId, width, height } = event;
    const gotMs = asNumber(event.timestamp);
    const file = asText(event.file);
    const reference = file ?? (asText(event.sha1) && `resources/${event.sha1}`);
    if (typeof pageId !== "string" || gotMs === undefined || !reference) return;
    const seconds = SHOWN_SECONDS.exec(reference)?.[1];
    const shownMs = asNumber(event.frameSwapWallTime) ?? (seconds === undefined ? undefined : Number(seconds) * 1000);
    const frame: TraceFrame = {
      pageId,
      reference,
      // The clock of the browser may have been set: a picture cannot be shown after Playwright has received it.
      shownMs: Math.min(shownMs ?? Number.POSITIVE_INFINITY, this.#wall(gotMs)),
      width: asNumber(width) ?? 0,
      height: asNumber(height) ?? 0,
    };
    this.trace.frames.push(frame);
  }

  #addEvent(event: Json): void {
    const params = asObject(event.params) ?? {};
    const time = asNumber(event.time) ?? asNumber(event.startTime);
    if (time === undefined) return;
    this.#setOffset(asNumber(event.wallTime), asNumber(event.startTime));
    if (event.method === "page" || (event.method === "__create__" && params.type === "Page")) {
      const pageId = asText(params.pageId) ?? asText(asObject(params.page)?.guid) ?? asText(params.guid);
      const opener = asText(params.openerPageId) ?? asText(asObject(asObject(params.initializer)?.opener)?.guid);
      if (pageId !== undefined && !this.trace.pages.has(pageId)) {
        this.trace.pages.set(pageId, { openedMs: this.#wall(time), ...(opener !== undefined && { openerId: opener }) });
      }
    } else if (event.method === "pageClosed" || (event.method === "close" && event.class !== "BrowserContext")) {
      const page = this.trace.pages.get(asText(params.pageId) ?? asText(event.pageId) ?? "");
      if (page) page.closedMs ??= this.#wall(time);
    }
  }

  #keep(action: TraceAction): void {
    this.#actions.set(action.id, action);
    this.trace.actions.push(action);
  }

  #wall(monotonicMs: number): number {
    return monotonicMs + (this.#offsetMs ?? 0);
  }
}

/** Returns the key that joins a call to a step of the test runner in format 6: both have its name and start. */
export function callKey({ apiName, wallTime }: Json): string | undefined {
  return typeof apiName === "string" && typeof wallTime === "number" ? `${apiName}@${wallTime}` : undefined;
}

function noteInput(action: TraceAction, event: Json): void {
  const point = asObject(event.point);
  const box = asObject(event.box);
  const [x, y] = [asNumber(point?.x), asNumber(point?.y)];
  if (x !== undefined && y !== undefined) action.point = { left: x, top: y };
  const [left, top, width, height] = [asNumber(box?.x), asNumber(box?.y), asNumber(box?.width), asNumber(box?.height)];
  if (left !== undefined && top !== undefined && width && height) action.box = { left, top, width, height };
}

function noteLog(action: TraceAction, message: string): void {
  const resolved = /locator resolved to (?:visible |hidden )?(<.*)$/s.exec(message)?.[1];
  if (resolved !== undefined) action.element = resolved;
  const url = /^\s*navigat(?:ing|ed) to "([^"]*)"/.exec(message)?.[1];
  if (url) action.url = url;
}

function noteError(action: TraceAction, error: unknown): void {
  const message = asText(asObject(error)?.message) ?? asText(error);
  if (message !== undefined) action.error = errorSummary(message);
}
