import { h } from "./dom.ts";

/** Browsers read the file some time after the click. */
const GRACE_MS = 60_000;

/** Saves a file under a name, as a link to it would. */
export function saveFile(file: Blob, name: string): void {
  const href = URL.createObjectURL(file);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), GRACE_MS);
}
