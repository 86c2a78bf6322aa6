import type { Frame } from "../../frame.ts";
import type { FrameSpec } from "../../wasm-types.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import { Analyzer, type AnalyzerEvents } from "./analyze.ts";
import { Attempt } from "./attempt.ts";

/** The attempts of one assembly, of which one is current, and the analysis of its frames. */
export class AttemptSequence {
  readonly #events: AnalyzerEvents;
  readonly #specOf: (frame: Frame) => FrameSpec | undefined;
  #current: Attempt;
  #analyzer: Analyzer;
  #count = 0;
  /** Resolvers of promises that wait for frames to be analyzed. */
  #waiting: (() => void)[] = [];

  /** Begins with an attempt without frames. `specOf` returns the frame spec of a frame. */
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

  /** The current attempt. */
  get current(): Attempt {
    return this.#current;
  }

  /** Creates another attempt, which `use` makes the current one. */
  create(sessions: readonly WorkerSession[], frames: readonly Frame[], isTrial = false): Attempt {
    return new Attempt(++this.#count, { sessions, frames, specOf: this.#specOf, isTrial });
  }

  /** Ends the current attempt and makes `next` the current one. */
  use(next: Attempt): void {
    this.#current.end();
    this.#current = next;
    this.#analyzer = new Analyzer(next, this.#events);
    this.#wake();
  }

  /** Opens the sessions of the current attempt and starts the analysis of its frames. */
  open(...options: Parameters<Attempt["open"]>): void {
    this.#current.open(...options);
    this.#analyzer.share();
  }

  /** Distributes the work over one more session. */
  addSession(session: WorkerSession): void {
    this.#current.addSession(session);
    this.#analyzer.addSession(session);
  }

  /** Gives sessions nothing more to analyze; what they hold they still encode. */
  retire(sessions: readonly WorkerSession[]): void {
    this.#analyzer.retire(sessions);
  }

  /** Adds a frame after the others. */
  append(frame: Frame): void {
    this.#current.frames.push(frame);
    this.#analyzer.added();
  }

  /** Begins an attempt with these frames on the same sessions. The analysis of frames before the first difference is kept. */
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
