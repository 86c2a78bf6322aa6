import type { TaskGif } from "task-gif";
import { h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { toast } from "../ui/toast.ts";

/** A file name out of a task's text: `sign-in-to-the-console.gif`. */
export function fileNameFor(title: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  let name = "";
  for (const word of words) {
    if (name.length + word.length > 48) break;
    name += name === "" ? word : `-${word}`;
  }
  return `${name || "replay"}.gif`;
}

/** The main action: a link that saves the file, with its size. Without a GIF it waits. */
export function downloadButton(gif: TaskGif | undefined, fileName: string): HTMLElement {
  if (!gif) {
    return h("button", { class: "button primary", type: "button", disabled: true }, icon("download"), "Download GIF");
  }
  return h(
    "a",
    { class: "button primary", href: gif.toUrl(), download: fileName, "data-action": "download" },
    icon("download"),
    "Download GIF",
    h("span", { class: "button-note numbers" }, formatBytes(gif.blob.size)),
  );
}

/** Copies the address of this page. */
export function copyLinkButton(): HTMLElement {
  return h(
    "button",
    {
      class: "button",
      type: "button",
      "data-action": "copy-link",
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(location.href);
          toast("Link copied", { icon: "link" });
        } catch {
          toast("The browser did not allow copying; the address bar has the link", { icon: "warning" });
        }
      },
    },
    icon("link"),
    h("span", { class: "button-label" }, "Copy link"),
  );
}

/** Copies the frame on screen as a PNG, where the browser can put pictures on the clipboard. */
export function copyFrameButton(still: () => HTMLCanvasElement | undefined): HTMLElement | undefined {
  if (!globalThis.ClipboardItem || !navigator.clipboard?.write) return undefined;
  return h(
    "button",
    {
      class: "button",
      type: "button",
      onclick: async () => {
        const canvas = still();
        if (!canvas) return;
        const png = new Promise<Blob>((resolve, reject) =>
          canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
        );
        try {
          await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
          toast("Frame copied as PNG", { icon: "copy" });
        } catch {
          toast("The browser did not allow copying the frame", { icon: "warning" });
        }
      },
    },
    icon("copy"),
    h("span", { class: "button-label" }, "Copy frame"),
  );
}

/** Opens the system's own sheet, where there is one that takes files. */
export function shareButton(gif: TaskGif, fileName: string): HTMLElement | undefined {
  const file = new File([gif.blob], fileName, { type: "image/gif" });
  if (!navigator.canShare?.({ files: [file] })) return undefined;
  return h(
    "button",
    { class: "button", type: "button", onclick: () => void navigator.share({ files: [file] }).catch(() => {}) },
    icon("share"),
    h("span", { class: "button-label" }, "Share"),
  );
}
