import { contextOf, type Frame, type Size } from "../frame.ts";
import type { FrameSpec, WasmOptions } from "../wasm-types.ts";
import type { Lane } from "../workers/lane.ts";
import type { FrameRef } from "../workers/protocol.ts";
import { frameCosts, type Run, splitRuns, stealAt } from "./schedule.ts";

/** Requests in flight per lane: one to work on, and one so that it never waits for the next. */
const DEPTH = 2;
/** Screenshots whose bytes a lane begins to read ahead of those. */
const READ_AHEAD = 2;
/** While screenshots trickle in, a lane takes this many before another goes on: encoding is then shared out too. */
const LIVE_RUN = 8;

/** What the analysis reports to the assembly it belongs to. */
export type AnalyzerEvents = {
  /** A frame is done. */
  analyzed(): void;
  /** A frame is larger than `open` allowed; nothing goes on until `open`. */
  larger(): void;
  /** The frame at `index`, or the lane that has it, failed; nothing goes on until `remove` or `open`. */
  failed(error: unknown, index: number): void;
  /** What is done to a frame before it is compared; asked only between `open` and the end. */
  specOf(frame: Frame): FrameSpec | undefined;
};

/**
 * Work assigned to one lane. `rest`: frame indices [start, end) that are not requested yet; `last`: the index decoded last
 * (frame i needs i-2 and i-1 before it); `handed`: ids of the frames whose blobs were posted.
 */
type Course = { lane: Lane; rest: Run; last: number | undefined; inFlight: Set<number>; handed: Set<number> };

/**
 * Phase A: has every frame decoded and compared with the ones before it, spread over the lanes in contiguous runs. An
 * idle lane takes the rear of the longest rest.
 */
export class Analyzer {
  readonly frames: Frame[] = [];
  /** What phase B needs, by position; a hole is a frame that is not done. */
  stats: (Uint8Array | undefined)[] = [];
  /** The lane that holds each frame's changed pixels. */
  owners: (Lane | undefined)[] = [];
  readonly #events: AnalyzerEvents;
  #courses: Course[] = [];
  #costs: number[] = [];
  #open: { most?: Size } | undefined;
  /** Replies to what was asked under an earlier number are of no interest. */
  #generation = 0;
  #done = 0;
  #waiting: (() => void)[] = [];

  constructor(lanes: Lane[], events: AnalyzerEvents) {
    this.#events = events;
    this.use(lanes);
  }

  /** Frames that have not been analyzed. */
  get pending(): number {
    return this.frames.length - this.#done;
  }

  /** The frame at `index` as a worker is told of it. */
  jobOf(index: number): FrameRef {
    const frame = this.frames[index]!;
    const spec = this.#events.specOf(frame);
    return { frame: frame.id, index, ...(spec && { spec }) };
  }

