/** Longest time between two ticks in ms, so that the displayed time advances. */
const TICK_MS = 200;

/** The playback position, and the timer that advances it. */
export class PlaybackClock {
  positionMs = 0;
  loop = false;
  #rate = 1;
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * `duration` and `next` (the time of the next change, in ms) are read at every tick, since a live replay grows. `tick` is
   * called after every move, with whether the end was reached.
   */
  constructor(
    private readonly duration: () => number,
    private readonly next: (positionMs: number) => number,
    private readonly tick: (isEnd: boolean) => void,
  ) {}

  get isPlaying(): boolean {
    return this.#timer !== undefined;
  }

  get rate(): number {
    return this.#rate;
  }

  set rate(rate: number) {
    if (this.isPlaying) this.#pass();
    this.#rate = rate;
  }

  /** Starts playback; from the beginning if the position is at the end. */
  play(): void {
    if (this.isPlaying || this.duration() === 0) return;
    if (this.positionMs >= this.duration()) this.positionMs = 0;
    this.#since = performance.now();
    this.#wait();
    this.tick(false);
  }

  pause(): void {
    if (!this.isPlaying) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.tick(false);
  }

  seek(ms: number): void {
    this.positionMs = Math.max(0, Math.min(ms, this.duration()));
    this.#since = performance.now();
    if (this.isPlaying) this.#wait();
    this.tick(false);
  }

  #pass(): void {
    const now = performance.now();
    this.positionMs += (now - this.#since) * this.#rate;
    this.#since = now;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const ms = (this.next(this.positionMs) - this.positionMs) / this.#rate;
    this.#timer = setTimeout(() => this.#onTimer(), Math.max(4, Math.min(ms, TICK_MS)));
  }

  #onTimer(): void {
    this.#pass();
    const duration = this.duration();
    const isEnd = this.positionMs >= duration;
    if (isEnd && this.loop) this.positionMs %= duration;
    if (isEnd && !this.loop) {
      this.positionMs = duration;
      this.#timer = undefined;
    } else {
      this.#wait();
    }
    this.tick(isEnd && !this.loop);
  }
}
