import { CARD, type Frame } from "../frame.ts";
import type { Point, Rect } from "../public-types.ts";
import type { ClickMarker, FrameSpec, Plan, PlannedFrame } from "../wasm-types.ts";

/**
 * Carries out the camera's plan: a step with a close-up becomes two frames of one screenshot, the whole and the part. Both are
 * analyzed as separate frames, with explicit times.
 */

/** Shortest time of one frame in ms. */
const LEAST_MS = 20;
/** Time of the whole screenshot before the close-up: this share of the step's time, at most this many ms. */
const WHOLE = { share: 0.4, mostMs: 900 };
/** Positions of the pointer as shares of its path, and the time at each in ms. The pointer slows down towards the end. */
const POINTER = { places: [0, 0.45, 0.75, 0.92], moveMs: 60 };
/** Steps shorter than this have no close-up: two pictures in so little time would flicker. */
const LEAST_PAIR_MS = 400;

/** Returns the frames of a GIF with `camera: "follow"`, by a plan of all `frames`. */
export function followedFrames(frames: readonly Frame[], plan: Plan): Frame[] {
  return plan.frames.flatMap((planned) => {
    const [first, ...others] = planned.sources.map((frameIndex) => frames[frameIndex]!);
    const shown = picturesOf(first!, planned, planned.delayMs - LEAST_MS * others.length);
    const last = shown.at(-1)!;
    const same = others.map((frame) => ({ ...frame, id: last.id, source: last.source, duplicateOf: last }));
    return [...shown, ...same.map((frame) => timed(frame, LEAST_MS))];
  });
}

/** Returns the frames of one screenshot for `ms` milliseconds: the whole, a part, or both. */
function picturesOf(frame: Frame, { view, delay = {} }: PlannedFrame, ms: number): Frame[] {
  const whole = { ...timed(frame, ms), delay };
  const close = view?.close;
  if (!close || frame.sourceIndex === CARD) return [whole];
  const near: Frame = { ...whole, spec: closeUp(frame.spec, close) };
  if (!view.whole) return withPointer(near, close, ms);
  if (ms < LEAST_PAIR_MS) return [whole];
  const cameraMs = Math.min(Math.floor((ms * WHOLE.share) / 10) * 10, WHOLE.mostMs);
  const after: Frame = { ...near, delay: { ...delay, cameraMs: -cameraMs }, isCloseUp: true };
  return [{ ...timed(frame, cameraMs), delay: { cameraMs } }, ...withPointer(after, close, ms - cameraMs)];
}

/** Returns the frames of a close-up in which the pointer moves to the click, where a ring appears. */
function withPointer(near: Frame, view: Rect, ms: number): Frame[] {
  const { click } = near.timing;
  const moves = POINTER.places.length;
  const restMs = ms - moves * POINTER.moveMs;
  if (!click || restMs < LEAST_PAIR_MS) return [timed(near, ms)];
  const target = shiftedBy(view, click);
  const from = { left: view.width / 2, top: view.height };
  const marked = (...marks: ClickMarker[]): Frame => {
    return { ...near, spec: { ...near.spec, marks: [...(near.spec?.marks ?? []), ...marks] } };
  };
  const on = POINTER.places.map((share, i): Frame => {
    const along = (start: number, end: number) => Math.round(start + (end - start) * share);
    const place = { left: along(from.left, target.left), top: along(from.top, target.top) };
    const moving = {
      ...timed(marked({ kind: "pointer", ...place }), POINTER.moveMs),
      delay: { cameraMs: POINTER.moveMs },
    };
    return i === 0 ? moving : { ...moving, isCloseUp: true };
  });
  const there = marked({ kind: "click", ...target }, { kind: "pointer", ...target });
  const cameraMs = (near.delay?.cameraMs ?? 0) - moves * POINTER.moveMs;
  return [...on, { ...timed(there, restMs), delay: { ...near.delay, cameraMs }, isCloseUp: true }];
}

function timed(frame: Frame, delayMs: number): Frame {
  return { ...frame, timing: { ...frame.timing, delayMs } };
}

/** Returns the frame spec for the part of a screenshot in `view`. Redaction happens before the crop. */
function closeUp(spec: FrameSpec | undefined, view: Rect): FrameSpec {
  const shifted = (mark: ClickMarker): ClickMarker => {
    if (mark.kind !== "drag") return shiftedBy(view, mark);
    return { ...mark, points: mark.points.map((point) => shiftedBy(view, point)) };
  };
  return { ...spec, view, ...(spec?.marks && { marks: spec.marks.map(shifted) }) };
}

/** Converts a position in the screenshot to one in the part in `view`. */
function shiftedBy<Place extends Point>(view: Rect, place: Place): Place {
  return { ...place, left: place.left - view.left, top: place.top - view.top };
}
