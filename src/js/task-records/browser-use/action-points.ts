import type { Point, Rect } from "../../public-types.ts";
import { asObject, asObjects, type Json, withoutUndefined } from "../json-fields.ts";
import { asBox, asPoint } from "../steps/click-points.ts";

/** Maximum distance in pixels between a click and the center of the box of its element: both may be rounded. */
const TOLERANCE_PX = 1;

/**
 * Returns the position of the first action of a history item that clicked or typed, and the box of its element.
 *
 * Points (`result[].metadata`, 0.7.12 and later) are in pixels of the viewport. These are the pixels of the picture, unless the agent
 * ran with a device scale factor, which the history does not contain. Boxes of a scrolled page are relative to the viewport in some
 * versions (0.12.9) and to the document in others: the point, which is the center of the element, decides.
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

/** Returns the box of the element whose center was clicked, relative to the viewport. */
function inViewport(box: Rect | undefined, click: Point): Rect | undefined {
  if (!box) return undefined;
  const scrolledX = box.left + box.width / 2 - click.left;
  const scrolledY = box.top + box.height / 2 - click.top;
  if (Math.abs(scrolledX) > TOLERANCE_PX || scrolledY < -TOLERANCE_PX) return undefined;
  return Math.abs(scrolledY) <= TOLERANCE_PX ? box : { ...box, top: box.top - scrolledY };
}
