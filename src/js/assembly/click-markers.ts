import type { ClickMarkers } from "../options/annotation-options.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { ParsedScreenshot, StepActions } from "../sources/parse-screenshot.ts";
import type { ClickMarker, FrameSpec } from "../wasm-types.ts";

/** What is marked of what a step did: the way of a drag, and its click, or the element where the point is not known. */
export function markersOfStep({ click, element, drag }: StepActions, { clicks, paths }: ClickMarkers): ClickMarker[] {
  const marks: ClickMarker[] = [];
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
  const marks = clickMarkers ? markersOfStep(actions, clickMarkers) : [];
  return marks.length > 0 ? { ...spec, marks } : spec;
}
