import type { DescribedScreenshot } from "../../../public-types.ts";
import { withoutUndefined } from "../../../task-records/json-fields.ts";
import { pictureSize } from "../../pictures/picture-size.ts";
import type { ReadContext, RecordFile } from "../../record-format.ts";
import type { Run, RunWarning } from "../../run.ts";
import { captionOf, isSecret } from "./action-caption.ts";
import { pairFrames, type TraceStep } from "./pair-frames.ts";
import { type PlacedScreenshot, placeAttachments } from "./place-attachments.ts";
import { failureStartMs, type TestStep, type TestTrace } from "./test-steps.ts";
import type { Trace, TraceAction, TraceFrame } from "./trace.ts";

/** Files of a trace by their names in the trace. */
export type PictureFinder = (reference: string) => RecordFile | undefined;

/** A picture of a step: its file, and the scale from the viewport to the picture, for clicks. */
type Picture = { file: RecordFile; pageId: string; viewportWidth: number; width: number; height: number };

/**
 * Returns the run in the traces of all browser contexts of a test or script; `test` is the trace of the test runner.
 */
export async function runOfTrace(
  trace: Trace,
  test: TestTrace | undefined,
  find: PictureFinder,
  context: ReadContext,
): Promise<Run> {
  const warnings: RunWarning[] = [];
  for (const frame of trace.frames) {
    const bytes = find(frame.reference)?.size;
    if (bytes !== undefined) frame.bytes = bytes;
  }
  const steps = pairFrames(trace);
  const pictures = await picturesOf(steps, find, warnings);
  const placed: PlacedScreenshot[] = [];
  let shown: Picture | undefined;
  let atMs = 0;
  for (const [i, { action }] of steps.entries()) {
    markClick(placed.at(-1)?.screenshot, shown, action);
    const picture = pictures[i];
    if (!picture) continue;
    shown = picture;
    atMs = Math.max(atMs, Math.floor(action.endMs ?? action.startMs));
    const hides = action.method.startsWith("keyboard") && isSecret(targetBefore(steps, i));
    const caption = captionOf(action, context.captionsOf === "all" && !hides);
    const screenshot: DescribedScreenshot = {
      image: picture.file.image(),
      timestampMs: atMs,
      caption: withStep(caption, test && titleOf(action, test.steps)),
      number: i + 1,
      ...(action.url !== undefined && { url: action.url }),
      ...(failedStep(action, test) && { failed: true }),
    };
    placed.push({ screenshot, ...picture });
  }
  if (test) markFailure(placed, test);
  return describe(trace, test, await placeAttachments(placed, test?.attachments ?? [], find), warnings);
}

/** Marks a failure without a call, such as an assertion on a value, on the picture that was visible at that time. */
function markFailure(placed: readonly PlacedScreenshot[], test: TestTrace): void {
  if (test.errors.length === 0 || placed.some(({ screenshot }) => screenshot.failed)) return;
  const startMs = failureStartMs(test) ?? Number.POSITIVE_INFINITY;
  const shown = placed.findLast(({ screenshot }) => screenshot.timestampMs! <= startMs + 1) ?? placed.at(-1);
  if (shown) shown.screenshot.failed = true;
}

function describe(
  trace: Trace,
  test: TestTrace | undefined,
  screenshots: DescribedScreenshot[],
  warnings: RunWarning[],
): Run {
  const error = test?.errors[0] ?? (test && trace.actions.findLast(({ error }) => error !== undefined)?.error);
  const { title, playwrightVersion, startedAtMs } = trace;
  if (screenshots.length === 0) {
    const message = "the trace has no pictures of its steps; record it with screenshots: true";
    warnings.push({ code: "NO_SCREENSHOTS", message });
  }
  return {
    ...(title !== undefined && { name: title }),
    ...withoutUndefined({ status: test && statusOf(test) }),
    ...(test && test.errors.length > 0 && error !== undefined && { error }),
    ...(Number.isFinite(startedAtMs) && { startedAtMs }),
    tool: { name: "Playwright", ...(playwrightVersion !== undefined && { version: playwrightVersion }) },
    screenshots,
    warnings,
  };
}

