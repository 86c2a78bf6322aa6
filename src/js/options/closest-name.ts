/** Returns the name with the smallest edit distance from `word`, if that is small; else `undefined`. */
export function closestName(word: string, names: readonly string[]): string | undefined {
  const within = (edits: number) => names.find((name) => isWithin(edits, word, name));
  // With two edits, a short word becomes almost any other.
  return within(1) ?? (word.length > 4 ? within(2) : undefined);
}

/** Whether `a` becomes `b` with at most so many letters added, dropped, replaced or swapped (Damerau-Levenshtein). */
function isWithin(edits: number, a: string, b: string): boolean {
  if (!a || !b) return a.length + b.length <= edits;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return isWithin(edits, restA, restB);
  if (edits === 0) return false;
  const isNear = (x: string, y: string) => isWithin(edits - 1, x, y);
  const isSwapped = a[0] === b[1] && a[1] === b[0];
  return isNear(restA, restB) || isNear(restA, b) || isNear(a, restB) || (isSwapped && isNear(a.slice(2), b.slice(2)));
}
