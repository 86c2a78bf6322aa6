import type { Replay } from "../../replay/replay.ts";
import { h } from "../dom.ts";
import { COPY, DOWNLOAD, iconButton, SHARE } from "../icons.ts";
import type { Labels } from "../labels.ts";
import type { OptionalControl } from "./controls-list.ts";

/** Actions on the replay besides playback. */
type Action = Extract<OptionalControl, "download" | "copy" | "share">;

const FILE_NAME = "replay.gif";

/** Creates the buttons that download the GIF, copy the current picture, and share the GIF through the system. */
export function actionButtons(
  { blob }: Replay,
  labels: Labels,
  snapshot: (type: string) => Promise<Blob | undefined>,
  isShown: (action: Action) => boolean,
  note: (text: string) => void,
): HTMLButtonElement[] {
  const file = blob && new File([blob], FILE_NAME, { type: "image/gif" });
  const buttons: HTMLButtonElement[] = [];
  const add = (action: Action, path: string, act: () => void) => {
    if (isShown(action)) buttons.push(iconButton(action, labels[action], path, act));
  };
  if (file) add("download", DOWNLOAD, () => download(file));
  if (globalThis.ClipboardItem) {
    add("copy", COPY, () => {
      copy(snapshot).then(
        () => note(labels.copied),
        () => note(labels.notCopied),
      );
    });
  }
  if (file && navigator.canShare?.({ files: [file] })) {
    // The promise also rejects if the user cancels.
    add("share", SHARE, () => void navigator.share({ files: [file] }).catch(() => {}));
  }
  return buttons;
}

function download(file: File): void {
  const href = URL.createObjectURL(file);
  h("a", { href, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** Copies the current picture to the clipboard as PNG; no browser accepts GIF there. */
function copy(snapshot: (type: string) => Promise<Blob | undefined>): Promise<void> {
  const type = "image/png";
  const png = snapshot(type).then((blob) => blob ?? Promise.reject(new Error("there is no picture")));
  return navigator.clipboard.write([new ClipboardItem({ [type]: png })]);
}
