/** Host and path of a real page; `undefined` for new-tab pages, which say nothing about a task. */
export function hostAndPath(url: string): string | undefined {
  if (/^(about|chrome|edge):/.test(url)) return undefined;
  return url.replace(/^https?:\/\//, "").replace(/\/$/, "");
}
