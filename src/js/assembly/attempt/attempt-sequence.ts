import type { Frame } from "../../frame.ts";
import type { FrameSpec } from "../../wasm-types.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import { Analyzer, type AnalyzerEvents } from "./analyze.ts";
import { Attempt } from "./attempt.ts";

/** The attempts of one assembly, one after another: the current one, and the analysis of its frames. */
export class AttemptSequence {
  readonly #events: AnalyzerEvents;
  readonly #specOf: (frame: Frame) => FrameSpec | undefined;
  #current: Attempt;
  #analyzer: Analyzer;
  #count = 0;
  /** Resolvers of those who wait for frames to be analyzed. */
  #waiting: (() => void)[] = [];

  /** The first attempt has no frames yet. `specOf` says what is done to a frame's pixels. */
  constructor(
    sessions: readonly WorkerSession[],
    specOf: (frame: Frame) => FrameSpec | undefined,
    events: AnalyzerEvents,
  ) {
    this.#specOf = specOf;
    this.#events = {
      ...events,
      analyzed: (frame) => {
        events.analyzed(frame);
        this.#wake();
      },
    };
    this.#current = this.create(sessions, []);
    this.#analyzer = new Analyzer(this.#current, this.#events);
  }

  /** The attempt that is being worked on. */
  get current(): Attempt {
    return this.#current;
  }

  /** Another attempt; `use` begins it. */
  create(sessions: readonly WorkerSession[], frames: readonly Frame[], isTrial = false): Attempt {
    return new Attempt(++this.#count, { sessions, frames, specOf: this.#specOf, isTrial });
  }

  /** Ends the current attempt and goes on with `next`. */
  use(next: Attempt): void {
    this.#current.end();
    this.#current = next;
    this.#analyzer = new Analyzer(next, this.#events);
    this.#wake();
  }

  /** Opens the sessions of the current attempt and has its frames analyzed. */
  open(...options: Parameters<Attempt["open"]>): void {
    this.#current.open(...options);
    this.#analyzer.share();
  }

  /** Spreads the work over one more session. */
  addSession(session: WorkerSession): void {
    this.#current.addSession(session);
    this.#analyzer.addSession(session);
  }

  /** Gives sessions nothing more to analyze; what they hold they still encode. */
  retire(sessions: readonly WorkerSession[]): void {
    this.#analyzer.retire(sessions);
  }

  /** Adds a frame behind the others. */
  append(frame: Frame): void {
    this.#current.frames.push(frame);
    this.#analyzer.added();
  }

  /** Goes on with these frames, over the same sessions; what was analyzed in front of the first change stays. */
  useFrames(frames: readonly Frame[]): void {
    const attempt = this.#current;
    const isSame = frames.length === attempt.frames.length && frames.every((frame, i) => frame === attempt.frames[i]);
    if (isSame) return;
    if (attempt.wasmOptions) {
      this.use(attempt.withFrames(++this.#count, frames));
    } else {
      attempt.replaceFrames(frames);
      this.#analyzer.share();
      this.#wake();
    }
  }

  /** Resolves when fewer than `count` frames of the attempt that is current by then wait to be analyzed. */
  async whenPendingBelow(count: number): Promise<void> {
    while (this.#current.pending >= count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
