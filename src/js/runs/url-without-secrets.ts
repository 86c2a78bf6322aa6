/** Characters of an address that are shown. */
const LONGEST = 200;

/** An address for a caption: without a password, and without its query, which may hold a key. */
export function urlWithoutSecrets(url: string): string {
  return url
    .replace(/\/\/[^/@]*@/, "//")
    .replace(/[?#].*$/s, "")
    .slice(0, LONGEST);
}
