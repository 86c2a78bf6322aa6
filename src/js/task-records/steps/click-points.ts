import type { Point, Rect } from "../../public-types.ts";
import { asNumber, asObject, asText, type Json, textOf } from "../json-fields.ts";

/** Where a step says that it clicked or dragged, and the box of the element that it acted on. */
export function clickPoints(step: Json) {
  return { click: clickOf(step), element: asBox(step.element), drag: asPath(step.drag) };
}

const CLICKS =
  "click click_point clickPoint click_position clickPosition click_coordinates clickCoordinates click_coordinate".split(
    " ",
  );
const COORDINATES = ["coordinates", "coordinate", "position", "point"];
/** Actions whose place is a click. */
const CLICK = /^\W*(?:(?:left|right|double|triple|mouse|middle)[\s_-]*)?(?:click|tap)/i;

/** Where a step clicked: where it says so, or the place of its action, if that is a click. */
function clickOf(step: Json): Point | undefined {
  const own = [...CLICKS.map((name) => step[name]), [step.click_x, step.click_y], [step.clickX, step.clickY]];
  const action = asObject(step.action) ?? step;
  const isClick = step.click === true || CLICK.test(textOf(action, "type", "action", "name") ?? "");
  const placed = [asObject(step.click), isClick ? action : undefined].flatMap((object) =>
    object ? [...COORDINATES.map((name) => object[name]), [object.x, object.y]] : [],
  );
  for (const value of [...own, ...placed]) {
    const point = asPoint(value);
    if (point) return point;
  }
  return undefined;
}

/** The largest distance from the top left corner that counts as a place on a page, in pixels. */
const FARTHEST_PX = 1e6;

const asDistance = (value: unknown) => {
  const px = typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : asNumber(value);
  return px !== undefined && Math.abs(px) <= FARTHEST_PX ? px : undefined;
};

/** A point: `{ left, top }`, `{ x, y }`, `[x, y]` or `"x, y"`. */
export function asPoint(given: unknown): Point | undefined {
  const value = /^\s*[([]?\s*([\d.]+)\s*,\s*([\d.]+)\s*[)\]]?\s*$/.exec(asText(given) ?? "")?.slice(1) ?? given;
  const [x, y] = Array.isArray(value) && value.length === 2 ? value : [asObject(value)?.x, asObject(value)?.y];
  const left = asDistance(asObject(value)?.left ?? x);
  const top = asDistance(asObject(value)?.top ?? y);
  if (left === undefined || top === undefined) return undefined;
  // Parts of the picture's sides are no pixels.
  return (left % 1 || top % 1) && left <= 1 && top <= 1 ? undefined : { left, top };
}

/** A box: a point with `width` and `height`. Four numbers alone are none: nobody knows which four. */
export function asBox(value: unknown): Rect | undefined {
  const corner = Array.isArray(value) ? undefined : asPoint(value);
  const [width, height] = [asDistance(asObject(value)?.width), asDistance(asObject(value)?.height)];
  return corner && width !== undefined && height !== undefined && width > 0 && height > 0
    ? { ...corner, width, height }
    : undefined;
}

/** A path: at least two points, none of which is anything else. */
function asPath(value: unknown): Point[] | undefined {
  const points = Array.isArray(value) ? value.map(asPoint) : [];
  return points.length >= 2 && points.every((point) => point !== undefined) ? points : undefined;
}
