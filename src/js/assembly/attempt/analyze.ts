import { precedingIndices } from "../../frame.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import type { Attempt } from "./attempt.ts";
import { frameCosts, type Run, splitRuns, stealAt } from "./schedule.ts";

/** Number of requests in flight per session: the current one, and another so that the worker never waits. */
const DEPTH = 2;
/** Number of further screenshots whose bytes are read ahead for each session. */
const READ_AHEAD = 2;
/** While screenshots arrive one by one, each session gets this many in a row, so that encoding is distributed too. */
const LIVE_RUN = 8;

/** A frame that `session` has analyzed: its relative cost, and the cost of all frames that no session has started. */
export type AnalyzedFrame = { session: WorkerSession; cost: number; waiting: number };

/** Events that the analysis reports to the assembly. */
export type AnalyzerEvents = {
  /** A frame was analyzed. */
  analyzed(frame: AnalyzedFrame): void;
  /** A frame is larger than the attempt was opened for. */
  larger(): void;
  /** The frame at `frameIndex`, or the session that has it, failed. */
  failed(error: unknown, frameIndex: number): void;
};

/**
 * Frames assigned to one session. `rest`: frame indices [start, end) that are not requested yet; `last`: the index requested
 * last (frame i needs i-2 and i-1 before it).
 */
type SessionQueue = {
  session: WorkerSession;
  rest: Run;
  last: number | undefined;
  inFlight: Set<number>;
  /** Whether the session gets no more frames; other sessions take over `rest`. */
  isRetired: boolean;
};

/**
 * The phase `analyze` of one attempt: requests every frame to be decoded and compared with the ones before it. Each session gets
 * a contiguous run of frames; an idle session takes the end of the longest remaining run. Before the attempt is open, bytes are
 * only read ahead. After a larger frame or a failure no more requests are sent, since another attempt follows.
 */
export class Analyzer {
  readonly #attempt: Attempt;
  readonly #events: AnalyzerEvents;
  #queues: SessionQueue[] = [];
  /** Relative cost of each frame, by frame index. */
  #costs: number[] = [];
  #isStopped = false;

  constructor(attempt: Attempt, events: AnalyzerEvents) {
    this.#attempt = attempt;
    this.#events = events;
    this.share();
  }

  /** Divides the frames that are not analyzed yet among the sessions, by cost. */
  share(): void {
    const { frames, sessions, stats } = this.#attempt;
    this.#costs = frameCosts(frames.map(({ source }) => source.size));
    const runs = splitRuns(this.#costs, sessions.length, stats.length);
    this.#queues = sessions.map((session, i) => queueOf(session, runs[i]));
    for (const queue of this.#queues) this.#advance(queue);
  }

  /** Adds a session. */
  addSession(session: WorkerSession): void {
    const queue = queueOf(session);
    this.#queues.push(queue);
    this.#advance(queue);
  }

  /** Stops assigning frames to these sessions. */
  retire(sessions: readonly WorkerSession[]): void {
    for (const queue of this.#queues) queue.isRetired ||= sessions.includes(queue.session);
    for (const queue of this.#queues) this.#advance(queue);
  }

  /** Assigns a frame that was added after the others to a session. */
  added(): void {
    const { frames } = this.#attempt;
    const frameIndex = frames.length - 1;
    this.#costs = frameCosts(frames.map(({ source }) => source.size));
    const queue = this.#liveQueue(frameIndex);
    if (queue.rest.start >= queue.rest.end) queue.rest = { start: frameIndex, end: frameIndex + 1 };
    else queue.rest.end = frameIndex + 1;
    if (this.#isRunning) for (const each of this.#queues) this.#feed(each);
    else this.#readAhead(queue);
  }

  get #isRunning(): boolean {
    return !this.#isStopped && !this.#attempt.signal.aborted && this.#attempt.wasmOptions !== undefined;
  }

  #advance(queue: SessionQueue): void {
    if (this.#isRunning) this.#feed(queue);
    else this.#readAhead(queue);
  }

  /** Returns the queue for a new frame: the queue of the previous frame, for a number of frames in a row. */
  #liveQueue(frameIndex: number): SessionQueue {
    const queues = this.#queues;
    const current = queues.find(({ rest, last }) =>
      rest.start < rest.end ? rest.end === frameIndex : last === frameIndex - 1,
    );
    if (!current) return queues[0]!;
    const isIdle = current.rest.start >= current.rest.end && current.inFlight.size === 0;
    if (!isIdle || frameIndex % LIVE_RUN !== 0) return current;
    return queues[(queues.indexOf(current) + 1) % queues.length]!;
  }

  #feed(queue: SessionQueue): void {
    const { rest, inFlight } = queue;
    if (queue.isRetired) return;
    while (this.#isRunning && inFlight.size < DEPTH && rest.start < rest.end) void this.#analyze(queue, rest.start++);
    if (this.#isRunning && inFlight.size === 0) this.#steal(queue);
  }

  #steal(queue: SessionQueue): void {
    const others = this.#queues.filter((other) => other !== queue);
    const retired = others.find(({ isRetired, rest }) => isRetired && rest.start < rest.end);
    if (retired) {
      queue.rest = retired.rest;
      retired.rest = { start: 0, end: 0 };
      this.#feed(queue);
      return;
    }
    const victim = others.sort((a, b) => this.#weight(b.rest) - this.#weight(a.rest))[0];
    if (!victim) return;
    const busy = [...victim.inFlight].reduce((sum, frameIndex) => sum + this.#costs[frameIndex]!, 0);
    const at = stealAt(this.#costs, victim.rest, busy);
    if (at === undefined) return;
    queue.rest = { start: at, end: victim.rest.end };
    victim.rest.end = at;
    this.#feed(queue);
  }

  #weight({ start, end }: Run): number {
    return this.#costs.slice(start, end).reduce((sum, cost) => sum + cost, 0);
  }

  async #analyze(queue: SessionQueue, frameIndex: number): Promise<void> {
    const attempt = this.#attempt;
    const { session, inFlight } = queue;
    const context = queue.last === frameIndex - 1 ? [] : precedingIndices(frameIndex);
    queue.last = frameIndex;
    inFlight.add(frameIndex);
    for (const each of [...context, frameIndex]) session.read(attempt.frames[each]!);
    this.#readAhead(queue);
    try {
      const reply = await attempt.analyze(session, frameIndex, context);
      if (this.#isStopped) return;
      attempt.frames[frameIndex]!.size = { width: reply.width, height: reply.height };
      if (reply.type === "larger") {
        this.#isStopped = true;
        this.#events.larger();
        return;
      }
      attempt.keep(frameIndex, session, reply.stats);
      inFlight.delete(frameIndex);
      this.#feed(queue);
      const waiting = this.#queues.reduce((sum, { rest }) => sum + this.#weight(rest), 0);
      this.#events.analyzed({ session, cost: this.#costs[frameIndex] ?? 0, waiting });
    } catch (error) {
      if (this.#isStopped || attempt.signal.aborted) return;
      this.#isStopped = true;
      this.#events.failed(error, frameIndex);
    }
  }

  #readAhead({ session, rest, last }: SessionQueue): void {
    // The two frames before the first frame of a run are needed too.
    const first = last === rest.start - 1 ? rest.start : Math.max(rest.start - 2, 0);
    const { frames } = this.#attempt;
    for (let i = first; i < Math.min(rest.start + READ_AHEAD, rest.end); i++) session.read(frames[i]!);
  }
}

function queueOf(session: WorkerSession, rest: Run = { start: 0, end: 0 }): SessionQueue {
  return { session, rest, last: undefined, inFlight: new Set(), isRetired: false };
}
