/** Turns passing time into frames: knows when each one starts, and what is on screen now. */
export class ReplayClock {
  /** Position in the play, in milliseconds. */
  positionMs = 0;
  /** Factor on real time. */
  speed = 1;
  readonly #starts: number[];
  readonly durationMs: number;
  readonly #ontick: () => void;
  #last = 0;
  #ticket: number | undefined;

  constructor(frames: readonly { startMs: number }[], durationMs: number, ontick: () => void) {
    this.#starts = frames.map(({ startMs }) => startMs);
    this.durationMs = durationMs;
    this.#ontick = ontick;
  }

  get playing(): boolean {
    return this.#ticket !== undefined;
  }

  /** The frame that shows at the current position. */
  get frame(): number {
    const after = this.#starts.findIndex((start) => start > this.positionMs);
    return (after === -1 ? this.#starts.length : after) - 1;
  }

  /** Goes to the start of a frame; beyond the ends it wraps around. */
  toFrame(index: number): void {
    const count = this.#starts.length;
    this.toPosition(this.#starts[((index % count) + count) % count] ?? 0);
  }

  toPosition(ms: number): void {
    this.positionMs = Math.min(Math.max(ms, 0), Math.max(this.durationMs - 1, 0));
    this.#ontick();
  }

  play(): void {
    if (this.playing) return;
    this.#last = performance.now();
    const tick = (now: number) => {
      // A picture's time is that at which the browser began it, which may lie before the moment that `play` was called.
      const passed = Math.max(now - this.#last, 0);
      this.positionMs = (this.positionMs + passed * this.speed) % this.durationMs;
      this.#last += passed;
      this.#ticket = requestAnimationFrame(tick);
      this.#ontick();
    };
    this.#ticket = requestAnimationFrame(tick);
    this.#ontick();
  }

  pause(): void {
    if (this.#ticket === undefined) return;
    cancelAnimationFrame(this.#ticket);
    this.#ticket = undefined;
    this.#ontick();
  }
}
