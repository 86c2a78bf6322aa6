/**
 * Returns `url` if it may become a link: absolute, http or https; user name and password are removed. Returns `undefined`
 * for anything else, such as `javascript:`.
 */
export function safeUrl(url: unknown): string | undefined {
  if (typeof url !== "string" || !/^\s*https?:/i.test(url) || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  parsed.username = "";
  parsed.password = "";
  return parsed.href;
}
