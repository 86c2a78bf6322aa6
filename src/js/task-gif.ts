import { fileWriter } from "./file-writer.ts";
import { lazyImport } from "./lazy-import.ts";
import type { FrameInfo, GifStats, GifStep, SizeReduction, StillOptions } from "./public-types.ts";

/** What a `TaskGif` is made of. */
export type TaskGifParts = Pick<TaskGif, "blob" | "source" | "width" | "height" | "durationMs" | "frames" | "stats"> & {
  steps?: readonly GifStep[];
  reduction?: SizeReduction;
};

/** Makes stills of a GIF. */
export type Stills = {
  posterOf(gif: TaskGif, options: StillOptions): Promise<Blob>;
  stillOfFrame(gif: TaskGif, index: number, options: StillOptions): Promise<Blob>;
  stillOfStep(gif: TaskGif, number: number, options: StillOptions): Promise<Blob>;
  stillsOf(gif: TaskGif, options: StillOptions): Promise<Blob[]>;
};

let loadStills: () => Promise<Stills>;

/** Registers where stills are made; each entry that hands out GIFs calls it. */
export function useStills(load: () => Promise<Stills>): void {
  loadStills = () => lazyImport(load());
}

/** A finished GIF and what is known about it. */
export class TaskGif {
  /** The file. */
  readonly blob: Blob;
  /** Where it was made: here, or by the task endpoint. */
  readonly source: "local" | "server";
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Length of one play. */
  readonly durationMs: number;
  /** Its frames in order. */
  readonly frames: readonly FrameInfo[];
  /** Its steps in order, with the frames that show them; none for a GIF that was made elsewhere. */
  readonly steps: readonly GifStep[];
  /** How it was made, and what that cost. */
  readonly stats: GifStats;
  /** What was chosen so that it fits, where `options.maxBytes` or `options.maxDuration` was given. */
  readonly reduction: SizeReduction | undefined;
  #url: string | undefined;

  /** @internal */
  constructor({ blob, source, width, height, durationMs, frames, steps = [], stats, reduction }: TaskGifParts) {
    this.blob = blob;
    this.source = source;
    this.width = width;
    this.height = height;
    this.durationMs = durationMs;
    this.frames = frames;
    this.steps = steps;
    this.reduction = reduction;
    this.stats = stats;
  }

  /** An object URL of the file, always the same one; good until `close`. */
  toUrl(): string {
    this.#url ??= URL.createObjectURL(this.blob);
    return this.#url;
  }

  /** The bytes of the file. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.blob.arrayBuffer());
  }

  /**
   * Writes the file, in Node, Deno and Bun.
   *
   * @throws `TypeError` in a page, which has no files: there a link to `toUrl()` with the attribute `download` saves it.
   */
  async save(path: string | URL): Promise<void> {
    const writeFile = fileWriter();
    if (!writeFile)
      throw new TypeError("gif.save: expected Node; in a page, link to gif.toUrl() with the attribute download");
    await writeFile(path, await this.bytes());
  }

  /**
   * A still of the most telling frame: of a run that failed, its last failed step, else the last step; never a title
   * card, and a blank or an error page only where there is nothing else.
   */
  async poster(options: StillOptions = {}): Promise<Blob> {
    return (await loadStills()).posterOf(this, options);
  }

  /**
   * A still of `frames[index]`, as it looks at the end of its time.
   *
   * @throws `TypeError` for an index that there is not.
   */
  async frame(index: number, options: StillOptions = {}): Promise<Blob> {
    return (await loadStills()).stillOfFrame(this, index, options);
  }

  /**
   * A still of the step that is called by this number in the task; without steps the frames count, from 1.
   *
   * @throws `TypeError` for a number that there is not; it lists those there are.
   */
  async still({ step, ...options }: StillOptions & { step: number }): Promise<Blob> {
    return (await loadStills()).stillOfStep(this, step, options);
  }

  /** A still of each of `steps`; of a GIF that was made elsewhere, of the steps embedded in it, else of each frame. */
  async stills(options: StillOptions = {}): Promise<Blob[]> {
    return (await loadStills()).stillsOf(this, options);
  }

  /** Revokes the object URL. The GIF itself goes with the last reference to it. */
  close(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}
