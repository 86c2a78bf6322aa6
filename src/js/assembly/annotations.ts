import type { Frame } from "../frame.ts";
import { lazyImport } from "../lazy-import.ts";
import type { ClickMarkers } from "../options/annotation-options.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { reject } from "../options/validate.ts";
import type { SharedResources } from "../platform/shared-resources.ts";
import type { ParsedScreenshot, StepActions } from "../sources/parse-screenshot.ts";
import { toBlob } from "../sources/to-blob.ts";
import type { FrameSpec, Mark } from "../wasm-types.ts";

type Captions = import("../captions/captions.lazy.ts").Captions;

/** The way from an assembly to what draws on its frames, which is loaded only when something is to be drawn. */

/** Whether anything is to be drawn that a canvas is needed for. */
export function isDrawnOn({ title, captions, stepNumbers, logo }: ResolvedOptions): boolean {
  return title !== undefined || captions !== undefined || stepNumbers || logo !== undefined;
}

/**
 * Loads what draws on `count` screenshots; infinite where nobody knows how many there will be.
 *
 * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` where nothing can be drawn; what reading the logo fails with.
 */
export async function loadCaptions(
  options: ResolvedOptions,
  { canvases, readUrl }: SharedResources,
  count: number,
): Promise<Captions> {
  const total = Number.isFinite(count) ? count : undefined;
  const readLogo = async () => toBlob(options.logo, "options.logo", readUrl, options.signal);
  const { Captions } = await lazyImport(import("../captions/captions.lazy.ts"), options.signal);
  return Captions.prepare({ options, canvases, total, readLogo });
}

/**
 * The frame with the caption that the options make of its step. Without captions on the picture, its timing has none
 * either: nobody needs time to read what is not drawn.
 */
export function captioned<F extends Pick<Frame, "timing" | "step">>(
  frame: F,
  { captions }: ResolvedOptions,
  isDrawn: boolean,
): F {
  const { caption: _, ...timing } = frame.timing;
  const { caption: given, ...step } = frame.step;
  const caption: unknown = captions?.text ? captions.text(frame.step) : given;
  if (caption === undefined || caption === null) return { ...frame, timing, step };
  if (typeof caption !== "string") return reject("options.captions.text()", "a string or nothing", caption);
  return { ...frame, timing: { ...timing, ...(captions && isDrawn && { caption }) }, step: { ...step, caption } };
}

let hasWarned = false;

/** Tells developers, once, that nothing can be drawn; what is in a GIF's report is easily overlooked. */
export function warnUndrawn(message: string): void {
  if (!hasWarned) console.warn(`task-gif: ${message}; GIFs are made without them`);
  hasWarned = true;
}

/** What is marked of what a step did: the way of a drag, and its click, or the element where the point is not known. */
export function marksFor({ click, element, drag }: StepActions, { clicks, paths }: ClickMarkers): Mark[] {
  const marks: Mark[] = [];
  if (paths && drag) marks.push({ kind: "drag", points: drag });
  if (clicks && click) marks.push({ kind: "click", ...click });
  else if (clicks && element) marks.push({ kind: "element", ...element });
  return marks;
}

/** What is to be done to a screenshot: what it asks for itself, and the marks that are wanted. */
export function specOf(
  { spec, actions }: Pick<ParsedScreenshot, "spec" | "actions">,
  { clickMarkers }: Pick<ResolvedOptions, "clickMarkers">,
): FrameSpec | undefined {
  const marks = clickMarkers ? marksFor(actions, clickMarkers) : [];
  return marks.length > 0 ? { ...spec, marks } : spec;
}
