/** What all texts begin with. */
export function commonPrefix(texts: readonly string[]): string {
  let [prefix = ""] = texts;
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
