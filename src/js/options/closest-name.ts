/** The name that was probably meant by `word`: the one that differs in the fewest letters, if those are few. */
export function closestName(word: string, names: readonly string[]): string | undefined {
  const within = (edits: number) => names.find((name) => isWithin(edits, word, name));
  // Two letters of a short word are most of it.
  return within(1) ?? (word.length > 4 ? within(2) : undefined);
}

/** Whether `a` becomes `b` with at most so many letters added, dropped or replaced (Levenshtein distance). */
function isWithin(edits: number, a: string, b: string): boolean {
  if (!a || !b) return a.length + b.length <= edits;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return isWithin(edits, restA, restB);
  return (
    edits > 0 && (isWithin(edits - 1, restA, restB) || isWithin(edits - 1, restA, b) || isWithin(edits - 1, a, restB))
  );
}
