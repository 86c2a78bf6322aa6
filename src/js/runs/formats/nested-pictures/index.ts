import type { DescribedScreenshot } from "../../../public-types.ts";
import { withoutUndefined } from "../../../task-records/json-fields.ts";
import { numberOf } from "../../../task-records/steps/step-facts.ts";
import { isPicture } from "../../input/file-kind.ts";
import { folderOf, joinPath } from "../../input/record-path.ts";
import { naturalOrder, sortNaturally } from "../../natural-order/natural-order.ts";
import { type FoundPicture, picturesIn, placeOf } from "../../pictures/find-pictures.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run, RunWarning } from "../../run.ts";
import { isConversation } from "./conversation.ts";
import { factsOf, framesOf } from "./item-facts.ts";
import { knownTool } from "./known-tools.ts";
import { type PictureItem, type PictureList, pictureLists } from "./picture-lists.ts";

/**
 * JSON of unknown tools whose pictures are in one list: they become the frames, in the order of the list, with a warning that this
 * is a guess. Tried after all other records.
 */
export const format: RecordFormat = {
  name: "JSON with pictures",

  async detect(files, context) {
    const matches: RecordMatch[] = [];
    for (const record of await recordsIn(files, context)) {
      const [main] = record;
      const lists = await listsIn(record, files);
      const path = record.length === 1 ? main!.path : folderOf(main!.path) || main!.path;
      if (lists.length > 0) matches.push({ path, claims: [...record, ...claimsOf(lists, files)], main: main! });
    }
    return matches;
  },

  async read({ claims }, files) {
    const record = claims.filter(({ kind }) => kind === "json" || kind === "jsonl");
    return (await listsIn(record, files)).map(runOf);
  },
};

