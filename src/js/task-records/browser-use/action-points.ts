import type { Point, Rect } from "../../public-types.ts";
import { asObject, asObjects, type Json, withoutUndefined } from "../json-fields.ts";
import { asBox, asPoint } from "../steps/click-points.ts";

/** How far the middle of a box may be from where it was clicked, in pixels: both are rounded at times. */
const TOLERANCE_PX = 1;

/**
 * Returns where the first action of a history item clicked or typed, and the box of its element.
 *
 * Points (`result[].metadata`, 0.7.12 and later) are in pixels of the viewport, which are those of the picture unless
 * the agent ran with a device scale factor, of which the history says nothing. Boxes of a scrolled page are in pixels
 * of the viewport in some versions (0.12.9) and can be in those of the document: the point, which is in the middle of
 * the element, tells which.
 */
export function pointsOf(item: Json): { click?: Point; element?: Rect } {
  const results = asObjects(item.result);
  const points = results.map(({ metadata }) => pointOf(asObject(metadata)));
  const at = points.findIndex((point) => point !== undefined);
  const elements = asObject(item.state)?.interacted_element;
  if (at < 0) return {};
  const click = points[at]!;
  const element = asObject(Array.isArray(elements) ? elements[at] : undefined);
  return withoutUndefined({ click, element: inViewport(asBox(element?.bounds), click) });
}

function pointOf(metadata: Json | undefined): Point | undefined {
  return asPoint([metadata?.click_x, metadata?.click_y]) ?? asPoint([metadata?.input_x, metadata?.input_y]);
}

/** The box of the element that was clicked in its middle, where the page was scrolled down or not at all. */
function inViewport(box: Rect | undefined, click: Point): Rect | undefined {
  if (!box) return undefined;
  const scrolledX = box.left + box.width / 2 - click.left;
  const scrolledY = box.top + box.height / 2 - click.top;
  if (Math.abs(scrolledX) > TOLERANCE_PX || scrolledY < -TOLERANCE_PX) return undefined;
  return Math.abs(scrolledY) <= TOLERANCE_PX ? box : { ...box, top: box.top - scrolledY };
}
