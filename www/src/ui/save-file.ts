import { h } from "./dom.ts";

/** Time in ms after which the object URL is revoked: browsers read the file after the click. */
const GRACE_MS = 60_000;

/** Saves a file under a name, like a download link. */
export function saveFile(file: Blob, name: string): void {
  const href = URL.createObjectURL(file);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), GRACE_MS);
}