/** Returns the status of a test. Format 6 has no errors of the test itself, and a failed step may be expected. */
function statusOf({ errors, steps }: TestTrace): Run["status"] {
  if (errors.length > 0) return "failed";
  return [...steps.values()].some(({ error }) => error !== undefined) ? undefined : "passed";
}

/** Returns the picture of each step, if the record has it. */
async function picturesOf(
  steps: readonly TraceStep[],
  find: PictureFinder,
  warnings: RunWarning[],
): Promise<(Picture | undefined)[]> {
  const sizes = new Map<string, { width: number; height: number }>();
  const missing = new Set<string>();
  const pictures: (Picture | undefined)[] = [];
  for (const { frame } of steps) pictures.push(frame && (await pictureOf(frame)));
  if (missing.size > 0) {
    const message = `${missing.size} pictures of the trace are not in the record, such as ${[...missing][0]}`;
    warnings.push({ code: "PICTURE_MISSING", message });
  }
  const without = steps.filter(({ frame }) => !frame).length;
  if (without > 0 && without < steps.length) {
    warnings.push({
      code: "STEPS_WITHOUT_SCREENSHOT",
      message: `${without} steps came before the first picture of their page`,
    });
  }
  return pictures;

  async function pictureOf({ reference, pageId, width, height }: TraceFrame): Promise<Picture | undefined> {
    const file = find(reference);
    if (!file || file.size === 0) {
      missing.add(reference);
      return undefined;
    }
    // One picture per viewport size is enough, since all pictures of it have the same scale.
    const viewport = `${pageId} ${width} ${height}`;
    let size = sizes.get(viewport);
    if (!size) {
      size = (await file.blob().then(pictureSize, () => undefined)) ?? { width, height };
      sizes.set(viewport, size);
    }
    return { file, pageId, viewportWidth: width, ...size };
  }
}

/** Marks the click of an action on the picture before it, where viewers see what is about to happen. */
function markClick(before: DescribedScreenshot | undefined, picture: Picture | undefined, action: TraceAction): void {
  if (!before || !picture || picture.viewportWidth === 0) return;
  if (action.pageId !== undefined && picture.pageId !== action.pageId) return;
  const scale = picture.width / picture.viewportWidth;
  const { point, box } = action;
  if (point) before.click = { left: point.left * scale, top: point.top * scale };
  if (box) {
    before.element = {
      left: box.left * scale,
      top: box.top * scale,
      width: box.width * scale,
      height: box.height * scale,
    };
  }
}

/** Returns the last action before step `i` with an element, into which the keyboard types. */
function targetBefore(steps: readonly TraceStep[], i: number): TraceAction {
  return steps.slice(0, i).findLast(({ action }) => action.params.selector !== undefined)?.action ?? steps[i]!.action;
}

/** Whether an action failed, by its own result or by that of the test runner's step. */
function failedStep(action: TraceAction, test: TestTrace | undefined): boolean {
  return action.error !== undefined || (test !== undefined && stepOf(action, test.steps)?.error !== undefined);
}

/** Returns the title of the innermost `test.step` around an action. */
function titleOf(action: TraceAction, steps: ReadonlyMap<string, TestStep>): string | undefined {
  let step = stepOf(action, steps);
  for (let depth = 0; step && depth < 100; depth++) {
    if (step.category === "test.step") return step.title;
    step = steps.get(step.parentId ?? "");
  }
  return undefined;
}

/** Returns the step of the test runner for an action. */
function stepOf({ id, stepId }: TraceAction, steps: ReadonlyMap<string, TestStep>): TestStep | undefined {
  return steps.get(stepId ?? "") ?? steps.get(id);
}

const withStep = (caption: string, title: string | undefined) =>
  title === undefined ? caption : `${title}: ${caption}`;
