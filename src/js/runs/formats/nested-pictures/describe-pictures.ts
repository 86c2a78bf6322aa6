import { picturesIn, placeOf } from "../../pictures/find-pictures.ts";

/** Maximum number of places that a message names. */
const MOST_PLACES = 3;
const ADDRESS = /^https?:\/\/\S+$/i;
const OF_SCREENSHOT = /screen_?shot/i;

/**
 * Describes JSON with pictures that no format reads: how many pictures it contains or names by address, where, and what to give
 * instead. `undefined` if there is none.
 */
export function describePictures(value: unknown): string | undefined {
  const held = countPlaces(picturesIn(value, () => undefined).map(({ path }) => path));
  if (held.count > 0) {
    return `a record with ${counted(held)} that does not say which step each is of: give { steps: [{ screenshot, caption }] } with them in order`;
  }
  const named = countPlaces(addressesIn(value));
  if (named.count === 0) return undefined;
  return `a record that names ${counted(named)} by address: give { steps: [{ screenshot, caption }] }, with options.resolve where they are not public`;
}

type Places = { count: number; places: string[] };

function countPlaces(paths: readonly (readonly (string | number)[])[]): Places {
  return { count: paths.length, places: [...new Set(paths.map(placeOf))] };
}

function counted({ count, places }: Places): string {
  const more = places.length > MOST_PLACES ? ", …" : "";
  return `${count} ${count === 1 ? "picture" : "pictures"} (${places.slice(0, MOST_PLACES).join(", ").slice(0, 200)}${more})`;
}

/** Returns the paths of the addresses of screenshots. The name of a field around an address must say that it is one. */
function addressesIn(value: unknown): (readonly (string | number)[])[] {
  const found: (readonly (string | number)[])[] = [];
  const walk = (inner: unknown, path: readonly (string | number)[]): void => {
    if (typeof inner === "string") {
      const isNamed = path.some((name) => typeof name === "string" && OF_SCREENSHOT.test(name));
      if (isNamed && ADDRESS.test(inner.slice(0, 2000))) found.push(path);
    } else if (typeof inner === "object" && inner !== null) {
      for (const [name, each] of Array.isArray(inner) ? inner.entries() : Object.entries(inner))
        walk(each, [...path, name]);
    }
  };
  walk(value, []);
  return found;
}
