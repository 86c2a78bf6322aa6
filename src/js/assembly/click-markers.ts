import type { ClickMarkers } from "../options/annotation-options.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { ParsedScreenshot, StepActions } from "../sources/parse-screenshot.ts";
import type { ClickMarker, FrameSpec } from "../wasm-types.ts";

/** Returns the markers of a step: the path of its drag, and its click, or its element if the point is not known. */
function markersOfStep({ click, element, drag }: StepActions, { clicks, paths }: ClickMarkers): ClickMarker[] {
  const marks: ClickMarker[] = [];
  if (paths && drag) marks.push({ kind: "drag", points: drag });
  if (clicks && click) marks.push({ kind: "click", ...click });
  else if (clicks && element) marks.push({ kind: "element", ...element });
  return marks;
}

/** Returns the frame spec of a screenshot, with its redactions and, if the options ask for them, its markers. */
export function specOf(
  { spec, actions }: Pick<ParsedScreenshot, "spec" | "actions">,
  { clickMarkers }: Pick<ResolvedOptions, "clickMarkers">,
): FrameSpec | undefined {
  const marks = clickMarkers ? markersOfStep(actions, clickMarkers) : [];
  return marks.length > 0 ? { ...spec, marks } : spec;
}
