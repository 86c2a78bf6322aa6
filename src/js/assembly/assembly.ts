import { CARD, type Frame, type NewFrame, type Size } from "../frame.ts";
import { lazyImport } from "../lazy-import.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { SharedResources } from "../platform/shared-resources.ts";
import type { SizeReduction } from "../public-types.ts";
import type { TaskGif } from "../task-gif.ts";
import { abortReason, TaskGifError } from "../task-gif-error.ts";
import type { Plan } from "../wasm-types.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";
import type { WorkerSession } from "../workers/worker-session.ts";
import { Annotations } from "./annotations.ts";
import { type Attempt, AttemptEnded } from "./attempt/attempt.ts";
import { AttemptSequence } from "./attempt/attempt-sequence.ts";
import { type EncodedGif, planAndEncode, planFrames } from "./attempt/plan-and-encode.ts";
import { probeSizes } from "./attempt/probe-sizes.ts";
import { ProgressReporter } from "./attempt/progress.ts";
import { followedFrames } from "./close-up-frames.ts";
import { largestOf } from "./screen-size.ts";
import { isScreenshotError, ScreenshotChecks, withSourceIndex } from "./screenshot-checks.ts";
import { sortByTime } from "./screenshot-order.ts";
import { CrashRecovery } from "./sessions/crash-recovery.ts";
import { workersFor } from "./sessions/memory-budget.ts";
import { type GrowthStep, WorkerGrowth } from "./sessions/worker-growth.ts";
import { type LengthFit, lengthReduction, withoutLeftOut } from "./size-reduction/fit-max-duration.ts";
import { toBlob, toTaskGif } from "./to-task-gif.ts";
import { warningsAbout } from "./warnings.ts";

/**
 * One assembly: collects screenshots, makes attempts at the GIF until one succeeds, and ends with a `TaskGif` or with one error.
 * `Attempt` has the state of one attempt; this class has the state that outlives an attempt.
 */
export class Assembly {
  /** Resolves when screenshots may be added; `undefined` if they may be added at once. */
  readonly ready: Promise<void> | undefined;
  readonly #options: ResolvedOptions;
  readonly #resources: SharedResources;
  readonly #progress: ProgressReporter;
  readonly #checks: ScreenshotChecks;
  readonly #annotations: Annotations;
  readonly #attempts: AttemptSequence;
  readonly #recovery: CrashRecovery;
  readonly #growth: WorkerGrowth;
  readonly #failed: Promise<never>;
  #fail!: (error: unknown) => void;
  /** All frames of the GIF. An attempt at a smaller GIF may use other frames instead. */
  #frames: Frame[] = [];
  #nextFrameId = 0;
  #isSealed = false;
  #isOver = false;

