import type { Item } from "../replay/item.ts";
import { PictureFile } from "../replay/picture-file.ts";

/** A screenshot that was dropped in. */
export type Shot = { id: number; file: File; url: string };

let nextId = 1;

/** Takes a file in; its object URL is good until `dropShot`. */
export function takeShot(file: File): Shot {
  return { id: nextId++, file, url: URL.createObjectURL(file) };
}

/** Lets go of a screenshot for good. */
export function dropShot(shot: Shot): void {
  URL.revokeObjectURL(shot.url);
}

/** The screenshot as the workbench takes it. Pasted pictures all have the same name, so the place leads. */
export function toItem(shot: Shot, position: number): Item {
  return {
    name: `Screenshot ${position + 1} (${shot.file.name})`,
    goal: shot.file.name,
    url: undefined,
    picture: shot.url,
    file: PictureFile.of(shot.file),
    number: position + 1,
    about: { number: position + 1 },
  };
}
