/**
 * Addresses of new-tab pages: `chrome://newtab`, `chrome://new-tab-page-third-party/` for pages of another program, and those of
 * other browsers. They show nothing of the task. Pictures of one color are recognized in `blank-picture.ts`.
 */
const NEW_TAB =
  /^(?:(?:chrome|edge|brave|opera|vivaldi):\/\/(?:newtab|new-tab-page(?:-third-party)?|startpage)\/?|about:(?:newtab|home))$/i;
/** Addresses of pages that are empty, or that a script has filled. */
const NO_ADDRESS = /^about:blank(?:[?#].*)?$/i;

/** Whether a step shows a new-tab page. */
export function isNewTab({ url }: { url?: string | undefined }): boolean {
  return url !== undefined && NEW_TAB.test(url);
}

/** Whether a step may be blank; its picture must be checked. */
export function mayBeBlank({ url }: { url?: string | undefined }): boolean {
  return url !== undefined && NO_ADDRESS.test(url);
}
