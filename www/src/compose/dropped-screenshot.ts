import type { StepEdit } from "../edits/step-edits.ts";
import { PictureFile } from "../replay/lazy-picture.ts";
import type { ReplayScreenshot } from "../replay/screenshot.ts";

let nextId = 1;

/** A screenshot that was dropped in. */
export class DroppedScreenshot {
  readonly id = nextId++;
  readonly file: File;
  /** What somebody has changed about its step. */
  edit: StepEdit = {};
  #url: string | undefined;
  #bytes: number | undefined;

  constructor(file: File) {
    this.file = file;
  }

  /** Its object URL, good until `drop`. Made when it is first needed: for hundreds of files at once it takes a while. */
  get url(): string {
    this.#url ??= URL.createObjectURL(this.file);
    return this.#url;
  }

  /** Its size. A browser looks at the disk for it while the page waits, so hundreds are asked for in slices. */
  get bytes(): number {
    this.#bytes ??= this.file.size;
    return this.#bytes;
  }

  /** Whether its size is known already. */
  get isSized(): boolean {
    return this.#bytes !== undefined;
  }

  /** Lets go of its object URL; the next one is made when it is needed. */
  drop(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}

/** The screenshot as the replay editor takes it. Pasted pictures all have the same name, so the place leads. */
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
