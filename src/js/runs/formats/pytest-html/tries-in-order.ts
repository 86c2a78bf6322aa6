import type { PytestImage, PytestResult } from "./pytest-result.ts";

/**
 * Returns the tries of each test in order. Version 3 of pytest-html sorts them by outcome. With pytest-rerunfailures 16, version 4 writes
 * all tries so far after each try: 1 row, then 2, then 3. From 4.2 on, a row also has the images of earlier tries, and with
 * pytest-rerunfailures 15 those of all tries. Equal images prove nothing, since tries may look the same.
 */
export function triesInOrder(results: readonly PytestResult[], version: string | undefined): PytestResult[] {
  const [major = 4, minor = 0] = version?.split(".").map(Number) ?? [];
  const tests = new Map<string, PytestResult[]>();
  for (const result of results) {
    const rows = tests.get(result.name);
    if (rows) rows.push(result);
    else tests.set(result.name, [result]);
  }
  const gathers = major > 4 || minor >= 2;
  return [...tests.values()].flatMap((rows) => (major < 4 ? rerunsFirst(rows) : triesOfRows(rows, gathers)));
}

function rerunsFirst(rows: readonly PytestResult[]): PytestResult[] {
  return [...rows.filter(isRerun), ...rows.filter((row) => !isRerun(row))];
}

/** `gathers`: a row also has the images of earlier tries, or of all. */
function triesOfRows(rows: readonly PytestResult[], gathers: boolean): PytestResult[] {
  if (rows.length < 2 || !rows.slice(0, -1).every(isRerun)) return [...rows];
  const groups = groupsOf(rows);
  const all = rows.at(-1)!.images;
  const isShared = gathers && all.length > 0 && rows.every(({ images }) => isSame(images, all));
  if (isShared) {
    const each = all.length / rows.length;
    return Number.isInteger(each)
      ? rows.map((row, i) => ({ ...row, images: all.slice(i * each, (i + 1) * each) }))
      : [rows.at(-1)!];
  }
  if (!groups) return [...rows];
  const tries = groups.at(-1)!;
  if (!gathers) return tries;
  const ends = groups.map(([row]) => row!.images.length);
  return tries.map((row, i) => ({ ...row, images: all.slice(ends[i - 1] ?? 0, ends[i]) }));
}

/** Divides rows into groups of 1, 2, 3, ..., each with the tries so far; `undefined` if they are no such groups. */
function groupsOf(rows: readonly PytestResult[]): PytestResult[][] | undefined {
  const groups: PytestResult[][] = [];
  for (let from = 0; from < rows.length; from += groups.length) {
    groups.push(rows.slice(from, from + groups.length + 1));
  }
  const tries = groups.at(-1)!;
  if (tries.length !== groups.length) return undefined;
  const isRight = groups.every((group) => group.every((row, i) => isLike(row, tries[i]!)));
  return isRight ? groups : undefined;
}

/** Whether a row may be of the same try as a later one, which may have more images. */
function isLike(row: PytestResult, later: PytestResult): boolean {
  return row.outcome === later.outcome && row.error === later.error && startsWith(later.images, row.images);
}

const isRerun = ({ outcome }: PytestResult) => /^rerun$/i.test(outcome);

const isSame = (a: readonly PytestImage[], b: readonly PytestImage[]) => a.length === b.length && startsWith(a, b);

const startsWith = (images: readonly PytestImage[], first: readonly PytestImage[]) =>
  first.every((image, i) => images[i] !== undefined && isSameImage(image, images[i]));

const isSameImage = (a: PytestImage, b: PytestImage) =>
  a.name === b.name && placeOf(a.reference) === placeOf(b.reference);

/** Returns an identity of a picture: its path, or its number of bytes in the page. */
function placeOf(reference: string): string {
  const place = /,@(\d+):(\d+)/.exec(reference);
  return place ? String(Number(place[2]) - Number(place[1])) : reference;
}
