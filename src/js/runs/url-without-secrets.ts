/** Maximum number of characters of an address in a caption. */
const LONGEST = 200;

/** Returns an address for a caption, without its password and its query, which may contain a key. */
export function urlWithoutSecrets(url: string): string {
  return url
    .replace(/\/\/[^/@]*@/, "//")
    .replace(/[?#].*$/s, "")
    .slice(0, LONGEST);
}
