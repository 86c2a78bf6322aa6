const unsaved = new Set<string>();
const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/**
 * Notes whether some work would be lost with the page. While any would, the browser asks before it leaves; otherwise
 * nothing listens, which would keep the page out of the cache for going back.
 */
export function markUnsaved(work: string, isUnsaved: boolean): void {
  if (isUnsaved) unsaved.add(work);
  else unsaved.delete(work);
  if (unsaved.size > 0) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
