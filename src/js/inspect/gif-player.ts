import { nextMacrotask } from "../next-macrotask.ts";
import { integer } from "../options/argument-checks.ts";
import type { GifInfo, GifPicture, GifSource } from "./gif-info.ts";
import { instantiateReader, Player, readBytes, toInfo, withTypedErrors } from "./wasm-reader.ts";

/** Number of frames that are drawn between two checks of the time. */
const AT_ONCE = 4;
/** How long drawing may block the thread, in ms: half of a frame of the screen at 60 Hz. */
const SLICE_MS = 8;

/**
 * Composes the frames of a GIF on request. Memory is bounded, whatever the number of frames: the player keeps a few
 * snapshots of the screen, and draws later frames again from the snapshot before them.
 */
export class GifPlayer {
  /** The contents of the file. Warnings concern only the structure; `inspectGif` also decodes the LZW data. */
  readonly info: GifInfo;
  readonly #starts: number[];
  #player: Player | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(player: Player) {
    this.#player = player;
    this.info = toInfo(player.info());
    let start = 0;
    this.#starts = this.info.frames.map(({ playedMs }) => {
      start += playedMs;
      return start - playedMs;
    });
  }

  /**
   * Reads a GIF.
   *
   * @throws `TaskGifError` with code `BAD_GIF`, `LIMIT_EXCEEDED`, `OUT_OF_MEMORY` or `FETCH_FAILED`.
   */
  static async open(gif: GifSource, { signal }: { signal?: AbortSignal } = {}): Promise<GifPlayer> {
    const bytes = await readBytes(gif, signal);
    await instantiateReader();
    // Instantiating wasm and reading a long file are separate tasks of the event loop.
    await nextMacrotask();
    signal?.throwIfAborted();
    return new GifPlayer(withTypedErrors(() => new Player(bytes)));
  }

  /** Start of each frame in ms from the start of a play. */
  get startsMs(): readonly number[] {
    return this.#starts;
  }

  /** Returns the index of the frame that is shown `ms` after the start of a play; after the end, the last frame. */
  frameAt(ms: number): number {
    const next = this.#starts.findIndex((start) => start > ms);
    return Math.max(0, next === -1 ? this.#starts.length - 1 : next - 1);
  }

  /**
   * Composes frame `index`, from 0. Many frames are drawn in short tasks, so that the page stays responsive; aborting
   * `signal` stops between two tasks. Calls run one after another, in their order.
   *
   * @throws `TaskGifError` with code `BAD_GIF` and the frame's index when the frame cannot be decoded.
   */
  frame(index: number, { signal }: { signal?: AbortSignal } = {}): Promise<GifPicture> {
    const picture = this.#turn.then(() => this.#compose(index, signal));
    this.#turn = picture.catch(() => {});
    return picture;
  }

  /** Frees the memory. No frame can be composed afterwards. */
  close(): void {
    this.#player?.free();
    this.#player = undefined;
  }

  async #compose(index: number, signal: AbortSignal | undefined): Promise<GifPicture> {
    integer(index, "index", 0, this.info.frames.length - 1);
    let since = performance.now();
    for (;;) {
      signal?.throwIfAborted();
      const player = this.#player;
      if (!player) throw new DOMException("the player was closed", "AbortError");
      if (withTypedErrors(() => player.seek(index, AT_ONCE))) {
        const { width, height } = this.info;
        return { width, height, data: player.pixels() as Uint8ClampedArray<ArrayBuffer> };
      }
      if (performance.now() - since < SLICE_MS) continue;
      await nextMacrotask();
      since = performance.now();
    }
  }
}
