import { integer } from "../options/validate.ts";
import type { GifInfo, GifPicture, GifSource } from "./types.ts";
import { Player, readBytes, ready, toInfo, typed } from "./wasm-reader.ts";

/** Frames that are drawn without asking for the time. */
const AT_ONCE = 4;
/** How long the thread is kept before other things get their turn, in ms: half of a picture at 60 Hz. */
const SLICE_MS = 8;

/**
 * The composed frames of a GIF, made when they are asked for. Memory stays bounded, whatever the number of frames:
 * the screen is kept at a few places only, from where the frames behind are drawn anew.
 */
export class GifPlayer {
  /** What is in the GIF. Warnings are those of its structure; `inspectGif` looks at the pixels' codes too. */
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
    await ready();
    signal?.throwIfAborted();
    return new GifPlayer(typed(() => new Player(bytes)));
  }

  /** When each frame appears, in ms from the start of a play. */
  get startsMs(): readonly number[] {
    return this.#starts;
  }

  /** The frame that is shown at `ms` from the start of a play; the last one after its end. */
  frameAt(ms: number): number {
    const next = this.#starts.findIndex((start) => start > ms);
    return Math.max(0, next === -1 ? this.#starts.length - 1 : next - 1);
  }

  /**
   * The composed frame `index`. A long way there is gone in short pieces, so that the page stays responsive; a call
   * whose `signal` is aborted stops in between. Calls are served in their order.
   *
   * @throws `TaskGifError` with code `BAD_GIF` and the frame's index when the frame cannot be decoded.
   */
  frame(index: number, { signal }: { signal?: AbortSignal } = {}): Promise<GifPicture> {
    const picture = this.#turn.then(() => this.#compose(index, signal));
    this.#turn = picture.catch(() => {});
    return picture;
  }

  /** Gives the memory back. Frames cannot be asked for any more. */
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
      if (typed(() => player.seek(index, AT_ONCE))) {
        const { width, height } = this.info;
        return { width, height, data: player.pixels() as Uint8ClampedArray<ArrayBuffer> };
      }
      if (performance.now() - since < SLICE_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }
}
