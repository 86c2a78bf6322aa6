import type { TaskGif } from "task-gif";
import { h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";

/** What can be done with a GIF: saving it, and everything else. Without a finished one both wait where they are. */
export type ReplayActions = {
  elements: HTMLElement[];
  /** This GIF can be had. */
  offer(gif: TaskGif): void;
  /** None can be had, not the one before either; `percent` of the next one is done, where that is known. */
  wait(percent?: number): void;
};

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

/** A link that saves the file, with its size, and a button that leads to the rest. */
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
  // Without an address it keeps the focus, and is a link still to those who hear it.
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