  /** `count`: number of screenshots that will be added; `Infinity` if it is not known yet. */
  constructor(options: ResolvedOptions, resources: SharedResources, count: number) {
    this.#options = options;
    this.#resources = resources;
    this.#checks = new ScreenshotChecks(options, (error) => this.fail(error));
    this.#annotations = new Annotations(options);
    this.#progress = new ProgressReporter(options.onProgress, options.maxBytes !== undefined);
    this.#failed = new Promise((_, fail) => {
      this.#fail = fail;
    });
    this.#failed.catch(() => {}); // whoever waits for the assembly sees it
    this.#growth = new WorkerGrowth(resources.pool, options.workers, resources.workersFor(count));
    this.#recovery = new CrashRecovery(resources.pool, this.#growth);
    this.#attempts = new AttemptSequence(this.#growth.begin(), (frame) => this.#annotations.specOf(frame), {
      analyzed: (frame) => {
        this.#grow(this.#growth.analyzed(frame, this.#attempt.sessions));
        this.#reportAnalyzed();
      },
      larger: () => this.#restart(this.#attempt.sessions, true),
      failed: (error, frameIndex) => this.#frameFailed(error, frameIndex),
    });
    const { signal } = options;
    if (signal?.aborted) this.fail(abortReason(signal));
    else signal?.addEventListener("abort", this.#onAbort);
    this.ready = this.#annotations.isNeeded ? this.#prepare(count) : undefined;
  }

  get #attempt(): Attempt {
    return this.#attempts.current;
  }

  /** Number of worker sessions. */
  get workers(): number {
    return this.#attempt.sessions.length;
  }

  /** Rejects as soon as the assembly fails; never resolves. */
  get failed(): Promise<never> {
    return this.#failed;
  }

  /** Adds all screenshots at once. */
  addAll(frames: readonly NewFrame[]): void {
    if (this.#isOver) return;
    const accepted = sortByTime(frames).filter((frame) => this.#checks.accept(frame));
    if (this.#isOver) return;
    this.#frames.push(...accepted.map((frame) => this.#newFrame(frame)));
    this.#attempts.useFrames(this.#frames);
    this.#start(false);
  }

  /** Adds a screenshot at the end. */
  add(frame: NewFrame): void {
    if (this.#isOver || !this.#checks.accept(frame)) return;
    this.#append(this.#newFrame(frame));
    if (!this.#attempt.isStarted) this.#start(false);
  }

  /** Records that a screenshot was left out because it is blank. */
  skipBlank(sourceIndex: number): void {
    this.#checks.exclusions.blank.push(sourceIndex);
  }

  /** Records that a screenshot was left out because `steps` or `onlyFailed` exclude it. */
  skipUnwanted(sourceIndex: number): void {
    this.#checks.exclusions.unwanted.push(sourceIndex);
  }

  /** Skips a screenshot that could not be read, or fails, according to `onBadFrame`. */
  handleBadScreenshot(error: TaskGifError): void {
    this.#checks.handleBadScreenshot(error);
  }

  /** Resolves when fewer than `count` screenshots wait to be analyzed; rejects when the assembly has failed. */
  async whenBelow(count: number): Promise<void> {
    await Promise.race([this.#attempts.whenPendingBelow(count), this.#failed]);
  }

  /** Ends the assembly without a result. */
  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#fail(error);
    this.#end();
  }

  /** Makes the GIF of all frames that were added. `since`: time of the request, by `performance.now()`. */
  async finish(since: number): Promise<TaskGif> {
    this.#isSealed = true;
    return Promise.race([this.#finish(since), this.#failed]);
  }

  async #finish(since: number): Promise<TaskGif> {
    for (;;) {
      try {
        return await this.#make(since);
      } catch (error) {
        if (!(error instanceof AttemptEnded || this.#recover(error))) this.fail(this.#inCallersOrder(error));
        if (this.#isOver) return this.#failed;
      }
    }
  }

  async #make(since: number): Promise<TaskGif> {
    this.#frames = [...sortByTime(this.#frames)];
    this.#attempts.useFrames(this.#frames);
    this.#checkEnough();
    await this.#attempts.whenPendingBelow(1);
    this.#checkEnough(); // some may have been skipped
    const analyzed = performance.now();
    const fit = await this.#withinMaxDuration();
    const followed = this.#options.camera === "follow" ? await this.#follow(fit.frames) : undefined;
    const frames = followed?.frames ?? fit.frames;
    const first = (await planAndEncode(this.#attempt, this.#planOptions, this.#progress))!;
    const { gif, reduction } = await this.#withinMaxBytes(first, frames);
    const blob = await toBlob(gif);
    this.#checks.checkOutput(blob);
    const { exclusions } = this.#checks;
    const found = warningsAbout(this.#options, first.wasmOptions.content, this.#frames, first.plan, frames);
    const warnings = [...exclusions.warnings, ...found];
    const result = toTaskGif(blob, gif, {
      frames,
      sessions: this.#attempt.sessions,
      workerChanges: this.#growth.changes,
      times: { since, analyzed, planned: first.plannedAt },
      exclusions: { ...exclusions, warnings },
      reduction: this.#reductionOf(reduction, fit, followed?.plan ?? gif.plan),
    });
    this.#progress.end(result.frames.length);
    this.#end();
    return result;
  }

  /** Leaves out frames if the GIF is still longer than `maxDuration` with the shortest times. */
  async #withinMaxDuration(): Promise<LengthFit> {
    const attempt = this.#attempt;
    if (this.#options.maxDuration === undefined) return { frames: this.#frames, leftOut: [], fullMs: 0 };
    const plan = await planFrames(attempt, attempt.wasmOptions!, this.#progress);
    const fit = withoutLeftOut(this.#frames, plan);
    await this.#analyzeOthers(fit.frames);
    return fit;
  }

  /** Replaces the frame of each step that has a close-up by two frames, whole and part, with explicit times. */
  async #follow(frames: readonly Frame[]): Promise<{ frames: readonly Frame[]; plan: Plan }> {
    const attempt = this.#attempt;
    const plan = await planFrames(attempt, attempt.wasmOptions!, this.#progress);
    const followed = followedFrames(frames, plan);
    await this.#analyzeOthers(followed);
    return { frames: followed, plan };
  }

  /** Analyzes other frames instead of those of the attempt. */
  async #analyzeOthers(frames: readonly Frame[]): Promise<void> {
    this.#attempts.useFrames(frames);
    const attempt = this.#attempt;
    await this.#attempts.whenPendingBelow(1);
    // A worker was lost or a frame was left out in the meantime: start over.
    attempt.throwIfOver();
  }

  /** The inputs of the plan. */
  get #planOptions(): WasmOptions {
    const options = this.#attempt.wasmOptions!;
    return options.camera === "follow" ? { ...options, camera: "whole", speed: 1, maxDuration: undefined } : options;
  }

  /** Returns `gif.reduction`: the effect of `maxBytes` and `maxDuration`. */
  #reductionOf(reduction: SizeReduction, fit: LengthFit, plan: Plan): SizeReduction | undefined {
    const { maxBytes, maxDuration } = this.#options;
    if (maxDuration !== undefined) return { ...reduction, length: lengthReduction(fit, plan) };
    return maxBytes === undefined ? undefined : reduction;
  }

  /** Makes the GIF with the options unchanged, and if it has more than `maxBytes` bytes, smaller ones until one fits. */
  async #withinMaxBytes(
    first: EncodedGif,
    frames: readonly Frame[],
  ): Promise<{ gif: EncodedGif; reduction: SizeReduction }> {
    const { maxBytes = Number.POSITIVE_INFINITY, limits, signal } = this.#options;
    const { lossy } = first.plan;
    const { maxColors: colors } = first.wasmOptions;
    const limit = Math.min(maxBytes, limits.outputBytes);
    if (maxBytes === Number.POSITIVE_INFINITY || first.size <= limit)
      return { gif: first, reduction: { scale: 1, colors, lossy, dropped: 0, attempts: 1 } };
    const { fitMaxBytes } = await lazyImport(import("./size-reduction/fit-max-bytes.lazy.ts"), signal);
    return fitMaxBytes({
      first,
      limit,
      frames,
      encode: async (rung, frames, isNew, most) => {
        this.#progress.again();
        if (isNew) await this.#analyzeScaled(frames, rung.scale);
        const attempt = this.#attempt;
        const wasmOptions = { ...this.#planOptions, lossy: rung.lossy, maxColors: rung.colors };
        return planAndEncode(attempt, wasmOptions, this.#progress, most);
      },
    });
  }

  /** Analyzes other frames, or the same frames at another size, in a new attempt. */
  async #analyzeScaled(frames: readonly Frame[], scale: number): Promise<void> {
    const { width, height } = this.#options;
    const largest = largestOf(this.#frames.map(({ size }) => size)) ?? { width: width!, height: height! };
    const { sessions } = this.#attempt;
    const attempt = this.#attempts.create(sessions, frames, true);
    this.#attempts.use(attempt);
    this.#attempts.open(this.#annotations.wasmOptionsFor(largest, this.#growth.most, scale));
    await this.#attempts.whenPendingBelow(1);
    // A worker was lost or a frame was left out in the meantime: start the search over.
    attempt.throwIfOver();
  }

  /** Prepares the annotations, and adds the title card before the first frame. */
  async #prepare(count: number): Promise<void> {
    try {
      this.#checks.exclusions.warnings.push(...(await this.#annotations.prepare(this.#resources, count)));
    } catch (error) {
      this.fail(error);
      return;
    }
    const card = this.#annotations.titleCard();
    if (card && !this.#isOver) this.#append({ ...card, id: this.#nextFrameId++ });
  }

  #newFrame(frame: NewFrame): Frame {
    return { ...this.#annotations.captioned(frame), id: this.#nextFrameId++ };
  }

  #append(frame: Frame): void {
    this.#frames.push(frame);
    this.#attempts.append(frame);
  }

  /** Begins a new attempt with all frames. `all`: reads the size of every screenshot first. */
  #restart(sessions: readonly WorkerSession[], all: boolean): void {
    this.#attempts.use(this.#attempts.create(sessions, this.#frames));
    this.#start(all);
  }

  #start(all: boolean): void {
    this.#open(this.#attempt, all).catch((error: unknown) => this.fail(error));
  }

  /** Opens an attempt for the largest screenshot known so far, initially the first one. `all`: reads every size first. */
  async #open(attempt: Attempt, all: boolean): Promise<void> {
    attempt.isStarted = true;
    const { width, height } = this.#options;
    const isFixed = width !== undefined && height !== undefined;
    let largest: Size | undefined = isFixed ? { width, height } : undefined;
    while (!largest) {
      const screenshots = attempt.frames.filter(({ sourceIndex }) => sourceIndex !== CARD);
      if (screenshots.length === 0) {
        attempt.isStarted = false; // the next one that comes in is asked for its size
        return;
      }
      const failures = await probeSizes(attempt, all ? screenshots : screenshots.slice(0, 1));
      for (const { frame, error } of failures) {
        if (attempt.signal.aborted) return;
        this.#frameFailed(error, attempt.frames.indexOf(frame));
      }
      if (attempt.signal.aborted) return;
      largest = largestOf(screenshots.map(({ size }) => size));
    }
    let wasmOptions = this.#annotations.wasmOptionsFor(largest, this.#growth.most);
    const pixels = attempt.frames.length * wasmOptions.width * wasmOptions.height;
    if (!this.#checks.checkPixels(pixels)) return;
    attempt.keepSessions(this.#growth.limit(workersFor(wasmOptions, this.#growth.most), attempt.sessions.length));
    // If memory is not enough for that many sessions, fewer sessions get a larger share each.
    wasmOptions = this.#annotations.wasmOptionsFor(largest, this.#growth.most);
    this.#attempts.open(wasmOptions, isFixed ? undefined : largest);
    this.#grow(this.#growth.opened(attempt.sessions.length));
  }

  #grow(step: GrowthStep): void {
    if (!step) return;
    if ("retire" in step) this.#attempts.retire(step.retire);
    else {
      for (let i = 0; i < step.add; i++)
        this.#attempts.addSession(this.#resources.pool.another(this.#attempt.sessions));
    }
  }

  /** Handles a failure of the frame at `frameIndex` of the attempt, or of its session. */
  #frameFailed(error: unknown, frameIndex: number): void {
    if (this.#isOver || this.#recover(error)) return;
    if (!isScreenshotError(error)) {
      this.fail(this.#inCallersOrder(error));
      return;
    }
    // The error may belong to another frame: one of the two before it, which are decoded for the comparison.
    const index = error.frame ?? frameIndex;
    const bad = this.#attempt.frames[index];
    this.handleBadScreenshot(withSourceIndex(error, this.#attempt.frames, index));
    if (this.#isOver) return;
    this.#frames = this.#frames.filter(({ id }) => id !== bad?.id);
    if (this.#attempt.isTrial) this.#restart(this.#attempt.sessions, false);
    else this.#attempts.useFrames(this.#frames);
  }

  /** Continues with other sessions if that helps. Returns whether the error is handled or the assembly is over anyway. */
  #recover(error: unknown): boolean {
    if (this.#isOver) return true;
    try {
      const sessions = this.#recovery.sessionsAfter(error, this.#attempt);
      if (sessions) this.#restart(sessions, false);
      return sessions !== undefined;
    } catch (failure) {
      this.fail(failure);
      return true;
    }
  }

  #inCallersOrder(error: unknown): unknown {
    return error instanceof TaskGifError ? withSourceIndex(error, this.#attempt.frames, error.frame) : error;
  }

  #checkEnough(): void {
    this.#checks.checkEnough(this.#frames.filter(({ sourceIndex }) => sourceIndex !== CARD).length);
  }

  /** Reports progress; an exception of the caller's own callback ends the assembly. */
  #reportAnalyzed(): void {
    const { frames, pending } = this.#attempt;
    try {
      this.#progress.at("analyze", frames.length - pending, frames.length, !this.#isSealed);
    } catch (error) {
      this.fail(error);
    }
  }

  readonly #onAbort = (): void => this.fail(abortReason(this.#options.signal!));

  #end(): void {
    this.#isOver = true;
    this.#attempt.end();
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    for (const session of this.#attempt.sessions) session.close();
  }
}