/** Groups JSON files whose names differ in a number only and that hold one event each; other files are records of their own. */
async function recordsIn(files: RecordFiles, context: ReadContext): Promise<readonly (readonly RecordFile[])[]> {
  const groups = new Map<string, RecordFile[]>();
  for (const file of files.all) {
    if ((file.kind !== "json" && file.kind !== "jsonl") || file.size > context.limits.textBytes) continue;
    const key = joinPath(folderOf(file.path), file.name.replace(/\d.*$/, "#"));
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const records: (readonly RecordFile[])[] = [];
  for (const group of groups.values()) {
    if (group.length > 1 && (await areEvents(group, files))) records.push(group);
    else records.push(...group.map((file) => [file]));
  }
  return records;
}

async function areEvents(group: readonly RecordFile[], files: RecordFiles): Promise<boolean> {
  if (naturalOrder(group.map(({ name }) => name)).basis !== "number") return false;
  const pictures = await Promise.all(group.map(async (file) => picturesOf(await file.json(), file, files)));
  const identities = pictures.flatMap((found) => [...new Set(found.map(({ identity }) => identity))]);
  return pictures.every(({ length }) => length <= 1) || new Set(identities).size < identities.length;
}

function picturesOf(value: unknown, main: RecordFile, files: RecordFiles): readonly FoundPicture[] {
  return picturesIn(value, (reference) => {
    const file = files.find(reference, main);
    return file && isPicture(file) ? file : undefined;
  });
}

async function listsIn(record: readonly RecordFile[], files: RecordFiles): Promise<PictureList[]> {
  const [main] = record;
  const values = new Map<string, unknown>();
  for (const file of record) values.set(file.name, await file.json());
  const value =
    record.length === 1 ? values.get(main!.name) : sortNaturally([...values.keys()]).map((name) => values.get(name));
  const found = picturesOf(value, main!, files);
  return found.length < 2 ? [] : pictureLists(value, found).filter(({ items }) => !isConversation(items));
}

/** Returns the pictures that a record names, and all pictures in the same folders, so that no other format shows them. */
function claimsOf(lists: readonly PictureList[], files: RecordFiles): readonly RecordFile[] {
  const named = lists.flatMap(({ items }) =>
    items.flatMap(({ pictures }) => pictures.flatMap(({ file }) => file ?? [])),
  );
  const folders = new Set(named.map(({ path }) => folderOf(path)));
  return files.all.filter((file) => isPicture(file) && folders.has(folderOf(file.path)));
}

function runOf({ name, items, others }: PictureList): Run {
  const tool = knownTool(items.map(({ item }) => item));
  const { ordered, guess } = inOrderOfTime(items);
  const screenshots = ordered.flatMap((item, i) => {
    const { number = i + 1, ...facts } = factsOf(item, tool);
    return item.pictures.map(
      ({ image }): DescribedScreenshot => withoutUndefined({ image, number, ...facts }) as DescribedScreenshot,
    );
  });
  const place = placeOf(ordered.find(({ item }) => Object.keys(item).length > 0)?.pictures[0]?.path ?? []);
  const left = others > 0 ? `, ${others === 1 ? "another one is" : `${others} others are`} left out` : "";
  const who = tool ? "the record has pictures in several places" : "the tool that wrote this is not known";
  const warnings: RunWarning[] = [];
  if (!tool || others > 0) {
    warnings.push({ code: "MEANING_GUESSED", message: `${who}: those at ${place} were taken for its steps${left}` });
  }
  if (guess !== undefined) warnings.push({ code: "ORDER_GUESSED", message: guess });
  return { ...(name !== undefined && { name }), tool: { name: tool?.name ?? "unknown" }, screenshots, warnings };
}

/** Sorts elements by time if all have one, since some lists have the newest first; otherwise keeps their order. */
function inOrderOfTime(items: readonly PictureItem[]): { ordered: readonly PictureItem[]; guess?: string } {
  const framed = items.map((item) => ({ ...item, pictures: framesOf(item.pictures) }));
  const timed = framed.map((item) => ({ item, ms: factsOf(item, undefined).timestampMs }));
  const numbers = framed.map(({ item }) => numberOf(item) ?? Number.NaN);
  if (numbers.length > 1 && numbers.every((number, i) => i === 0 || number < numbers[i - 1]!)) {
    return { ordered: withoutHistories([...framed].reverse()), guess: "the list began with its last element" };
  }
  const isTimed = timed.every(({ ms }) => ms !== undefined);
  if (!isTimed || timed.every(({ ms }, i) => i === 0 || ms! >= timed[i - 1]!.ms!)) {
    return { ordered: withoutHistories(framed) };
  }
  const sorted = timed.sort((a, b) => a.ms! - b.ms!).map(({ item }) => item);
  const guess = "the elements of the list do not stand in the order of their times: the times decide";
  return { ordered: withoutHistories(sorted), guess };
}

/**
 * Removes pictures that an element repeats from the elements before it, as each request to a language model repeats the history.
 * Lists in which no element has several pictures have no such histories.
 */
function withoutHistories(items: readonly PictureItem[]): readonly PictureItem[] {
  if (items.every(({ pictures }) => pictures.length < 2)) return items;
  const seen: unknown[] = [];
  return items.flatMap((item) => {
    const { pictures } = item;
    const ids = pictures.map(({ identity }) => identity);
    const fresh = pictures.slice(isWithin(ids, seen) ? ids.length : overlapOf(seen, ids));
    seen.push(...fresh.map(({ identity }) => identity));
    return fresh.length > 0 ? [{ ...item, pictures: fresh }] : [];
  });
}

/** Whether `all` contains `some` as consecutive items. */
function isWithin(some: readonly unknown[], all: readonly unknown[]): boolean {
  return all.some((_, start) => some.every((id, i) => id === all[start + i]));
}

/** Returns how many items at the start of `after` are those at the end of `before`. */
function overlapOf(before: readonly unknown[], after: readonly unknown[]): number {
  let overlap = Math.min(before.length, after.length);
  while (overlap > 0 && !after.slice(0, overlap).every((id, i) => id === before[before.length - overlap + i]))
    overlap--;
  return overlap;
}
