import type { TaskGif } from "task-gif";
import { h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";

/** The buttons to save and share a GIF; both are disabled until there is one. */
export type ReplayActions = {
  elements: HTMLElement[];
  /** Enables the buttons for a finished GIF. */
  offer(gif: TaskGif): void;
  /** Disables the buttons; `percent` of the next GIF is done, if known. */
  wait(percent?: number): void;
};

/** Returns a file name for a task: `sign-in-to-the-console.gif`. */
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

/** Creates a link that saves the file, with its size, and a button for the share dialog. */
export function replayActions(
  fileName: string,
  { onsave, onshare }: { onsave: () => void; onshare: (gif: TaskGif) => void },
): ReplayActions {
  let offered: TaskGif | undefined;
  const note = h("span", { class: "button-note numbers" });
  const share = h(
    "button",
    { class: "button", type: "button", "data-action": "open-share", onclick: () => offered && onshare(offered) },
    icon("share"),
    "Share",
  );
  // Without `href` it stays focusable, and screen readers still announce a link.
  const download = h(
    "a",
    { class: "button primary", role: "link", tabindex: 0, download: fileName, onclick: () => offered && onsave() },
    icon("download"),
    "Download GIF",
    note,
  );

  function tell(text: string): void {
    note.textContent = text;
    note.hidden = text === "";
    share.ariaDisabled = download.ariaDisabled = offered ? null : "true";
  }

  function wait(percent?: number): void {
    offered = undefined;
    download.removeAttribute("href");
    download.removeAttribute("data-action");
    tell(percent === undefined ? "" : `${percent} %`);
  }

  wait();
  return {
    elements: [share, download],
    offer(gif) {
      offered = gif;
      download.href = gif.toUrl();
      download.dataset.action = "download";
      tell(formatBytes(gif.blob.size));
    },
    wait,
  };
}
