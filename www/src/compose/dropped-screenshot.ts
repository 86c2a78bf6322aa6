import type { StepEdit } from "../edits/step-edits.ts";
import { PictureFile } from "../replay/lazy-picture.ts";
import type { ReplayScreenshot } from "../replay/screenshot.ts";

let nextId = 1;

/** A dropped screenshot. */
export class DroppedScreenshot {
  readonly id = nextId++;
  readonly file: File;
  /** The user's edits of its step. */
  edit: StepEdit = {};
  #url: string | undefined;
  #bytes: number | undefined;

  constructor(file: File) {
    this.file = file;
  }

  /** Its object URL, valid until `drop`. Created on demand: hundreds at once take a while. */
  get url(): string {
    this.#url ??= URL.createObjectURL(this.file);
    return this.#url;
  }

  /** Its size in bytes. The browser reads it from the disk synchronously, so hundreds are read in slices. */
  get bytes(): number {
    this.#bytes ??= this.file.size;
    return this.#bytes;
  }

  /** Whether its size is known already. */
  get isSized(): boolean {
    return this.#bytes !== undefined;
  }

  /** Revokes its object URL; a new one is created on demand. */
  drop(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}

/** Converts it for the replay editor. Pasted pictures all have the same name, so the label starts with the position. */
export function toReplayScreenshot(shot: DroppedScreenshot, position: number): ReplayScreenshot {
  return {
    name: `Screenshot ${position + 1} (${shot.file.name})`,
    number: position + 1,
    goal: shot.file.name,
    url: undefined,
    get picture() {
      return shot.url;
    },
    file: PictureFile.of(shot.file),
    about: { number: position + 1 },
  };
}
