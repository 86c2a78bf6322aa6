import { boolean, number, reject } from "../options/argument-checks.ts";
import { frameMs } from "../options/option-table.ts";
import type { Point, Rect, Step } from "../public-types.ts";
import type { FrameSpec, FrameTiming } from "../wasm-types.ts";

/** A validated screenshot; its picture is not read yet. */
export type ParsedScreenshot = {
  image: unknown;
  /** Index in the caller's order. */
  sourceIndex: number;
  /** Path of the picture in error messages. */
  path: string;
  timing: FrameTiming;
  spec?: FrameSpec;
  /** Whether the order is kept even if timestamps contradict it; see `DescribedScreenshot.keepOrder`. */
  keepOrder?: true;
  /** Actions that click markers can mark. */
  actions: StepActions;
  /** The step that it shows. */
  step: Step;
};

/** Actions of a step on the page, in pixels of the screenshot. */
export type StepActions = { click?: Point; element?: Rect; drag?: Point[] };

/**
 * Validates a screenshot. `sourceIndex` is its index in the caller's order, `list` the name of the list in error messages.
 *
 * @throws `TypeError` that names the field.
 */
export function parseScreenshot(screenshot: unknown, sourceIndex: number, list = "screenshots"): ParsedScreenshot {
  const path = `${list}[${sourceIndex}]`;
  if (typeof screenshot !== "object" || screenshot === null || !("image" in screenshot)) {
    return { image: screenshot, sourceIndex, path, timing: {}, actions: {}, step: { number: sourceIndex + 1 } };
  }
  refuseMisspelled(screenshot, path);
  const parsed = screenshot as Record<string, unknown>;
  const { image, timestampMs, delayMs, caption, url, number: stepNumber, failed, redact } = parsed;
  const { click, element, drag, keepOrder } = parsed;
  const actions: StepActions = {
    ...(isSet(click) && { click: point(click, `${path}.click`) }),
    ...(isSet(element) && { element: rect(element, `${path}.element`) }),
    ...(isSet(drag) && { drag: points(drag, `${path}.drag`) }),
  };
  const step: Step = { number: sourceIndex + 1 };
  if (isSet(stepNumber)) step.number = number(stepNumber, `${path}.number`, 0, Number.MAX_SAFE_INTEGER);
  if (isSet(url)) step.url = text(url, `${path}.url`);
  if (isSet(failed)) step.failed = boolean(failed, `${path}.failed`);
  const timing: FrameTiming = {};
  if (isSet(timestampMs)) timing.timestampMs = number(timestampMs, `${path}.timestampMs`, -8.64e15, 8.64e15);
  if (isSet(delayMs)) timing.delayMs = frameMs(delayMs, `${path}.delayMs`);
  if (actions.click) timing.click = actions.click;
  if (isSet(caption)) timing.caption = text(caption, `${path}.caption`);
  if (timing.caption !== undefined) step.caption = timing.caption;
  if (timing.timestampMs !== undefined) step.timestampMs = timing.timestampMs;
  return {
    image,
    sourceIndex,
    path: `${path}.image`,
    timing,
    actions,
    step,
    ...(isSet(keepOrder) && boolean(keepOrder, `${path}.keepOrder`) && { keepOrder: true }),
    ...(isSet(redact) && { spec: { redact: rects(redact, `${path}.redact`) } }),
  };
}

/** Refuses names such as `redacted` and `delay`, which would otherwise be ignored silently. */
function refuseMisspelled(screenshot: object, path: string): void {
  const found = Object.keys(screenshot).find((name) => name !== "redact" && /redact|^delay$/i.test(name));
  if (found)
    throw new TypeError(
      `${path}.${found}: there is no such name; expected ${/y$/i.test(found) ? "delayMs" : "redact"}`,
    );
}

// Task records have null for missing values.
const isSet = (value: unknown) => value !== undefined && value !== null;

function text(value: unknown, path: string): string {
  return typeof value === "string" ? value : reject(path, "a string", value);
}

function rects(value: unknown, path: string): Rect[] {
  if (!Array.isArray(value)) return reject(path, "an array of rectangles", value);
  return value.map((each: unknown, i) => rect(each, `${path}[${i}]`));
}

function rect(value: unknown, path: string): Rect {
  const { width, height } = (value ?? {}) as Record<string, unknown>;
  return { ...point(value, path), width: side(width, `${path}.width`), height: side(height, `${path}.height`) };
}

function points(value: unknown, path: string): Point[] {
  if (!Array.isArray(value) || value.length < 2) return reject(path, "an array of two points or more", value);
  return value.map((each: unknown, i) => point(each, `${path}[${i}]`));
}

function point(value: unknown, path: string): Point {
  const { left, top } = (value ?? {}) as Record<string, unknown>;
  return { left: side(left, `${path}.left`), top: side(top, `${path}.top`) };
}

const side = (value: unknown, path: string) => number(value, path, -1e6, 1e6);
