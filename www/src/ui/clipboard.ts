import type { IconName } from "./icons.ts";
import { toast } from "./toast.ts";

/** Copies a text to the clipboard and confirms it; `otherwise` is shown if the browser forbids it. */
export async function copyText(text: string, done: string, otherwise: string, icon: IconName = "copy"): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done, { icon });
  } catch {
    toast(otherwise, { icon: "warning" });
  }
}

/** Whether this browser can copy pictures to the clipboard. */
export function canCopyPictures(): boolean {
  return "ClipboardItem" in globalThis && navigator.clipboard?.write !== undefined;
}

/** Copies a picture to the clipboard as PNG. */
export async function copyPicture(picture: Promise<Blob | undefined>): Promise<void> {
  const png = picture.then((blob) => blob ?? Promise.reject(new Error("no picture")));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    toast("Frame copied as PNG", { icon: "copy" });
  } catch {
    toast("The browser did not allow copying the frame", { icon: "warning" });
  }
}
