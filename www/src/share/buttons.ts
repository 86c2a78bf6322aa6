import type { TaskGif } from "task-gif";
import { h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";

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

/** Leads to everything else that can be done with a finished GIF. */
export function shareButton(onclick?: () => void): HTMLElement {
  return h(
    "button",
    { class: "button", type: "button", "data-action": "open-share", disabled: onclick === undefined, onclick },
    icon("share"),
    "Share",
  );
}
