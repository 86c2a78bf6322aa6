import { asObject, asObjects, type Json, textOf } from "../../../task-records/json-fields.ts";
import { type FoundPicture, JSON_TEXT, placeOf } from "../../pictures/find-pictures.ts";

/** An element of a list, and the pictures in it. */
export type PictureItem = {
  item: Json;
  pictures: readonly FoundPicture[];
  /** The elements without pictures between the previous element with pictures and this one. */
  preceding: readonly Json[];
};

/** A list whose elements hold pictures: the steps of one run. */
export type PictureList = {
  /** Name or task of the object around the list. */
  name?: string;
  items: PictureItem[];
  /** Number of other pictures outside the list. */
  others: number;
};

/** Names of lists of steps. */
const STEPS = /^(?:steps?|history|trajectory|turns?|messages|events|actions|observations|rounds|iterations)$/i;
/** Names of lists of tests in a report. */
const OF_TESTS = /^(?:tests?|specs?|suites?|scenarios?|fixtures?|features?|test_?cases?|cases)$/i;
const FIRST = /^(?:initial|first|start)/i;
const LAST = /^(?:final|last|end|result)/i;

/**
 * Returns the lists that contain the pictures of a value: one, or one for each element of a list of runs. Returns none for pictures
 * in several lists beside each other or in a report of tests, since their order is unknown.
 */
export function pictureLists(value: unknown, found: readonly FoundPicture[]): PictureList[] {
  if (found.some(({ path }) => path.some((name) => typeof name === "string" && OF_TESTS.test(name)))) return [];
  const [main, ...others] = listsOf(found).sort(
    (a, b) => b.found.length - a.found.length || levelsBelow(b) - levelsBelow(a),
  );
  if (!main || main.at < 0) return [];
  const { at } = main;
  const own = new Set(main.found.map(({ identity }) => identity));
  const elsewhere = others.flatMap((list) => list.found).filter(({ identity }) => !own.has(identity));
  if (
    elsewhere.length > 1 &&
    others.some((list) => list.at >= 0 && list.found.some((one) => elsewhere.includes(one)))
  ) {
    return [];
  }
  const inElements = [...groupBy(main.found, ({ path }) => JSON.stringify(path.slice(0, at + 1))).values()];
  const history = historyIn(inElements);
  const listName = String(main.found[0]!.path[at - 1] ?? "");
  if (!history && isListOfRuns(listName, inElements, at)) {
    return inElements.flatMap((inElement) => runsIn(value, inElement, at + 1));
  }
  const list = valueAt(value, main.found[0]!.path.slice(0, at));
  let next = 0;
  const items = (history ?? inElements).map((pictures) => {
    const index = pictures[0]!.path[at] as number;
    const preceding = Array.isArray(list) ? asObjects(list.slice(next, index)) : [];
    next = index + 1;
    return { item: asObject(valueAt(value, pictures[0]!.path.slice(0, at + 1))) ?? {}, pictures, preceding };
  });
  if (items.every(({ item }) => isTest(item))) return [];
  const alone = elsewhere.filter(({ path }) => path.every((name) => typeof name === "string"));
  const named = (name: RegExp) => alone.filter(({ path }) => path.some((part) => name.test(String(part))));
  const [before, after] = [named(FIRST), named(LAST)].map((pictures) =>
    pictures.map((one): PictureItem => ({ item: {}, pictures: [one], preceding: [] })),
  );
  const name = textOf(
    asObject(value),
    "task",
    "goal",
    "instruction",
    "instructions",
    "query",
    "name",
    "title",
    "intent",
  );
  return [
    {
      ...(name !== undefined && { name }),
      items: [...before!, ...items, ...after!],
      others: elsewhere.length - before!.length - after!.length,
    },
  ];
}

/** Number of levels between a list and its pictures: 1 if its elements are the pictures, so that they have no other fields. */
const levelsBelow = ({ at, found }: { at: number; found: readonly FoundPicture[] }) => found[0]!.path.length - at;

/** Groups pictures by the list that contains them. `at` is the position of the index in their paths; -1 for pictures in no list. */
function listsOf(found: readonly FoundPicture[]): { at: number; found: FoundPicture[] }[] {
  const lists = new Map<string, { at: number; found: FoundPicture[] }>();
  for (const alike of groupBy(found, ({ path }) => placeOf(path)).values()) {
    const at = alike[0]!.path.findIndex(
      (name, i) => typeof name === "number" && new Set(alike.map(({ path }) => path[i])).size > 1,
    );
    const key = at < 0 ? "" : placeOf(alike[0]!.path.slice(0, at + 1));
    const list = lists.get(key);
    if (list) list.found.push(...alike);
    else lists.set(key, { at, found: [...alike] });
  }
  const order = new Map(found.map((picture, i) => [picture, i]));
  for (const list of lists.values()) list.found.sort((a, b) => order.get(a)! - order.get(b)!);
  return [...lists.values()];
}

/** Whether an element is a test of a report: it has an outcome, a duration and a number of retries. */
const isTest = ({ status, duration, retries, retry }: Json) =>
  typeof status === "string" && typeof duration === "number" && typeof (retries ?? retry) === "number";

/**
 * Returns the pictures of each element, once each, if every element repeats those of the element before it and some add more, as
 * the requests of an agent do; `undefined` otherwise.
 */
function historyIn(elements: readonly FoundPicture[][]): FoundPicture[][] | undefined {
  const unique = elements.map((pictures) =>
    [...groupBy(pictures, ({ identity }) => identity).values()].map(([one]) => one!),
  );
  const goesOn = unique.every((pictures, i) =>
    (unique[i - 1] ?? []).every(({ identity }, at) => pictures[at]?.identity === identity),
  );
  return goesOn && unique.at(-1)!.length > unique[0]!.length ? unique : undefined;
}

/** Whether each element of a list has a list of steps of its own. */
function isListOfRuns(listName: string, elements: readonly FoundPicture[][], at: number): boolean {
  if (STEPS.test(listName)) return false;
  const withSteps = elements.filter((pictures) => {
    const steps = listsOf(pictures.map((picture) => ({ ...picture, path: picture.path.slice(at + 1) }))).find(
      (list) => list.at > 0,
    );
    return steps !== undefined && STEPS.test(String(steps.found[0]!.path[steps.at - 1]));
  });
  return withSteps.length * 2 > elements.length;
}

function runsIn(value: unknown, pictures: readonly FoundPicture[], depth: number): PictureList[] {
  const around = valueAt(value, pictures[0]!.path.slice(0, depth));
  return pictureLists(
    around,
    pictures.map((picture) => ({ ...picture, path: picture.path.slice(depth) })),
  );
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, name) => {
    if (name === JSON_TEXT) return JSON.parse(inner as string);
    return (inner as { [name: string | number]: unknown } | undefined)?.[name];
  }, value);
}

function groupBy<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
