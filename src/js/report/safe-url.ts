/**
 * The address if it is one to offer as a link: http or https, absolute, without a user name and password. Anything
 * else, `javascript:` among it, is `undefined`.
 */
export function safeUrl(url: unknown): string | undefined {
  if (typeof url !== "string" || !/^\s*https?:/i.test(url) || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  parsed.username = "";
  parsed.password = "";
  return parsed.href;
}
