/** Returns what all names begin with. */
export function commonPrefix(names: readonly string[]): string {
  let [prefix = ""] = names;
  for (const name of names) while (!name.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** Names, rewritten so that their plain numbers give their order. */
export type NameReading = {
  names: string[];
  /** Other possible meanings of the names. If one of them gives another order, the order is a guess. */
  others?: string[][];
};
