import type { FrameInfo, GifStats, SizeReduction } from "./types.ts";

/** What a `TaskGif` is made of. */
export type TaskGifParts = Pick<TaskGif, "blob" | "source" | "width" | "height" | "durationMs" | "frames" | "stats"> & {
  reduction?: SizeReduction;
};

let writeFile: ((path: string | URL, bytes: Uint8Array) => Promise<void>) | undefined;

/** Registers how files are written, where the platform has files. */
export function useFileWriter(write: typeof writeFile): void {
  writeFile ??= write;
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
  /** How it was made, and what that cost. */
  readonly stats: GifStats;
  /** What was chosen so that it fits, where `options.maxBytes` or `options.maxDuration` was given. */
  readonly reduction: SizeReduction | undefined;
  #url: string | undefined;

  /** @internal */
  constructor({ blob, source, width, height, durationMs, frames, stats, reduction }: TaskGifParts) {
    this.blob = blob;
    this.source = source;
    this.width = width;
    this.height = height;
    this.durationMs = durationMs;
    this.frames = frames;
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
    if (!writeFile)
      throw new TypeError("gif.save: expected Node; in a page, link to gif.toUrl() with the attribute download");
    await writeFile(path, await this.bytes());
  }

  /** Revokes the object URL. The GIF itself goes with the last reference to it. */
  close(): void {
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
  }
}
