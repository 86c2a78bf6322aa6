const unsaved = new Set<string>();
const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/**
 * Notes whether work would be lost when the page is closed. Only then a `beforeunload` listener is set, which makes the
 * browser ask: a listener keeps the page out of the back/forward cache.
 */
export function markUnsaved(work: string, isUnsaved: boolean): void {
  if (isUnsaved) unsaved.add(work);
  else unsaved.delete(work);
  if (unsaved.size > 0) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
