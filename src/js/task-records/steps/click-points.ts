import type { Point, Rect } from "../../public-types.ts";
import { asNumber, asObject, asText, type Json, textOf } from "../json-fields.ts";

/** Returns the click, the drag and the box of the element of a step. */
export function clickPoints(step: Json) {
  return { click: clickOf(step), element: asBox(step.element), drag: asPath(step.drag) };
}

const CLICKS =
  "click click_point clickPoint click_position clickPosition click_coordinates clickCoordinates click_coordinate".split(
    " ",
  );
const COORDINATES = ["coordinates", "coordinate", "position", "point"];
/** Actions whose position is that of a click. */
const CLICK = /^\W*(?:(?:left|right|double|triple|mouse|middle)[\s_-]*)?(?:click|tap)/i;

/** Returns the click of a step: its field, or the position of its action if that is a click. */
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

/** Largest plausible coordinate on a page in pixels. */
const FARTHEST_PX = 1e6;

const asDistance = (value: unknown) => {
  const px = typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : asNumber(value);
  return px !== undefined && Math.abs(px) <= FARTHEST_PX ? px : undefined;
};

/** Parses a point: `{ left, top }`, `{ x, y }`, `[x, y]` or `"x, y"`. */
export function asPoint(given: unknown): Point | undefined {
  const value = /^\s*[([]?\s*([\d.]+)\s*,\s*([\d.]+)\s*[)\]]?\s*$/.exec(asText(given) ?? "")?.slice(1) ?? given;
  const [x, y] = Array.isArray(value) && value.length === 2 ? value : [asObject(value)?.x, asObject(value)?.y];
  const left = asDistance(asObject(value)?.left ?? x);
  const top = asDistance(asObject(value)?.top ?? y);
  if (left === undefined || top === undefined) return undefined;
  // Fractions of the size of the picture are no pixels.
  return (left % 1 || top % 1) && left <= 1 && top <= 1 ? undefined : { left, top };
}

/** Parses a box: a point with `width` and `height`. A list of four numbers is ambiguous and no box. */
export function asBox(value: unknown): Rect | undefined {
  const corner = Array.isArray(value) ? undefined : asPoint(value);
  const [width, height] = [asDistance(asObject(value)?.width), asDistance(asObject(value)?.height)];
  return corner && width !== undefined && height !== undefined && width > 0 && height > 0
    ? { ...corner, width, height }
    : undefined;
}

/** Parses a path: a list of two or more points and nothing else. */
function asPath(value: unknown): Point[] | undefined {
  const points = Array.isArray(value) ? value.map(asPoint) : [];
  return points.length >= 2 && points.every((point) => point !== undefined) ? points : undefined;
}
