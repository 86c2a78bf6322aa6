/** What tells that a screenshot shows nothing that a task did. */

/** The white 4 x 4 picture that browser-use records where it has no screenshot. */
export const PLACEHOLDER =
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAFElEQVR4nGP8//8/AwwwMSAB3BwAlm4DBfIlvvkAAAAASUVORK5CYII=";

/**
 * New-tab pages of browsers: `chrome://newtab`, `chrome://new-tab-page-third-party/` where another program gives the page,
 * and what others call theirs. Nothing that a task did is on them.
 */
const NEW_TAB =
  /^(?:(?:chrome|edge|brave|opera|vivaldi):\/\/(?:newtab|new-tab-page(?:-third-party)?|startpage)\/?|about:(?:newtab|home))$/i;
/** A page without an address: nothing at all, or whatever a script has put there. */
const NO_ADDRESS = /^about:blank(?:[?#].*)?$/i;

/** Whether a step shows nothing but a new tab. */
export function isNewTab({ url }: { url?: string | undefined }): boolean {
  return url !== undefined && NEW_TAB.test(url);
}

/** Whether a step may show nothing: its picture tells. */
export function mayBeBlank({ url }: { url?: string | undefined }): boolean {
  return url !== undefined && NO_ADDRESS.test(url);
}
