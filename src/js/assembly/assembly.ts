import { CARD, type Frame, type NewFrame, type Size } from "../frame.ts";
import { lazyImport } from "../lazy-import.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { SharedResources } from "../platform/shared-resources.ts";
import type { SizeReduction } from "../public-types.ts";
import type { TaskGif } from "../task-gif.ts";
import { abortReason, TaskGifError } from "../task-gif-error.ts";
import type { Plan } from "../wasm-types.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";
import { WorkerLostError } from "../workers/worker-lost-error.ts";
import type { WorkerSession } from "../workers/worker-session.ts";
import { Annotations } from "./annotations.ts";
import { type Attempt, AttemptEnded } from "./attempt/attempt.ts";
import { AttemptSequence } from "./attempt/attempt-sequence.ts";
import { type EncodedGif, planAndEncode, planFrames } from "./attempt/plan-and-encode.ts";
import { probeSizes } from "./attempt/probe-sizes.ts";
import { ProgressReporter } from "./attempt/progress.ts";
import { followedFrames } from "./camera.ts";
import { CrashRecovery } from "./crash-recovery.ts";
import { type LengthFit, lengthReduction, withoutLeftOut } from "./fit-max-duration.ts";
import { workersFor } from "./memory-budget.ts";
import { isScreenshotError, ScreenshotChecks, withSourceIndex } from "./screenshot-checks.ts";
import { orderWarnings, sortByTime } from "./screenshot-order.ts";
import { damageWarnings, toBlob, toTaskGif } from "./to-task-gif.ts";
import { enlargementWarnings, largestOf } from "./wasm-options.ts";

/**
 * One assembly: collects screenshots, makes attempts at the GIF until one succeeds, and ends with a `TaskGif` or with one error.
 * State of one attempt is in `Attempt`; state that outlives an attempt is here.
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
    this.#recovery = new CrashRecovery(resources.pool);
    this.#progress = new ProgressReporter(options.onProgress, options.maxBytes !== undefined);
    this.#failed = new Promise((_, fail) => {
      this.#fail = fail;
    });
    this.#failed.catch(() => {}); // whoever waits for the assembly sees it
    const sessions = resources.pool.sessions(options.workers ?? resources.workersFor(count));
    this.#attempts = new AttemptSequence(sessions, (frame) => this.#annotations.specOf(frame), {
      analyzed: () => this.#reportAnalyzed(),
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

  /** Adds one screenshot after the others. */
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

  /** Skips a screenshot that could not be read, or fails, as `onBadFrame` says. */
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
        if (error instanceof WorkerLostError) this.#recover(error);
        else if (!(error instanceof AttemptEnded)) this.fail(this.#inCallersOrder(error));
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
    const blob = toBlob(gif);
    this.#checks.checkOutput(blob);
    const { exclusions } = this.#checks;
    const warnings = [
      ...exclusions.warnings,
      ...enlargementWarnings(this.#options, first.wasmOptions.content, this.#frames),
      ...orderWarnings(this.#frames),
      ...damageWarnings(first.plan, frames),
    ];
    const result = toTaskGif(blob, gif, {
      frames,
      sessions: this.#attempt.sessions,
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

  /** Replaces each step with a close-up by two frames, whole and part, with explicit times. */
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

  /** What `maxBytes` and `maxDuration` led to: `gif.reduction`. */
  #reductionOf(reduction: SizeReduction, fit: LengthFit, plan: Plan): SizeReduction | undefined {
    const { maxBytes, maxDuration } = this.#options;
    if (maxDuration !== undefined) return { ...reduction, length: lengthReduction(fit, plan) };
    return maxBytes === undefined ? undefined : reduction;
  }

  /** Makes the GIF as the options ask for it, and if it has more than `maxBytes` bytes, smaller ones until one fits. */
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
    const { fitMaxBytes } = await lazyImport(import("./fit-max-bytes.lazy.ts"), signal);
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
    this.#attempts.open(this.#annotations.wasmOptionsFor(largest, sessions.length, scale));
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
    const { width, height, workers } = this.#options;
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
    let wasmOptions = this.#annotations.wasmOptionsFor(largest, attempt.sessions.length);
    const pixels = attempt.frames.length * wasmOptions.width * wasmOptions.height;
    if (!this.#checks.checkPixels(pixels)) return;
    const count = workers === undefined ? workersFor(wasmOptions, attempt.sessions.length) : attempt.sessions.length;
    if (count < attempt.sessions.length) {
      // There is no memory for the other sessions; the remaining ones get a larger share.
      attempt.keepSessions(count);
      wasmOptions = this.#annotations.wasmOptionsFor(largest, count);
    }
    this.#attempts.open(wasmOptions, isFixed ? undefined : largest);
  }

  /** Handles a failure of the frame at `frameIndex` of the attempt, or of its session. */
  #frameFailed(error: unknown, frameIndex: number): void {
    if (this.#isOver) return;
    if (error instanceof WorkerLostError) {
      this.#recover(error);
      return;
    }
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

  #recover(lost: WorkerLostError): void {
    if (this.#isOver) return;
    try {
      this.#restart(this.#recovery.sessionsAfter(lost, this.#attempt), false);
    } catch (error) {
      this.fail(error);
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
