import { fileWriter } from "./file-writer.ts";
import { lazyImport } from "./lazy-import.ts";
import type { FrameInfo, GifStats, GifStep, SizeReduction, StillOptions } from "./public-types.ts";

/** The parts of a `TaskGif`. */
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

/** Registers the module that makes stills; called by each entry that returns GIFs. */
export function useStills(load: () => Promise<Stills>): void {
  loadStills = () => lazyImport(load());
}

/** A finished GIF and its facts. */
export class TaskGif {
  /** The file. */
  readonly blob: Blob;
  /** Where it was made: here, or by the task endpoint. */
  readonly source: "local" | "server";
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Length of one play in ms. */
  readonly durationMs: number;
  /** Its frames in order. */
  readonly frames: readonly FrameInfo[];
  /** Its steps in order, with the frames that show them; none for a GIF that was made elsewhere. */
  readonly steps: readonly GifStep[];
  /** Statistics of its assembly. */
  readonly stats: GifStats;
  /** The effect of `options.maxBytes` and `options.maxDuration`, if set. */
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

  /** Returns an object URL of the file, always the same one; valid until `close`. */
  toUrl(): string {
    this.#url ??= URL.createObjectURL(this.blob);
    return this.#url;
  }

  /** Returns the bytes of the file. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.blob.arrayBuffer());
  }

  /**
   * Writes the file, in Node, Deno and Bun.
   *
   * @throws `TypeError` in a page, which has no files: use a link to `toUrl()` with the attribute `download`.
   */
  async save(path: string | URL): Promise<void> {
    const writeFile = fileWriter();
    if (!writeFile)
      throw new TypeError("gif.save: expected Node; in a page, link to gif.toUrl() with the attribute download");
    await writeFile(path, await this.bytes());
  }

  /**
   * Returns a still of the most informative frame: the last failed step of a failed run, else the last step; never a title card, and a
   * blank or error page only if there is nothing else.
   */
  async poster(options: StillOptions = {}): Promise<Blob> {
    return (await loadStills()).posterOf(this, options);
  }

  /**
   * Returns a still of `frames[index]`, as it looks at the end of its time.
   *
   * @throws `TypeError` for an index out of range.
   */
  async frame(index: number, options: StillOptions = {}): Promise<Blob> {
    return (await loadStills()).stillOfFrame(this, index, options);
  }

  /**
   * Returns a still of the step with this number in the task; without steps, of the frame with this number, from 1.
   *
   * @throws `TypeError` for an unknown number; it lists the known ones.
   */
  async still({ step, ...options }: StillOptions & { step: number }): Promise<Blob> {
    return (await loadStills()).stillOfStep(this, step, options);
  }

  /** Returns a still of each of `steps`; for a GIF that was made elsewhere, of each embedded step, or else of each frame. */
  async stills(options: StillOptions = {}): Promise<Blob[]> {
    return (await loadStills()).stillsOf(this, options);
  }

  /** Revokes the object URL. The memory of the GIF is freed with the last reference to it. */
  close(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}