  /** Replaces the lanes; `open` must follow. */
  use(lanes: Lane[]): void {
    this.#pause();
    this.#forget(0);
    this.#courses = lanes.map((lane) => {
      return { lane, rest: { start: 0, end: 0 }, last: undefined, inFlight: new Set(), handed: new Set() };
    });
  }

  /** Adds frames that are all known at once, and has the lanes begin to read. */
  addAll(frames: readonly Frame[]): void {
    this.frames.push(...frames);
    this.#share(0);
  }

  /** Adds one frame behind the others. */
  add(frame: Frame): void {
    const index = this.frames.push(frame) - 1;
    this.#costs = frameCosts(this.frames.map(({ source }) => source.size));
    const course = this.#liveCourse(index);
    if (course.rest.start >= course.rest.end) course.rest = { start: index, end: index + 1 };
    else course.rest.end = index + 1;
    if (this.#open) for (const each of this.#courses) this.#feed(each);
    else this.#readAhead(course);
  }

  /** Starts, or starts again, with these options. A frame larger than `most` is reported instead of analyzed. */
  open(options: WasmOptions, most?: Size): void {
    this.#pause();
    this.#open = { ...(most && { most }) };
    for (const { lane } of this.#courses) lane.notify({ type: "open", options });
    this.#forget(0);
    this.#share(0);
  }

  /** Begins anew with other frames and options. */
  restart(frames: readonly Frame[], options: WasmOptions): void {
    this.frames.splice(0, this.frames.length, ...frames);
    this.open(options);
  }

  /** Takes a frame out. Those after it are analyzed again, since what is before them has changed. */
  remove(index: number): void {
    this.frames.splice(index, 1);
    this.#redo(index);
  }

  /** Puts the frames in another order. */
  reorder(frames: readonly Frame[]): void {
    const first = frames.findIndex((frame, index) => frame !== this.frames[index]);
    if (first < 0) return;
    this.frames.splice(0, this.frames.length, ...frames);
    this.#redo(first);
  }

  /** Resolves when every frame that was added is done. */
  async whenDone(): Promise<void> {
    while (this.pending > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Resolves when fewer than `count` frames wait. */
  async whenBelow(count: number): Promise<void> {
    while (this.pending >= count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #redo(from: number): void {
    this.#generation++;
    this.#forget(from);
    this.#share(from);
    this.#wake();
  }

  /** Ignores all that is under way. */
  #pause(): void {
    this.#generation++;
    this.#open = undefined;
  }

  #forget(from: number): void {
    this.stats.length = Math.min(this.stats.length, from);
    this.owners.length = Math.min(this.owners.length, from);
    this.#done = this.stats.filter(Boolean).length;
  }

  /** Divides all frames from `wanted` on among the lanes. */
  #share(wanted: number): void {
    // Some before it may still have been under way when everything was stopped.
    let from = 0;
    while (from < wanted && this.stats[from]) from++;
    this.#forget(from);
    this.#costs = frameCosts(this.frames.map(({ source }) => source.size));
    const runs = splitRuns(this.#costs, this.#courses.length, from);
    this.#courses.forEach((course, i) => {
      course.rest = runs[i] ?? { start: 0, end: 0 };
      course.last = undefined;
      course.inFlight = new Set();
    });
    for (const course of this.#courses) {
      if (this.#open) this.#feed(course);
      else this.#readAhead(course);
    }
  }

  /** The course that a frame which just came in belongs to: the one of the frame before, for a while. */
  #liveCourse(index: number): Course {
    const courses = this.#courses;
    const current = courses.find(({ rest, last }) => (rest.start < rest.end ? rest.end === index : last === index - 1));
    if (!current) return courses[0]!;
    const idle = current.rest.start >= current.rest.end && current.inFlight.size === 0;
    if (!idle || index % LIVE_RUN !== 0) return current;
    return courses[(courses.indexOf(current) + 1) % courses.length]!;
  }

  #feed(course: Course): void {
    const { rest, inFlight } = course;
    while (this.#open && inFlight.size < DEPTH && rest.start < rest.end) void this.#analyze(course, rest.start++);
    if (this.#open && inFlight.size === 0) this.#steal(course);
  }

  #steal(course: Course): void {
    const weight = ({ start, end }: Run) => this.#costs.slice(start, end).reduce((sum, cost) => sum + cost, 0);
    const victim = this.#courses.filter((other) => other !== course).sort((a, b) => weight(b.rest) - weight(a.rest))[0];
    if (!victim) return;
    const busy = [...victim.inFlight].reduce((sum, index) => sum + this.#costs[index]!, 0);
    const at = stealAt(this.#costs, victim.rest, busy);
    if (at === undefined) return;
    course.rest = { start: at, end: victim.rest.end };
    victim.rest.end = at;
    this.#feed(course);
  }

  async #analyze(course: Course, index: number): Promise<void> {
    const generation = this.#generation;
    const { lane, inFlight } = course;
    const context = course.last === index - 1 ? [] : contextOf(index);
    course.last = index;
    inFlight.add(index);
    for (const each of [...context, index]) this.#hand(course, each);
    this.#readAhead(course);
    try {
      const reply = await lane.ask({
        type: "analyze",
        job: this.jobOf(index),
        context: context.map((before) => this.jobOf(before)),
        ...this.#open,
      });
      if (generation !== this.#generation) return;
      this.frames[index]!.size = { width: reply.width, height: reply.height };
      if (reply.type === "larger") {
        this.#pause();
        this.#events.larger();
        return;
      }
      this.stats[index] = reply.stats;
      this.owners[index] = lane;
      this.#done++;
      inFlight.delete(index);
      this.#feed(course);
      this.#events.analyzed();
      this.#wake();
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#generation++;
      this.#events.failed(error, index);
    }
  }

  #readAhead(course: Course): void {
    const { rest, last } = course;
    // Before the start, the context of the run's first frame is needed as well.
    const first = last === rest.start - 1 ? rest.start : Math.max(rest.start - 2, 0);
    for (let i = first; i < Math.min(rest.start + READ_AHEAD, rest.end); i++) this.#hand(course, i);
  }

  /** Hands a screenshot over, once: even by reference, each time costs a little on both sides. */
  #hand({ lane, handed }: Course, index: number): void {
    const { id, source } = this.frames[index]!;
    if (handed.has(id)) return;
    handed.add(id);
    lane.notify({ type: "read", frame: id, source });
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
