import type { GifInfo, GifSource } from "../../inspect/gif-info.ts";
import { GifPlayer } from "../../inspect/gif-player.ts";
import { posterFrame } from "../../inspect/poster-frame.ts";
import type { TaskGif } from "../../task-gif.ts";
import type { TaskGifStep } from "../element-types.ts";
import type { Replay, TimedStep } from "./replay.ts";
import { timedSteps } from "./step-times.ts";

/** Bytes of a pixel of a frame. */
const PIXEL_BYTES = 4;
/** Maximum number and bytes of composed frames that a player keeps besides the current one. */
const KEPT_FRAMES = 12;
const KEPT_BYTES = 48e6;

/** The frames of a GIF. The file stays in memory; composed frames can be released and are made again on demand. */
export class GifReplay implements Replay {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  missing: number;
  readonly startsMs: readonly number[];
  readonly steps: readonly TimedStep[];
  readonly heldBytes: number;
  readonly #info: GifInfo;
  #player: Promise<GifPlayer> | undefined;
  #isClosed = false;

  constructor(
    player: GifPlayer,
    readonly blob: Blob,
    readonly gif: GifSource | TaskGif,
    steps: readonly TaskGifStep[] | undefined,
  ) {
    this.#player = Promise.resolve(player);
    this.#info = player.info;
    const { width, height, durationMs, frames } = player.info;
    const { stats, frames: infos = [], steps: made = [] } = gif as Partial<TaskGif>;
    this.width = width;
    this.height = height;
    this.durationMs = durationMs;
    this.missing = stats?.skipped.length ?? 0;
    this.startsMs = player.startsMs;
    const sources: number[][] = frames.map(() => []);
    // By time, since the file has more frames when a progress bar moves.
    const inFile = (frame: number) => {
      if (infos.length === 0) return frame;
      return infos[frame] ? player.frameAt(infos[frame].startMs) : -1;
    };
    infos.forEach((info, frame) => {
      sources[inFile(frame)]?.push(...info.sources);
    });
    const given = steps ?? (made.length > 0 ? made : undefined);
    this.steps = timedSteps({
      startsMs: this.startsMs,
      durationMs,
      embedded: player.info.steps,
      steps: given?.map((step) => (step.frame === undefined ? step : { ...step, frame: inFile(step.frame) })),
      sources,
      delays: infos.map(({ startMs, delay }) => ({ startMs, delay })),
    });
    const frameBytes = width * height * PIXEL_BYTES;
    this.heldBytes =
      blob.size + 2 * frameBytes + Math.min(KEPT_BYTES, Math.min(KEPT_FRAMES, frames.length) * frameBytes);
  }

  async picture(frame: number, signal: AbortSignal): Promise<ImageData> {
    const { data, width, height } = await (await this.#open()).frame(frame, { signal });
    return new ImageData(data, width, height);
  }

  async posterFrame(): Promise<number> {
    const steps = this.steps.length < this.#info.frames.length ? this.steps : [];
    return posterFrame(await this.#open(), steps);
  }

  release(): void {
    void this.#player?.then((player) => player.close());
    this.#player = undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.release();
  }

  #open(): Promise<GifPlayer> {
    if (this.#isClosed) return Promise.reject(new DOMException("the replay was closed", "AbortError"));
    this.#player ??= GifPlayer.open(this.blob);
    return this.#player;
  }
}
