/** The name that was probably meant by `word`: the one that differs in the fewest letters, if those are few. */
export function closestName(word: string, names: readonly string[]): string | undefined {
  let least = Math.min(Math.max(2, word.length / 3), word.length - 1) + 1;
  let closest: string | undefined;
  for (const name of names) {
    const distance = editDistance(word, name);
    if (distance < least) [closest, least] = [name, distance];
  }
  return closest;
}

/** Letters to add, drop or replace to make one word the other (Levenshtein distance). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(row[j]! + Number(a[i] !== b[j]), row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
